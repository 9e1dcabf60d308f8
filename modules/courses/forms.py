"""Forms of courses: a course with its test and price, a group, who comes and pays less, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.courses.models import Course, CourseExemption, CourseLesson, Group
from obshto.modules.courses.services.courses import CourseEntry
from obshto.modules.courses.services.enrolments import Participant
from obshto.modules.courses.services.fees.exemptions import ExemptionEntry, exemptions, reduced
from obshto.modules.courses.services.groups import AT_MOST, CODE, GroupEntry, Series
from obshto.modules.courses.services.kinds import KINDS, LEVELS
from obshto.platform.amounts import cents_of, typed_as
from obshto.platform.bookings.access_log import DESK_PURPOSES
from obshto.platform.bookings.forms import BookerForm, CounterBookerForm
from obshto.platform.calendar.recurrence import Frequency
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.formats import euro
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    NumberRange,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import OTHERS, SOURCE, current_language, speaking
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import ages, place_names

NAME, ABOUT, LINE, TEXT = 120, 600, 200, 4000
OWN = "own"  # the group's own teacher, among those who may teach a lesson
QUESTIONS, ANSWERS = 3, 2  # of the test; the least answers of a question
REPEATS = {
    Frequency.WEEKLY: _("всяка седмица"),
    Frequency.FORTNIGHTLY: _("през седмица"),
    Frequency.MONTHLY_WEEKDAY: _("всеки месец в същия ден от седмицата"),
}


def choices_of(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """Each word with its label."""
    return [SelectChoice(str(word), label) for word, label in words.items()]


def _number(label: Any, least: int, most: int, default: int | None = None) -> IntegerField:
    error = _("Въведете число от %(least)s до %(most)s", least=least, most=most)
    checks = [InputRequired(error), NumberRange(least, most, error)]
    return IntegerField(label, checks, default=default)


def refuse_no_sum(form: FlaskForm, field: Field) -> None:
    """Check of a field of euro. Raises ValidationError."""
    if cents_of(field.data) is None:
        raise ValidationError(gettext("Въведете сума с цифри, например 12,50"))


class CourseForm(FlaskForm):
    """A course as staff write it. A question of the test: the right answer stands first."""

    kind = ChoiceField(_("Вид"), choices=choices_of(KINDS))
    level = ChoiceField(_("За кого"), choices=choices_of(LEVELS))
    name = StringField(_("Име"), [DataRequired(_("Въведете името")), at_most(NAME)])
    about = TextAreaField(_("Накратко"), [Optional(), at_most(ABOUT)])
    syllabus = TextAreaField(_("Програма"), [Optional(), at_most(TEXT)])
    least_percent = _number(
        _("Каква част от занятията иска удостоверението, в проценти"), 1, 100, 75
    )
    price = StringField(_("Цена в евро"), [Optional(), at_most(12), refuse_no_sum])
    income_kind = ChoiceField(_("Вид приход, по който се плаща"), validate_choice=False)
    question_0 = TextAreaField(_("Първи въпрос"), [Optional(), at_most(TEXT)])
    question_1 = TextAreaField(_("Втори въпрос"), [Optional(), at_most(TEXT)])
    question_2 = TextAreaField(_("Трети въпрос"), [Optional(), at_most(TEXT)])
    name_en = StringField(_("Име на английски"), [Optional(), at_most(NAME)])
    about_en = TextAreaField(_("Накратко, на английски"), [Optional(), at_most(ABOUT)])
    name_ro = StringField(_("Име на румънски"), [Optional(), at_most(NAME)])
    about_ro = TextAreaField(_("Накратко, на румънски"), [Optional(), at_most(ABOUT)])

    def offer(self, kinds: Mapping[str, str]) -> None:
        """The kinds of income to choose from, and the one that is used no more."""
        kept = {self.income_kind.data: self.income_kind.data} if self.income_kind.data else {}
        self.income_kind.choices = [SelectChoice("", _("Курсът е безплатен"))] + [
            SelectChoice(code, title, {"lang": "bg"})
            for code, title in (kept | dict(kinds)).items()
        ]
        self.kinds = kinds

    def validate_income_kind(self, field: Field) -> None:
        """A price comes in under a kind of income. Raises ValidationError."""
        if cents_of(self.price.data or "") and field.data not in self.kinds:
            raise ValidationError(gettext("Изберете вид приход. Без него никой не може да плати."))

    def validate_question_0(self, field: Field) -> None:
        """A question and two answers at least, a line each. Raises ValidationError."""
        if 0 < len(_lines(field.data)) <= ANSWERS:
            raise ValidationError(
                gettext("Напишете въпроса на първия ред, верния отговор на втория, после другите")
            )

    validate_question_1 = validate_question_2 = validate_question_0

    def entry(self) -> CourseEntry:
        """As typed. Only for a form that has passed its checks."""
        told = [_lines(self[f"question_{n}"].data) for n in range(QUESTIONS)]
        return CourseEntry(
            kind=self.kind.data,
            level=self.level.data,
            name=self.name.data.strip(),
            about=lines_of(self.about.data or ""),
            syllabus=lines_of(self.syllabus.data or ""),
            least_percent=self.least_percent.data,
            price_cents=(price := cents_of(self.price.data or "") or 0),
            income_kind=self.income_kind.data if price else "",
            questions=[_question(lines) for lines in told if lines],
            translations={
                language: {
                    "name": self[f"name_{language}"].data.strip(),
                    "about": lines_of(self[f"about_{language}"].data or ""),
                }
                for language in OTHERS
                if self[f"name_{language}"].data
            },
        )


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in lines_of(text or "").splitlines() if line.strip()]


def _question(lines: list[str]) -> dict[str, Any]:
    """The right answer is not the first that people read, but at a place that follows from it."""
    text, right, *others = lines
    answers = sorted([right, *others])
    return {"text": text, "answers": answers, "right": answers.index(right)}


class NewCourseForm(CourseForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditCourseForm(CourseForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def fields_of(course: Course) -> dict[str, Any]:
    """What the form of a course shows at first."""
    names = ("kind", "level", "name", "about", "syllabus", "least_percent", "income_kind")
    shown: dict[str, Any] = {name: getattr(course, name) for name in names}
    shown["price"] = typed_as(course.price_cents) if course.price_cents else ""
    for number, one in enumerate(course.questions):
        others = [answer for n, answer in enumerate(one["answers"]) if n != one["right"]]
        lines = [one["text"], one["answers"][one["right"]], *others]
        shown[f"question_{number}"] = "\n".join(lines)
    for language, words in course.translations.items():
        shown |= {f"{part}_{language}": text for part, text in words.items()}
    return {**shown, "expected_version": course.version}


class GroupForm(FlaskForm):
    """Where, for how many, who teaches."""

    name = StringField(_("Име на групата"), [Optional(), at_most(NAME)])
    ekatte = ChoiceField(_("Населено място"), [Optional()])
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адреса")), at_most(LINE)])
    phone = TelField(_("Телефон"), [DataRequired(_("Въведете телефон за записване")), at_most(40)])
    seats = _number(_("Най-много хора"), 1, 200, 10)
    least = _number(_("Най-малко хора, за да се проведе"), 1, 200, 4)
    teacher = ChoiceField(_("Преподавател"), [Optional()])
    programme = StringField(_("По коя програма се финансира"), [Optional(), at_most(NAME)])

    def __init__(
        self, *args: Any, places: Mapping[str, Any], teachers: Mapping[UUID, str], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.places = places
        self.teachers = {str(key): name for key, name in teachers.items()}
        none = SelectChoice("", _("Изберете"))
        self.ekatte.choices = [none] + [
            SelectChoice(code, names["bg"]) for code, names in places.items()
        ]
        self.teacher.choices = [none, *choices_of(self.teachers)]

    def validate_least(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.seats.data and field.data and field.data > self.seats.data:
            raise ValidationError(gettext("Най-малко хора не може да е повече от местата"))

    def entry(self) -> GroupEntry:
        """As typed. Only for a form that has passed its checks."""
        teacher = self.teacher.data or ""
        return GroupEntry(
            name=(self.name.data or "").strip(),
            ekatte=self.ekatte.data or "",
            settlement=dict(self.places.get(self.ekatte.data or "", {})),
            address=self.address.data.strip(),
            phone=self.phone.data.strip(),
            least=self.least.data,
            seats=self.seats.data,
            programme=" ".join((self.programme.data or "").split()),
            teacher_id=UUID(teacher) if teacher else None,
            teacher=self.teachers.get(teacher, ""),
        )


class NewGroupForm(GroupForm):
    """The same with its series of lessons."""

    request_id = UuidField(default=uuid4)
    first = HourField(_("Първо занятие"), [InputRequired(_("Въведете ден и час на началото"))])
    minutes = _number(_("Колко минути е едно занятие"), 15, 480, 90)
    frequency = ChoiceField(_("Колко често"), choices=choices_of(REPEATS))
    number = _number(_("Колко занятия"), 1, AT_MOST, 8)

    def series(self) -> Series:
        """As typed. Only for a form that has passed its checks."""
        assert self.first.moment
        return Series(
            first=self.first.moment,
            minutes=self.minutes.data,
            frequency=self.frequency.data,
            number=self.number.data,
        )


class EditGroupForm(GroupForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def group_fields(group: Group) -> dict[str, Any]:
    """What the form of a group shows at first."""
    names = ("name", "ekatte", "address", "phone", "seats", "least", "programme")
    shown: dict[str, Any] = {name: getattr(group, name) for name in names}
    teacher = str(group.teacher_id) if group.teacher_id else ""
    return {**shown, "teacher": teacher, "expected_version": group.version}


class EnrolForm(BookerForm):
    """Who comes, for oneself or for somebody of the family; village and age are no must."""

    ekatte = ChoiceField(_("Къде живее"), [Optional()])
    age = ChoiceField(_("Възраст"), [Optional()])
    exemption = RadioField(_("Каква цена плаща?"), choices=[], validate_choice=False)

    def offer(self, municipality: str, language: str) -> None:
        """What there is to choose."""
        none = SelectChoice("", gettext("Не казвам"))
        self.ekatte.choices = [none, *choices_of(place_names(municipality, language))]
        self.age.choices = [none, *choices_of(ages())]

    def offer_exemptions(self, price_cents: int, rows: Sequence[CourseExemption]) -> None:
        """What each pays of a price; nothing to choose where there is none. Whole is the first."""
        whole = gettext("Цялата цена: %(sum)s", sum=euro(price_cents))
        self.exemption.choices = [SelectChoice("", whole)] if price_cents and rows else []
        for row in rows if price_cents else ():
            with speaking(SOURCE):  # as the name is
                told = f"{row.name}: {euro(reduced(price_cents, row))}"
            self.exemption.choices.append(SelectChoice(str(row.id), told, {"lang": "bg"}))
        if self.exemption.data not in {choice.value for choice in self.exemption.choices}:
            self.exemption.data = ""

    def participant(self) -> Participant:
        """As typed."""
        chosen = UUID(self.exemption.data) if self.exemption.data else None
        return Participant(ekatte=self.ekatte.data or "", age=self.age.data or "", exemption=chosen)


class CounterEnrolForm(CounterBookerForm, EnrolForm):
    """The same, typed by staff."""


def offered_here(form: EnrolForm, course: Course) -> Sequence[CourseExemption]:
    """Fill the lists of the form for this municipality; the exemptions that are on offer."""
    uow = current_uow()
    form.offer(uow.scope.slug, current_language())
    rows = exemptions(uow, active=True) if course.price_cents else ()
    form.offer_exemptions(course.price_cents, rows)
    return rows


class EnrolmentCodeForm(RateLimitedForm):
    """The code, as it stands on the slip."""

    rate_limit = RateLimit(thing="bookings:booking.follow", most=30)
    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class DoorCodeForm(RateLimitedForm):
    """The code that is said at the door."""

    rate_limit = RateLimit(thing="courses:door.code", most=60)
    door = StringField(_("Код от залата"), [DataRequired(_("Въведете кода")), at_most(20)])

    def validate_door(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != CODE:
            raise ValidationError(gettext("Кодът от залата има 6 цифри"))


class ParticipantsLookForm(PurposeForm):
    """For what somebody of the staff opens names."""

    question = _("Защо отваряте имената?")
    purposes = DESK_PURPOSES


class AbsenceForm(FlaskForm):
    """A lesson that does not take place, and when it is made up for."""

    expected_version = ExpectedVersionField()
    instead_at = HourField(_("Вместо това, ден и час"), [Optional()])


class SubstituteForm(FlaskForm):
    """Who teaches one lesson: the group's own teacher, or somebody else."""

    expected_version = ExpectedVersionField()
    substitute = ChoiceField(_("Кой ще води занятието"), [InputRequired(_("Изберете отговор"))])

    def offer(self, group: Group, lesson: CourseLesson, people: Mapping[UUID, str]) -> None:
        """The group's teacher first, then those who may teach here; as it stands now."""
        usual = SelectChoice(OWN, group.teacher or _("Преподавателят на групата"))
        self.substitute.choices = [usual, *choices_of(people)]
        if not self.is_submitted():
            self.substitute.data = str(lesson.substitute_id or OWN)
            self.expected_version.data = lesson.version

    @property
    def chosen(self) -> UUID | None:
        """Of who teaches it; None for the group's own teacher."""
        return None if self.substitute.data == OWN else UUID(self.substitute.data)


class TeacherNoteForm(FlaskForm):
    """Words of a teacher for themselves."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(_("Моите бележки"), [Optional(), at_most(TEXT)])


class MaterialForm(FlaskForm):
    """A file for those who are enrolled."""

    request_id = UuidField(default=uuid4)
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(NAME)])
    file = FileField(_("Файл"), [FileRequired(_("Изберете файл"))])


class RevokeForm(FlaskForm):
    """Why a certificate is taken back; only staff read it."""

    expected_version = ExpectedVersionField()
    reason = StringField(_("Защо"), [DataRequired(_("Напишете защо")), at_most(LINE)])


class CourseCopyForm(FlaskForm):
    """One press is one copy."""

    request_id = UuidField(default=uuid4)


class ExemptionForm(FlaskForm):
    """Who pays less, by per cent or by a sum, and what they show."""

    name = StringField(_("За кого"), [DataRequired(_("Напишете за кого е")), at_most(NAME)])
    proof = StringField(
        _("Какво показва човекът"),
        [DataRequired(_("Напишете какъв документ показва човекът")), at_most(LINE)],
    )
    percent = _number(_("С колко процента е по-ниска цената"), 0, 100, 0)
    off = StringField(_("Или с колко евро"), [Optional(), at_most(12), refuse_no_sum])

    def validate_percent(self, field: Field) -> None:
        """One of the two. Raises ValidationError."""
        if bool(field.data) is bool(cents_of(self.off.data or "")):
            raise ValidationError(gettext("Въведете или процент, или сума"))

    def entry(self) -> ExemptionEntry:
        """As typed. Only for a form that has passed its checks."""
        return ExemptionEntry(
            name=self.name.data.strip(),
            proof=self.proof.data.strip(),
            percent=self.percent.data,
            cents=cents_of(self.off.data or "") or 0,
            is_active=self.is_offered(),
        )

    def is_offered(self) -> bool:
        """Whether people can choose it."""
        return True


class NewExemptionForm(ExemptionForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditExemptionForm(ExemptionForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()
    is_active = BooleanField(_("Хората могат да го избират"))

    def is_offered(self) -> bool:
        return bool(self.is_active.data)


def exemption_fields(row: CourseExemption) -> dict[str, Any]:
    """What the form of an exemption shows at first."""
    shown: dict[str, Any] = {
        name: getattr(row, name) for name in ("name", "proof", "percent", "is_active")
    }
    shown["off"] = typed_as(row.cents) if row.cents else ""
    return {**shown, "expected_version": row.version}
