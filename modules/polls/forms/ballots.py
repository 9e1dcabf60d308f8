"""The questions of one poll as a form: for who answers, and for who reads a paper sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.polls.errors import ClosedMeanwhile, OtherQuestions
from obshto.modules.polls.forms.polls import said
from obshto.modules.polls.services.queries import Asked, reached
from obshto.modules.polls.services.sheets import HIGHEST, chosen_in, mark_of
from obshto.modules.polls.services.states import Kind, State
from obshto.modules.polls.services.tally import Answers
from obshto.platform.errors import DomainError
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.tenants.api import ages

DEVICE = "polls"  # the cookie of who answers without an account
ANSWER = 1_000
ABOUT = ("age", "place")


class BallotForm(RateLimitedForm):
    """The questions of one poll as fields; `request_id` stands for a device without a cookie."""

    asked: ClassVar[Sequence[Asked]] = ()
    must_answer: ClassVar[bool] = True
    rate_limit = RateLimit(thing="polls:poll.answer")
    request_id = UuidField(default=uuid4)

    def answers(self) -> Answers:
        """What was chosen and written. Only for a form that has passed its checks."""
        options: set[UUID] = set()
        questions: set[UUID] = set()
        texts: dict[UUID, str] = {}
        for one in reached(self.asked, self._all_chosen()):
            chosen = self.chosen(one)
            text = said(self[one.field]) if one.question.kind == Kind.TEXT else ""
            options |= chosen
            if chosen or text:
                questions.add(one.question.id)
            if text:
                texts[one.question.id] = text
        return Answers(
            options=frozenset(options), questions=frozenset(questions), texts=texts, **self._about()
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """As its fields say; and what is asked of who answered so must be answered."""
        is_valid = super().validate(extra_validators)
        missing = [one for one in reached(self.asked, self._all_chosen()) if self._is_missing(one)]
        for one in missing:
            self[one.field].errors = [gettext("Изберете отговор")]
        return is_valid and not missing

    def tell_if_late(self, state: State) -> None:
        """Whatever else is wrong with what was sent, it came after the end."""
        if self.is_submitted() and state == State.CLOSED and not self.form_errors:
            self.form_errors.append(str(ClosedMeanwhile()))

    def _is_missing(self, one: Asked) -> bool:
        field = self[one.field]
        is_due = one.question.is_required and bool(one.question.only_if) and self.must_answer
        return is_due and not field.errors and not self.chosen(one)

    def _all_chosen(self) -> frozenset[UUID]:
        """Also of what is not asked of who answers so; nothing where a field is wrong."""
        return frozenset().union(
            *(self.chosen(one) for one in self.asked if not self[one.field].errors)
        )

    def _about(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ABOUT if name in self}

    def chosen(self, one: Asked) -> frozenset[UUID]:
        """The options chosen of one question."""
        if one.question.kind == Kind.TEXT:
            return frozenset()
        data = self[one.field].data or ()
        words = [data] if isinstance(data, str) else data
        return frozenset(option.id for option in one.options if str(option.id) in words)


class SheetForm(BallotForm):
    """A paper sheet: its number, then the numbers that are marked on it. Nothing must be."""

    must_answer = False
    mark = HiddenField()  # of the questions that the page showed
    number = IntegerField(
        _("Номер на листа"),
        [
            InputRequired(_("Въведете номера на листа")),
            NumberRange(1, HIGHEST, message=_("Въведете число от 1 до %(n)s", n=HIGHEST)),
        ],
    )

    @property
    def asked_as(self) -> str:
        """The mark of the questions as they are asked now."""
        return mark_of(self.asked)

    def check_mark(self) -> None:
        """Raises OtherQuestions where the page showed others; who sends it again has been told."""
        expected_version, self.mark.data = self.mark.data, self.asked_as
        if expected_version != self.asked_as:
            raise OtherQuestions(mark=self.asked_as)

    def begin_with(self, number: int) -> None:
        """It stands there already: who types sheet after sheet begins below it."""
        self.number.data, self.mark.data = number, self.asked_as
        if self.asked:
            self[self.asked[0].field].render_kw = {"autofocus": ""}

    def chosen(self, one: Asked) -> frozenset[UUID]:
        """The options whose numbers were typed."""
        if one.question.kind == Kind.TEXT:
            return frozenset()
        return chosen_in(one, self[one.field].data or "")


Places = Mapping[str, str] | None  # by code; None where the poll does not ask


def ballot_of(asked: Sequence[Asked], language: str, places: Places = None) -> type[BallotForm]:
    """The form of a poll for who answers by themselves."""
    fields = {one.field: _field(one, language) for one in asked} | _about_fields(places)
    return type("BallotForm", (BallotForm,), {"asked": asked, **fields})


def sheet_of(asked: Sequence[Asked], places: Places = None) -> type[SheetForm]:
    """The form of a poll for who reads a sheet: numbers are typed, nothing must be answered."""
    fields = {one.field: _typed(one) for one in asked} | _about_fields(places)
    return type("SheetForm", (SheetForm,), {"asked": asked, **fields})


def _about_fields(places: Places) -> dict[str, Field]:
    """Nothing of it must be said. Each is counted by itself and written to nobody's name."""
    if places is None:
        return {}
    unsaid = SelectChoice("", _("Предпочитам да не казвам"))
    return {
        "age": _unasked(_("На колко години сте?"), [unsaid, *_of(ages())]),
        "place": _unasked(_("Къде живеете?"), [unsaid, *_of(places)]),
    }


def _unasked(title: LazyString, choices: list[SelectChoice]) -> ChoiceField:
    """Left unsaid also by the home page, which takes an answer without asking about the person."""
    return ChoiceField(title, [Optional()], choices=choices, default="")


def _of(names: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


def _field(one: Asked, language: str) -> Field:
    title, _language = one.question.said("title", language)
    if one.question.kind == Kind.TEXT:
        return TextAreaField(title, [Optional(), at_most(ANSWER)])
    is_due = one.question.is_required and not one.question.only_if
    must = [DataRequired(_("Изберете отговор"))] if is_due else [Optional()]
    choices = [SelectChoice(str(o.id), o.said(language)[0]) for o in one.options]
    several = one.question.kind == Kind.SEVERAL
    return (ChoicesField if several else ChoiceField)(title, must, choices=choices)


def _typed(one: Asked) -> Field:
    if one.question.kind == Kind.TEXT:
        return TextAreaField(one.question.title, [at_most(ANSWER)])

    def check(form: FlaskForm, field: Field) -> None:
        try:
            chosen_in(one, field.data or "")
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from None

    return StringField(one.question.title, [at_most(60), check])


def preselected(asked: Sequence[Asked], given: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was chosen on the page before, of what may be chosen."""
    shown: dict[str, Any] = {}
    for one in asked:
        known = {str(option.id) for option in one.options}
        chosen = [word for word in given.get(one.field, ()) if word in known]
        if chosen:
            shown[one.field] = chosen if one.question.kind == Kind.SEVERAL else chosen[0]
    return shown
