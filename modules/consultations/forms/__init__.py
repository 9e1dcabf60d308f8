"""Forms of consultations: saying an opinion, confirming, following; the acts of staff."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    Field,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.consultations.errors import (
    AcceptedUntied,
    EmailNeeded,
    NoCodeToday,
    NoSuchParagraph,
    ReceivedOutsideTerm,
    TermNotLonger,
    TermTooShort,
    TermTooShortForKind,
)
from obshto.modules.consultations.services.answers import AnswerWords
from obshto.modules.consultations.services.consultations import ConsultationDraft
from obshto.modules.consultations.services.kinds import KINDS, ROLES
from obshto.modules.consultations.services.opinions import MOST_WORDS, GivenFile, OpinionWords
from obshto.modules.consultations.services.states import OUTCOMES, STANCES, SUPPORT
from obshto.modules.consultations.services.versions import VersionWords
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.forms import NumberAndCodeForm
from obshto.platform.errors import DomainError
from obshto.platform.invitations.errors import InvitedBefore
from obshto.platform.moderation.forms import HideForm
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.sms.short_codes import may_be_sent
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.word_documents import text_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
    tell,
)
from obshto.platform.web.language import current_language
from obshto.tenants.api import ages

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z"
OWN, ORGANISATION = "own", "organisation"
TITLE, SUMMARY, TEXT = 200, 600, 8_000
DRAFT = 500_000  # of 200 pages: what one field of a form may bring; pages show it in parts
CHANGE_FIELD = re.compile(r"(?P<what>from|because)_(?P<key>-?\d{1,6})", re.ASCII)
WITHOUT_WORDS = "Подкрепям го така, както е."  # of who agrees and says no more


class ConsultationForm(FlaskForm):
    """The words of a consultation and the last day that the editor wants."""

    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))])
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = TextAreaField(
        _("Накратко, в три изречения"),
        [DataRequired(_("Напишете накратко какво се предлага")), at_most(SUMMARY)],
    )
    document = FileField(_("Документ DOCX"), [Optional()])
    draft = TextAreaField(
        _("Текст на проекта"), [DataRequired(_("Въведете текста на проекта")), at_most(DRAFT)]
    )
    reasons = TextAreaField(_("Мотиви"), [DataRequired(_("Напишете мотивите")), at_most(TEXT)])
    impact = TextAreaField(_("Какво ще се промени и колко струва"), [Optional(), at_most(TEXT)])
    affected = TextAreaField(_("Кого засяга"), [Optional(), at_most(SUMMARY)])
    closes_on = DateField(_("Последен ден"), [Optional()])
    short_why = TextAreaField(_("Причина за по-кратък срок"), [Optional(), at_most(SUMMARY)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(word, kind.title) for word, kind in KINDS.items()
        ]

    def take_document(self) -> list[str] | None:
        """Put the text of a .docx in place of what was typed: what to check in it, None without
        a file. Nothing is saved that its editor has not read.
        """
        return take_document(self.document, self.draft)

    def written(self) -> ConsultationDraft:
        """As typed. Only for a form that has passed its checks."""
        words = ("title", "summary", "draft", "reasons", "impact", "affected", "short_why")
        return ConsultationDraft(
            kind=self.kind.data,
            closes_on=self.closes_on.data,
            **{name: lines_of(self[name].data or "") for name in words},
        )


class NewConsultationForm(ConsultationForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditConsultationForm(ConsultationForm):
    """A draft, seen in one version."""

    expected_version = ExpectedVersionField()


class DocumentForm(FlaskForm):
    """One file and what it is."""

    request_id = UuidField(default=uuid4)
    role = ChoiceField(_("Какво е това?"), [DataRequired(_("Изберете отговор"))])
    title = StringField(_("Как се казва"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    file = FileField(_("Файл"))

    def offer(self, roles: Sequence[str]) -> None:
        """The roles that this kind knows."""
        self.role.choices = [SelectChoice(role, ROLES[role]) for role in roles]

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if given_file(field) is None:
            raise ValidationError(gettext("Изберете файл"))


class ConsultationExtendForm(FlaskForm):
    """A later last day and why."""

    expected_version = ExpectedVersionField()
    closes_on = DateField(_("Нов последен ден"), [InputRequired(_("Въведете ден"))])
    note = TextAreaField(_("Причина"), [DataRequired(_("Напишете причината")), at_most(SUMMARY)])


class DraftVersionForm(FlaskForm):
    """The text after the opinions. Fields beside each change come with it, by its key."""

    request_id = UuidField(default=uuid4)
    follows = ExpectedVersionField()
    document = FileField(_("Документ DOCX"), [Optional()])
    draft = TextAreaField(_("Нов текст"), [DataRequired(_("Въведете текста")), at_most(DRAFT)])

    @property
    def lines(self) -> list[str]:
        """Its paragraphs."""
        typed = lines_of(self.draft.data or "").splitlines()
        return [line.strip() for line in typed if line.strip()]

    @property
    def fingerprint(self) -> str:
        """Of the text: whoever publishes one must have seen what it changes."""
        return sha256("\n".join(self.lines).encode()).hexdigest()

    def take_document(self) -> list[str] | None:
        """See `ConsultationForm.take_document`."""
        return take_document(self.document, self.draft)

    def told(self, typed: Mapping[str, str]) -> VersionWords:
        """As typed, with what stands in the fields of the changes."""
        origins: dict[int, list[int]] = {}
        because: dict[int, list[str]] = {}
        for name, text in typed.items():
            if (found := CHANGE_FIELD.fullmatch(name)) and found["what"] == "from":
                origins[int(found["key"])] = [int(it) for it in re.findall(r"\d{1,6}", text)]
            elif found:
                numbers = re.findall(r"(\d{4})\s*-\s*(\d{1,6})", text)
                because[int(found["key"])] = [f"{year}-{int(n):05d}" for year, n in numbers]
        return VersionWords(
            lines=self.lines, origins=origins, because=because, follows=self.follows.data or 0
        )


class OpinionForm(RateLimitedForm):
    """An opinion, by its author."""

    rate_limit = RateLimit(thing="consultations:opinion.give", most=20)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(_("Вашето становище"), [at_most(MOST_WORDS)])
    paragraph = StringField(_("Номер на абзац"), [Optional(), at_most(5)])
    stance = RadioField(
        _("Какво мислите за него?"),
        choices=[SelectChoice(word, title) for word, title in STANCES.items()],
        validate_choice=False,
    )
    behalf = RadioField(
        _("От чие име го казвате?"),
        choices=[
            SelectChoice(OWN, _("От свое име")),
            SelectChoice(ORGANISATION, _("От името на организация")),
        ],
        default=OWN,
        validate_choice=False,
    )
    organisation = StringField(_("Име на организацията"), [at_most(200)])
    author = StringField(_("Вашите имена"), [DataRequired(_("Напишете имената си")), at_most(120)])
    shows_name = BooleanField(_("Покажете името ми до становището"))
    email = StringField(
        _("Имейл"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )
    phone = StringField(_("Мобилен телефон"), [Optional(), at_most(40)])
    age = ChoiceField(_("На колко години сте?"), default="")
    settlement = ChoiceField(_("Къде живеете?"), default="")
    file = FileField(_("Файл към становището"), [Optional()])

    def offer(self, places: Mapping[str, str]) -> None:
        """Ages and settlements to choose from."""
        self.email.flags.unmarked = True  # without a profile it is not optional
        unsaid = SelectChoice("", _("Не казвам"))
        self.age.choices = [unsaid, *(SelectChoice(*pair) for pair in ages().items())]
        self.settlement.choices = [unsaid, *(SelectChoice(*pair) for pair in places.items())]

    def validate_words(self, field: Field) -> None:
        """Raises ValidationError; who agrees need not say why."""
        if not (field.data or "").strip() and self.stance.data != SUPPORT:
            raise ValidationError(gettext("Напишете становището"))

    def validate_stance(self, field: Field) -> None:
        """Raises ValidationError; of the whole text one may say something else."""
        if field.data not in STANCES and ((self.paragraph.data or "").strip() or field.data):
            raise ValidationError(gettext("Изберете отговор"))

    def validate_behalf(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in (OWN, ORGANISATION):
            raise ValidationError(gettext("Изберете отговор"))

    def validate_organisation(self, field: Field) -> None:
        """Raises ValidationError; what was typed for the other choice does not count."""
        if self.behalf.data == ORGANISATION and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете името на организацията"))

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError; beside an address no code goes there."""
        if field.data and not self.email.data and not read_number(field.data):
            raise ValidationError(gettext("Напишете мобилен номер, например 0888 123 456"))

    def passes(self, account: UUID | None = None, *, work: UnitOfWork | None = None) -> bool:
        """The same, and a phone gets so many codes a day, whoever asks for them."""
        is_reached = account or self.email.data
        number = None if is_reached else read_number(self.phone.data or "")
        if not super().passes(account, work=work):
            return False
        if number and not may_be_sent(number):
            self.phone.errors = [str(NoCodeToday())]
            return False
        return True

    def validate_paragraph(self, field: Field) -> None:
        """Raises ValidationError."""
        typed = (field.data or "").strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise ValidationError(gettext("Напишете номера с цифри"))

    def told(
        self,
        *,
        channel: str = PORTAL,
        received_on: date | None = None,
        invitation_id: UUID | None = None,
    ) -> OpinionWords:
        """As typed. Only for a form that has passed its checks."""
        typed = (self.paragraph.data or "").strip()
        is_own = self.behalf.data == OWN
        return OpinionWords(
            words=lines_of(self.words.data or "") or WITHOUT_WORDS,
            stance=self.stance.data or "",
            author=self.author.data.strip(),
            organisation="" if is_own else (self.organisation.data or "").strip(),
            shows_name=self.shows_name.data,
            paragraph=int(typed) if typed else None,
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            age=self.age.data,
            settlement=self.settlement.data,
            invitation_id=None if is_own else invitation_id,
            language=current_language(),
            channel=channel,
            received_on=received_on,
        )

    def given(self) -> GivenFile | None:
        """The file that came."""
        return given_file(self.file)


class OpinionEntryForm(OpinionForm):
    """The same, typed by staff: how it came and when."""

    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    author = StringField(
        _("Имена на автора"), [DataRequired(_("Напишете имената на автора")), at_most(120)]
    )
    channel = RadioField(
        _("Как идва становището?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[0],
        validate_choice=False,
    )
    received_on = DateField(_("Получено на"), [InputRequired(_("Въведете ден"))])

    def offer(self, places: Mapping[str, str]) -> None:
        """The same; the clerk speaks of somebody else."""
        super().offer(places)
        self.email.flags.unmarked = False
        self.words.label.text = gettext("Становището")

    def validate_phone(self, field: Field) -> None:
        """Staff call it: any number."""

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))


class ConfirmForm(RateLimitedForm):
    """The code out of the letter, where the link does not open."""

    rate_limit = RateLimit(thing="consultations:opinion.confirm", most=30)
    code = StringField(_("Код от писмото"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class OpinionCodeForm(NumberAndCodeForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="consultations:opinion.follow", most=30)


class HideOpinionForm(HideForm):
    """Why an opinion is not shown."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()


class AnswerForm(FlaskForm):
    """One answer to all that were chosen."""

    request_id = UuidField(default=uuid4)
    outcome = RadioField(
        _("Какъв е отговорът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, title) for word, title in OUTCOMES.items()],
        validate_choice=False,
    )
    reason = TextAreaField(_("Мотиви"), [DataRequired(_("Напишете мотивите")), at_most(MOST_WORDS)])

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in OUTCOMES:
            raise ValidationError(gettext("Изберете отговор"))

    def said(self) -> AnswerWords:
        """As typed. Only for a form that has passed its checks."""
        return AnswerWords(outcome=self.outcome.data, reason=lines_of(self.reason.data))


class ConsultationOutcomeForm(FlaskForm):
    """What was decided, and what the opinions changed."""

    expected_version = ExpectedVersionField()
    outcome = TextAreaField(
        _("Какво реши общината"), [DataRequired(_("Напишете какво е решено")), at_most(TEXT)]
    )
    changes = TextAreaField(
        _("Какво се промени заради Вас"),
        [DataRequired(_("Напишете какво се промени, или че нищо не се промени")), at_most(TEXT)],
    )
    knows_untied = BooleanField(_("Знам и публикувам така"))


def take_document(file: Field, into: Field) -> list[str] | None:
    """See `ConsultationForm.take_document`."""
    given = given_file(file)
    if given is None:
        return None
    try:
        found = text_of(given.stream, name=given.name, characters=DRAFT)
    except FileRefused as refusal:
        file.errors = [str(refusal)]
        return None
    into.data = "\n".join(found.lines)
    return found.told


def group_asked(typed: str) -> UUID | None:
    """The group that a page of answers was opened for."""
    return next(iter(ids_of([typed])), None)


def given_file(field: Field) -> GivenFile | None:
    """What came, where it has a name."""
    found = field.data
    if not isinstance(found, FileStorage) or not found.filename:
        return None
    return GivenFile(cast(BinaryIO, found.stream), found.filename)


def ids_of(typed: Sequence[str]) -> list[UUID]:
    """The ids that were ticked; what is no id is left out."""
    found = []
    for text in typed:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


_AT: Mapping[type[DomainError], str] = {
    AcceptedUntied: "knows_untied",
    EmailNeeded: "email",
    InvitedBefore: "email",
    FileRefused: "file",
    NoCodeToday: "phone",
    NoSuchParagraph: "paragraph",
    TermNotLonger: "closes_on",
    ReceivedOutsideTerm: "received_on",
    TermTooShort: "closes_on",
    TermTooShortForKind: "closes_on",
}


def put_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at=_AT)
