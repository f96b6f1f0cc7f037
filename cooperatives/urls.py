"""The public addresses of cooperatives."""

from django.urls import path, register_converter

from cecop.public_ids import ALPHABET, LENGTH, is_public_id
from cooperatives import views


class PublicIdConverter:
    """An identifier with the right check character; anything else is no address of the site."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        if not is_public_id(value):
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicIdConverter, "public_id")

app_name = "cooperatives"
urlpatterns = [
    path("", views.cooperative_list, name="cooperative_list"),
    path("<public_id:public_id>/", views.cooperative_detail, name="cooperative_short"),
    path("<public_id:public_id>/<slug:slug>/", views.cooperative_detail, name="cooperative_detail"),
]
