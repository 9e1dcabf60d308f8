"""Form of one invitation."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import DataRequired, Optional, Regexp

from obshto.platform.web.forms import FlaskForm, UuidField, at_most

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z"
_ADDRESS = (at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")))


class InvitationForm(FlaskForm):
    """A group to invite, by a letter or on paper."""

    request_id = UuidField(default=uuid4)
    name = StringField(_("Име на организацията"), [DataRequired(_("Напишете името")), at_most(200)])
    email = StringField(_("Имейл"), [Optional(), *_ADDRESS])


class LetterInvitationForm(InvitationForm):
    """The same where only a letter invites."""

    email = StringField(_("Имейл"), [DataRequired(_("Напишете имейла")), *_ADDRESS])
