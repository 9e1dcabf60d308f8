"""Forms of who is invited to a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from obshto.modules.consultations.services.invitations import InvitedReaders
from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
)


class InvitedReadersForm(FlaskForm):
    """Whose subscribers are told besides those who follow consultations."""

    expected_version = ExpectedVersionField()
    topics = ChoicesField(_("Кои теми следят"), [Optional()])
    places = ChoicesField(_("Кои места следят"), [Optional()])

    def offer(self, topics: Mapping[str, Any], places: Mapping[str, str]) -> None:
        """What there is to choose from."""
        self.topics.choices = [SelectChoice(*pair) for pair in topics.items()]
        self.places.choices = [SelectChoice(*pair) for pair in places.items()]

    def chosen(self) -> InvitedReaders:
        """As ticked."""
        return InvitedReaders(self.topics.data or (), self.places.data or ())
