"""Forms of the forum: starting, replying, reporting a post, the acts of staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.forum.errors import PostEmailNeeded
from obshto.modules.forum.services.access_log import PURPOSES
from obshto.modules.forum.services.discussions import MOST_DECIDED
from obshto.modules.forum.services.posts import MOST_WORDS, NewDiscussion, PostWords
from obshto.modules.forum.services.rules import SUBJECTS
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.forms import CaseWordsForm
from obshto.platform.errors import DomainError
from obshto.platform.moderation.forms import HideForm
from obshto.platform.moderation.rules import RULES
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
    tell,
)
from obshto.platform.web.language import current_language
from obshto.tenants.api import Names, name_of, settlements_here

NAMED, UNNAMED = "name", "resident"


# Errors are listed in the order in which fields are defined: the subject first, as the pages ask.
class _About(FlaskForm):
    """What a discussion is about, and where."""

    title = StringField(
        _("За какво е разговорът?"),
        [DataRequired(_("Напишете за какво е разговорът")), at_most(120)],
    )
    subject = ChoiceField(_("Тема"), [DataRequired(_("Изберете тема"))])
    settlement = ChoiceField(_("Населено място"), default="")

    def offer(self, names: Names) -> None:
        """Subjects and settlements to choose from; none is the whole municipality."""
        self.subject.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(word, title) for word, title in SUBJECTS.items()
        ]
        self.settlement.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(code, name_of(code, names, current_language())) for code in names
        ]

    def new_discussion(self, said: PostWords) -> NewDiscussion:
        """As typed. Only for a form that has passed its checks."""
        return NewDiscussion(
            title=" ".join(self.title.data.split()),
            subject=self.subject.data,
            settlement=self.settlement.data or "",
            said=said,
        )


class ForumPostForm(RateLimitedForm):
    """One post of a citizen. Without an account it needs an address."""

    rate_limit = RateLimit(thing="forum:post.write", most=20)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Вашето мнение"), [DataRequired(_("Напишете мнението си")), at_most(MOST_WORDS)]
    )
    author = StringField(_("Вашето име"), [DataRequired(_("Напишете името си")), at_most(120)])
    shown_as = RadioField(
        _("Как да стои под мнението?"),
        choices=[
            SelectChoice(UNNAMED, _("Без име: „участник“")),
            SelectChoice(NAMED, _("С името ми")),
        ],
        default=UNNAMED,
        validate_choice=False,
    )
    email = StringField(
        _("Имейл"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.email.flags.unmarked = True  # without a profile it is not optional

    def validate_shown_as(self, field: Field) -> None:
        """Raises ValidationError."""
        must_be_among(field, (NAMED, UNNAMED))

    def said(self, *, channel: str = PORTAL) -> PostWords:
        """As typed. Only for a form that has passed its checks."""
        return PostWords(
            words=lines_of(self.words.data),
            author=" ".join(self.author.data.split()),
            shows_name=self.shown_as.data == NAMED,
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip() if "phone" in self else "",
            language=current_language(),
            channel=channel,
        )


class DiscussionForm(_About, ForumPostForm):
    """A new discussion with its first words."""


class _Entry(FlaskForm):
    """How a post came that a clerk types in, and how the person can be reached."""

    channel = RadioField(
        _("Как дойде мнението?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[0],
        validate_choice=False,
    )
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        must_be_among(field, ENTERED)


class ReplyEntryForm(_Entry, ForumPostForm):
    """A post, typed by staff for somebody at the counter or on the phone."""


class StartEntryForm(_Entry, DiscussionForm):
    """A new discussion, typed by staff for somebody."""


class PostCodeForm(RateLimitedForm):
    """The code, as it stands in the letter or on the slip."""

    rate_limit = RateLimit(thing="forum:post.open", most=30)
    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class AnswerForm(FlaskForm):
    """What the municipality says."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Отговор на общината"), [DataRequired(_("Напишете отговора")), at_most(MOST_WORDS)]
    )


class DiscussionWordsForm(CaseWordsForm):
    """Words about a discussion, seen in one version."""

    most_words = MOST_DECIDED


class HidePostForm(HideForm):
    """Which rule, and why, as everybody will read it."""

    request_id = UuidField(default=uuid4)


class PostLookForm(PurposeForm):
    """For what somebody of the staff opens who the author is."""

    question = _("Защо отваряте данните на автора?")
    purposes = {word: said for word, said in PURPOSES.items() if word != "transfer"}


def page_words(uow: UnitOfWork, names: Names | None = None) -> dict[str, Any]:
    """Titles and names that the templates of the forum ask for."""
    known = settlements_here(uow) if names is None else names
    return {
        "subjects": SUBJECTS,
        "rules": RULES,
        "names": known,
        "place_of": lambda code: name_of(code, known, current_language()),
    }


def put_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at={PostEmailNeeded: "email"})


def must_be_among(field: Field, words: Sequence[str]) -> None:
    """Raises ValidationError."""
    if field.data not in words:
        raise ValidationError(gettext("Изберете отговор"))
