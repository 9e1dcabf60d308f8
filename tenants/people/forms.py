"""What admins fill in about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Regexp

from obshto.platform.permissions import Permission
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most
from obshto.platform.web.language import SOURCE
from obshto.tenants.people.models import OwnRole
from obshto.tenants.people.roles import Held

NAME, ADDRESS, ROLE_NAME = 120, 254, 60
# The provider sends a letter there, which is the real proof; this catches slips.
ADDRESS_SHAPE = r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$"


def spoken_in(role: Held) -> dict[str, Any] | None:
    """The municipality calls its own roles in Bulgarian."""
    return {"lang": SOURCE} if isinstance(role, OwnRole) else None


class _Roles(FlaskForm):
    roles = SelectMultipleField(_("Роли"))

    def offer(self, roles: Iterable[Held]) -> None:
        """What can be given here."""
        self.roles.choices = [
            SelectChoice(role.value, role.label, render_kw=spoken_in(role)) for role in roles
        ]

    def chosen(self) -> list[str]:
        """The roles that were ticked."""
        return list(self.roles.data or ())


class RoleForm(FlaskForm):
    """A role of the municipality's own: how it is called, what it allows."""

    name = StringField(
        _("Име на ролята"), [DataRequired(_("Въведете име на ролята")), at_most(ROLE_NAME)]
    )
    words = SelectMultipleField(
        _("Какво може"), validators=[DataRequired(_("Изберете поне едно нещо"))]
    )

    def offer(self, words: Iterable[Permission]) -> None:
        self.words.choices = [SelectChoice(word.value, word.label) for word in words]

    def said(self) -> dict[str, Any]:
        """What the role is to be."""
        return {"name": self.name.data.strip(), "words": self.words.data}


class NewRoleForm(RoleForm):
    request_id = UuidField(default=uuid4)


class EditRoleForm(RoleForm):
    expected_version = ExpectedVersionField()


class RolesForm(_Roles):
    """The roles that somebody holds; `expected_version` is the state of rights that was shown."""

    expected_version = ExpectedVersionField()


class InviteForm(_Roles):
    """Whom to ask in, and what they will be able to do.

    `replaces` is the waiting invitation that the page showed beside the new one.
    """

    request_id = UuidField(default=uuid4)
    replaces = HiddenField()
    name = StringField(_("Име и фамилия"), [DataRequired(_("Въведете името")), at_most(NAME)])
    email = EmailField(
        _("Служебен имейл"),
        [
            DataRequired(_("Въведете имейла")),
            at_most(ADDRESS),
            Regexp(ADDRESS_SHAPE, message=_("Въведете имейл като ime@kula.bg")),
        ],
    )

    def invitation(self) -> dict[str, Any]:
        """What `invite` is told."""
        return {
            "email": self.email.data.strip(),
            "name": self.name.data.strip(),
            "roles": self.chosen(),
            "language": SOURCE,
            "request_id": self.request_id.data,
            "replaces": self.replaces.data or "",
        }
