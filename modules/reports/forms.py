"""Forms of reports: telling one, following one, the acts of staff; the words of their pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.reports.errors import NameNeeded, PhotoNeeded, TooManyPhotos
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.escalation import STEPS
from obshto.modules.reports.services.kinds import BODIES, KINDS
from obshto.modules.reports.services.photos import MOST
from obshto.modules.reports.services.report_actions import MOST_WORDS, Sorting
from obshto.modules.reports.services.states import (
    COLOURS,
    OUTCOMES,
    PROVEN_BY_PHOTO,
    STATES,
    TOLD,
    WAYS,
)
from obshto.modules.reports.services.submission import ReportWords
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.cases.forms import NumberAndCodeForm
from obshto.platform.documents.errors import CannotBePrinted
from obshto.platform.errors import DomainError
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.areas_field import AreasField
from obshto.platform.web.formats import day
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
    tell,
)
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.place_field import PlaceField
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import Names, is_near, name_of, settlements_here


class PhotosForm(RateLimitedForm):
    """A form with photographs; whoever inherits says how many it wants."""

    photos = MultipleFileField(_("Снимки"), [Optional()])

    def streams(self) -> Sequence[BinaryIO]:
        """The photographs that came."""
        return [file.stream for file in self.photos.data or () if file and file.filename]


class TellForm(PhotosForm):
    """What happened and where exactly; kind and settlement were chosen on the page before."""

    rate_limit = RateLimit(thing="reports:report.send", most=20)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Какво се е случило?"), [DataRequired(_("Напишете какво се е случило")), at_most(1_500)]
    )
    place = StringField(
        _("Къде точно?"), [DataRequired(_("Напишете къде: улица, номер, до какво")), at_most(200)]
    )
    point = PlaceField(_("Точка от картата на телефона"), [Optional(), at_most(60)])
    is_signal = RadioField(
        _("Как да го приемем?"),
        choices=[
            SelectChoice(
                "",
                _("Обикновен сигнал"),
                render_kw={"hint": _("Може и без име. Проверяваме и отговаряме тук.")},
            ),
            SelectChoice(
                "y",
                _("Сигнал по закон"),
                render_kw={"hint": _("Трябва име. Кметът решава писмено до два месеца.")},
            ),
        ],
        default="",
        validate_choice=False,
    )
    name = StringField(_("Вашето име"), [Optional(), at_most(120)])
    email = StringField(
        _("Имейл за вести по сигнала"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
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

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        if read_phone(field.data) is None:
            raise ValidationError(
                gettext("Такъв телефон няма. Напишете го с кода, например 0888 123 456.")
            )

    def validate_photos(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(self.streams()) > MOST:
            raise ValidationError(gettext("Изберете най-много %(most)s снимки", most=MOST))

    def told(self, kind: str, settlement: str, *, channel: str = PORTAL) -> ReportWords:
        """The report as typed. Only for a form that has passed its checks."""
        return ReportWords(
            kind=kind,
            settlement=settlement,
            words=lines_of(self.words.data),
            place=self.place.data.strip(),
            point=self.point.point,
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            language=current_language(),
            is_signal=self.is_signal.data == "y",
            channel=channel,
        )


class ReportEntryForm(TellForm):
    """The same, typed by staff for somebody at the counter or on the phone."""

    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))])
    settlement_code = ChoiceField(_("Населено място"), default="")
    channel = RadioField(
        _("Как идва сигналът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[1],
        validate_choice=False,
    )

    def offer(self, kinds: Sequence[str], names: Names) -> None:
        """Kinds and settlements to choose from."""
        self.kind.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(kind, KINDS[kind].title) for kind in kinds
        ]
        self.settlement_code.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(code, name.get(current_language()) or name["bg"])
            for code, name in names.items()
        ]

    def validate_settlement_code(self, field: ChoiceField) -> None:
        """Raises ValidationError: chosen wherever the municipality has any."""
        if not field.data and len(field.choices) > 1:
            raise ValidationError(gettext("Изберете място"))

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError."""
        self.settlement = self.settlement_code.data or ""
        super().validate_point(field)


class FollowForm(NumberAndCodeForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="reports:report.follow", most=30)


class WordsForm(FlaskForm):
    """Words about a report, seen in one version."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(_("Текст"), [DataRequired(_("Напишете текста")), at_most(MOST_WORDS)])

    def __init__(self, *args: Any, label: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if label:
            self.words.label.text = label

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data)


class NotFixedForm(PhotosForm):
    """Anybody shows with a photograph that a report is not mended."""

    rate_limit = RateLimit(thing="reports:report.challenge", most=10)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Какво не е оправено?"), [DataRequired(_("Напишете текста")), at_most(MOST_WORDS)]
    )
    photos = MultipleFileField(_("Снимка как е сега"))

    def validate_photos(self, field: Field) -> None:
        """Raises ValidationError."""
        if not 0 < len(self.streams()) <= MOST:
            raise ValidationError(
                gettext("Добавете поне една снимка, най-много %(most)s", most=MOST)
            )

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data)


class DisputeForm(WordsForm):
    """The sender says that an outcome is none, and may show it."""

    words = TextAreaField(
        _("Какво не е оправено?"), [DataRequired(_("Напишете текста")), at_most(MOST_WORDS)]
    )
    photos = MultipleFileField(_("Снимка как е сега"), [Optional()])

    def streams(self) -> Sequence[BinaryIO]:
        """The photographs that came."""
        return [file.stream for file in self.photos.data or () if file and file.filename]


class ReportOutcomeForm(WordsForm):
    """How a report ends: mended, whole or in part, with a photograph; refused; not ours."""

    outcome = RadioField(
        _("Какъв е резултатът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("fixed", _("Решен"), render_kw={"hint": _("Трябва снимка след ремонта.")}),
            SelectChoice(
                "half",
                _("Решен отчасти"),
                render_kw={"hint": _("Трябва снимка. Кажете какво остава и до кога.")},
            ),
            SelectChoice(
                "refused", _("Приключен без действие"), render_kw={"hint": _("Кажете защо.")}
            ),
            SelectChoice(
                "passed-on", _("Не е на общината"), render_kw={"hint": _("Кажете към кого.")}
            ),
        ],
        validate_choice=False,
    )
    photos = MultipleFileField(_("Снимка след ремонта"), [Optional()])

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in {way.name for way in OUTCOMES}:
            raise ValidationError(gettext("Изберете отговор"))

    def streams(self) -> Sequence[BinaryIO]:
        """The photographs that came."""
        return [file.stream for file in self.photos.data or () if file and file.filename]

    def proof(self) -> Sequence[BinaryIO]:
        """The photographs, where the outcome is shown by them."""
        return self.streams() if WAYS[self.outcome.data] in PROVEN_BY_PHOTO else ()


class ReportHandOverForm(WordsForm):
    """To which body, what was written to it, when somebody is reminded to ask."""

    body = RadioField(
        _("На коя служба?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, title) for word, title in BODIES.items()],
        validate_choice=False,
    )
    remind_on = DateField(_("Кога да Ви напомним да питате"), [DataRequired(_("Въведете ден"))])

    def validate_body(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in BODIES:
            raise ValidationError(gettext("Изберете отговор"))

    def handed(self) -> dict[str, Any]:
        """As typed. Only for a form that has passed its checks."""
        version = self.expected_version.data
        return {
            "body": self.body.data,
            "remind_on": self.remind_on.data,
            "expected_version": version,
        }


class MergeForm(FlaskForm):
    """The number of the report that was there first."""

    expected_version = ExpectedVersionField()
    number = StringField(
        _("Номер на първия сигнал"), [DataRequired(_("Напишете номера")), at_most(20)]
    )


class SortForm(FlaskForm):
    """Kind, term, what everybody reads and sees."""

    expected_version = ExpectedVersionField()
    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))])
    due_on = DateField(_("Срок"), [DataRequired(_("Въведете ден"))])
    public_words = StringField(
        _("Какво да пише на публичната страница"), [Optional(), at_most(200)]
    )
    is_verified = BooleanField(_("Проверено е: може да се вижда публично"))
    shows_photos = BooleanField(_("На снимките няма лица и номера: може да се показват"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind.choices = [SelectChoice(word, kind.title) for word, kind in KINDS.items()]

    def sorting(self) -> Sorting:
        """As typed. Only for a form that has passed its checks."""
        return Sorting(
            kind=self.kind.data,
            due_on=self.due_on.data,
            public_words=(self.public_words.data or "").strip(),
            is_verified=self.is_verified.data,
            shows_photos=self.shows_photos.data,
        )


class CoverForm(FlaskForm):
    """Rectangles of a photograph that nobody is to see any more."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    areas = AreasField(
        _("Места на снимката"),
        [DataRequired(_("Посочете поне едно място на снимката")), at_most(900)],
    )

    def validate_areas(self, field: AreasField) -> None:
        """Raises ValidationError."""
        if field.areas is None:
            raise ValidationError(
                gettext("Напишете на всеки ред по четири числа от 0 до 100, например 40 20 15 10")
            )


class AssignForm(FlaskForm):
    """To whom a report goes."""

    expected_version = ExpectedVersionField()
    to = ChoiceField(_("На кого?"), [DataRequired(_("Изберете отговор"))])

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues to choose from, by id."""
        self.to.choices = [SelectChoice("", _("Изберете колега"))] + [
            SelectChoice(key, name) for key, name in people.items()
        ]


class _TeamFields(FlaskForm):
    name = StringField(_("Име на екипа"), [DataRequired(_("Напишете името")), at_most(60)])
    members = ChoicesField(_("Хора"), [DataRequired(_("Изберете поне един човек"))])

    def offer(self, people: Mapping[UUID, str]) -> None:
        """Who may be in it."""
        self.members.choices = [SelectChoice(str(key), name) for key, name in people.items()]

    def team(self) -> tuple[str, Collection[UUID]]:
        """As typed. Only for a form that has passed its checks."""
        return " ".join(self.name.data.split()), [UUID(one) for one in self.members.data]


class TeamForm(_TeamFields):
    """A new team: its name, who is in it."""

    request_id = UuidField(default=uuid4)


class TeamChangeForm(_TeamFields):
    """The same of a team that is there."""

    expected_version = ExpectedVersionField()

    def show(self, name: str, members: Collection[UUID]) -> None:
        """As it is now."""
        self.name.data, self.members.data = name, [str(one) for one in members]


class PassToTeamForm(FlaskForm):
    """To which team a report goes, with a note for it."""

    expected_version = ExpectedVersionField()
    to = ChoiceField(_("На кой екип?"), [DataRequired(_("Изберете отговор"))])
    words = TextAreaField(_("Бележка"), [Optional(), at_most(MOST_WORDS)])

    def offer(self, teams: Mapping[UUID, str]) -> None:
        """The teams to choose from."""
        self.to.choices = [SelectChoice("", _("Изберете екип"))] + [
            SelectChoice(str(key), name, render_kw={"lang": SOURCE}) for key, name in teams.items()
        ]

    def said(self) -> str:
        """The note; nothing where there is none."""
        return lines_of(self.words.data or "")


_AT: dict[type[DomainError], str] = {
    **dict.fromkeys((FileRefused, TooManyPhotos, PhotoNeeded), "photos"),
    **{NameNeeded: "name", CannotBePrinted: "words"},
}


def put_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at=_AT)


def labels() -> dict[str, Any]:
    """Kinds and states as templates take them."""
    return {
        "kinds": KINDS,
        "states": STATES,
        "colours": COLOURS,
        "ways": WAYS,
        "bodies": BODIES,
        "told": TOLD,
        "steps": {number: step.reached for number, step in STEPS.items()},
    }


def council_head() -> Sequence[str]:
    """The columns of the council's list."""
    days = gettext("Просрочен с толкова дни")
    where = (gettext("Номер"), gettext("Вид"), gettext("Населено място"))
    return (*where, gettext("Какво"), gettext("Срок"), days, gettext("Състояние"))


def council_rows(reports: Sequence[Report], *, today: date) -> Iterator[Sequence[str]]:
    """A row of plain text for each of them."""
    place_of = words()["place_of"]
    for row in reports:
        where = (row.number, str(KINDS[row.kind].title), place_of(row.settlement) or "–")
        due = (day(row.due_on), str((today - row.due_on).days)) if row.due_on else ("–", "–")
        yield (*where, row.public_words or "–", *due, str(STATES[row.state]))


def words() -> dict[str, Any]:
    """The same with the places of the municipality. One read."""
    names = settlements_here(current_uow())
    return labels() | {
        "names": names,
        "place_of": lambda code: name_of(code, names, current_language()),
    }
