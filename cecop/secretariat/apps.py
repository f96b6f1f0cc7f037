"""Puts the secretariat's own site in the place of the stock one; see INSTALLED_APPS."""

from django.contrib.admin.apps import AdminConfig


class SecretariatConfig(AdminConfig):
    """The stock admin with the site of ``cecop.secretariat.site``."""

    default_site = "cecop.secretariat.site.SecretariatSite"
