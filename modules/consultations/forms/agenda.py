"""Form by which an outcome goes to a meeting's agenda."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from obshto.platform.web.forms import ChoiceField, FlaskForm, UuidField


class AgendaForm(FlaskForm):
    """Which meeting; the next one stands first."""

    request_id = UuidField(default=uuid4)
    meeting = ChoiceField(_("На коя среща?"), [DataRequired(_("Изберете среща"))])

    def offer(self, meetings: Mapping[str, LazyString | str]) -> None:
        """Titles by id, in the words of staff."""
        self.meeting.choices = [
            SelectChoice(key, title, render_kw={"lang": "bg"}) for key, title in meetings.items()
        ]
