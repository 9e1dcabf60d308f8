"""A question as an editor writes it, in three languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.polls.forms.polls import TITLE, said, told
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.states import KINDS, Kind
from obshto.modules.polls.services.wordings import Wording, check_options, lines_of
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.language import LANGUAGES, OTHERS, SOURCE

OPTIONS = 3_000


class QuestionForm(FlaskForm):
    """A question: its options one a line, in other languages as many lines or none."""

    kind = ChoiceField(
        _("Как се отговаря"),
        [DataRequired(_("Изберете как се отговаря"))],
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    title = StringField(_("Въпрос"), [DataRequired(_("Въведете въпроса")), at_most(TITLE)])
    options = TextAreaField(_("Отговори, всеки на свой ред"), [at_most(OPTIONS)])
    only_if = ChoicesField(_("Задайте въпроса само на хората, които избраха"), [Optional()])
    is_optional = BooleanField(_("Въпросът може да се прескочи"))
    title_en = StringField(_("Въпрос на английски"), [Optional(), at_most(TITLE)])
    options_en = TextAreaField(_("Отговори на английски"), [Optional(), at_most(OPTIONS)])
    title_ro = StringField(_("Въпрос на румънски"), [Optional(), at_most(TITLE)])
    options_ro = TextAreaField(_("Отговори на румънски"), [Optional(), at_most(OPTIONS)])

    def __init__(self, *args: Any, before: Sequence[Asked], **more: Any) -> None:
        super().__init__(*args, **more)
        self.only_if.choices = [
            SelectChoice(
                str(option.id),
                f"{number}. {one.question.title} – {option.label}",
                render_kw={"lang": SOURCE},
            )
            for number, one in enumerate(before, 1)
            for option in one.options
        ]

    def validate_options(self, field: Field) -> None:
        """Two at least, where one chooses from a list."""
        if self.kind.data not in (Kind.SINGLE, Kind.SEVERAL):
            return
        try:
            check_options(lines_of(field.data or ""))
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from None

    def wording(self) -> Wording:
        """The question as typed. Only for a form that has passed its checks."""
        has_own = self.kind.data in (Kind.SINGLE, Kind.SEVERAL)
        return Wording(
            kind=self.kind.data,
            title=said(self.title),
            is_required=not self.is_optional.data and self.kind.data != Kind.TEXT,
            options=lines_of(self.options.data or "") if has_own else (),
            only_if=frozenset(UUID(option) for option in self.only_if.data),
            titles={language: said(self[f"title_{language}"]) for language in OTHERS},
            labels={
                language: lines_of(self[f"options_{language}"].data or "") if has_own else ()
                for language in OTHERS
            },
        )


class NewQuestionForm(QuestionForm):
    """A repeated click finds the first result; a late one has seen another poll than it is now."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()


class EditQuestionForm(QuestionForm):
    """`expected_version` is the version of the poll: its questions change with it."""

    expected_version = ExpectedVersionField()


def filled_question(asked: Asked, version: int) -> dict[str, Any]:
    """What the form of a question shows at first."""
    question, has_own = asked.question, asked.question.kind in (Kind.SINGLE, Kind.SEVERAL)
    shown: dict[str, Any] = {
        "kind": question.kind,
        "title": question.title,
        "only_if": [str(option) for option in question.only_if],
        "is_optional": not question.is_required,
        "expected_version": version,
        **told(question),
    }
    for language in LANGUAGES if has_own else ():
        labels = [o.label if language == "bg" else o.words.get(language, "") for o in asked.options]
        name = "options" if language == "bg" else f"options_{language}"
        shown[name] = "\n".join(filter(None, labels))
    return shown
