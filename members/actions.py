"""Writes about members that have consequences elsewhere."""

from django.db import transaction

from members.models import Headline


@transaction.atomic
def show_on_home_page(*, headline: Headline) -> Headline:
    """Makes this headline the one on the home page, in place of any other."""
    shown = Headline.objects.select_for_update().filter(is_current=True).exclude(pk=headline.pk)
    shown.update(is_current=False)
    headline.is_current = True
    headline.save()
    return headline
