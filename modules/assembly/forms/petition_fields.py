"""Forms of a petition for an assembly: its words, how many voters there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.assembly.models import AssemblyPetition
from obshto.modules.assembly.services.petitions import AssemblyPetitionWords
from obshto.platform.petitions.forms import number_field
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

MOST_QUESTIONS, LONGEST_QUESTION = 5, 500
_source = _("Напишете откъде е числото")


class PetitionVotersForm(FlaskForm):
    """How many voters there are, and who says so."""

    expected_version = ExpectedVersionField()
    voters = number_field(_("Колко са гласоподавателите?"), least=1, most=99_999)
    voters_source = StringField(
        _("Откъде е броят на гласоподавателите?"), [DataRequired(_source), at_most(200)]
    )

    def source(self) -> str:
        """As typed, in one line."""
        return " ".join(self.voters_source.data.split())


class AssemblyPetitionForm(PetitionVotersForm):
    """What is asked of an assembly, where, why."""

    request_id = UuidField(default=uuid4)
    unit = ChoiceField(_("За кое населено място?"), default="")
    quarter = StringField(_("Квартал"), [Optional(), at_most(80)])
    questions = TextAreaField(
        _("Какво да реши събранието?"), [DataRequired(_("Напишете въпроса")), at_most(2_500)]
    )
    reasons = TextAreaField(
        _("Защо се свиква?"), [DataRequired(_("Напишете защо се свиква")), at_most(2_000)]
    )

    def offer(self, units: Mapping[str, str]) -> None:
        """Settlements, in the language in force."""
        self.unit.choices = [SelectChoice(code, name) for code, name in units.items()]
        if not units:
            del self.unit

    def validate_questions(self, field: Field) -> None:
        """Raises ValidationError."""
        lines = _questions(field.data)
        if len(lines) > MOST_QUESTIONS:
            told = gettext(
                "Въпросите са най-много %(most)s, всеки на свой ред", most=MOST_QUESTIONS
            )
            raise ValidationError(told)
        if any(len(line) > LONGEST_QUESTION for line in lines):
            told = gettext("Всеки въпрос е най-много %(most)s знака", most=LONGEST_QUESTION)
            raise ValidationError(told)

    def said(self) -> AssemblyPetitionWords:
        """As typed. Only for a form that has passed its checks."""
        return AssemblyPetitionWords(
            unit=(self.unit.data or "") if "unit" in self else "",
            quarter=" ".join((self.quarter.data or "").split()),
            questions="\n".join(_questions(self.questions.data)),
            reasons=lines_of(self.reasons.data),
            voters=self.voters.data,
            voters_source=self.source(),
        )


def fill_petition(petition: AssemblyPetition) -> dict[str, Any]:
    """What the form of a petition shows of it."""
    return {name: getattr(petition, name) for name in AssemblyPetitionWords.__slots__}


def _questions(typed: str) -> list[str]:
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
