"""Forms of the review of access: beginning, taking a role."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

MOST = 500


class AccessReviewForm(FlaskForm):
    """One button: a review as of now."""

    request_id = UuidField(default=uuid4)


class TakeRoleForm(FlaskForm):
    """The reason for which a role is taken."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо отнемате ролята"),
        [DataRequired(_("Напишете защо отнемате ролята")), at_most(MOST)],
    )


class EndReviewForm(FlaskForm):
    """One button: the review is over."""

    expected_version = ExpectedVersionField()
