"""Forms that check every rule of the database: a refusal is a sentence, not an error page."""

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    BaseInlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    ModelForm = forms.ModelForm
    BaseInlineFormSet = forms.BaseInlineFormSet


# A new row has no value for them yet, and no rule speaks of them.
KEPT_BY_DATABASE = {"created_at", "updated_at"}
# Hidden on the form: when the record had last changed as the person opened it.
SEEN = "_seen"
UNSEEN = {"Cc", "Cf", "Cs"}


def visible(text: str) -> str:
    """The text without control characters, marks that turn the writing direction and the like,
    which make one name look like another; the line ends of browsers become plain ones."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (each for each in unified if each == "\n" or unicodedata.category(each) not in UNSEEN)
    return "".join(kept).strip()


class RecordForm(ModelForm):
    """Also checks rules about fields that are not on the form; the stock form skips them."""

    settled_on_saving: tuple[str, ...] = ()  # fields whose rules saving itself sees to

    def clean(self) -> dict[str, Any]:
        """Line ends as the directory keeps them, and nothing that nobody can see."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                cleaned[name] = visible(value)
                if value and not cleaned[name] and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
        self._notice_other_changes()
        return cleaned

    def _notice_other_changes(self) -> None:
        """Two people at one record: the second is told before anything is overwritten."""
        seen = self.data.get(SEEN)
        changed = getattr(self.instance, "updated_at", None)
        if seen and changed and not self.prefix and seen != changed.isoformat():
            self.add_error(
                None,
                _(
                    "Somebody else changed this since you opened it. Nothing of yours is lost: it "
                    "stands below. Look at the history in another window, then save again."
                ),
            )

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | set(self.settled_on_saving)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            excluded = KEPT_BY_DATABASE | set(self.settled_on_saving)
            self.instance.validate_constraints(exclude=excluded)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class RecordFormSet(BaseInlineFormSet):
    """Also compares the rows of one page with each other, where a rule holds for some rows only."""

    @property
    def options(self) -> Any:
        """What the model of the rows says of itself."""
        return self.form._meta.model._meta

    def clean(self) -> None:
        super().clean()
        rules = [
            rule
            for rule in self.options.constraints
            if isinstance(rule, models.UniqueConstraint) and rule.fields and rule.condition
        ]
        for rule in rules:
            self._compare(rule)

    def _compare(self, rule: models.UniqueConstraint) -> None:
        """Put the rule's words on every row that repeats another."""
        seen = set()
        names = [self.options.get_field(name).attname for name in rule.fields]
        for form in self.initial_forms + self.extra_forms:
            if not form.is_valid() or not (form.has_changed() or form.instance.pk):
                continue
            if self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME):
                continue
            if not _holds(rule, form.instance):
                continue
            key = tuple(getattr(form.instance, name) for name in names)
            if key in seen:
                form.add_error(None, rule.get_violation_error_message())
            seen.add(key)


def _holds(rule: models.UniqueConstraint, row: models.Model) -> bool:
    """Whether the rule speaks of this row."""
    values = {
        field.name: models.Value(getattr(row, field.attname), field)
        for field in row._meta.concrete_fields
        if not field.generated and field.name not in KEPT_BY_DATABASE
    }
    return rule.condition is None or rule.condition.check(values)


def words_of(error: IntegrityError, model: type[models.Model]) -> str:
    """What the broken rule says; for the rare case that two people save at the same moment."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    for rule in model._meta.constraints:
        if rule.name == name:
            return str(rule.get_violation_error_message())
    return _("Somebody else saved something that does not go together with this. Try again.")
