"""Parts of a page that Jinja renders (cecop.jinja), inside a template of Django."""

from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def quick(context: template.Context, name: str, **given: Any) -> SafeString:
    """``{% quick "cooperatives/_table.html" cooperatives=rows %}``: the template of that name in
    templates/jinja, with the page's ``listing`` and what is given."""
    given["listing"] = context.get("listing")
    # It escapes by itself.
    return mark_safe(engines["jinja2"].get_template(name).render(given))  # noqa: S308
