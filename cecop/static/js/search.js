// Suggestions while typing, and lists that refresh in place. htmx asks and exchanges; here are the
// keyboard, the focus and the failures. Without scripts every form and link works.

const find = (selector) => document.querySelector(selector);
const field = () => find("#q");
const popup = () => find("#suggestions");
const options = () => [...popup().querySelectorAll("[role=option]")];

// ---- The search box: an editable combobox with a list (ARIA Authoring Practices) ----

// Nothing opens by itself: only after typing, until Escape, a search or leaving.
let isWanted = false;

function setUp() {
  popup().replaceChildren();
  field().setAttribute("role", "combobox");
  field().setAttribute("aria-autocomplete", "list");
  field().setAttribute("aria-controls", "suggestion-list");
  show(false);
}

function show(isOpen) {
  popup().hidden = !isOpen || !popup().childElementCount;
  field().setAttribute("aria-expanded", isOpen && options().length > 0);
  const said = isOpen && popup().lastElementChild?.textContent;
  find("#suggestions-said").textContent = said || "";
  choose();
}

function close() {
  isWanted = false;
  show(false);
}

function choose(option) {
  for (const each of options()) {
    each.setAttribute("aria-selected", each === option);
  }
  if (option) {
    field().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field().removeAttribute("aria-activedescendant");
  }
}

function onKey(event) {
  if (event.target !== field() || event.isComposing) {
    return;
  }
  const { key } = event;
  const all = popup().hidden ? [] : options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const steps = { ArrowDown: (at + 1) % all.length, ArrowUp: Math.max(at, 0) - 1 };
  if (at >= 0) {
    steps.Home = 0;
    steps.End = -1;
  }
  if (all.length && key in steps) {
    choose(all.at(steps[key]));
  } else if (key === "ArrowDown") {
    field().dispatchEvent(new Event("input", { bubbles: true }));
  } else if (key === "Enter" && at >= 0) {
    all[at].click();
  } else if (key === "Escape" && !popup().hidden) {
    close();
  } else {
    if (key === "ArrowLeft" || key === "ArrowRight") {
      choose();
    }
    return;
  }
  event.preventDefault();
}

function onType(event) {
  if (event.target === field()) {
    isWanted = field().value.trim().length > 1;
    if (isWanted) {
      choose();
    } else {
      show(false);
    }
  }
}

// ---- Asking: the newest request of each kind wins, and a failure loads the page ----

const turns = { suggestions: 0, page: 0 };
const kind = (ctx) => (ctx.target === popup() ? "suggestions" : "page");
const isNewest = (ctx) => ctx.turn === turns[kind(ctx)];
const setBusy = (isBusy) => find(".finder")?.setAttribute("aria-busy", isBusy);

function onAsk(event) {
  const { ctx } = event.detail;
  // htmx reports what it aborts as an error; here late answers are left aside instead.
  ctx.request.abort = ctx.request.signal = null;
  if (kind(ctx) === "page") {
    setBusy(true);
    if (ctx.request.body.get("q") === "") {
      ctx.request.body.delete("q");
    }
  } else if (!isWanted) {
    event.preventDefault();
    return;
  }
  turns[kind(ctx)] += 1;
  ctx.turn = turns[kind(ctx)];
}

function onAnswer(event) {
  const { ctx } = event.detail;
  if (!isNewest(ctx) || !ctx.response.raw.ok) {
    event.preventDefault();
    fail(ctx);
  } else if (kind(ctx) === "page") {
    // Before the exchange: what changes while busy is not read out.
    setBusy(false);
  }
}

function fail(ctx) {
  if (!isNewest(ctx)) {
    return;
  }
  if (kind(ctx) === "page") {
    location.assign(ctx.request.action);
  } else {
    close();
  }
}

// ---- Exchanging: what was open stays open, and the focus stays where it was ----

let used;

// On a phone: the button under the filters that leads to the results.
const isDone = (ctx) => ctx.request.submitter?.closest(".apply");

function onExchange({ detail: { ctx, tasks } }) {
  used = document.activeElement;
  const name = (details) => details.querySelector("input")?.name ?? details.className;
  const open = [...document.querySelectorAll("details[open]")].map(name);
  for (const { fragment } of tasks) {
    for (const details of fragment.querySelectorAll("details")) {
      details.open = open.includes(name(details));
    }
    if (isDone(ctx)) {
      fragment.querySelector(".filter-toggle")?.removeAttribute("open");
    }
  }
}

function onExchanged({ detail: { ctx } }) {
  if (kind(ctx) === "suggestions") {
    show(isWanted && document.activeElement === field());
    return;
  }
  setUp();
  if (document.activeElement !== field()) {
    field().value = new URLSearchParams(location.search).get("q") ?? "";
  }
  refocus(ctx);
}

function refocus(ctx) {
  // After a search on a touch screen the keyboard would cover the results.
  const isCovered = used === field() && matchMedia("(pointer: coarse)").matches;
  const isElsewhere = isCovered || isDone(ctx) || ctx.sourceElement.closest(".pages");
  if (!isElsewhere && (used === document.body || used.isConnected)) {
    return;
  }
  const results = find("#results");
  const named = isElsewhere ? [] : [...document.getElementsByName(used.name)];
  const again = named.find(({ value }) => value === used.value);
  if (again) {
    again.closest("details")?.setAttribute("open", "");
    again.focus({ preventScroll: true });
  } else if (ctx.target !== document.body) {
    const chip = used.matches(".chip") && results.querySelector(".chip");
    (chip || results).focus({ preventScroll: true });
  }
  if (isDone(ctx)) {
    results.scrollIntoView();
  }
}

// A visitor who leaves by a link does not want what is still on its way.
function onClick(event) {
  const isAside = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!isAside && event.target.closest("a:not([href^='#'])")) {
    turns.page += 1;
  }
}

const on = (name, listener) => document.addEventListener(name, listener, true);

on("keydown", onKey);
on("input", onType);
on("click", onClick);
on("submit", close);
on("focusout", (event) => event.target === field() && close());
// A press on a suggestion leaves the focus in the field.
on("mousedown", (event) => popup().contains(event.target) && event.preventDefault());
on("htmx:config:request", onAsk);
on("htmx:after:request", onAnswer);
on("htmx:before:swap", onExchange);
on("htmx:after:swap", onExchanged);
on("htmx:error", ({ detail: { ctx } }) => ctx && fail(ctx));
window.addEventListener("pagehide", close);

document.documentElement.classList.add("scripted");
setUp();
