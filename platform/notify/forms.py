"""What somebody wants to hear of, as they tick it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, Field, HiddenField, RadioField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from obshto.platform.notify.letter import is_address
from obshto.platform.notify.models import Channel, Pace, Subscriber
from obshto.platform.notify.push.subscription_keys import read_subscription
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.notify.subscribers import Wishes
from obshto.platform.notify.topics import Places, topics_here
from obshto.platform.notify.undelivered_letters import SETTLEMENTS
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.language import LANGUAGES, SOURCE, current_language

EVERYWHERE = "all"
EMAIL = 254  # characters of an address (RFC 5321 §4.5.3.1.3)
PACES = {
    Pace.AT_ONCE: (_("Веднага"), _("Писмо за всяко съобщение")),
    Pace.URGENT: (_("Само спешните"), _("Когато никой не може да чака до утре")),
    Pace.DAILY: (_("Веднъж на ден"), _("Едно писмо сутрин, а спешните веднага")),
    Pace.WEEKLY: (_("Веднъж седмично"), _("Едно писмо в понеделник, а спешните веднага")),
}

AT_ONCE = frozenset((Pace.AT_ONCE, Pace.URGENT))


class WishesForm(FlaskForm):
    """Topics, places, pace, language."""

    topics = ChoicesField(_("За какво да Ви пишем"), [InputRequired(_("Изберете поне едно нещо"))])
    places = ChoicesField(_("За кои места"), [InputRequired(_("Изберете поне едно място"))])
    pace = RadioField(
        _("Колко често"),
        [InputRequired(_("Изберете колко често"))],
        choices=[
            SelectChoice(pace.value, title, render_kw={"hint": hint})
            for pace, (title, hint) in PACES.items()
        ],
        validate_choice=False,
        default=Pace.AT_ONCE.value,
    )
    language = RadioField(
        _("На какъв език да Ви пишем"),
        choices=[SelectChoice(c, name, render_kw={"lang": c}) for c, name in LANGUAGES.items()],
        validate_choice=False,
        default=current_language,
    )

    def __init__(
        self, *args: Any, places: Places, channel: str = Channel.EMAIL, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if channel != Channel.EMAIL:  # several things in one letter are for a mailbox alone
            self.pace.choices = [one for one in self.pace.choices or () if one.value in AT_ONCE]
        language = current_language()
        self.topics.choices = [SelectChoice(word, title) for word, title in topics_here().items()]
        self.places.choices = [SelectChoice(EVERYWHERE, _("Цялата община"))] + [
            SelectChoice(code, name.get(language) or name[SOURCE]) for code, name in places.items()
        ]

    def validate_pace(self, field: Field) -> None:
        """One of those that are offered."""
        if field.data not in {one.value for one in self.pace.choices or ()}:
            raise ValidationError(gettext("Изберете колко често"))

    def validate_language(self, field: Field) -> None:
        """One of the three."""
        if field.data not in LANGUAGES:
            raise ValidationError(gettext("Изберете език"))

    def wishes(self) -> Wishes:
        """As ticked. Only for a form that has passed its checks."""
        chosen = self.places.data
        return Wishes(
            topics=tuple(self.topics.data),
            places=() if EVERYWHERE in chosen else tuple(chosen),
            pace=self.pace.data,
            language=self.language.data,
        )


def _email() -> EmailField:
    return EmailField(
        _("Имейл"), [DataRequired(_("Въведете имейл адрес")), at_most(EMAIL), _be_address]
    )


def _be_address(form: FlaskForm, field: Field) -> None:
    if not is_address(field.data.strip()):
        raise ValidationError(gettext("Въведете имейл адрес като ime@example.com"))


def phone_field(**more: Any) -> TelField:
    """A mobile phone as people write it."""
    wanted = DataRequired(_("Въведете номер на мобилен телефон"))
    return TelField(_("Мобилен телефон"), [wanted, at_most(30), _be_mobile], **more)


def _be_mobile(form: FlaskForm, field: Field) -> None:
    if read_number(field.data) is None:
        raise ValidationError(gettext("Въведете мобилен номер като 0888 123 456"))


class AddressForm(FlaskForm):
    """One button: to whom the letter was."""

    request_id = UuidField(default=uuid4)


class SettleForm(FlaskForm):
    """How the person was told; settling once more mends a slip."""

    expected_version = ExpectedVersionField()
    settlement = RadioField(
        _("Как човекът научи"),
        [InputRequired(_("Изберете как човекът научи"))],
        choices=[SelectChoice(word, title) for word, title in SETTLEMENTS.items()],
        validate_choice=False,
    )

    def validate_settlement(self, field: Field) -> None:
        """One of those that are offered."""
        if field.data not in SETTLEMENTS:
            raise ValidationError(gettext("Изберете как човекът научи"))


class SubscribeForm(RateLimitedForm, WishesForm):
    """Anybody may type anybody's address: a letter asks the reader of it."""

    rate_limit = RateLimit(thing="notify:subscriber.ask")
    email = _email()


class CounterForm(WishesForm):
    """The same, typed by a member of staff; `request_id` makes a repeated click harmless."""

    request_id = UuidField(default=uuid4)
    email = _email()


class PhoneForm(RateLimitedForm, WishesForm):
    """A code goes to the phone. Short messages cost money, so the brake is tight."""

    rate_limit = RateLimit(thing="notify:phone.ask", most=5)
    phone = phone_field()


class CounterPhoneForm(WishesForm):
    """The same, typed by a member of staff."""

    request_id = UuidField(default=uuid4)
    phone = phone_field()


class PushForm(RateLimitedForm, WishesForm):
    """The browser itself fills in where it is reached, after its owner agreed."""

    rate_limit = RateLimit(thing="notify:push.ask")
    subscription = HiddenField(validators=[at_most(4_000)], render_kw={"data-push": "subscription"})

    def validate_subscription(self, field: Field) -> None:
        """As a browser makes it."""
        if read_subscription(field.data or "") is None:
            raise ValidationError(
                gettext("Браузърът не даде разрешение за известия. Опитайте пак.")
            )


class CodeForm(FlaskForm):
    """The code that came to a phone."""

    phone = HiddenField(validators=[at_most(30)])
    code = StringField(
        _("Код от SMS"), [DataRequired(_("Въведете шестте цифри от SMS")), at_most(20)]
    )

    @property
    def digits(self) -> str:
        """Without what people put between them."""
        return "".join(sign for sign in self.code.data if sign.isdigit())


class CounterCodeForm(CodeForm):
    """The code as it is read out to a clerk, who sees the number."""

    request_id = UuidField(default=uuid4)
    phone = phone_field(id="code-phone")  # it stands beside the form that asks for the number


class ChangeForm(WishesForm):
    """`expected_version` is the version of the wishes that their owner had before their eyes."""

    expected_version = ExpectedVersionField()


def shown(subscriber: Subscriber, places: Places) -> dict[str, Any]:
    """What the form of a subscription shows at first; what is not offered any more is left out."""
    kept = [code for code in subscriber.places if code in places]
    return {
        "topics": [word for word in subscriber.topics if word in topics_here()],
        "places": kept if subscriber.places else [EVERYWHERE],
        "pace": subscriber.pace,
        "language": subscriber.language,
        "expected_version": subscriber.version,
    }
