"""The group of the secretariat's staff, with exactly the rights that their work needs."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "Secretariat"
EDIT = ("view", "add", "change")
EDIT_AND_REMOVE = (*EDIT, "delete")  # what is removed stays in the history of its record
RIGHTS = {
    "members": {
        "member": EDIT,
        "membername": EDIT_AND_REMOVE,
        "membertext": EDIT_AND_REMOVE,
        "membersource": EDIT_AND_REMOVE,
        "contact": EDIT_AND_REMOVE,
        "declaredfigures": EDIT_AND_REMOVE,
        "headline": EDIT,
        "milestone": EDIT,
        "user": EDIT,
        "representative": EDIT,
    },
    "cooperatives": {
        "cooperative": EDIT,
        "affiliation": EDIT,
        "identifier": EDIT_AND_REMOVE,
    },
}


def make_rights(app: Any, apps: Any) -> None:
    """The rights of every model of an app; Django looks for its module of models first."""
    module = getattr(app, "models_module", None)
    app.models_module = module or True
    create_permissions(app, verbosity=0, apps=apps)
    app.models_module = module


def make_group(apps: Any, schema_editor: Any) -> None:
    """Rights are usually made after all migrations; here they are needed now."""
    permission = apps.get_model("auth", "Permission")
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    wanted = []
    for label, models in RIGHTS.items():
        make_rights(apps.get_app_config(label), apps)
        for model, verbs in models.items():
            codes = [f"{verb}_{model}" for verb in verbs]
            found = list(
                permission.objects.filter(content_type__app_label=label, codename__in=codes)
            )
            if len(found) != len(codes):
                raise RuntimeError(f"rights are missing for {label}.{model}")
            wanted += found
    group.permissions.set(wanted)


def remove_group(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = (
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cooperatives", "0001_initial"),
        ("members", "0001_initial"),
    )
    operations = (migrations.RunPython(make_group, remove_group),)
