"""Forms of services that go from one municipality to another."""

from __future__ import annotations

from collections.abc import Collection
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from obshto.modules.eservices.forms.acts import printable
from obshto.modules.eservices.forms.designer import LONG
from obshto.modules.eservices.services.design.parts import PARTS
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

OURS, THEIRS = "ours", "theirs"
CHOICES = (SelectChoice(OURS, _("Остава нашето")), SelectChoice(THEIRS, _("Идва тяхното")))


class TakeServiceForm(FlaskForm):
    """One button: `request_id` makes a repeated click find the first draft."""

    request_id = UuidField(default=uuid4)


class AcceptVersionForm(FlaskForm):
    """Yes to a version. A choice for each part that both municipalities changed."""

    expected_version = ExpectedVersionField()

    @property
    def kept(self) -> list[str]:
        """The parts that stay as they are here."""
        return [part for part in PARTS if part in self and self[part].data == OURS]


def accept_form(to_choose: Collection[str]) -> AcceptVersionForm:
    """The form of one version."""
    needed = [DataRequired(_("Изберете отговор"))]
    boxes = {
        part: RadioField(PARTS[part][0], needed, choices=CHOICES)
        for part in PARTS
        if part in to_choose
    }
    form: AcceptVersionForm = type("AcceptVersion", (AcceptVersionForm,), boxes)()
    return form


class DeclineVersionForm(FlaskForm):
    """Why a municipality stays with what it has."""

    expected_version = ExpectedVersionField()
    because = TextAreaField(
        _("Защо не я приемате?"),
        [DataRequired(_("Напишете причината")), at_most(LONG), printable],
        description=_("Общината, от която е услугата, ще прочете това"),
    )
