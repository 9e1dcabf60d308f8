"""Forms of referenda: the proposal, its voters, what happens to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.referendum.errors import DayImpossible
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.permissions import ReferendumPermission
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
from obshto.platform.clock import today
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.request_uow import current_principal

LONGEST_QUESTION, LONGEST_TEXT = 500, 1_000
_choose = _("Изберете отговор")
MOMENTS: Mapping[str, Any] = {
    "entry": _("При вписването на предложението"),
    "filing": _("При внасянето на подписката"),
}


def _day(label: Any, *, optional: bool = False) -> DateField:
    return DateField(label, [Optional() if optional else DataRequired(_("Въведете ден"))])


class ReferendumForm(FlaskForm):
    """A question with its two answers, and who asks it."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    proposer = choice_field(_("Кой предлага?"), PROPOSERS)
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
    decider = choice_field(_("Кой решава това сега?"), DECIDERS)
    signers = number_field(_("Колко съветници са подписали?"), most=99, optional=True)
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
        refuse_other(field, DECIDERS)

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


class VotersForm(FlaskForm):
    """How many voters there are, by whom counted."""

    expected_version = ExpectedVersionField()
    number = number_field(_("Брой гласоподаватели с постоянен адрес"), least=1)
    on = _day(_("Към кой ден?"))
    source = StringField(
        _("Откъде е числото?"), [DataRequired(_("Напишете откъде е числото")), at_most(200)]
    )
    moment = choice_field(
        _("За кой момент?"),
        MOMENTS,
        default="entry",
    )

    def validate_moment(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, MOMENTS)


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
    voters = number_field(_("Гласоподаватели по списъците"), least=1)
    participants = number_field(_("Гласували"))
    yes = number_field(_("С „да“"))
    no = number_field(_("С „не“"))
    council_votes = number_field(
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


def proposers_here(*, is_staff: bool) -> Sequence[str]:
    """Citizens propose as a committee; staff for councillors and the mayor, and for a committee
    who enters its paper."""
    if not is_staff:
        return WITH_PETITION
    enters = current_principal().may(ReferendumPermission.ENTER)
    return [one for one in PROPOSERS if enters or one not in WITH_PETITION]


def fill_from(proposal: Referendum) -> dict[str, Any]:
    """What the form of a proposal shows of it."""
    return {name: getattr(proposal, name) for name in ReferendumWords.__slots__}
