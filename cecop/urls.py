"""The map of the site. English has no prefix, the other languages have theirs."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from cecop import converters  # noqa: F401  (makes <country:…> known)
from cecop.views import health, pages, profiles, search

handler500 = "cecop.views.errors.server_error"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("members/", include("members.urls")),
        path("members/<slug:slug>/", profiles.member_detail, name="member_detail"),
        path("cooperatives/", include("cooperatives.urls")),
        path("countries/", pages.country_list, name="country_list"),
        path("countries/<country:code>/", pages.country_detail, name="country_detail"),
        path("about/", pages.about, name="about"),
        path("history/", pages.history, name="history"),
        path("suggestions/", search.suggestions, name="suggestions"),
        path("opensearch.xml", search.opensearch, name="opensearch"),
        prefix_default_language=False,
    ),
]
