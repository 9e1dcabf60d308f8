"""Forms of assistants: asking for one, planning, staff, the visit itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import Field, RadioField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.assistants.models import HomeVisit
from obshto.modules.assistants.services.check_ins import MOST_NOTES
from obshto.modules.assistants.services.kinds import (
    AT_HOME,
    HALVES,
    LANGUAGES,
    LESSONS,
    NEEDS,
    SUBJECTS,
    TIMES,
)
from obshto.modules.assistants.services.submission import HelpWords
from obshto.modules.assistants.services.visit_plans import VisitPlan
from obshto.platform.cases.channels import CHANNELS, ENTERED, PHONE, PORTAL
from obshto.platform.cases.forms import NumberAndCodeForm
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    ChoicesField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language
from obshto.tenants.api import AGES

MINUTES = (30, 60, 90, 120)


def _choices(words: Mapping[str, Any], empty: Any = None) -> list[SelectChoice]:
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(word, title) for word, title in words.items()]


def check_place(field: ChoiceField) -> None:
    """Raises ValidationError where none of several settlements was chosen."""
    if not field.data and len(field.choices) > 1:
        raise ValidationError(gettext("Изберете място"))


class HelpForm(RateLimitedForm):
    """Who wants an assistant, where they live, what with."""

    rate_limit = RateLimit(thing="assistants:request.send", most=20)
    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име на човека, при когото да дойдем"), [DataRequired(_("Напишете името")), at_most(120)]
    )
    asked_by = StringField(_("Ако питате за друг: Вашето име"), [Optional(), at_most(120)])
    phone = TelField(_("Телефон"), [DataRequired(_("Напишете телефон")), at_most(40)])
    email = StringField(
        _("Имейл"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )
    settlement = ChoiceField(_("Населено място"), default="")
    address = StringField(
        _("Улица и номер"), [DataRequired(_("Напишете адреса, за да Ви намерим")), at_most(200)]
    )
    directions = StringField(_("Как се стига"), [Optional(), at_most(300)])
    subjects = ChoicesField(
        _("С какво да помогнем?"),
        [DataRequired(_("Изберете поне едно"))],
        choices=_choices(SUBJECTS),
    )
    needs = ChoicesField(_("Какво да знае помощникът?"), [Optional()], choices=_choices(NEEDS))
    times = ChoicesField(_("Кога е удобно?"), [Optional()], choices=_choices(TIMES))
    at_home = RadioField(
        _("Кой ще е вкъщи?"), choices=_choices(AT_HOME), default="alone", validate_choice=False
    )
    age = ChoiceField(
        _("На колко години е човекът?"), choices=_choices(AGES, _("не казва")), default=""
    )
    language = ChoiceField(
        _("На какъв език?"), choices=_choices(LANGUAGES), default=current_language
    )
    words = TextAreaField(_("Още нещо"), [Optional(), at_most(1_000)])

    def offer(self, places: Mapping[str, str]) -> None:
        """Settlements to choose from: those here first, then the neighbours'."""
        self.settlement.choices = _choices(places, _("Изберете"))

    def validate_settlement(self, field: ChoiceField) -> None:
        """Raises ValidationError: chosen wherever there is any."""
        check_place(field)

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError: digits that are nobody's number."""
        if read_phone(field.data) is None:
            raise ValidationError(
                gettext("Такъв телефон няма. Напишете го с кода, например 0888 123 456.")
            )

    def validate_at_home(self, field: Field) -> None:
        """Raises ValidationError."""
        field.data = field.data or "alone"
        if field.data not in AT_HOME:
            raise ValidationError(gettext("Изберете отговор"))

    def told(self) -> HelpWords:
        """The request as typed. Only for a form that has passed its checks."""
        return HelpWords(
            name=self.name.data.strip(),
            asked_by=(self.asked_by.data or "").strip(),
            phone=read_phone(self.phone.data) or "",
            email=(self.email.data or "").strip(),
            settlement=self.settlement.data,
            address=self.address.data.strip(),
            directions=(self.directions.data or "").strip(),
            age=self.age.data,
            subjects=tuple(self.subjects.data),
            needs=tuple(self.needs.data or ()),
            times=tuple(self.times.data or ()),
            at_home=self.at_home.data,
            words=lines_of(self.words.data or ""),
            language=self.language.data,
            channel=self.came_by(),
        )

    def came_by(self) -> str:
        """The channel."""
        return PORTAL


class HelpEntryForm(HelpForm):
    """The same, typed by staff in two minutes on the phone."""

    language = ChoiceField(_("На какъв език?"), choices=_choices(LANGUAGES), default="bg")
    channel = RadioField(
        _("Как се обажда човекът?"),
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=PHONE,
        validate_choice=False,
    )

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))

    def came_by(self) -> str:
        """The channel that staff chose."""
        return str(self.channel.data)


class HelpFollowForm(NumberAndCodeForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="assistants:request.follow", most=30)


class AlarmForm(FlaskForm):
    """One button: where somebody is of whom no word comes."""

    request_id = UuidField(default=uuid4)


class AddressForm(FlaskForm):
    """A new address, written without showing the one that is there."""

    expected_version = ExpectedVersionField()
    address = StringField(
        _("Улица и номер"), [DataRequired(_("Напишете адреса, за да Ви намерим")), at_most(200)]
    )
    directions = StringField(_("Как се стига"), [Optional(), at_most(300)])


class TimeForm(FlaskForm):
    """When, and for how long."""

    request_id = UuidField(default=uuid4)
    starts_at = HourField(_("Ден и час"), [DataRequired(_("Изберете ден и час"))])
    minutes = ChoiceField(
        _("Колко време?"),
        choices=[SelectChoice(str(n), _("%(num)s минути", num=n)) for n in MINUTES],
        default="60",
    )
    half = RadioField(
        _("Какво е обещано?"), choices=_choices(HALVES), default="", validate_choice=False
    )

    def validate_half(self, field: Field) -> None:
        """Raises ValidationError."""
        field.data = field.data or ""
        if field.data not in HALVES:
            raise ValidationError(gettext("Изберете отговор"))

    def plan(self) -> VisitPlan:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_at.moment
        return VisitPlan(
            starts_at=self.starts_at.moment, minutes=int(self.minutes.data), half=self.half.data
        )


class VisitPlanForm(TimeForm):
    """Who comes, and when."""

    expected_version = ExpectedVersionField()
    assistant = RadioField(
        _("Кой да отиде?"), [DataRequired(_("Изберете помощник"))], validate_choice=False
    )

    def offer(self, people: Mapping[str, tuple[str, str]]) -> None:
        """By id: the name, and what the coordinator compares."""
        self.assistant.choices = [
            SelectChoice(key, name, render_kw={"hint": hint})
            for key, (name, hint) in people.items()
        ]

    def validate_assistant(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Изберете помощник"))


class AssistantForm(FlaskForm):
    """From where somebody visits people, in which languages, their face."""

    settlement = ChoiceField(_("Откъде тръгва?"), default="")
    languages = ChoicesField(
        _("Какви езици говори?"),
        [DataRequired(_("Изберете поне един"))],
        choices=_choices(LANGUAGES),
    )
    photo = FileField(_("Снимка, която хората ще видят"), [Optional()])

    def offer(self, places: Mapping[str, str]) -> None:
        """Settlements to choose from."""
        self.settlement.choices = _choices(places, _("Изберете"))

    def validate_settlement(self, field: ChoiceField) -> None:
        """Raises ValidationError: chosen wherever there is any."""
        check_place(field)

    def stream(self) -> BinaryIO | None:
        """The photograph that came."""
        file = self.photo.data
        return file.stream if file and getattr(file, "filename", "") else None


class NewAssistantForm(AssistantForm):
    """The same for a colleague who is no assistant yet."""

    request_id = UuidField(default=uuid4)
    person = ChoiceField(_("Колега"), [DataRequired(_("Изберете колега"))])

    def offer_people(self, people: Mapping[UUID, str]) -> None:
        """Colleagues who may visit people."""
        self.person.choices = _choices(
            {str(key): name for key, name in people.items()}, _("Изберете")
        )


class ChangedAssistantForm(AssistantForm):
    """The same of one who is there."""

    expected_version = ExpectedVersionField()


class LeaveForm(FlaskForm):
    """Days on which somebody does not work."""

    request_id = UuidField(default=uuid4)
    first = DayField(_("Първи ден"), [DataRequired(_("Въведете ден"))])
    last = DayField(_("Последен ден"), [DataRequired(_("Въведете ден"))])


class LessonsForm(FlaskForm):
    """What was shown, and a note for the next time."""

    expected_version = ExpectedVersionField()
    taught = ChoicesField(
        _("Какво показахте?"),
        [Optional()],
        choices=[SelectChoice(word, lesson.title) for word, lesson in LESSONS.items()],
    )
    notes = TextAreaField(_("Бележка за следващия път"), [Optional(), at_most(MOST_NOTES)])


class SpotLessonsForm(FlaskForm):
    """What was shown, out of the page of the day: added to what is written already."""

    request_id = UuidField(default=uuid4)
    taught = ChoicesField(_("Какво показахте?"), choices=[])

    def offer(self, taught: Collection[str]) -> None:
        """What was not shown yet."""
        self.taught.choices = [
            SelectChoice(word, lesson.title)
            for word, lesson in LESSONS.items()
            if word not in taught
        ]


class SpotForms:
    """The forms of one visit on the page of the day. Ids are the visit's: the page has many."""

    def __init__(self, visit: HomeVisit) -> None:
        self.lessons, self.next = SpotLessonsForm(formdata=None), TimeForm(formdata=None)
        self.lessons.offer(visit.taught)
        for field in (*self.lessons, *self.next):
            field.id = f"{field.name}-{visit.id}"


class ProblemForm(FlaskForm):
    """What could not be solved, and whose it is."""

    request_id = UuidField(default=uuid4)
    official = ChoiceField(_("На кого го предавате?"), [DataRequired(_("Изберете колега"))])
    words = TextAreaField(
        _("Какво не се реши?"), [DataRequired(_("Напишете какво не се реши")), at_most(1_000)]
    )

    def offer(self, people: Mapping[UUID, str]) -> None:
        """Officials by name."""
        self.official.choices = _choices(
            {str(key): name for key, name in people.items()}, _("Изберете")
        )


class ProblemAnswerForm(FlaskForm):
    """What came of it."""

    expected_version = ExpectedVersionField()
    answer = TextAreaField(
        _("Какво направихте?"), [DataRequired(_("Напишете отговора")), at_most(1_000)]
    )


def named(people: Mapping[UUID, str], chosen: str) -> tuple[UUID, str]:
    """The colleague of that id. Only for a form that has passed its checks."""
    return UUID(chosen), people[UUID(chosen)]
