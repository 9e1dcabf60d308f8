"""What admins fill in about people."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Regexp

from obshto.platform.permissions import Role
from obshto.platform.web.forms import FlaskForm, SeenField, UuidField, at_most
from obshto.platform.web.language import SOURCE
from obshto.tenants.people.roles import ROLES, STAFF_ROLES

NAME, ADDRESS = 120, 254
# The provider sends a letter there, which is the real proof; this catches slips.
ADDRESS_SHAPE = r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$"
GIVEN = [role for role in Role if role in STAFF_ROLES]  # in their own order


class _Roles(FlaskForm):
    roles = SelectMultipleField(
        _("Роли"), choices=[SelectChoice(role.value, role.label) for role in GIVEN]
    )

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [ROLES[word] for word in self.roles.data or ()]


class RolesForm(_Roles):
    """The roles that somebody holds; `seen` is the state of their rights that was shown."""

    seen = SeenField()


class InviteForm(_Roles):
    """Whom to ask in, and what they will be able to do."""

    request_id = UuidField(default=uuid4)
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
        }
