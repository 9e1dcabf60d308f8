"""Forms of proposals: making, improving, opening, supporting one, the acts of staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.proposals.services.access_log import PURPOSES
from obshto.modules.proposals.services.decisions import (
    MOST_WORDS,
    ProposalDecision,
    ProposalSorting,
)
from obshto.modules.proposals.services.states import COLOURS, DECISIONS, NOTES, STATES, WAYS
from obshto.modules.proposals.services.subjects import SUBJECTS
from obshto.modules.proposals.services.submission import MOST_TEXT, ProposalSender, ProposalWords
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.forms import CaseWordsForm
from obshto.platform.errors import DomainError
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.storage.errors import FileRefused
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
    tell,
)
from obshto.platform.web.language import current_language
from obshto.platform.web.place_field import PlaceField
from obshto.tenants.api import Names, is_near, name_of, settlements_here

_email = Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))


class ProposalWordsForm(FlaskForm):
    """What, why, where exactly, what it may cost."""

    title = StringField(
        _("Предложението с едно изречение"),
        [DataRequired(_("Напишете предложението с едно изречение")), at_most(120)],
    )
    text = TextAreaField(
        _("Какво предлагате?"), [DataRequired(_("Напишете какво предлагате")), at_most(MOST_TEXT)]
    )
    reason = TextAreaField(_("Защо е нужно?"), [Optional(), at_most(1_000)])
    place = StringField(_("Къде точно?"), [Optional(), at_most(200)])
    cost = StringField(_("Колко може да струва?"), [Optional(), at_most(200)])
    picture = FileField(_("Снимка или скица"), [Optional()])

    def words(self) -> ProposalWords:
        """As typed. Only for a form that has passed its checks."""
        return ProposalWords(
            title=" ".join(self.title.data.split()),
            text=lines_of(self.text.data),
            reason=lines_of(self.reason.data or ""),
            place=(self.place.data or "").strip(),
            cost=(self.cost.data or "").strip(),
        )

    def stream(self) -> BinaryIO | None:
        """The picture that came."""
        file = self.picture.data
        return file.stream if file and getattr(file, "filename", "") else None


class ImproveForm(ProposalWordsForm):
    """The same words once more, seen in one version."""

    expected_version = ExpectedVersionField()


class MakeForm(RateLimitedForm, ProposalWordsForm):
    """A new proposal; subject and settlement were chosen on the page before."""

    rate_limit = RateLimit(thing="proposals:proposal.send", most=20)
    request_id = UuidField(default=uuid4)
    point = PlaceField(_("Точка от картата на телефона"), [Optional(), at_most(60)])
    name = StringField(
        _("Вашето име"),
        [
            DataRequired(_("Напишете името си: законът не допуска анонимни предложения")),
            at_most(120),
        ],
    )
    is_named = BooleanField(_("Покажете името ми до предложението"))
    email = StringField(_("Имейл за вести по предложението"), [Optional(), at_most(120), _email])
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    is_final = RadioField(
        _("Кога да тръгне?"),
        choices=[
            SelectChoice(
                "",
                _("Първо да събере подкрепа"),
                render_kw={"hint": _("Може да го подобрявате и да го внесете, когато решите.")},
            ),
            SelectChoice(
                "y",
                _("Внесете го веднага"),
                render_kw={"hint": _("Текстът вече не се променя. Решение до два месеца.")},
            ),
        ],
        default="",
        validate_choice=False,
    )
    settlement = ""

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError."""
        if field.point is None:
            raise ValidationError(
                gettext("Напишете точката като 43.888, 22.520 или оставете полето празно")
            )
        if self.settlement and not is_near(field.point, self.settlement):
            raise ValidationError(
                gettext("Точката е далеч от избраното място. Проверете я или сменете мястото.")
            )

    def sender(self, subject: str, settlement: str, *, channel: str = PORTAL) -> ProposalSender:
        """Who makes it. Only for a form that has passed its checks."""
        return ProposalSender(
            subject=subject,
            settlement=settlement,
            point=self.point.point,
            name=self.name.data.strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            is_named=self.is_named.data,
            is_final=self.is_final.data == "y",
            language=current_language(),
            channel=channel,
        )


class ProposalEntryForm(MakeForm):
    """The same, typed by staff for somebody at the counter, on the phone, from a letter."""

    subject = ChoiceField(_("Тема"), [DataRequired(_("Изберете тема"))])
    settlement_code = ChoiceField(_("Населено място"), default="")
    channel = RadioField(
        _("Как идва предложението?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[0],
        validate_choice=False,
    )

    def offer(self, names: Names) -> None:
        """Subjects and settlements to choose from; none is the whole municipality."""
        self.subject.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(word, one.title) for word, one in SUBJECTS.items()
        ]
        self.settlement_code.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(code, name.get(current_language()) or name["bg"])
            for code, name in names.items()
        ]

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        _must_be_among(field, ENTERED)

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError."""
        self.settlement = self.settlement_code.data or ""
        super().validate_point(field)


class OpenForm(RateLimitedForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="proposals:proposal.open", most=30)
    request_id = UuidField(default=uuid4)
    number = StringField(_("Номер"), [DataRequired(_("Въведете номера")), at_most(20)])
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class ReasonForm(CaseWordsForm):
    """Words about a proposal, seen in one version."""

    most_words = MOST_WORDS


class CarryOutForm(ReasonForm):
    """What was done, with a picture of it."""

    picture = FileField(_("Снимка на направеното"), [Optional()])

    def stream(self) -> BinaryIO | None:
        """The picture that came."""
        file = self.picture.data
        return file.stream if file and getattr(file, "filename", "") else None


class DecisionForm(ReasonForm):
    """The decision: its kind, its reasons, what follows."""

    outcome = RadioField(
        _("Какво е решението?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("accepted", _("Приема се"), render_kw={"hint": _("Кажете какво следва.")}),
            SelectChoice(
                "partly",
                _("Приема се отчасти"),
                render_kw={"hint": _("Кажете кое да, кое не и защо.")},
            ),
            SelectChoice("refused", _("Не се приема"), render_kw={"hint": _("Кажете защо.")}),
            SelectChoice(
                "passed-on",
                _("Изпраща се на друг орган"),
                render_kw={"hint": _("Кажете на кой. По закон – до седем дни.")},
            ),
        ],
        validate_choice=False,
    )
    follow_up = StringField(_("Какво следва?"), [Optional(), at_most(300)])
    follow_up_by = StringField(_("Кой ще го направи?"), [Optional(), at_most(120)])
    follow_up_on = DateField(_("До кога?"), [Optional()])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _unmark(self.follow_up, self.follow_up_by, self.follow_up_on)

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        _must_be_among(field, [way.name for way in DECISIONS])

    def decision(self) -> ProposalDecision:
        """As typed. Only for a form that has passed its checks."""
        on: date | None = self.follow_up_on.data
        return ProposalDecision(
            words=self.said(),
            follow_up=(self.follow_up.data or "").strip(),
            follow_up_by=(self.follow_up_by.data or "").strip(),
            follow_up_on=on,
        )


class ProposalSortForm(FlaskForm):
    """Its subject, whether the picture is shown."""

    expected_version = ExpectedVersionField()
    subject = ChoiceField(_("Тема"), [DataRequired(_("Изберете тема"))])
    shows_picture = BooleanField(_("На снимката няма лица и номера: може да се показва"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.subject.choices = [SelectChoice(word, one.title) for word, one in SUBJECTS.items()]

    def sorting(self) -> ProposalSorting:
        """As typed. Only for a form that has passed its checks."""
        return ProposalSorting(
            subject=self.subject.data,
            shows_picture=self.shows_picture.data,
        )


class AuthorLookForm(PurposeForm):
    """For what somebody of the staff opens who the author is."""

    question = _("Защо отваряте данните на автора?")
    purposes = PURPOSES


def page_words(uow: UnitOfWork, names: Names | None = None) -> dict[str, Any]:
    """Titles and names that the templates of proposals ask for."""
    known = settlements_here(uow) if names is None else names
    return {
        "subjects": SUBJECTS,
        "states": STATES,
        "colours": COLOURS,
        "told": {name: way.told for name, way in WAYS.items()} | dict(NOTES),
        "names": known,
        "place_of": lambda code: name_of(code, known, current_language()),
    }


def put_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at={FileRefused: "picture"})


def _unmark(*fields: Field) -> None:
    """Not said to be optional: one of them is needed, or all in one case."""
    for field in fields:
        field.flags.unmarked = True


def _must_be_among(field: Field, words: Sequence[str]) -> None:
    if field.data not in words:
        raise ValidationError(gettext("Изберете отговор"))
