"""Forms of who keeps the minutes: an entry, attendance, publication, what became of a decision."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.meetings.forms.plans import NOTE, NumberField, line
from obshto.modules.meetings.models import Meeting, MinuteEntry
from obshto.modules.meetings.services.minutes import FIELDS, NUMBERS, Attendance, EntryWords
from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

YEARS = range(2000, 2101)
TEXT, DECISION, VOTES = 20_000, 4_000, 100_000


def _votes(label: Any) -> NumberField:
    return NumberField(label, [Optional()], least=0, most=VOTES)


class EntryForm(FlaskForm):
    """An entry under a point: what was said, the motion, the votes, the decision."""

    text = line(_("Какво беше казано"), TEXT, of=TextAreaField)
    motion = line(_("Предложение, което се гласува"), DECISION, of=TextAreaField)
    votes_for = _votes(_("За"))
    votes_against = _votes(_("Против"))
    votes_abstained = _votes(_("Въздържали се"))
    number = line(_("Номер на решението"), 40)
    decision = line(_("Решение"), DECISION, of=TextAreaField)
    follows = line(_("Какво следва"), 400)
    owner = line(_("Кой го прави"))
    due_on = DateField(_("До кога"), [Optional()])

    def validate_due_on(self, field: Any) -> None:
        """Raises ValidationError for a year that is a slip."""
        if field.data and field.data.year not in YEARS:
            raise ValidationError(_("Проверете годината"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A number, a task or a term without a decision says nothing; nor do votes of some."""
        is_right = super().validate(extra_validators) and self._counts_all_votes()
        others = (self.number.data, self.follows.data, self.owner.data, self.due_on.data)
        if any(others) and not (self.decision.data or "").strip():
            self.decision.errors = [gettext("Напишете самото решение")]
            return False
        return bool(is_right)

    def _counts_all_votes(self) -> bool:
        """What was left empty must not be published as nobody's vote."""
        votes = (self.votes_for, self.votes_against, self.votes_abstained)
        empty = [field for field in votes if field.data is None]
        if len(empty) in (0, len(votes)):
            return True
        for field in empty:
            field.errors = [gettext("Напишете 0, ако няма такива гласове")]
        return False

    def words(self) -> EntryWords:
        """As typed. Only for a form that has passed its checks."""
        told: dict[str, Any] = {name: self[name].data for name in FIELDS}
        for name in ("text", "motion", "number", "decision", "follows", "owner"):
            told[name] = lines_of(told[name] or "")
        return EntryWords(**told)


class NewEntryForm(EntryForm):
    """`request_id` writes it once."""

    request_id = UuidField(default=uuid4)


class EditEntryForm(EntryForm):
    """`expected_version` is that of the entry: two secretaries do not write over each other."""

    expected_version = ExpectedVersionField()


def shown_entry(entry: MinuteEntry) -> dict[str, Any]:
    """Initial data of the form of an entry."""
    return {name: getattr(entry, name) for name in FIELDS} | {"expected_version": entry.version}


class AttendanceForm(FlaskForm):
    """How many took part."""

    expected_version = ExpectedVersionField()
    attended_room = _votes(_("На място"))
    attended_video = _votes(_("По видео"))
    attended_phone = _votes(_("По телефона"))

    def attendance(self) -> Attendance:
        """As typed. Only for a form that has passed its checks."""
        return Attendance(**{name: self[name].data for name in NUMBERS})


def shown_attendance(meeting: Meeting) -> dict[str, Any]:
    """Initial data of the form of attendance."""
    return {name: getattr(meeting, name) for name in NUMBERS} | {
        "expected_version": meeting.version
    }


class PublishMinutesForm(FlaskForm):
    """Publication; a correction says what it corrects."""

    request_id = UuidField(default=uuid4)
    why = line(_("Какво поправяте"), NOTE)


class MeetingReportForm(FlaskForm):
    """What was said and what follows, and the reply to what people wrote."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Какво беше казано и какво следва"),
        [DataRequired(_("Напишете текста")), at_most(8_000)],
    )
    reply = TextAreaField(_("Отговор на мненията"), [Optional(), at_most(2_000)])


class OutcomeOfDecisionForm(FlaskForm):
    """How a decision was carried out."""

    expected_version = ExpectedVersionField()
    outcome = StringField(
        _("Как е изпълнено"), [DataRequired(_("Напишете как е изпълнено")), at_most(NOTE)]
    )
