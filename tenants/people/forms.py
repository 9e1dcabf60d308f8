"""What admins fill in about people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Regexp

from obshto.platform.permissions import Role
from obshto.platform.web.forms import FlaskForm, at_most
from obshto.tenants.people.roles import ROLES, STAFF_ROLES

NAME, ADDRESS = 120, 254
# The provider sends a letter there, which is the real proof; this catches slips.
ADDRESS_SHAPE = r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$"
GIVEN = [role for role in Role if role in STAFF_ROLES]  # in their own order


class RolesForm(FlaskForm):
    """The roles that somebody holds."""

    roles = SelectMultipleField(
        _("Роли"), choices=[SelectChoice(role.value, role.label) for role in GIVEN]
    )

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [ROLES[word] for word in self.roles.data or ()]


class InviteForm(RolesForm):
    """Whom to ask in, and what they will be able to do."""

    name = StringField(_("Име и фамилия"), [DataRequired(_("Въведете името")), at_most(NAME)])
    email = EmailField(
        _("Служебен имейл"),
        [
            DataRequired(_("Въведете имейла")),
            at_most(ADDRESS),
            Regexp(ADDRESS_SHAPE, message=_("Въведете имейл като ime@kula.bg")),
        ],
    )
