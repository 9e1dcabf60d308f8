"""What somebody says who could not use the portal."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from obshto.platform.accessibility.services import BarrierReport
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import UuidField, at_most

PAGE, WORDS, CONTACT = 300, 1_000, 120


class BarrierForm(RateLimitedForm):
    """Only what happened must be said."""

    rate_limit = RateLimit(thing="accessibility:barrier.tell")
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Какво не успяхте да прочетете или да направите?"),
        [DataRequired(_("Напишете какво Ви попречи")), at_most(WORDS)],
    )
    page = StringField(_("На коя страница"), [Optional(), at_most(PAGE)])
    contact = StringField(_("Телефон или имейл за отговор"), [Optional(), at_most(CONTACT)])

    def told(self) -> BarrierReport:
        """The words without the blanks around them."""
        said = {name: (self[name].data or "").strip() for name in ("page", "words", "contact")}
        return BarrierReport(**said)
