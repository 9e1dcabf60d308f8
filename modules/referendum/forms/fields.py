"""Forms of referenda: the proposal, its committee, its petition, what happens to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from stdnum.bg import egn
from wtforms import BooleanField, DateField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from obshto.modules.referendum.errors import DayImpossible
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.access_log import PURPOSES
from obshto.modules.referendum.services.outcome import VoteNumbers
from obshto.modules.referendum.services.proposal_acts import ActWords
from obshto.modules.referendum.services.proposals import FIRST_DAY, ReferendumWords, check_day
from obshto.modules.referendum.services.question_rules import DECIDERS
from obshto.modules.referendum.services.states import (
    COUNCILLORS,
    DEMAND,
    PROPOSERS,
    WITH_PETITION,
    Act,
)
from obshto.modules.referendum.services.voting_days import VotingDay
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.clock import today
from obshto.platform.petitions.signatures import Place, SignatureWords
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

LONGEST_QUESTION, LONGEST_TEXT = 500, 1_000
MANY = 9_999_999
_place = re.compile(r"(\d{1,5})\s*/\s*(\d{1,2})").fullmatch
_choose = _("Изберете отговор")


def _radio(label: Any, choices: Mapping[str, Any], **more: Any) -> RadioField:
    return RadioField(
        label,
        [DataRequired(_choose)],
        choices=[SelectChoice(value, name) for value, name in choices.items()],
        validate_choice=False,
        **more,
    )


def _number(label: Any, *, least: int = 0, most: int = MANY, optional: bool = False) -> NumberField:
    error = _("Въведете цяло число")
    first = Optional() if optional else InputRequired(error)
    return NumberField(label, [first, NumberRange(least, most, message=error)], error=error)


def _day(label: Any, *, optional: bool = False) -> DateField:
    return DateField(label, [Optional() if optional else DataRequired(_("Въведете ден"))])


class ReferendumForm(FlaskForm):
    """A question with its two answers, and who asks it."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    proposer = _radio(_("Кой предлага?"), PROPOSERS)
    unit = ChoiceField(_("Къде ще се гласува"), default="")
    question = TextAreaField(
        _("Въпросът"), [DataRequired(_("Напишете въпроса")), at_most(LONGEST_QUESTION)]
    )
    yes_means = TextAreaField(
        _("Какво се променя при „да“?"),
        [DataRequired(_("Напишете какво се променя")), at_most(LONGEST_TEXT)],
    )
    no_means = TextAreaField(
        _("Какво се променя при „не“?"),
        [DataRequired(_("Напишете какво се променя")), at_most(LONGEST_TEXT)],
    )
    reasons = TextAreaField(
        _("Защо го предлагате?"), [DataRequired(_("Напишете мотивите")), at_most(2_000)]
    )
    decider = _radio(_("Кой решава това сега?"), DECIDERS)
    signers = _number(_("Колко съветници са подписали?"), most=99, optional=True)
    decision = StringField(_("Номер на решението на съвета"), [Optional(), at_most(80)])
    decision_on = _day(_("Кога е обявено решението?"), optional=True)

    def offer(self, proposers: Sequence[str], units: Mapping[str, str]) -> None:
        """Who may propose here, and where: the municipality or one mayoralty."""
        self.proposer.choices = [SelectChoice(one, PROPOSERS[one]) for one in proposers]
        self.unit.choices = [SelectChoice("", _("В цялата община"))] + [
            SelectChoice(code, name) for code, name in units.items()
        ]

    def validate_proposer(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(str(_choose))

    def validate_decider(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in DECIDERS:
            raise ValidationError(str(_choose))

    def validate_decision_on(self, field: Field) -> None:
        """Raises ValidationError. That a demand needs one at all, the rules of law say."""
        if field.data is None:  # nothing typed, or no day: that is said already
            return
        try:
            check_day(field.data, first=FIRST_DAY, last=today())
        except DayImpossible as refusal:
            raise ValidationError(str(refusal)) from None

    def said(self) -> ReferendumWords:
        """As typed. Only for a form that has passed its checks."""
        proposer = self.proposer.data
        return ReferendumWords(
            proposer=proposer,
            unit=self.unit.data or "",
            question=" ".join((self.question.data or "").split()),
            yes_means=lines_of(self.yes_means.data),
            no_means=lines_of(self.no_means.data),
            reasons=lines_of(self.reasons.data),
            decider=self.decider.data,
            signers=(self.signers.data or 0) if proposer == COUNCILLORS else 0,
            decision=(self.decision.data or "").strip() if proposer == DEMAND else "",
            decision_on=self.decision_on.data if proposer == DEMAND else None,
        )


class MemberForm(FlaskForm):
    """A member of a committee."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име, презиме и фамилия"), [DataRequired(_("Въведете трите имена")), at_most(120)]
    )
    egn = StringField(_("ЕГН"), [DataRequired(_("Въведете ЕГН с 10 цифри")), at_most(20)])
    address = StringField(_("Постоянен адрес"), [DataRequired(_("Въведете адреса")), at_most(200)])
    is_chair = BooleanField(_("Председател на комитета"))
    is_me = BooleanField(_("Това съм аз"))

    def validate_egn(self, field: Field) -> None:
        """Raises ValidationError: committees are written down from identity cards."""
        if not egn.is_valid(field.data or ""):
            raise ValidationError(gettext("Проверете ЕГН: някоя цифра е сгрешена"))

    def said(self) -> dict[str, Any]:
        """As typed. Only for a form that has passed its checks."""
        return {
            "name": " ".join(self.name.data.split()),
            "egn": egn.compact(self.egn.data),
            "address": self.address.data.strip(),
            "is_chair": self.is_chair.data,
            "is_me": self.is_me.data,
        }


class JoinForm(FlaskForm):
    """The code of a place in a committee."""

    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class VotersForm(FlaskForm):
    """How many voters there are, by whom counted."""

    expected_version = ExpectedVersionField()
    number = _number(_("Брой гласоподаватели с постоянен адрес"), least=1)
    on = _day(_("Към кой ден?"))
    source = StringField(
        _("Откъде е числото?"), [DataRequired(_("Напишете откъде е числото")), at_most(200)]
    )
    moment = _radio(
        _("За кой момент?"),
        {"entry": _("При вписването на предложението"), "filing": _("При внасянето на подписката")},
        default="entry",
    )

    def validate_moment(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ("entry", "filing"):
            raise ValidationError(str(_choose))


class SheetsForm(FlaskForm):
    """How many sheets to print."""

    request_id = UuidField(default=uuid4)
    count = _number(_("Колко листа?"), least=1, most=200)


class SignatureForm(FlaskForm):
    """A line from paper, as it is written there; also what does not count."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    sheet = _number(_("Лист №"), least=1, most=99_999)
    line = _number(_("Ред"), least=1, most=10)
    name = StringField(_("Име, презиме и фамилия"), [Optional(), at_most(120)])
    egn = StringField(_("ЕГН"), [Optional(), at_most(20)])
    address = StringField(_("Постоянен адрес"), [Optional(), at_most(200)])
    note = StringField(_("Забележки"), [Optional(), at_most(200)])
    is_unsigned = BooleanField(_("На реда няма подпис"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.name, self.egn, self.address):
            field.flags.unmarked = True  # what is missing on paper is left out, nothing else

    def validate_name(self, field: Field) -> None:
        """Raises ValidationError: a line on which nothing is written is no line."""
        if not any((self.name.data, self.egn.data, self.address.data)):
            raise ValidationError(gettext("Въведете каквото е написано на реда"))

    def said(self) -> SignatureWords:
        """As typed. Only for a form that has passed its checks."""
        return SignatureWords(
            name=" ".join((self.name.data or "").split()),
            egn="".join((self.egn.data or "").split()),
            address=(self.address.data or "").strip(),
            note=(self.note.data or "").strip(),
            is_signed=not self.is_unsigned.data,
        )


class PetitionLookForm(FlaskForm):
    """For what somebody opens the rows of a petition."""

    request_id = UuidField(default=uuid4)
    purpose = _radio(_("Защо отваряте подписката?"), PURPOSES)

    def validate_purpose(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in PURPOSES:
            raise ValidationError(str(_choose))


class ProtocolForm(FlaskForm):
    """Which rows are not of voters, by the protocol; what of the others."""

    expected_version = ExpectedVersionField()
    places = TextAreaField(
        _("Редове, които не са на гласоподаватели"), [Optional(), at_most(4_000)]
    )
    rest = _radio(
        _("А останалите?"),
        {
            "confirmed": _("Проверени са: гласоподаватели са"),
            "unchecked": _("Не са проверени: проверката спря, щом подписите стигнаха"),
        },
    )

    def validate_places(self, field: Field) -> None:
        """Raises ValidationError."""
        pieces = _pieces(field.data)
        if len(pieces) > 200:
            raise ValidationError(gettext("Въведете най-много 200 реда наведнъж"))
        if wrong := next((piece for piece in pieces if not _place(piece)), None):
            raise ValidationError(
                gettext("„%(piece)s“ не е ред. Напишете лист и ред: 3/7", piece=wrong[:20])
            )

    def validate_rest(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ("confirmed", "unchecked"):
            raise ValidationError(str(_choose))

    def rows(self) -> list[Place]:
        """The places as typed. Only for a form that has passed its checks."""
        found = (_place(piece) for piece in _pieces(self.places.data))
        return [(int(one[1]), int(one[2])) for one in found if one]


class UpholdForm(FlaskForm):
    """A lawyer's reason why the question may be asked all the same."""

    expected_version = ExpectedVersionField()
    why = TextAreaField(
        _("Защо законът все пак позволява въпроса?"),
        [DataRequired(_("Напишете мотивите")), at_most(2_000)],
    )


class StepForm(FlaskForm):
    """An act: the day it happened, its words; fields that the act does not ask for are dropped."""

    expected_version = ExpectedVersionField()
    happened_on = _day(_("Кога се случи?"))
    words = TextAreaField(_("Текст"), [at_most(2_000)])
    vote_on = ChoiceField(_("Ден на гласуването"), [DataRequired(_("Изберете ден"))])
    is_common_date = BooleanField(_("Датата е обща с друг референдум (чл. 30, ал. 5)"))
    is_unlawful = BooleanField(_("Съветът отказва, защото въпросът е незаконен"))
    voters = _number(_("Гласоподаватели по списъците"), least=1)
    participants = _number(_("Гласували"))
    yes = _number(_("С „да“"))
    no = _number(_("С „не“"))
    council_votes = _number(
        _("Действителни гласове за съветници, ако е имало местни избори"), optional=True
    )

    def fit(self, act: Act, days: Sequence[VotingDay]) -> None:
        """Keep what the act asks for."""
        if act.words:
            self.words.label.text = act.words
            self.words.validators = [DataRequired(_("Попълнете това поле")), at_most(2_000)]
        else:
            del self.words
        if act.asks == "date":
            self.vote_on.choices = [SelectChoice("", _("Изберете ден"))] + [
                SelectChoice(one.day.isoformat(), f"{weekday(one.day)}, {day(one.day)}")
                for one in days
            ]
        else:
            del self.vote_on, self.is_common_date
        if act.asks != "refusal":
            del self.is_unlawful
        if act.asks != "result":
            del self.voters, self.participants, self.yes, self.no, self.council_votes

    def said(self, days: Sequence[VotingDay]) -> ActWords:
        """As typed. Only for a form that has passed its checks."""
        chosen = self.vote_on.data if "vote_on" in self else ""
        return ActWords(
            happened_on=self.happened_on.data,
            words=lines_of(self.words.data) if "words" in self else "",
            vote_on=next((one.day for one in days if one.day.isoformat() == chosen), None),
            is_common_date="is_common_date" in self and self.is_common_date.data,
            is_unlawful="is_unlawful" in self and self.is_unlawful.data,
            numbers=self._numbers() if "voters" in self else None,
        )

    def _numbers(self) -> VoteNumbers:
        return VoteNumbers(
            voters=self.voters.data,
            participants=self.participants.data,
            yes=self.yes.data,
            no=self.no.data,
            council_votes=self.council_votes.data,
        )


def proposers_for(*, is_staff: bool) -> Sequence[str]:
    """Citizens propose as a committee; staff enter whatever came on paper."""
    return tuple(PROPOSERS) if is_staff else WITH_PETITION


def fill_from(proposal: Referendum) -> dict[str, Any]:
    """What the form of a proposal shows of it."""
    return {name: getattr(proposal, name) for name in ReferendumWords.__slots__}


def _pieces(typed: str | None) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n]+", typed or "") if piece.strip()]
