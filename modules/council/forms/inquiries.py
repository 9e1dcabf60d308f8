"""Forms of the register of councillors' questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.council.forms.members import LINE, check_year
from obshto.modules.council.models import Councillor, Inquiry
from obshto.modules.council.services.inquiries import InquiryDetails
from obshto.platform.clock import today
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

LONGEST = 10_000


def _not_ahead(form: Any, field: Any) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("Денят още не е дошъл"))


class InquiryForm(FlaskForm):
    """A question as it was put."""

    request_id = UuidField(default=uuid4)
    councillor = ChoiceField(_("Кой пита"), [DataRequired(_("Изберете съветник"))])
    addressee = StringField(_("До кого"), [DataRequired(_("Напишете до кого е")), at_most(LINE)])
    title = StringField(_("За какво е"), [DataRequired(_("Напишете за какво е")), at_most(LINE)])
    words = TextAreaField(_("Питане"), [DataRequired(_("Препишете питането")), at_most(LONGEST)])
    asked_on = DayField(
        _("Зададено на"), [DataRequired(_("Въведете деня")), check_year, _not_ahead]
    )

    def offer(self, members: Iterable[Councillor]) -> None:
        """Those who may ask."""
        named = [(str(one.id), one.name, {"lang": "bg"}) for one in members]
        self.councillor.choices = [("", gettext("Изберете")), *named]

    def details(self) -> InquiryDetails:
        """As typed. Only for a form that has passed its checks."""
        assert self.asked_on.data
        return InquiryDetails(
            councillor_id=UUID(self.councillor.data),
            title=(self.title.data or "").strip(),
            words=lines_of(self.words.data or ""),
            addressee=(self.addressee.data or "").strip(),
            asked_on=self.asked_on.data,
        )


class InquiryAnswerForm(FlaskForm):
    """The answer, as it was given."""

    expected_version = ExpectedVersionField()
    answer = TextAreaField(_("Отговор"), [DataRequired(_("Напишете отговора")), at_most(LONGEST)])
    answered_on = DayField(
        _("Отговорено на"), [DataRequired(_("Въведете деня")), check_year, _not_ahead]
    )


def shown_answer(row: Inquiry) -> dict[str, Any]:
    """Initial data of the form of an answer."""
    return {
        "answer": row.answer,
        "answered_on": row.answered_on or today(),
        "expected_version": row.version,
    }
