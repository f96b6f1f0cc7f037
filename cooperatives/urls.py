"""The public addresses of cooperatives."""

from django.urls import path

from cecop import converters  # noqa: F401  (makes <public_id:…> known)
from cooperatives import views

app_name = "cooperatives"
urlpatterns = [
    path("", views.cooperative_list, name="cooperative_list"),
    path("<public_id:public_id>/", views.cooperative_detail, name="cooperative_short"),
    path("<public_id:public_id>/<slug:slug>/", views.cooperative_detail, name="cooperative_detail"),
]
