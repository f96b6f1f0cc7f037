// Names for the search boxes of the administration, which their library leaves without one.
"use strict";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels[0];
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    const shown = box?.querySelector(".select2-selection__rendered");
    if (!label || !shown) {
      continue;
    }
    label.id ||= `${select.id}-label`;
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
  }
}

function nameOpenBox(event) {
  const box = event.target.nextElementSibling?.querySelector(".select2-selection");
  const field = document.querySelector(".select2-container--open .select2-search__field");
  box?.setAttribute("aria-controls", box.getAttribute("aria-owns") ?? "");
  field?.setAttribute("aria-label", event.target.labels[0]?.textContent.trim() ?? "");
  field?.focus();
}

// After the boxes are made: the library's own calls were registered before this one.
document.addEventListener("formset:added", nameBoxes);
window.django?.jQuery?.(nameBoxes);
window.django?.jQuery?.(document).on("select2:open", nameOpenBox);
