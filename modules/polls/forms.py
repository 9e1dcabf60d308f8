"""What editors write of a poll, what citizens answer, what clerks read off paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.services.answering import Answers
from obshto.modules.polls.services.library import titles
from obshto.modules.polls.services.polls import LANGUAGES, Draft
from obshto.modules.polls.services.questions import Wording, check_options, lines_of
from obshto.modules.polls.services.reading import Asked
from obshto.modules.polls.services.sheets import HIGHEST, chosen_in
from obshto.modules.polls.services.states import KINDS, WHO, Kind
from obshto.platform.clock import SOFIA
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    FlaskForm,
    SeenField,
    UuidField,
    at_most,
)

TITLE, INTRO, TEXT, OPTIONS, ANSWER = 160, 1_000, 4_000, 3_000, 1_000
MINUTE = "%Y-%m-%dT%H:%M"


class MomentField(DateTimeLocalField):
    """Day and hour by the clocks of Bulgaria; `data` is an aware moment."""

    def __init__(self, label: str, validators: Sequence[Any], **more: Any) -> None:
        super().__init__(label, validators, format=MINUTE, **more)

    def process_data(self, value: Any) -> None:
        """What is stored, shown as the clocks here show it."""
        self.data = value.astimezone(SOFIA) if value else None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError in the person's language for what is no moment."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Въведете ден и час, например 8.12.2026 17:00")) from None
        self.data = self.data.replace(tzinfo=SOFIA) if self.data else None


class PollForm(FlaskForm):
    """The words of a poll, who may answer, from when until when."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    intro = TextAreaField(_("За какво питаме и защо"), [Optional(), at_most(INTRO)])
    title_en = StringField(_("Заглавие на английски"), [Optional(), at_most(TITLE)])
    intro_en = TextAreaField(_("За какво питаме, на английски"), [Optional(), at_most(INTRO)])
    title_ro = StringField(_("Заглавие на румънски"), [Optional(), at_most(TITLE)])
    intro_ro = TextAreaField(_("За какво питаме, на румънски"), [Optional(), at_most(INTRO)])
    who = RadioField(
        _("Кой може да отговори"),
        [InputRequired(_("Изберете кой може да отговори"))],
        choices=[SelectChoice(who.value, label) for who, label in WHO.items()],
        validate_choice=False,
        default="anyone",
    )
    opens_at = MomentField(_("Кога започва"), [Optional()])
    closes_at = MomentField(_("Кога приключва"), [InputRequired(_("Въведете ден и час на края"))])

    def validate_who(self, field: Field) -> None:
        """One of the two."""
        if field.data not in WHO:
            raise ValidationError(gettext("Изберете кой може да отговори"))

    def draft(self) -> Draft:
        """The poll as typed. Only for a form that has passed its checks."""
        assert self.closes_at.data
        return Draft(
            title=_said(self.title),
            intro=_said(self.intro),
            who=self.who.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            words={
                language: {part: _said(self[f"{part}_{language}"]) for part in ("title", "intro")}
                for language in LANGUAGES
            },
        )


class NewPollForm(PollForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    ready = ChoiceField(_("Започнете от готови въпроси"), [Optional()])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ready.choices = [SelectChoice("", _("Без готови въпроси"))] + [
            SelectChoice(word, title) for word, title in titles().items()
        ]


class EditPollForm(PollForm):
    """`seen` is the version of the poll that the author had before their eyes."""

    seen = SeenField()


def filled(poll: Poll) -> dict[str, Any]:
    """What the form of a poll shows at first."""
    shown = {name: getattr(poll, name) for name in ("title", "intro", "who", "opens_at")}
    return {**shown, "closes_at": poll.closes_at, "seen": poll.version, **_told(poll)}


class ExtendForm(FlaskForm):
    """A later end and why."""

    seen = SeenField()
    closes_at = MomentField(_("Нов край"), [InputRequired(_("Въведете ден и час на края"))])
    note = StringField(
        _("Защо удължавате"), [DataRequired(_("Въведете защо удължавате")), at_most(300)]
    )
    note_en = StringField(_("Защо, на английски"), [Optional(), at_most(300)])
    note_ro = StringField(_("Защо, на румънски"), [Optional(), at_most(300)])

    def end(self) -> datetime:
        """The moment that was typed. Only for a form that has passed its checks."""
        assert isinstance(self.closes_at.data, datetime)
        return self.closes_at.data


class OutcomeForm(FlaskForm):
    """What the municipality did, also when the answer is no."""

    seen = SeenField()
    outcome = TextAreaField(
        _("Какво направи общината"),
        [DataRequired(_("Въведете какво направи общината")), at_most(TEXT)],
    )
    outcome_en = TextAreaField(_("На английски"), [Optional(), at_most(TEXT)])
    outcome_ro = TextAreaField(_("На румънски"), [Optional(), at_most(TEXT)])


class CorrectionForm(FlaskForm):
    """A note below a question that has answers; empty takes it away."""

    seen = SeenField()
    correction = StringField(_("Поправка"), [Optional(), at_most(300)])
    correction_en = StringField(_("Поправка на английски"), [Optional(), at_most(300)])
    correction_ro = StringField(_("Поправка на румънски"), [Optional(), at_most(300)])


def words_of(form: FlaskForm, part: str) -> dict[str, dict[str, str]]:
    """The texts of one part in the other languages."""
    return {language: {part: _said(form[f"{part}_{language}"])} for language in LANGUAGES}


def _told(row: Poll | Question) -> dict[str, str]:
    """Every text of the row in the other languages, by the name of its field."""
    return {
        f"{part}_{language}": text
        for language, words in row.words.items()
        for part, text in words.items()
    }


def filled_part(row: Poll | Question, part: str, version: int) -> dict[str, Any]:
    """What a form for one part in three languages shows at first."""
    return {part: getattr(row, part), "seen": version, **_told(row)}


# -- questions -------------------------------------------------------------------------------


class QuestionForm(FlaskForm):
    """A question: its options one a line, in other languages as many lines or none."""

    kind = ChoiceField(
        _("Как се отговаря"),
        [DataRequired(_("Изберете как се отговаря"))],
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    title = StringField(_("Въпрос"), [DataRequired(_("Въведете въпроса")), at_most(TITLE)])
    options = TextAreaField(_("Отговори, всеки на свой ред"), [at_most(OPTIONS)])
    is_optional = BooleanField(_("Въпросът може да се прескочи"))
    title_en = StringField(_("Въпрос на английски"), [Optional(), at_most(TITLE)])
    options_en = TextAreaField(_("Отговори на английски"), [Optional(), at_most(OPTIONS)])
    title_ro = StringField(_("Въпрос на румънски"), [Optional(), at_most(TITLE)])
    options_ro = TextAreaField(_("Отговори на румънски"), [Optional(), at_most(OPTIONS)])

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
            title=_said(self.title),
            is_required=not self.is_optional.data and self.kind.data != Kind.TEXT,
            options=lines_of(self.options.data or "") if has_own else (),
            titles={language: _said(self[f"title_{language}"]) for language in LANGUAGES},
            labels={
                language: lines_of(self[f"options_{language}"].data or "") if has_own else ()
                for language in LANGUAGES
            },
        )


class NewQuestionForm(QuestionForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditQuestionForm(QuestionForm):
    """`seen` is the version of the poll: its questions change with it."""

    seen = SeenField()


def filled_question(asked: Asked, version: int) -> dict[str, Any]:
    """What the form of a question shows at first."""
    question, has_own = asked.question, asked.question.kind in (Kind.SINGLE, Kind.SEVERAL)
    shown: dict[str, Any] = {
        "kind": question.kind,
        "title": question.title,
        "is_optional": not question.is_required,
        "seen": version,
        **_told(question),
    }
    for language in ("bg", *LANGUAGES) if has_own else ():
        labels = [o.label if language == "bg" else o.words.get(language, "") for o in asked.options]
        name = "options" if language == "bg" else f"options_{language}"
        shown[name] = "\n".join(filter(None, labels))
    return shown


# -- answers ---------------------------------------------------------------------------------


class BallotForm(FlaskForm):
    """The questions of one poll as fields; `request_id` stands for a device without a cookie."""

    asked: ClassVar[Sequence[Asked]] = ()
    request_id = UuidField(default=uuid4)

    def answers(self) -> Answers:
        """What was chosen and written. Only for a form that has passed its checks."""
        options: set[UUID] = set()
        questions: set[UUID] = set()
        texts: dict[UUID, str] = {}
        for one in self.asked:
            chosen = self.chosen(one)
            text = _said(self[one.field]) if one.question.kind == Kind.TEXT else ""
            options |= chosen
            if chosen or text:
                questions.add(one.question.id)
            if text:
                texts[one.question.id] = text
        return Answers(options=frozenset(options), questions=frozenset(questions), texts=texts)

    def chosen(self, one: Asked) -> frozenset[UUID]:
        """The options chosen of one question."""
        if one.question.kind == Kind.TEXT:
            return frozenset()
        data = self[one.field].data or ()
        return frozenset(UUID(word) for word in ([data] if isinstance(data, str) else data))


class SheetForm(BallotForm):
    """A paper sheet: its number, then the numbers that are marked on it."""

    number = IntegerField(
        _("Номер на листа"),
        [
            InputRequired(_("Въведете номера на листа")),
            NumberRange(1, HIGHEST, message=_("Въведете число от 1 до %(n)s", n=HIGHEST)),
        ],
    )

    def chosen(self, one: Asked) -> frozenset[UUID]:
        """The options whose numbers were typed."""
        if one.question.kind == Kind.TEXT:
            return frozenset()
        return chosen_in(one, self[one.field].data or "")


def ballot_of(asked: Sequence[Asked], language: str) -> type[BallotForm]:
    """The form of a poll for who answers by themselves."""
    fields = {one.field: _field(one, language) for one in asked}
    return type("BallotForm", (BallotForm,), {"asked": asked, **fields})


def sheet_of(asked: Sequence[Asked]) -> type[SheetForm]:
    """The form of a poll for who reads a sheet: numbers are typed, nothing must be answered."""
    fields = {one.field: _typed(one) for one in asked}
    return type("SheetForm", (SheetForm,), {"asked": asked, **fields})


def _field(one: Asked, language: str) -> Field:
    title, _language = one.question.said("title", language)
    if one.question.kind == Kind.TEXT:
        return TextAreaField(title, [Optional(), at_most(ANSWER)])
    must = [DataRequired(_("Изберете отговор"))] if one.question.is_required else [Optional()]
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


def _said(field: Field) -> str:
    return (field.data or "").strip()
