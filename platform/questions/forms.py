"""Form of a question: the words, and where the answer goes."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import EmailField, Field, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.web.forms import EMAIL, UuidField, at_most


class QuestionForm(RateLimitedForm):
    """A question of at most so many characters; a module gives `rate_limit` and `most_words`."""

    most_words: ClassVar[int]
    request_id = UuidField(default=uuid4)
    words = TextAreaField(_("Вашият въпрос"), [DataRequired(_("Напишете въпроса си"))])
    email = EmailField(
        _("Имейл за отговора"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )

    def validate_words(self, field: Field) -> None:
        """Raises ValidationError."""
        at_most(self.most_words)(self, field)
