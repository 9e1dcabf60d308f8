"""Forms of data protection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, FormField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.dataprotection.services.activities import ActivityWords
from obshto.modules.dataprotection.services.assessment_questions import (
    LEVELS,
    NEEDS,
    OPTIONAL,
    RISK_COLUMNS,
    RISKS,
    TEXTS,
)
from obshto.modules.dataprotection.services.assessments import AssessmentWords
from obshto.modules.dataprotection.services.drills import DrillWords
from obshto.modules.dataprotection.services.incidents import (
    NATURES,
    NOT,
    TELL,
    IncidentStart,
    IncidentWords,
    TellingDecision,
)
from obshto.modules.dataprotection.services.leaves import LeaveWords
from obshto.modules.dataprotection.services.processors import ProcessorWords
from obshto.platform.clock import now, today
from obshto.platform.modularity.manifest import DataKind, RiskCriterion
from obshto.platform.web.forms import (
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

EARLIEST = date(1990, 1, 1)
MOST = 4_000
LONGEST_LEAVE = timedelta(days=3 * 366)  # a mother may be away for so long
LATEST_DRILL = timedelta(days=2 * 365)


def _area(label: LazyString, complaint: LazyString | None = None) -> TextAreaField:
    first = DataRequired(complaint) if complaint else Optional()
    return TextAreaField(label, [first, at_most(MOST)])


def _line(label: LazyString, complaint: LazyString | None = None) -> StringField:
    first = DataRequired(complaint) if complaint else Optional()
    return StringField(label, [first, at_most(300)])


def _about_so_many(label: LazyString) -> StringField:
    number = Regexp(r"\d{1,7}\Z", message=_("Въведете число с цифри"))
    return StringField(label, [Optional(), number])


class DeclaredActivityForm(FlaskForm):
    """What the officer adds to an activity that the portal declares."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    people = _line(_("Чии данни"), _("Напишете чии данни са"))
    recipients = _area(_("Кой ги вижда"), _("Напишете кой вижда данните"))
    transfers = _line(_("Предаване извън Европейския съюз"), _("Напишете дали данните се предават"))
    protection = _area(_("Как са защитени"), _("Напишете как са защитени данните"))

    def words(self) -> ActivityWords:
        """What was typed."""
        return ActivityWords(**self._typed())

    def _typed(self) -> dict[str, str]:
        hidden = ("csrf_token", "request_id", "expected_version")
        return {field.name: lines_of(field.data) for field in self if field.name not in hidden}


class OwnActivityForm(DeclaredActivityForm):
    """An activity outside the portal, as a whole."""

    title = _line(_("Дейност"), _("Напишете коя е дейността"))
    purpose = _line(_("За какво се ползват"), _("Напишете за какво се ползват данните"))
    ground = _line(_("Правно основание"), _("Напишете закона и члена"))
    kinds = _line(_("Кои данни"), _("Напишете кои данни са"))
    kept = _line(_("Пазим ги"), _("Напишете колко време се пазят"))


class ProposalForm(FlaskForm):
    """The register goes to the mayor, with what the municipality adds to its policy."""

    request_id = UuidField(default=uuid4)
    words = _area(_("Какво добавяте към политиката"))

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data or "")


class ReturnVersionForm(FlaskForm):
    """Words with which a row is changed: a reason, an explanation, lessons."""

    expected_version = ExpectedVersionField()
    words = _area(_("Текст"), _("Напишете текста"))

    def __init__(self, *args: Any, label: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if label:
            self.words.label.text = label

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data)


def _level(label: LazyString) -> ChoiceField:
    choices = [SelectChoice("", _("Изберете"))]
    choices += [SelectChoice(word, said) for word, said in LEVELS.items()]
    return ChoiceField(label, [Optional()], choices=choices, default="")


class RiskForm(Form):
    """One risk of an assessment: how likely, how bad, what is done against it."""

    likelihood = _level(RISK_COLUMNS["likelihood"])
    severity = _level(RISK_COLUMNS["severity"])
    measures = _area(RISK_COLUMNS["measures"])


class AssessmentForm(FlaskForm):
    """An assessment of impact; all of it may be left for later until it is proposed."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    criteria = ChoicesField(
        _("Кое важи за тази дейност"),
        [Optional()],
        choices=[SelectChoice(one.value, one.label) for one in RiskCriterion],
    )
    need = RadioField(
        _("Нужна ли е оценка на въздействието?"),
        [Optional()],
        choices=[SelectChoice(word, said) for word, said in NEEDS.items()],
        default="",
        validate_choice=False,
    )
    why = _area(_("Защо решихте така"))
    description = _area(TEXTS["description"])
    necessity = _area(TEXTS["necessity"])
    rights = _area(TEXTS["rights"])
    voices = _area(TEXTS["voices"])
    seen = FormField(RiskForm, RISKS["seen"])
    changed = FormField(RiskForm, RISKS["changed"])
    lost = FormField(RiskForm, RISKS["lost"])
    misused = FormField(RiskForm, RISKS["misused"])
    residual = _level(_("Какъв риск остава след мерките"))
    consulted = _line(_("Номер и дата на писмото до комисията"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Only two fields are never needed; the others may wait until it is proposed."""
        super().__init__(*args, **more)
        asked = (self[name] for name in (*TEXTS, "criteria", "need", "why", "residual"))
        risks = (field for name in RISKS for field in self[name].form)
        for field in (*asked, *risks):
            field.flags.unmarked = field.name not in OPTIONAL

    def validate_need(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and field.data not in NEEDS:
            raise ValidationError(gettext("Изберете отговор"))

    def words(self) -> AssessmentWords:
        """What was typed."""
        lines = {name: lines_of(self[name].data or "") for name in (*TEXTS, "consulted")}
        risks = {name: _risk_words(self[name].form) for name in RISKS}
        return AssessmentWords(
            criteria=list(self.criteria.data or ()),
            need=self.need.data or "",
            why=lines_of(self.why.data or ""),
            answers={**lines, **risks, "residual": self.residual.data or ""},
        )


def _risk_words(form: Form) -> dict[str, str]:
    return {name: lines_of(form[name].data or "") for name in RISK_COLUMNS}


class IncidentNoteForm(FlaskForm):
    """A line of the history of an incident."""

    request_id = UuidField(default=uuid4)
    words = _area(_("Какво стана"), _("Напишете какво стана"))


class DecideForm(FlaskForm):
    """One button that makes a new thing out of a row."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()


class IncidentStartForm(FlaskForm):
    """What is known at the beginning."""

    request_id = UuidField(default=uuid4)
    title = _line(_("Накратко, без имена"), _("Напишете накратко какво е станало"))
    detected_at = HourField(
        _("Кога го открихте"), [InputRequired(_("Въведете деня и часа, в които го открихте"))]
    )
    is_drill = RadioField(
        _("Истинско ли е?"),
        choices=[
            SelectChoice("", _("Да, данни са засегнати"), render_kw={"id": "is_drill-real"}),
            SelectChoice("drill", _("Не, това е учение")),
        ],
        default="",
        validate_choice=False,
    )

    def validate_detected_at(self, field: HourField) -> None:
        """Raises ValidationError."""
        _not_in_the_future(field)

    def start(self) -> IncidentStart:
        """What was typed."""
        assert self.detected_at.moment
        return IncidentStart(
            title=self.title.data.strip(),
            detected_at=self.detected_at.moment,
            is_drill=self.is_drill.data == "drill",
        )


class IncidentFactsForm(FlaskForm):
    """What the authority asks for (Regulation (EU) 2016/679, art. 33(3))."""

    expected_version = ExpectedVersionField()
    title = _line(_("Накратко, без имена"), _("Напишете накратко какво е станало"))
    happened = _area(_("Какво се случи"), _("Напишете какво се случи"))
    happened_when = _line(_("Кога се е случило, ако знаете"))
    nature = ChoicesField(
        _("Какво е нарушено"),
        [Optional()],
        choices=[SelectChoice(word, label) for word, label in NATURES.items()],
    )
    people = _line(_("Чии данни"), _("Напишете чии данни са"))
    how_many = _about_so_many(_("Колко души, приблизително"))
    records = _about_so_many(_("Колко записа, приблизително"))
    kinds = ChoicesField(
        _("Кои данни"),
        [Optional()],
        choices=[SelectChoice(kind.value, kind.label) for kind in DataKind],
    )
    consequences = _area(_("Какво може да последва за хората"))
    measures = _area(
        _("Какво направихте и какво предстои"), _("Напишете какво направихте и какво предстои")
    )
    contact = _line(_("Телефон и имейл на длъжностното лице"))

    def words(self) -> IncidentWords:
        """What was typed."""
        return IncidentWords(
            title=self.title.data.strip(),
            happened=lines_of(self.happened.data),
            people=self.people.data.strip(),
            how_many=int(self.how_many.data) if self.how_many.data else None,
            kinds=list(self.kinds.data or ()),
            consequences=lines_of(self.consequences.data or ""),
            measures=lines_of(self.measures.data),
            nature=list(self.nature.data or ()),
            happened_when=(self.happened_when.data or "").strip(),
            records=int(self.records.data) if self.records.data else None,
            contact=(self.contact.data or "").strip(),
        )


class PersonsForm(FlaskForm):
    """Whether the people are told (art. 34)."""

    expected_version = ExpectedVersionField()
    answer = RadioField(
        _("Уведомявате ли хората?"), [DataRequired(_("Изберете отговор"))], validate_choice=False
    )
    why = _area(_("Защо решихте така"), _("Напишете защо решихте така"))
    told_at = HourField(_("Кога ги уведомихте"), [Optional()])
    choices: Mapping[str, LazyString] = {
        TELL: _("Да: рискът за тях е висок"),
        NOT: _("Не: рискът не е висок или вече е отстранен"),
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.answer.choices = [SelectChoice(word, said) for word, said in self.choices.items()]

    def validate_answer(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in self.choices:
            raise ValidationError(gettext("Изберете отговор"))

    def validate_told_at(self, field: HourField) -> None:
        """Raises ValidationError."""
        _not_in_the_future(field)

    def decision(self) -> TellingDecision:
        """What was typed; who is not told was not told at any moment."""
        is_told = self.answer.data == TELL
        number = self.number.data or "" if "number" in self and is_told else ""
        return TellingDecision(
            answer=self.answer.data,
            why=lines_of(self.why.data),
            told_at=self.told_at.moment if is_told else None,
            number=number.strip(),
        )


class AuthorityForm(PersonsForm):
    """Whether the authority is told (art. 33)."""

    answer = RadioField(
        _("Уведомявате ли Комисията за защита на личните данни?"),
        [DataRequired(_("Изберете отговор"))],
        validate_choice=False,
    )
    told_at = HourField(_("Кога я уведомихте"), [Optional()])
    number = _line(_("Входящ номер в комисията"))
    choices: Mapping[str, LazyString] = {
        TELL: _("Да: има риск за хората"),
        NOT: _("Не: няма вероятност от риск за хората"),
    }


class StaffDaysOffForm(FlaskForm):
    """On which days somebody of the staff is away; why is not asked."""

    expected_version = ExpectedVersionField()
    starts_on = DayField(_("Първи ден"), [DataRequired(_("Въведете първия ден"))])
    ends_on = DayField(_("Последен ден"), [DataRequired(_("Въведете последния ден"))])

    def validate_ends_on(self, field: DayField) -> None:
        """Raises ValidationError."""
        first = self.starts_on.data
        if field.data and first and not first <= field.data < first + LONGEST_LEAVE:
            raise ValidationError(gettext("Последният ден е след първия и до три години по-късно"))

    def days_of(self, person_id: UUID) -> LeaveWords:
        """What was typed, of that person."""
        assert self.starts_on.data and self.ends_on.data
        days = {"starts_on": self.starts_on.data, "ends_on": self.ends_on.data}
        return LeaveWords(person_id=person_id, **days)


class StaffLeaveForm(StaffDaysOffForm):
    """Who is away, and on which days."""

    request_id = UuidField(default=uuid4)
    person = ChoiceField(_("Служител"), [DataRequired(_("Изберете служител"))])

    def __init__(self, names: Mapping[UUID, str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        people = [SelectChoice(str(person_id), name) for person_id, name in names.items()]
        self.person.choices = [SelectChoice("", _("Изберете")), *people]

    def words(self) -> LeaveWords:
        """What was typed."""
        return self.days_of(UUID(self.person.data))


class DrillForm(FlaskForm):
    """The day of the next drill, and what will be played."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    planned_on = DayField(_("Ден на учението"), [DataRequired(_("Въведете деня на учението"))])
    scenario = _area(_("Какво ще разиграете"), _("Напишете какво ще разиграете"))

    def validate_planned_on(self, field: DayField) -> None:
        """Raises ValidationError."""
        if field.data and not today() <= field.data <= today() + LATEST_DRILL:
            raise ValidationError(gettext("Изберете ден от днес до две години напред"))

    def words(self) -> DrillWords:
        """What was typed."""
        assert self.planned_on.data
        return DrillWords(planned_on=self.planned_on.data, scenario=lines_of(self.scenario.data))


class ProcessorForm(FlaskForm):
    """A contract with who processes data for the municipality."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    name = _line(_("Кой обработва данните"), _("Напишете фирмата или организацията"))
    service = _line(_("Какво прави с данните"), _("Напишете какво прави с данните"))
    contact = _line(_("За връзка"))
    signed_on = DayField(_("Договор от"), [DataRequired(_("Въведете датата на договора"))])
    ends_on = DayField(_("Важи до"), [Optional()])

    def validate_signed_on(self, field: DayField) -> None:
        """Raises ValidationError."""
        if field.data and field.data < EARLIEST:
            raise ValidationError(gettext("Проверете годината"))

    def validate_ends_on(self, field: DayField) -> None:
        """Raises ValidationError."""
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise ValidationError(gettext("Краят е преди началото. Проверете двете дати."))

    def words(self) -> ProcessorWords:
        """What was typed."""
        assert self.signed_on.data
        return ProcessorWords(
            name=self.name.data.strip(),
            service=self.service.data.strip(),
            contact=(self.contact.data or "").strip(),
            signed_on=self.signed_on.data,
            ends_on=self.ends_on.data,
        )


def _not_in_the_future(field: HourField) -> None:
    if field.moment and field.moment > now():
        raise ValidationError(gettext("Този час още не е дошъл"))
