"""Forms of voters: registering, checking, the municipality's list, paper."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.voters.services.kinds import DELIVERIES, POST, REASONS
from obshto.modules.voters.services.registrations import VoterWords
from obshto.modules.voters.services.voter_list import LARGEST
from obshto.platform.clock import today
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_egn, checked_phone
from obshto.platform.petitions.forms import choice_field, refuse_other
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most
from obshto.platform.web.language import LANGUAGES, SOURCE

NAME, ADDRESS, PHONE, EGN = 70, 150, 40, 20  # a letter is one page
CREDENTIAL = 1_000


def right_egn(form: FlaskForm, field: Field) -> None:
    """Ten digits from then on. Raises ValidationError."""
    try:
        field.data = checked_egn(field.data, today=today())
    except InvalidValue as why:
        raise ValidationError(str(why)) from None


_egn = [DataRequired(_("Въведете ЕГН")), at_most(EGN), right_egn]


class VoterFields(FlaskForm):
    """Who registers, how the letter comes and in which language."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име и фамилия, както са в личната карта"),
        [DataRequired(_("Въведете име и фамилия")), at_most(NAME)],
    )
    egn = StringField(_("ЕГН"), _egn)
    delivery = choice_field(_("Как да получавате писмото с кода?"), DELIVERIES)
    address = StringField(_("Адрес за писмото, ако е по пощата"), [at_most(ADDRESS)])
    language = RadioField(
        _("На какъв език да е писмото?"),
        choices=[SelectChoice(c, name, render_kw={"lang": c}) for c, name in LANGUAGES.items()],
        validate_choice=False,
        default=SOURCE,
    )
    phone = StringField(_("Телефон"), [Optional(), at_most(PHONE)])

    def validate_delivery(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, DELIVERIES)

    def validate_language(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, LANGUAGES)

    def validate_address(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.delivery.data == POST and not (field.data or "").strip():
            raise ValidationError(gettext("Въведете адреса, на който да дойде писмото"))

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        try:
            checked_phone(field.data)
        except InvalidValue as why:
            raise ValidationError(str(why)) from None

    def told(self) -> VoterWords:
        """As typed. Only for a form that has passed its checks."""
        return VoterWords(
            egn=self.egn.data,
            name=" ".join(self.name.data.split()),
            phone=checked_phone(self.phone.data) if self.phone.data else "",
            delivery=self.delivery.data,
            language=self.language.data,
            address=" ".join((self.address.data or "").split()),
        )


class OwnRegistrationForm(VoterFields, RateLimitedForm):
    """By the person; the limit stands against trying out other people's numbers."""

    rate_limit = RateLimit(thing="voters:registration.asked", most=10)


class CounterRegistrationForm(VoterFields):
    """By a clerk who has the identity document in hand."""

    has_seen = BooleanField(
        _("Видях документа за самоличност и данните са като в него"),
        [DataRequired(_("Регистрира се само срещу документ за самоличност"))],
    )
    replaces = BooleanField(_("Ако с това ЕГН вече има регистрация, заменете я с тази"))


class EgnForm(FlaskForm):
    """A search by personal number; it travels in the body and is kept nowhere."""

    request_id = UuidField(default=uuid4)
    egn = StringField(_("ЕГН"), _egn)


class RefuseVoterForm(FlaskForm):
    """Why not."""

    expected_version = ExpectedVersionField()
    reason = choice_field(
        _("Защо отказвате?"), {word: name for word, name in REASONS.items() if word != "replaced"}
    )

    def validate_reason(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, REASONS)


class VoterListForm(FlaskForm):
    """A table of the municipality."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Списък с право на глас"))

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(gettext("Изберете файл"))

    def sent(self) -> bytes:
        """What stands in it; a larger one is refused by its size."""
        return bytes(self.file.data.stream.read(LARGEST + 1))


class FreezeRollForm(FlaskForm):
    """A button."""

    request_id = UuidField(default=uuid4)


class DropRollForm(FlaskForm):
    """A button, after it was asked once more."""

    expected_version = ExpectedVersionField()


class PaperBallotForm(FlaskForm):
    """The public code of the letter, from the commission's computer."""

    request_id = UuidField(default=uuid4)
    credential = TextAreaField(
        _("Публичен код на писмото"),
        [DataRequired(_("Въведете публичния код")), at_most(CREDENTIAL)],
    )
