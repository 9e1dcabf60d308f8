"""Forms of the service designer: who receives applications, what the open register shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.designer import TEXT, DesignForm
from obshto.platform.web.forms import ChoiceField, ChoicesField
from obshto.platform.web.language import SOURCE

MARKED = {"lang": SOURCE}
MOST_ANSWERS = 60  # a condition has a bound


class DestinationForm(DesignForm):
    """One rule: an office or a role, and the answers that lead there; none: all the others."""

    to = ChoiceField(_("Кой получава заявлението"), [DataRequired(_("Изберете отдел или роля"))])
    answers = ChoicesField(
        _("При кои отговори"),
        [Optional()],
        description=_("Стига един от отбелязаните. Без отбелязани: всички останали заявления."),
    )

    def offer(
        self,
        receivers: Mapping[str, str],
        answers: Sequence[tuple[str, str]],
        rule: Mapping[str, Any] | None,
        chosen: Sequence[str],
    ) -> DestinationForm:
        """What may be chosen, with what the rule has that is there no more."""
        gone = {} if rule is None or rule["to"] in receivers else {rule["to"]: _("няма го вече")}
        self.to.choices = [
            SelectChoice("", _("Изберете")),
            *(SelectChoice(key, words, render_kw=MARKED) for key, words in receivers.items()),
            *(SelectChoice(key, words) for key, words in gone.items()),
        ]
        known = dict(answers)
        kept = [(value, value.partition("=")[2]) for value in chosen if value not in known]
        self.answers.choices = [
            SelectChoice(value, words, render_kw=MARKED) for value, words in [*answers, *kept]
        ]
        if not self.is_submitted():
            self.to.data, self.answers.data = rule["to"] if rule else "", list(chosen)
        return self

    def validate_answers(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(field.data or ()) > MOST_ANSWERS:
            raise ValidationError(gettext("Отбележете най-много %(most)s", most=MOST_ANSWERS))


class OpenRegisterForm(DesignForm):
    """What anybody may read of each document, and why; nothing ticked: there is no register."""

    fields = ChoicesField(
        _("Какво се вижда за всеки издаден документ"),
        [Optional()],
        description=_("Номерът и датите се виждат винаги. Без отбелязани: няма публичен регистър."),
    )
    law = TextAreaField(
        _("По кой закон регистърът е публичен"),
        [*TEXT],
        description=_("Например: ЗУТ, чл. 56а; решение № 45 на общинския съвет"),
    )

    def offer(self, fields: Mapping[str, str], chosen: Sequence[str]) -> OpenRegisterForm:
        """The questions that may be public."""
        self.fields.choices = [
            SelectChoice(name, words, render_kw=MARKED) for name, words in fields.items()
        ]
        if not self.is_submitted():
            self.fields.data = [name for name in chosen if name in fields]
        return self

    def validate_law(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.fields.data and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете закона, наредбата или решението"))

    def validate_fields(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(field.data or ()) > 20:
            raise ValidationError(gettext("Отбележете най-много %(most)s", most=20))

    def register(self) -> dict[str, Any] | None:
        """As a design holds it; None where there is none."""
        shown = list(self.fields.data or ())
        return {"fields": shown, "law": self.law.data.strip()} if shown else None
