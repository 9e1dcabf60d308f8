"""What is filled in to connect a profile, and to show a network in the portal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from obshto.modules.feeds.services.sources import KINDS, Wanted
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

ADDRESS, TOKEN, TITLE = 500, 500, 120
# By the word of a network: what somebody fills in there.
ACCOUNTS = {"telegram": _("Име на канала"), "bluesky": _("Име на профила")}
TOKENS = {
    "telegram": _("Код за достъп на бота"),
    "viber": _("Код за достъп на канала"),
    "bluesky": _("Парола за приложението"),
}


class ConnectForm(FlaskForm):
    """`request_id` makes a repeated click find the first result."""

    address = StringField(
        _("Адрес на сървъра"), [DataRequired(_("Въведете адреса на сървъра")), at_most(ADDRESS)]
    )
    token = PasswordField(
        _("Код за достъп"), [DataRequired(_("Въведете кода за достъп")), at_most(TOKEN)]
    )
    request_id = UuidField(default=uuid4)

    def profile(self) -> dict[str, Any]:
        """What is to be connected."""
        token, address = self.token.data.strip(), self.address.data
        return {"kind": "mastodon", "token": token, "address": address}


class FacebookForm(FlaskForm):
    """`request_id` makes a repeated click find the first result."""

    token = PasswordField(
        _("Код за достъп"), [DataRequired(_("Въведете кода за достъп")), at_most(TOKEN)]
    )
    is_regional = BooleanField(_("Това е страницата на областта, в която пишат и други общини"))
    request_id = UuidField(default=uuid4)

    def profile(self) -> dict[str, Any]:
        """What is to be connected."""
        token, is_regional = self.token.data.strip(), self.is_regional.data
        return {"kind": "facebook", "token": token, "is_regional": is_regional}


class AccountForm(FlaskForm):
    """A profile whose name is asked for beside its token; `request_id` makes a repeated click find
    the first result.
    """

    account = StringField("", [DataRequired(_("Въведете името")), at_most(TITLE)])
    token = PasswordField("", [DataRequired(_("Въведете кода за достъп")), at_most(TOKEN)])
    request_id = UuidField(default=uuid4)

    def fit(self, kind: str) -> None:
        """As that network calls them; Viber knows whose token it is."""
        self.kind = kind
        self.account.label.text = ACCOUNTS.get(kind, "")
        self.token.label.text = TOKENS[kind]
        if kind not in ACCOUNTS:
            del self.account

    def profile(self) -> dict[str, Any]:
        """What is to be connected. Whoever copied the address of a profile named it, too."""
        typed = self.account.data.strip().rstrip("/") if "account" in self else ""
        name = typed.rpartition("/")[2].removeprefix("@")
        account = f"@{name}" if self.kind == "telegram" else name
        return {"kind": self.kind, "token": self.token.data.strip(), "account": account}


class RenewForm(FlaskForm):
    """A new token of the same profile."""

    token = PasswordField(
        _("Нов код за достъп"), [DataRequired(_("Въведете кода за достъп")), at_most(TOKEN)]
    )
    expected_version = ExpectedVersionField()


class SourceForm(FlaskForm):
    """`request_id` makes a repeated click find the first result."""

    kind = RadioField(
        _("Какво е това"),
        [InputRequired(_("Изберете какво е това"))],
        choices=[SelectChoice(kind, label) for kind, label in KINDS.items()],
    )
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адреса")), at_most(ADDRESS)])
    title = StringField(_("Как да се казва в портала"), [Optional(), at_most(TITLE)])
    request_id = UuidField(default=uuid4)

    def wanted(self) -> Wanted:
        """What was typed, without the blanks around it."""
        return Wanted(
            kind=self.kind.data,
            address=self.address.data.strip(),
            title=(self.title.data or "").strip(),
        )
