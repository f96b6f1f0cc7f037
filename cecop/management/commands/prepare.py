"""``manage.py prepare``: makes a local copy of the site ready to be served, from nothing."""

import secrets
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from cecop.postgres.errors import PostgresError
from cooperatives.models import Cooperative
from members.models import SECRETARIAT, Member, User

SAMPLES = 2_000
EMAIL = "staff@cecop.example"


class Command(BaseCommand):
    """One process for all the steps, and none of them twice: a later start takes a second."""

    help = "Migrates, compiles the translations, loads the first data and makes a staff account."
    # The server checks the site again when it starts.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="Load no samples.")
        parser.add_argument("--address", default="127.0.0.1:8000", help="Where it will be served.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is still to be done, and say how to use the site."""
        call_command("compilemessages", stdout=self.stdout)
        try:
            self._migrate()
        except (DatabaseError, PostgresError) as error:
            raise CommandError(f"The database cannot be used. {error}") from error
        # Who left the samples out, or cleared them, does not want them at the next start.
        is_first = not Member.objects.exists()
        if is_first:
            self.stdout.write("Loading the members ...")
            call_command("load_members", verbosity=0)
        if is_first and not options["no_sample"] and not Cooperative.objects.exists():
            self._load_samples()
        self._tell(f"http://{options['address']}/")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the tables of the database ...")
            call_command("migrate", interactive=False, verbosity=0)

    def _load_samples(self) -> None:
        if not settings.DEBUG:
            self.stdout.write("No samples are loaded, because DEBUG is off.")
            return
        self.stdout.write(f"Loading {SAMPLES:,} sample cooperatives ...")
        call_command("load_sample", cooperatives=SAMPLES, verbosity=0, stdout=self.stdout)

    def _tell(self, address: str) -> None:
        self.stdout.write(f"\nThe directory: {address} (Ctrl-C stops it)")
        command = f"{_python()} manage.py"
        if not settings.DEBUG:
            self.stdout.write(f"For an account that may sign in: {command} createsuperuser\n")
            return
        self.stdout.write(f"For staff:     {address}admin/")
        password = _make_account()
        if password:
            self.stdout.write(f"Sign in as {EMAIL} with the password {password}")
            self.stdout.write("It is shown only this once.")
        else:
            self.stdout.write(f"Sign in as {EMAIL} with the password shown at the first start.")
        self.stdout.write(
            f"Another password: DEBUG=1 {command} changepassword {EMAIL}\n"
            f"Another account:  DEBUG=1 {command} createsuperuser\n"
        )
        self.stdout.flush()


def _python() -> Path:
    """The Python that runs this, as one would type it in the checkout."""
    python = Path(sys.executable)
    return python.relative_to(settings.BASE_DIR) if settings.BASE_DIR in python.parents else python


@transaction.atomic
def _make_account() -> str:
    """Make the local staff account; its password, or nothing if it is there already."""
    if User.objects.filter(email=EMAIL).exists():
        return ""
    password = secrets.token_urlsafe(12)
    account = User.objects.create_user(EMAIL, password, is_staff=True, name="Local staff")
    account.groups.add(Group.objects.get(name=SECRETARIAT))
    return password
