"""Forms of co-authors: whom to invite, how somebody wants to be named."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Regexp

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import EMAIL, FlaskForm, UuidField, at_most


class InviteForm(RateLimitedForm):
    """Where the invitation goes."""

    rate_limit = RateLimit(thing="proposals:coauthor.invite", most=10)
    request_id = UuidField(default=uuid4)
    email = StringField(
        _("Имейл на човека, когото каните"),
        [
            DataRequired(_("Въведете имейл")),
            at_most(120),
            Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")),
        ],
    )


class CoauthorNameForm(FlaskForm):
    """The name of a co-author, and whether everybody reads it."""

    name = StringField(_("Вашето име"), [DataRequired(_("Напишете името си")), at_most(120)])
    is_named = BooleanField(_("Покажете името ми до предложението"))
