"""Forms of assembly: the notice, its questions, the evening, what followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.assembly.models import Assembly, AssemblyQuestion
from obshto.modules.assembly.services.assemblies import AssemblyWords
from obshto.modules.assembly.services.proceedings import VoteWords
from obshto.modules.assembly.services.rules import FIRST_HOUR, LAST_HOUR, LawfulDay
from obshto.modules.assembly.services.states import BALLOTS, CALLERS, NO_VOTE, VOTERS
from obshto.platform.clock import SOFIA
from obshto.platform.content.wheelchair import ACCESS, WheelchairAccess
from obshto.platform.domain_events import DomainEvent
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.web.formats import day as said_day
from obshto.platform.web.formats import weekday
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.workflow import TransitionAct

LONGEST = 2_000
_source = _("Напишете откъде е числото")
HOURS = [f"{hour}:{minute:02}" for hour in range(FIRST_HOUR, LAST_HOUR) for minute in (0, 30)]
HOURS.append(f"{LAST_HOUR}:00")


class AssemblyForm(FlaskForm):
    """Who calls an assembly, where, when and why."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    unit = ChoiceField(_("За кое населено място?"), default="")
    quarter = StringField(_("Квартал"), [Optional(), at_most(80)])
    population = number_field(_("Колко души живеят там?"), least=1, most=99_999)
    population_source = StringField(
        _("Откъде е броят на жителите?"), [DataRequired(_source), at_most(200)]
    )
    voters = number_field(_("Колко са гласоподавателите?"), least=1, most=99_999)
    voters_source = StringField(
        _("Откъде е броят на гласоподавателите?"), [DataRequired(_source), at_most(200)]
    )
    caller = choice_field(_("Кой свиква събранието?"), CALLERS)
    signatures = number_field(
        _("Колко подписа на гласоподаватели се броят?"), most=99_999, optional=True
    )
    document = StringField(
        _("С кой документ?"), [DataRequired(_("Напишете номер и дата на документа")), at_most(200)]
    )
    reasons = TextAreaField(
        _("Защо се свиква?"), [DataRequired(_("Напишете защо се свиква")), at_most(LONGEST)]
    )
    day = ChoiceField(_("В кой ден?"), validate_choice=False)
    hour = ChoiceField(
        _("В колко часа?"), choices=[SelectChoice(one, one) for one in HOURS], default="18:00"
    )
    place = StringField(
        _("Къде ще се съберат хората?"),
        [DataRequired(_("Напишете къде ще е събранието")), at_most(200)],
    )
    access = choice_field(
        _("Как се влиза с инвалидна количка?"), ACCESS, default=WheelchairAccess.UNKNOWN
    )

    def take_petition(self, petition_id: UUID, signatures: int) -> None:
        """Who calls it, and how many signed, a petition says that was checked: none is typed."""
        self._petition_id, self._signatures = petition_id, signatures
        del self.caller, self.signatures

    def offer(self, units: Mapping[str, str], days: Sequence[LawfulDay]) -> None:
        """Settlements in the language in force; the days that the law allows from today on."""
        self.unit.choices = [SelectChoice(code, name) for code, name in units.items()]
        if not units:
            del self.unit
        self.day.choices = [SelectChoice(one.day.isoformat(), _day_words(one)) for one in days]

    def validate_caller(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, CALLERS)

    def validate_access(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, ACCESS)

    def validate_signatures(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.caller.data == VOTERS and field.data is None:
            raise ValidationError(gettext("Въведете колко подписа се броят"))

    def validate_day(self, field: Field) -> None:
        """Raises ValidationError for what is no day; whether it is lawful the service says."""
        if _as_day(field.data) is None:
            raise ValidationError(gettext("Изберете ден от списъка"))

    def said(self) -> AssemblyWords:
        """As typed. Only for a form that has passed its checks."""
        day, (hour, minute) = _as_day(self.day.data), self.hour.data.split(":")
        assert day
        at = datetime.combine(day, time(int(hour), int(minute)), SOFIA)
        return AssemblyWords(
            unit=(self.unit.data or "") if "unit" in self else "",
            quarter=_line(self.quarter),
            population=self.population.data,
            population_source=_line(self.population_source),
            voters=self.voters.data,
            voters_source=_line(self.voters_source),
            document=_line(self.document),
            **self._call(),
            reasons=lines_of(self.reasons.data),
            starts_at=at.astimezone(UTC),
            place=_line(self.place),
            access=self.access.data,
        )

    def _call(self) -> dict[str, Any]:
        if "caller" in self:
            return {"caller": self.caller.data, "signatures": self.signatures.data}
        told = {"petition_id": self._petition_id, "signatures": self._signatures}
        return {"caller": VOTERS, **told}


class AgendaQuestionForm(FlaskForm):
    """A point of the agenda."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    text = TextAreaField(
        _("Какво да реши събранието?"), [DataRequired(_("Напишете въпроса")), at_most(500)]
    )

    def said(self) -> str:
        """As typed, in one line."""
        return " ".join(self.text.data.split())


class AssemblyStepForm(FlaskForm):
    """An act upon an assembly, decision or petition; what the act does not ask for is dropped."""

    expected_version = ExpectedVersionField()
    happened_on = DateField(_("Кога се случи?"), [DataRequired(_("Въведете ден"))])
    words = TextAreaField(_("Текст"), [at_most(4_000)])

    def fit(self, act: TransitionAct[DomainEvent], *, is_dated: bool) -> None:
        """Keep what the act asks for."""
        if act.words:
            self.words.label.text = act.words
            self.words.validators = [DataRequired(_("Попълнете това поле")), at_most(4_000)]
        else:
            del self.words
        if not is_dated:
            del self.happened_on

    def said(self) -> str:
        """The words as typed, empty where none are asked for."""
        return lines_of(self.words.data) if "words" in self else ""


class PresenceCountForm(FlaskForm):
    """How many are in the hall: a number, never who."""

    expected_version = ExpectedVersionField()
    present = number_field(_("Колко гласоподаватели са записани в списъка?"), most=99_999)


def _votes(label: LazyString) -> Any:
    return number_field(label, most=99_999, optional=True)


class AssemblyVoteForm(FlaskForm):
    """How a question was voted."""

    expected_version = ExpectedVersionField()
    ballot = choice_field(_("Как се гласува?"), BALLOTS)
    votes_for = _votes(_("Гласове „за“"))
    votes_against = _votes(_("Гласове „против“"))
    abstained = _votes(_("Въздържали се"))
    invalid = _votes(_("Недействителни бюлетини"))
    summary = TextAreaField(_("Какво се предложи накратко?"), [Optional(), at_most(LONGEST)])
    decision = TextAreaField(_("Как звучи решението?"), [Optional(), at_most(LONGEST)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.votes_for, self.votes_against, self.abstained):
            field.flags.unmarked = True  # asked for, unless nothing was voted

    def validate_ballot(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, BALLOTS)

    def validate_votes_for(self, field: Field) -> None:
        """Raises ValidationError."""
        self._expect_number(field)

    def validate_votes_against(self, field: Field) -> None:
        """Raises ValidationError."""
        self._expect_number(field)

    def validate_abstained(self, field: Field) -> None:
        """Raises ValidationError."""
        self._expect_number(field)

    def said(self) -> VoteWords:
        """As typed. Only for a form that has passed its checks."""
        return VoteWords(
            ballot=self.ballot.data,
            votes_for=self.votes_for.data or 0,
            votes_against=self.votes_against.data or 0,
            abstained=self.abstained.data or 0,
            invalid=self.invalid.data or 0,
            summary=lines_of(self.summary.data or ""),
            decision=lines_of(self.decision.data or ""),
        )

    def _expect_number(self, field: Field) -> None:
        if self.ballot.data != NO_VOTE and field.data is None:
            raise ValidationError(gettext("Въведете цяло число"))


class CloseMinutesForm(FlaskForm):
    """What the minutes say besides the votes."""

    expected_version = ExpectedVersionField()
    began_at = HourField(_("Кога започна?"), [InputRequired(_("Въведете ден и час"))])
    ended_at = HourField(_("Кога свърши?"), [InputRequired(_("Въведете ден и час"))])
    counters = number_field(_("Колко души броиха гласовете?"), least=1, most=99)


class ScannedMinutesForm(FlaskForm):
    """The signed paper."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Снимка или сканиран протокол"))

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if not field.data:
            raise ValidationError(gettext("Изберете файл"))


def fill_from(assembly: Assembly) -> dict[str, Any]:
    """What the form of an assembly shows of it."""
    told = {name: getattr(assembly, name) for name in AssemblyWords.__slots__}
    local = assembly.starts_at.astimezone(SOFIA)
    hour = f"{local.hour}:{local.minute:02}"
    return told | {"day": local.date().isoformat(), "hour": hour}


def fill_votes(question: AssemblyQuestion) -> dict[str, Any]:
    """What the form of a vote shows of it; the decision begins as the question was asked."""
    told = {name: getattr(question, name) for name in VoteWords.__slots__}
    return told | {"decision": question.decision or question.text}


def _day_words(one: LawfulDay) -> str:
    told = {"weekday": str(weekday(one.day)), "day": said_day(one.day), "hour": one.first_hour}
    return str(gettext("%(weekday)s, %(day)s, от %(hour)s часа", **told))


def _as_day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _line(field: Field) -> str:
    return " ".join((field.data or "").split())
