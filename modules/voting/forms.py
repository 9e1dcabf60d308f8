"""Forms of the commission."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, DateField, Field, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.voting.models import Election
from obshto.modules.voting.services.council_decisions import CouncilLink
from obshto.modules.voting.services.desk import ToldOutcome
from obshto.modules.voting.services.elections import ElectionWords, VoteQuestion
from obshto.modules.voting.services.outcome import labels_of
from obshto.modules.voting.services.village_turnout import VillageTurnout
from obshto.platform.clock import today
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    NumberRange,
    UuidField,
    at_most,
    lines_of,
)

TITLE, INTRO, QUESTION, ANSWER, PLACES, OUTCOME = 120, 2_000, 200, 120, 2_000, 4_000
FEWEST, MOST = 2, 20  # answers of a question
QUESTIONS = (1, 2, 3)
KEPT = "kept"  # the decision that is linked already
_WHOLE = re.compile(r"[0-9]{1,6}").fullmatch
LARGEST_FILE = 8 * 1024 * 1024  # bytes: the roll of some ten thousand voters
LARGEST_KEY = 128 * 1024  # bytes: keys and shares cost milliseconds a number


class ElectionForm(FlaskForm):
    """Text, questions and days. Questions two and three may stay empty."""

    expected_version = ExpectedVersionField()
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    intro = TextAreaField(
        _("За какво се питат хората"),
        [DataRequired(_("Напишете няколко изречения")), at_most(INTRO)],
    )
    question_1 = StringField(_("Въпрос 1"), [DataRequired(_("Въведете въпрос")), at_most(QUESTION)])
    answers_1 = TextAreaField(_("Отговори на въпрос 1"), [DataRequired(_("Въведете отговори"))])
    most_1 = IntegerField(_("Най-много отговори на въпрос 1"), default=1)
    question_2 = StringField(_("Въпрос 2"), [Optional(), at_most(QUESTION)])
    answers_2 = TextAreaField(_("Отговори на въпрос 2"), [Optional()])
    most_2 = IntegerField(_("Най-много отговори на въпрос 2"), [Optional()], default=1)
    question_3 = StringField(_("Въпрос 3"), [Optional(), at_most(QUESTION)])
    answers_3 = TextAreaField(_("Отговори на въпрос 3"), [Optional()])
    most_3 = IntegerField(_("Най-много отговори на въпрос 3"), [Optional()], default=1)
    opens_at = HourField(_("Начало"), [InputRequired(_("Въведете ден и час"))])
    closes_at = HourField(_("Край"), [InputRequired(_("Въведете ден и час"))])
    places = TextAreaField(
        _("Къде се гласува на хартия и на таблет"),
        [DataRequired(_("Напишете поне едно място с работното му време")), at_most(PLACES)],
    )
    decision = TextAreaField(_("Решение на общинския съвет преди допитването"), [at_most(PLACES)])
    decision_from = ChoiceField(
        _("Връзка към решението в протоколите на съвета"), [Optional()], choices=[]
    )

    def offer_decisions(self, found: Mapping[str, CouncilLink], kept: CouncilLink | None) -> None:
        """Decisions to link to, beside the one that is linked already."""
        self._decisions = {**({KEPT: kept} if kept else {}), **found}
        nothing = SelectChoice("", gettext("Без връзка"))
        choices = [SelectChoice(key, link.label) for key, link in self._decisions.items()]
        self.decision_from.choices = [nothing, *choices]
        if not self.is_submitted():
            self.decision_from.data = KEPT if kept else ""

    def validate_closes_at(self, field: HourField) -> None:
        """Raises ValidationError."""
        if field.moment and self.opens_at.moment and field.moment <= self.opens_at.moment:
            raise ValidationError(gettext("Краят трябва да е след началото"))

    def validate_answers_1(self, field: Field) -> None:
        """Raises ValidationError."""
        self._check(1, field)

    def validate_answers_2(self, field: Field) -> None:
        """Raises ValidationError."""
        self._check(2, field)

    def validate_answers_3(self, field: Field) -> None:
        """Raises ValidationError."""
        self._check(3, field)

    def _check(self, number: int, field: Field) -> None:
        answers, most = _answers(field), self[f"most_{number}"].data
        if not (self[f"question_{number}"].data or "").strip() and not answers:
            return
        if not FEWEST <= len(answers) <= MOST:
            raise ValidationError(gettext("Напишете от 2 до 20 отговора, всеки на отделен ред"))
        if len(set(answers)) < len(answers):
            raise ValidationError(gettext("Два отговора са еднакви"))
        if max(map(len, answers)) > ANSWER:
            raise ValidationError(gettext("Съкратете всеки отговор до %(n)s знака", n=ANSWER))
        if most is None or not 1 <= most <= len(answers):
            message = gettext("Въведете число от 1 до броя на отговорите")
            self[f"most_{number}"].errors = [message]
            raise ValidationError(message)

    def validate_question_2(self, field: Field) -> None:
        """Raises ValidationError."""
        self._paired(2)

    def validate_question_3(self, field: Field) -> None:
        """Raises ValidationError."""
        self._paired(3)

    def _paired(self, number: int) -> None:
        asked = bool((self[f"question_{number}"].data or "").strip())
        if asked != bool(_answers(self[f"answers_{number}"])):
            raise ValidationError(gettext("Попълнете и въпроса, и отговорите му"))

    def words(self) -> ElectionWords:
        """What was typed, without the blanks around it."""
        assert self.opens_at.moment and self.closes_at.moment
        texts = {
            name: lines_of(self[name].data or "")
            for name in ("title", "intro", "places", "decision")
        }
        link = self._decisions.get(self.decision_from.data or "")
        return ElectionWords(
            **texts,
            opens_at=self.opens_at.moment,
            closes_at=self.closes_at.moment,
            decision_path=link.path if link else "",
            decision_title=link.title if link else "",
        )

    def questions(self) -> list[VoteQuestion]:
        """Those that were asked."""
        return [
            VoteQuestion(
                question=self[f"question_{number}"].data.strip(),
                answers=tuple(_answers(self[f"answers_{number}"])),
                most=self[f"most_{number}"].data or 1,
            )
            for number in QUESTIONS
            if (self[f"question_{number}"].data or "").strip()
        ]


class NewElectionForm(ElectionForm):
    """The same for a new one; a trial has no decision and says so on each page."""

    request_id = UuidField(default=uuid4)
    is_trial = BooleanField(_("Това е пробно допитване"))


class VersionForm(FlaskForm):
    """One button."""

    expected_version = ExpectedVersionField()


class PublicFileForm(VersionForm):
    """A public file of the commission."""

    file = FileField(_("Файл"))

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(gettext("Изберете файл"))

    def sent(self, most: int = LARGEST_FILE) -> bytes:
        """What stands in it; a larger one is cut, so it is no JSON any more."""
        return bytes(self.file.data.stream.read(most))


class VoidForm(VersionForm):
    """A public credential out of the commission's own list."""

    credential = TextAreaField(
        _("Публичен код"), [DataRequired(_("Въведете публичния код")), at_most(1_000)]
    )


class PracticeForm(VersionForm):
    """What the trustees did in the trial, and when."""

    practised_on = DateField(_("Кога беше пробата?"), [DataRequired(_("Въведете ден"))])
    made_keys = BooleanField(
        _("Тримата пазители направиха ключове за пробата"),
        [DataRequired(_("Първо направете ключове за пробата"))],
    )
    opened = BooleanField(
        _("Двама от тях отвориха резултата ѝ без третия"),
        [DataRequired(_("Първо отворете резултата на пробата"))],
    )
    threw_away = BooleanField(
        _("Ключовете от пробата са изтрити"),
        [DataRequired(_("Първо изтрийте ключовете от пробата"))],
    )

    def validate_practised_on(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and field.data > today():
            raise ValidationError(gettext("Проверете деня: не може да е в бъдещето"))


class VoteOutcomeForm(VersionForm):
    """What followed."""

    outcome = TextAreaField(
        _("Какво реши общинският съвет"), [DataRequired(_("Напишете решението")), at_most(OUTCOME)]
    )
    carry_by = DayField(_("Докога ще се изпълни"), [Optional()])
    is_carried_out = BooleanField(_("Изпълнено е"))

    def told(self) -> ToldOutcome:
        """As typed."""
        return ToldOutcome(
            words=lines_of(self.outcome.data).strip(),
            carry_by=self.carry_by.data,
            is_carried_out=self.is_carried_out.data,
        )


class VillagesForm(VersionForm):
    """Turnout by village, a line each: „Раковица; 120; 45“."""

    villages = TextAreaField(
        _("Села"), [DataRequired(_("Напишете поне едно село")), at_most(OUTCOME)]
    )
    typed: Sequence[VillageTurnout] = ()

    def validate_villages(self, field: Field) -> None:
        """Raises ValidationError: names the first line that is wrong."""
        found: dict[str, VillageTurnout] = {}
        for line in filter(None, map(str.strip, lines_of(field.data).split("\n"))):
            one = _village(line)
            if one is None or one.name.casefold() in found:
                raise ValidationError(
                    gettext(
                        "Не разбираме реда „%(line)s“. Пишете: село; души в списъка; гласували."
                        " Всяко село е веднъж и гласувалите не са повече от списъка.",
                        line=line[:60],
                    )
                )
            found[one.name.casefold()] = one
        self.typed = [*found.values()]


def paper_form(election: Election) -> type[VersionForm]:
    """Sums of the paper ballots: a number for each choice of each question."""
    fields: dict[str, Any] = {
        "voters": _number(_("Гласували на хартия")),
    }
    for place, question in enumerate(election.questions):
        for choice, label in enumerate(labels_of(question)):
            fields[f"sum_{place}_{choice}"] = _number(label or _("Празна бюлетина"))
    return type("PaperForm", (VersionForm,), fields)


def paper_sums(form: FlaskForm, election: Election) -> list[list[int]]:
    """The numbers in the order of the sums."""
    return [
        [form[f"sum_{place}_{choice}"].data for choice in range(len(labels_of(question)))]
        for place, question in enumerate(election.questions)
    ]


def typed_paper(election: Election) -> dict[str, int]:
    """The form as it was sent last."""
    if election.paper is None:
        return {}
    sums = {
        f"sum_{place}_{choice}": number
        for place, line in enumerate(election.paper)
        for choice, number in enumerate(line)
    }
    return sums | {"voters": election.paper_voters or 0}


def typed_election(election: Election) -> dict[str, Any]:
    """The draft as it stands."""
    names = ("title", "intro", "places", "decision", "opens_at", "closes_at")
    typed: dict[str, Any] = {name: getattr(election, name) for name in names}
    for number, question in zip(QUESTIONS, election.questions, strict=False):
        typed |= {
            f"question_{number}": question["question"],
            f"answers_{number}": "\n".join(question["answers"]),
            f"most_{number}": question["max"],
        }
    return typed


def _village(line: str) -> VillageTurnout | None:
    parts = [part.strip() for part in re.split(r"[;\t]", line)]
    if len(parts) != 3 or not parts[0] or not all(map(_WHOLE, parts[1:])):
        return None
    listed, voted = map(int, parts[1:])
    return None if voted > listed else VillageTurnout(name=parts[0], listed=listed, voted=voted)


def _number(label: Any) -> IntegerField:
    wrong = _("Въведете число с цифри")
    return IntegerField(label, [InputRequired(wrong), NumberRange(0, 1_000_000, wrong)])


def _answers(field: Field) -> Sequence[str]:
    lines = lines_of(field.data or "").split("\n")
    return [line.strip() for line in lines if line.strip()]
