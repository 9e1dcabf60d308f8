"""Forms of the secretary at a session: attendance, a material, a vote by name, publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from obshto.modules.council.forms.members import LINE, check_year
from obshto.modules.council.models import Councillor
from obshto.modules.council.services.majorities import (
    ABSENT,
    ABSTAINED,
    AGAINST,
    CHOICES,
    FOR,
    GROUNDS,
    SIMPLE,
    WORDS,
    majority_on,
)
from obshto.modules.council.services.votes import Motion
from obshto.platform.clock import today
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language

MOTION, WHY, MOST_NUMBER = 4_000, 300, 99_999
CHOICE_WORDS = {
    FOR: _("За"),
    AGAINST: _("Против"),
    ABSTAINED: _("Въздържал се"),
    ABSENT: _("Отсъства"),
}


class PresenceForm(FlaskForm):
    """Who of the councillors is in the hall."""

    expected_version = ExpectedVersionField(default=0)
    present = ChoicesField(_("В залата са"), [Optional()])

    def offer(self, voters: Iterable[Councillor]) -> None:
        """Those who have a term on the day."""
        self.present.choices = [(str(one.id), one.name, {"lang": "bg"}) for one in voters]


class SessionMaterialForm(FlaskForm):
    """A file of a point."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл"), [FileRequired(_("Изберете файл"))])
    title = StringField(_("Какво е това"), [Optional(), at_most(LINE)])


class PublishRecordForm(FlaskForm):
    """Publication of the minutes; a correction says what it corrects."""

    request_id = UuidField(default=uuid4)
    why = StringField(_("Какво поправяте"), [Optional(), at_most(WHY)])


class BallotsForm(FlaskForm):
    """A choice for each councillor, read from fields named after their ids."""

    request_id = UuidField(default=uuid4)

    def choices(self, voters: Iterable[Councillor], typed: Any) -> dict[UUID, str]:
        """What was picked; who was left out is missing, and the service says so."""
        picked = {one.id: typed.get(f"vote-{one.id}", "") for one in voters}
        return {one: choice for one, choice in picked.items() if choice in CHOICES}


class RollCallForm(BallotsForm):
    """A motion with its votes."""

    motion = TextAreaField(
        _("Предложение за гласуване"),
        [DataRequired(_("Напишете какво се гласува")), at_most(MOTION)],
    )
    majority = RadioField(_("Нужно мнозинство"), default=SIMPLE)
    ground = ChoiceField(_("Законът иска поименно гласуване по"), [Optional()])
    decision = TextAreaField(_("Решение, ако се приеме"), [Optional(), at_most(MOTION)])
    number = IntegerField(
        _("Номер на решението"),
        [Optional(), NumberRange(1, MOST_NUMBER, _("Въведете число от 1 до 99999"))],
    )
    owner = StringField(_("Кой го изпълнява"), [Optional(), at_most(LINE)])
    due_on = DayField(_("До кога"), [Optional(), check_year])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        language = current_language()
        self.majority.choices = [
            (word, majority_on(word, today()).title(language)) for word in WORDS
        ]
        self.ground.choices = [
            ("", _("Не го иска, съветът го реши")),
            *((word, told, {"lang": "bg"}) for word, told in GROUNDS.items()),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """A number, an owner or a term without a decision says nothing."""
        is_right = super().validate(extra_validators)
        others = (self.number.data, (self.owner.data or "").strip(), self.due_on.data)
        if any(others) and not (self.decision.data or "").strip():
            self.decision.errors = [gettext("Напишете самото решение")]
            return False
        return bool(is_right)

    def told(self) -> Motion:
        """As typed. Only for a form that has passed its checks."""
        return Motion(
            motion=lines_of(self.motion.data or ""),
            majority=self.majority.data,
            decision=lines_of(self.decision.data or ""),
            ground=self.ground.data or "",
            owner=(self.owner.data or "").strip(),
            due_on=self.due_on.data,
            number=self.number.data,
        )


class BallotCorrectionForm(BallotsForm):
    """A further count; `expected_version` is the count that the page showed."""

    expected_version = ExpectedVersionField(default=0)
    why = StringField(
        _("Защо поправяте"), [DataRequired(_("Напишете защо поправяте гласовете")), at_most(WHY)]
    )
