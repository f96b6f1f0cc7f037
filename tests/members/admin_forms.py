"""What tests of the administration send: the form as a browser would send it back."""

from typing import Any

from django.test import Client


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back if nothing were changed on the form."""
    response = client.get(address)
    admin_form = response.context["adminform"].form
    forms = [admin_form]
    data: dict[str, Any] = {}
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value or value == 0:
                data[field.html_name] = value
    return data


def answers_of(client: Client, address: str) -> list[int]:
    """What a list, its form for a new row, and the form and history of its first row answer."""
    key = client.get(address).context["cl"].queryset.first().pk
    pages = ["", "add/", f"{key}/change/", f"{key}/history/"]
    return [client.get(address + page).status_code for page in pages]
