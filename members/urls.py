"""The public addresses of members."""

app_name = "members"
urlpatterns: list = []
