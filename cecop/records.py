"""What every stored record has: times kept by the database, and a history kept by triggers."""

from typing import Any, ClassVar, Self, TypeVar

import pghistory
import pgtrigger
from django.core.validators import RegexValidator, URLValidator
from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cecop import public, public_ids
from cecop.vocabulary.types import CooperativeType

ModelT = TypeVar("ModelT", bound=models.Model)

http_url = URLValidator(schemes=["http", "https"])
language_tag = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("A language code such as fr or sr-Latn.")
)

# Kept by the database itself, so a change of them alone is no change of the record.
KEPT_BY_DATABASE = ("created_at", "updated_at", "search", "sort_name")

# What the loader of the real members wrote last; see members.loading.
LOADED = "loaded"


class AnyStoredChange(pgtrigger.AnyChange):
    """True when a column that people or programs write gets another value."""

    def resolve(self, model: type[models.Model]) -> str:
        kept = [field.name for field in model._meta.fields if field.name in KEPT_BY_DATABASE]
        return str(pgtrigger.AnyChange(exclude=kept).resolve(model))


class JournalTrigger(pgtrigger.Trigger):
    """Writes down which records a statement touched, for what is kept of them in memory: once the
    transaction is committed, every process finds the entry (``cecop.finding.journal``)."""

    when = pgtrigger.After
    level = pgtrigger.Statement

    def __init__(self, *, column: str, **options: Any) -> None:
        self.column = column
        super().__init__(**options)

    def get_func(self, model: Any) -> str:
        table, column = model._meta.db_table, self.column
        given = self.referencing
        rows = [name for name in (given and given.old, given and given.new) if name]
        touched = " UNION ".join(f"SELECT {column} FROM {name}" for name in rows)  # noqa: S608
        return (  # names of our own tables and columns
            "INSERT INTO public.cecop_journal (source, key)"  # noqa: S608
            f" SELECT '{table}', touched.{column} FROM ({touched}) AS touched; RETURN NULL;"
        )


class JournalTruncateTrigger(pgtrigger.Trigger):
    """Writes down that all records of a table are gone."""

    when = pgtrigger.After
    level = pgtrigger.Statement
    operation = pgtrigger.Truncate

    def get_func(self, model: Any) -> str:
        return (
            "INSERT INTO public.cecop_journal (source, key)"  # noqa: S608
            f" VALUES ('{model._meta.db_table}', NULL); RETURN NULL;"
        )


def triggers(column: str = "id") -> list[pgtrigger.Trigger]:
    """The triggers of a record; the journal names records by this column."""
    old, new = "old_rows", "new_rows"
    return [
        pgtrigger.Trigger(
            name="keep_times",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func="NEW.created_at = OLD.created_at; NEW.updated_at = now(); RETURN NEW;",
            condition=AnyStoredChange(),
        ),
        JournalTrigger(
            name="journal_insert",
            column=column,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new=new),
        ),
        JournalTrigger(
            name="journal_update",
            column=column,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old=old, new=new),
        ),
        JournalTrigger(
            name="journal_delete",
            column=column,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old=old),
        ),
        JournalTruncateTrigger(name="journal_truncate"),
    ]


def rows_of(model: type[models.Model], relation: str) -> Any:
    """The rows at the other end of a relation, with their named reads: models import the query
    sets, so a query set cannot import the models."""
    return model._meta.get_field(relation).related_model._default_manager.all()  # type: ignore[union-attr]


class RecordQuerySet(models.QuerySet[ModelT]):
    """The reads that every record has."""

    def only_public_fields(self) -> Self:
        """Without the columns that may not leave through a public page; see ``cecop.public``."""
        return self.only("pk", *public.FIELDS[self.model._meta.label])

    def count_by(self, column: str) -> dict[str, int]:
        """Value of a column -> number of rows; empty values are left out."""
        rows = self.order_by().values(column).annotate(number=models.Count("pk"))
        return {row[column]: row["number"] for row in rows if row[column]}


class TypedQuerySet(RecordQuerySet[ModelT]):
    """Reads of records that have ``types``."""

    def count_by_type(self) -> dict[str, int]:
        """Type -> number; the types overlap, so the numbers do not add up to the total."""
        numbers = {
            code: models.Count("pk", filter=models.Q(types__contains=[code]))
            for code in CooperativeType.values
        }
        return dict(self.order_by().aggregate(**numbers))


class Record(models.Model):
    """A row with the time it came and the time it last changed, both set by the database."""

    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)

    objects: ClassVar[RecordQuerySet[Self]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        triggers = triggers()


def public_id_field() -> "models.CharField[str, str]":
    """The permanent identifier in addresses and exports; see ``cecop.public_ids``."""
    return models.CharField(
        _("permanent identifier"),
        max_length=public_ids.LENGTH,
        unique=True,
        default=public_ids.new_public_id,
        editable=False,
    )


def with_history(model: type[ModelT]) -> type[ModelT]:
    """Class decorator: triggers record every insert, update and delete of the model's rows."""
    left_out = (*KEPT_BY_DATABASE, LOADED)
    kept = [field.name for field in model._meta.fields if field.name in left_out]
    track = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=kept
    )
    tracked: type[ModelT] = track(model)
    return tracked


def public_id_check(name: str) -> models.CheckConstraint:
    """The database refuses an identifier of the wrong shape."""
    return models.CheckConstraint(
        condition=models.Q(public_id__regex=public_ids.PATTERN), name=name
    )


def country_check(name: str) -> models.CheckConstraint:
    """The database refuses what is not two capital letters."""
    return models.CheckConstraint(condition=models.Q(country__regex=r"^[A-Z]{2}$"), name=name)


def url_check(name: str, column: str) -> models.CheckConstraint:
    """The database refuses an address that is neither empty nor http(s)."""
    return models.CheckConstraint(
        condition=models.Q(**{column: ""}) | models.Q(**{f"{column}__regex": r"^https?://[^\s]+$"}),
        name=name,
    )


def subset_check(name: str, column: str, codes: list[str]) -> models.CheckConstraint:
    """The database refuses an array with a code outside the vocabulary."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__contained_by": codes}), name=name
    )


def choice_check(
    name: str, column: str, choices: type[models.TextChoices]
) -> models.CheckConstraint:
    """The database refuses a code that is not one of the choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__in": choices.values}), name=name
    )


def year_check(name: str, column: str) -> models.CheckConstraint:
    """The database refuses a year before 1800 or after 2100; empty is allowed."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__isnull": True})
        | models.Q(**{f"{column}__range": (1800, 2100)}),
        name=name,
        violation_error_message=_("A year between 1800 and 2100."),
    )


def both_or_neither(name: str, first: str, second: str) -> models.CheckConstraint:
    """The database refuses a row where one of the two is known and the other is not."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
        violation_error_message=_("One of the two is filled in and the other is not."),
    )


def refresh_statistics(*models_written: type[models.Model]) -> None:
    """After very many rows were written: PostgreSQL plans with their true number at once.

    By itself it would look a minute later, and until then plan for the few rows of before: a
    profile took 4.3 s instead of 2 ms after 40,000 rows had come.
    """
    with connection.cursor() as cursor:
        for model in models_written:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
