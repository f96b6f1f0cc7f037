"""``manage.py compilemessages``: the translations, without the need for gettext's programs."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Stands in for Django's command of the same name, which calls msgfmt."""

    help = "Compiles the translations in locale/ that changed since they were compiled last."
    # The checks load the address map, and with it texts that are not compiled yet.
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compile what is outdated, and name each file."""
        for directory in settings.LOCALE_PATHS:
            for source in sorted(Path(directory).glob("*/LC_MESSAGES/*.po")):
                if _is_outdated(source):
                    _compile(source)
                    if options["verbosity"]:
                        self.stdout.write(f"Compiled {source}")


def _is_outdated(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime


def _compile(source: Path) -> None:
    # Aside first: a reader finds the old file or the new one, never half of one.
    new = source.with_suffix(".mo.new")
    try:
        polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(new))
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise CommandError(f"{source} cannot be compiled: {error}") from error
    new.replace(source.with_suffix(".mo"))
