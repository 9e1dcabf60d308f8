"""Forms of the organiser: the plan, the agenda, the check-list, a sentence about a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.meetings.models import AgendaItem, Meeting
from obshto.modules.meetings.services.agenda import MOST, AgendaPoint
from obshto.modules.meetings.services.checklist import TICKED
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.plans import NAMES, MeetingPlan
from obshto.modules.meetings.services.queries import Names, place_of
from obshto.platform.content.wheelchair import ACCESS, WheelchairAccess
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language

TITLE, LINE, SUMMARY, BODY, NOTE = 160, 200, 300, 20_000, 300
SEATS, LONGEST_ITEM = 5_000, 600
_LINES = ("address", "organizer", "transport", "moderators", "minute_taker", "phone_bridge")
_LINKS = ("contact", "video_link", "feedback_link")


def line(label: Any, limit: int = LINE, *more: Any, of: type[Field] = StringField) -> Field:
    """A text that may stay empty."""
    return of(label, [Optional(), at_most(limit), *more])


def _link(label: Any) -> Field:
    message = _("Напишете целия адрес, например https://meet.example.org/sreshta")
    return line(label, 400, URL(require_tld=False, message=message))


class NumberField(IntegerField):
    """A whole number between two bounds; anything else is said in the person's language."""

    def __init__(self, label: Any, validators: Any, *, least: int, most: int, **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence. Nothing typed is no number."""
        typed, self.data = (valuelist[0] if valuelist else "").strip(), None
        if not typed:
            return
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
        if not is_number or not self.least <= int(typed) <= self.most:
            words = gettext("Въведете число от %(a)s до %(b)s", a=self.least, b=self.most)
            raise ValueError(words)
        self.data = int(typed)


class PlanForm(FlaskForm):
    """A meeting: words, kind, when, where, who leads, how to join from afar."""

    kind = ChoiceField(_("Вид"), [InputRequired(_("Изберете вид"))])
    title = StringField(
        _("За какво е срещата"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)]
    )
    starts_at = HourField(_("Кога започва"), [InputRequired(_("Въведете ден и час на началото"))])
    ends_at = HourField(_("Кога свършва"), [InputRequired(_("Въведете ден и час на края"))])
    settlement = ChoiceField(_("Населено място"), [Optional()])
    address = line(_("Къде точно"))
    access = ChoiceField(
        _("Достъп с инвалидна количка"),
        [Optional()],
        choices=[SelectChoice(word, label) for word, label in ACCESS.items()],
    )
    transport = line(_("Как се стига и как се връща"))
    seats = NumberField(_("Места в залата"), [Optional()], least=1, most=SEATS)
    summary = line(_("Накратко"), SUMMARY, of=TextAreaField)
    markdown = line(_("Подробности"), BODY, of=TextAreaField)
    organizer = line(_("Организатор"))
    moderators = line(_("Кой води"))
    minute_taker = line(_("Кой води протокола"))
    contact = line(_("Телефон или имейл за въпроси"))
    has_room = BooleanField(_("Среща във видео стая на портала"))
    video_link = _link(_("Връзка за видео"))
    phone_bridge = line(_("Телефон за включване с код"))
    feedback_link = _link(_("Връзка към анкета след срещата"))

    def __init__(self, *args: Any, names: Names, **more: Any) -> None:
        super().__init__(*args, **more)
        language = current_language()
        kinds = [SelectChoice(kind.word, kind.title(language)) for kind in KINDS.values()]
        self.kind.choices = [SelectChoice("", _("Изберете")), *kinds]
        places = [SelectChoice(code, place_of(code, names, language)) for code in names]
        self.settlement.choices = [SelectChoice("", _("Цялата община")), *places]

    def validate_ends_at(self, field: Field) -> None:
        """After the beginning."""
        start, end = self.starts_at.moment, field.moment
        if start and end and end <= start:
            raise ValidationError(gettext("Изберете край, който е след началото"))

    def plan(self) -> MeetingPlan:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_at.moment and self.ends_at.moment
        words = {name: (self[name].data or "").strip() for name in (*_LINES, *_LINKS)}
        return MeetingPlan(
            title=self.title.data.strip(),
            kind=self.kind.data,
            starts_at=self.starts_at.moment,
            ends_at=self.ends_at.moment,
            summary=lines_of(self.summary.data or ""),
            markdown=lines_of(self.markdown.data or ""),
            settlement=self.settlement.data or "",
            access=self.access.data or WheelchairAccess.UNKNOWN,
            seats=self.seats.data,
            has_room=self.has_room.data,
            **words,
        )


class NewMeetingForm(PlanForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditMeetingForm(PlanForm):
    """`note` is told to people when the time or the place of an announced meeting changes."""

    expected_version = ExpectedVersionField()
    note = line(_("Ако сменяте деня, часа или мястото: едно изречение за хората"), NOTE)


def shown_plan(meeting: Meeting) -> dict[str, Any]:
    """Initial data of the edit form."""
    told = {name: getattr(meeting, name) for name in NAMES}
    return told | {"note": "", "expected_version": meeting.version}


class ChecksForm(FlaskForm):
    """What the organiser has seen to."""

    expected_version = ExpectedVersionField()
    checks = ChoicesField(_("Свършено"), [Optional()])

    def offer(self, words: Sequence[str]) -> None:
        """The lines that people tick."""
        self.checks.choices = [
            SelectChoice(word, TICKED[word][0], render_kw={"hint": TICKED[word][1]})
            for word in words
        ]


class AgendaItemForm(FlaskForm):
    """A point of the agenda."""

    title = StringField(_("Точка"), [DataRequired(_("Напишете точката")), at_most(400)])
    presenter = line(_("Кой докладва"))
    minutes = NumberField(
        _("Колко минути"),
        [InputRequired(_("Въведете колко минути"))],
        least=1,
        most=LONGEST_ITEM,
        default=15,
    )
    position = NumberField(_("Поред в дневния ред"), [Optional()], least=1, most=MOST)

    def point(self) -> AgendaPoint:
        """As typed. Only for a form that has passed its checks."""
        assert self.minutes.data
        return AgendaPoint(
            title=self.title.data.strip(),
            presenter=(self.presenter.data or "").strip(),
            minutes=self.minutes.data,
            position=self.position.data or MOST,
        )


class NewItemForm(AgendaItemForm):
    """`request_id` adds it once."""

    request_id = UuidField(default=uuid4)


class EditItemForm(AgendaItemForm):
    """`expected_version` is that of the point."""

    expected_version = ExpectedVersionField()


def shown_item(item: AgendaItem) -> dict[str, Any]:
    """Initial data of the form of a point."""
    names = ("title", "presenter", "minutes", "position")
    return {name: getattr(item, name) for name in names} | {"expected_version": item.version}


class CancelForm(FlaskForm):
    """The sentence that people read."""

    expected_version = ExpectedVersionField()
    note = StringField(
        _("Едно изречение за хората"),
        [DataRequired(_("Напишете защо, хората ще го прочетат")), at_most(NOTE)],
    )
