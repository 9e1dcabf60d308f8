"""Forms drawn from the questions of a definition, the same for citizens and for officials."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from obshto.platform.errors import InvalidValue
from obshto.platform.questionnaires.forms.rows import PLACES, RowsField
from obshto.platform.questionnaires.logic import holds
from obshto.platform.questionnaires.normalization import Beside, cleaned
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import as_text, rows_in, several
from obshto.platform.village_map import PickerMap, Village, picker_map
from obshto.platform.web.forms import DayField, ExpectedVersionField, FlaskForm

AUTOCOMPLETE = {
    "applicant_name": "name",
    "address_street": "address-line1",
    "phone": "tel",
    "email": "email",
    "delivery_email": "email",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContext:
    """What a form is drawn on: the language, the answers so far, the day, the places known.

    `without` holds choices that this person does not have; `spare` is how many empty rows follow
    those of a table. Among the `villages` a point on the map is told.
    """

    language: str
    answers: Mapping[str, str]
    today: date
    places: Collection[str] = ()
    without: frozenset[str] = frozenset()
    spare: int = 1
    villages: Sequence[Village] = ()

    @property
    def chart(self) -> PickerMap | None:
        """The map on which a point is told."""
        return picker_map(self.villages)


class AnswersForm(FlaskForm):
    """`expected_version` is the state that the form was drawn from.

    `more` asks for a row, `drop` names one that goes: then the page is shown again.
    """

    expected_version = ExpectedVersionField()
    more = HiddenField()
    drop = HiddenField()
    ground: FormContext

    @property
    def stays(self) -> bool:
        """Whether the page is shown again when it is saved."""
        return bool(self.more.data or self.drop.data)

    @property
    def has_rows(self) -> bool:
        """Whether some row can be dropped: then Enter must not press that button."""
        return any(field.question.columns for field in self.questions())

    @property
    def has_point(self) -> bool:
        """Whether some question asks for a place on the map."""
        return any(field.question.is_point for field in self.questions())

    def typed(self) -> dict[str, str]:
        """What stands in each box, as it was typed."""
        return {field.name: _text_of(field) for field in self.questions()}

    def kept(self) -> dict[str, str]:
        """What is kept of it once the form is right."""
        return {field.name: field.kept for field in self.questions()}

    def questions(self) -> list[Any]:
        """The fields that ask something."""
        return [field for field in self if hasattr(field, "question")]


class AnswerCheck:
    """Validates one field as its question says; what is kept stands in `field.kept`."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.field_flags = {} if question.required else {"optional": True}

    def __call__(self, form: AnswersForm, field: Any) -> None:
        answers = {**form.ground.answers, **form.typed()}
        text = _text_of(field)
        if field.process_errors:
            raise StopValidation
        if not text:
            if self.question.required and holds(self.question.when, answers):
                raise StopValidation(_missing(self.question, form.ground.language))
            raise StopValidation
        if text in form.ground.without:
            raise StopValidation(_missing(self.question, form.ground.language))
        beside = Beside(
            answers=answers,
            today=form.ground.today,
            places=form.ground.places,
            language=form.ground.language,
            villages=form.ground.villages,
        )
        try:
            field.kept = cleaned(self.question, text, beside)
        except InvalidValue as fault:
            raise StopValidation(str(fault)) from None


def form_of(
    questions: Iterable[Question],
    ground: FormContext,
    *,
    filled: Mapping[str, str],
    expected_version: int,
) -> AnswersForm:
    """A form of these questions, filled with what was answered before.

    What is calculated has no box.
    """
    questions = [question for question in questions if question.formula is None]
    drawn: dict[str, Any] = {q.id: _field(q, ground) for q in questions}
    shape = type("QuestionsForm", (AnswersForm,), {**drawn, "ground": ground})
    asked = {question.id: question for question in questions}
    data = {name: _data(asked[name], filled.get(name, "")) for name in asked}
    form: AnswersForm = shape(data={**data, "expected_version": expected_version})
    for field in form:
        if field.name in asked:
            field.question, field.kept = asked[field.name], ""
    return form


def _field(question: Question, ground: FormContext) -> Field:
    label, checks = question.label[ground.language], [AnswerCheck(question)]
    if question.columns:
        return RowsField(
            label, checks, question=question, spare=ground.spare, language=ground.language
        )
    if question.options:
        choices = [
            SelectChoice(choice.value, choice.label[ground.language])
            for choice in question.options
            if choice.value not in ground.without
        ]
        shape = SelectMultipleField if question.type == "checks" else RadioField
        return shape(label, checks, choices=choices, validate_choice=False)
    if question.type == "date":
        return DayField(label, checks)
    if question.type == "area":
        return TextAreaField(label, checks)
    is_known = question.type == "settlement" and ground.places
    attributes = {"list": PLACES} if is_known else {}
    return StringField(label, checks, render_kw=attributes)


def _data(question: Question, answer: str) -> Any:
    if question.type == "date":
        return date.fromisoformat(answer) if answer else None
    if question.columns:
        return rows_in(answer)
    if question.type == "checks":
        return several(answer)
    return answer or (None if question.options else "")


def _text_of(field: Any) -> str:
    value = field.data
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return as_text(value)
    return str(value or "").replace("\0", "").strip()


def _missing(question: Question, language: str) -> str:
    if question.options:
        return str(gettext("Изберете отговор"))
    return str(gettext("Попълнете „%(label)s“", label=question.label[language]))
