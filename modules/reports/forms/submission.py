"""Forms of telling a report and finding it: by its sender, by staff for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.reports.services.kinds import Kind
from obshto.modules.reports.services.photos import MOST
from obshto.modules.reports.services.submission import ReportWords
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.rate_limit.forms import RateLimitedForm, sender_here
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.device import device_token
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language
from obshto.platform.web.place_field import PlaceField
from obshto.tenants.api import Names, is_near

# A question follows, nobody is locked out: the same lamp is told once, a storm breaks many trees.
DEVICE = "reports"  # the cookie of who tells or disputes without an account
BY_DEVICE = RateLimit(thing="reports:report.send-by-device", most=10)
BY_PLACE = RateLimit(thing="reports:report.send-by-place", most=6)


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
    wants_cover = BooleanField(_("На снимките има лица или номера на коли: закрийте ги вместо мен"))
    may_be_passed = BooleanField(
        _("Ако е за съседна община, предайте ѝ го: с това, което написах, и с връзката с мен")
    )
    settlement = ""

    def limits_besides(self) -> Iterable[tuple[RateLimit, str]]:
        """By the device, and by the place as this device tells of it; a place has 100 by 80 m.

        Who shows no device is counted by the network, as `rate_limit` does.
        """
        device, point = device_token(DEVICE), self.point.point
        if device:
            yield BY_DEVICE, device
        who = device or sender_here().neighbourhood
        if place := "{:.3f},{:.3f}".format(*point) if point else self.village():
            yield BY_PLACE, f"{who}|{place}"

    def village(self) -> str:
        """The settlement that was chosen."""
        return self.settlement

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
            may_be_passed=self.may_be_passed.data,
            wants_cover=self.wants_cover.data and bool(self.streams()),
        )


class WholeTellForm(TellForm):
    """The same with kind and settlement, where no page before it asked for them."""

    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))])
    settlement_code = ChoiceField(_("Населено място"), default="")

    def offer(self, kinds: Mapping[str, Kind], names: Names) -> None:
        """Kinds and settlements to choose from."""
        self.kind.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(word, kind.title) for word, kind in kinds.items()
        ]
        self.settlement_code.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(code, name.get(current_language()) or name["bg"])
            for code, name in names.items()
        ]

    def village(self) -> str:
        """The settlement that is chosen in the form itself."""
        return self.settlement_code.data or ""

    def validate_settlement_code(self, field: ChoiceField) -> None:
        """Raises ValidationError: chosen wherever the municipality has any."""
        if not field.data and len(field.choices) > 1:
            raise ValidationError(gettext("Изберете място"))

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError."""
        self.settlement = self.village()
        super().validate_point(field)


class SavedTellForm(WholeTellForm):
    """The copy that a phone keeps for when it has no network: the phone gives it its id."""

    request_id = UuidField(default=None)


class ReportEntryForm(WholeTellForm):
    """The same, typed by staff for somebody at the counter or on the phone."""

    channel = RadioField(
        _("Как идва сигналът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[1],
        validate_choice=False,
    )

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))
