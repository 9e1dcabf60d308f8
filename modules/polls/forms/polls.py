"""A poll as an editor writes it: its words, its dates, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.services.library import titles
from obshto.modules.polls.services.polls import Draft
from obshto.modules.polls.services.states import WHO
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    MomentField,
    UuidField,
    at_most,
)
from obshto.platform.web.language import OTHERS, current_language

TITLE, INTRO, TEXT = 160, 1_000, 4_000


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
    asks_about = BooleanField(_("Питайте и за възраст и населено място"))
    opens_at = MomentField(_("Кога започва"), [Optional()])
    closes_at = MomentField(_("Кога приключва"), [InputRequired(_("Въведете ден и час на края"))])

    def validate_who(self, field: Field) -> None:
        """One of the two."""
        if field.data not in WHO:
            raise ValidationError(gettext("Изберете кой може да отговори"))

    def draft(self) -> Draft:
        """The poll as typed. Only for a form that has passed its checks."""
        assert self.closes_at.moment
        return Draft(
            title=said(self.title),
            intro=said(self.intro),
            who=self.who.data,
            asks_about=self.asks_about.data,
            opens_at=self.opens_at.moment,
            closes_at=self.closes_at.moment,
            words={
                language: {part: said(self[f"{part}_{language}"]) for part in ("title", "intro")}
                for language in OTHERS
            },
        )


class NewPollForm(PollForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    ready = ChoiceField(_("Започнете от готови въпроси"), [Optional()])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.ready.choices = [SelectChoice("", _("Без готови въпроси"))] + [
            SelectChoice(word, title) for word, title in titles(current_language()).items()
        ]

    def typed(self) -> dict[str, Any]:
        """What stands in the form, as another form of the same fields takes it."""
        moments = {"opens_at": self.opens_at.moment, "closes_at": self.closes_at.moment}
        return {**self.data, **moments}


class CopyForm(FlaskForm):
    """One button: `request_id` makes a repeated click find the first copy."""

    request_id = UuidField(default=uuid4)


class EditPollForm(PollForm):
    """`expected_version` is the version of the poll that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def filled(poll: Poll) -> dict[str, Any]:
    """What the form of a poll shows at first."""
    shown = {
        name: getattr(poll, name) for name in ("title", "intro", "who", "asks_about", "opens_at")
    }
    return {**shown, "closes_at": poll.closes_at, "expected_version": poll.version, **told(poll)}


class ExtendPollForm(FlaskForm):
    """A later end and why."""

    expected_version = ExpectedVersionField()
    closes_at = MomentField(_("Нов край"), [InputRequired(_("Въведете ден и час на края"))])
    note = StringField(
        _("Защо удължавате"), [DataRequired(_("Въведете защо удължавате")), at_most(300)]
    )
    note_en = StringField(_("Защо, на английски"), [Optional(), at_most(300)])
    note_ro = StringField(_("Защо, на румънски"), [Optional(), at_most(300)])

    def end(self) -> datetime:
        """The moment that was typed. Only for a form that has passed its checks."""
        assert self.closes_at.moment
        return self.closes_at.moment


class OutcomeForm(FlaskForm):
    """What the municipality did, also when the answer is no."""

    expected_version = ExpectedVersionField()
    outcome = TextAreaField(
        _("Какво направи общината"),
        [DataRequired(_("Въведете какво направи общината")), at_most(TEXT)],
    )
    tells_again = BooleanField(_("Пишете пак на хората, които следят анкетите"))
    outcome_en = TextAreaField(_("На английски"), [Optional(), at_most(TEXT)])
    outcome_ro = TextAreaField(_("На румънски"), [Optional(), at_most(TEXT)])


class CorrectionForm(FlaskForm):
    """A note below a question that has answers; empty takes it away."""

    expected_version = ExpectedVersionField()
    correction = StringField(_("Поправка"), [Optional(), at_most(300)])
    correction_en = StringField(_("Поправка на английски"), [Optional(), at_most(300)])
    correction_ro = StringField(_("Поправка на румънски"), [Optional(), at_most(300)])


def words_of(form: FlaskForm, part: str) -> dict[str, dict[str, str]]:
    """The texts of one part in the other languages."""
    return {language: {part: said(form[f"{part}_{language}"])} for language in OTHERS}


def told(row: Poll | Question) -> dict[str, str]:
    """Every text of the row in the other languages, by the name of its field."""
    return {
        f"{part}_{language}": text
        for language, words in row.words.items()
        for part, text in words.items()
    }


def filled_part(row: Poll | Question, part: str, version: int) -> dict[str, Any]:
    """What a form for one part in three languages shows at first."""
    return {part: getattr(row, part), "expected_version": version, **told(row)}


def said(field: Field) -> str:
    """What was typed, without the blanks around it."""
    return (field.data or "").strip()
