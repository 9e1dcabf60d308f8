"""Forms of teams: who is in one, what goes to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from obshto.modules.reports.services.report_actions import MOST_WORDS
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE


class _TeamFields(FlaskForm):
    name = StringField(_("Име на екипа"), [DataRequired(_("Напишете името")), at_most(60)])
    members = ChoicesField(_("Хора"), [DataRequired(_("Изберете поне един човек"))])

    def offer(self, people: Mapping[UUID, str]) -> None:
        """Who may be in it."""
        self.members.choices = [SelectChoice(str(key), name) for key, name in people.items()]

    def team(self) -> tuple[str, Collection[UUID]]:
        """As typed. Only for a form that has passed its checks."""
        return " ".join(self.name.data.split()), [UUID(one) for one in self.members.data]


class TeamForm(_TeamFields):
    """A new team: its name, who is in it."""

    request_id = UuidField(default=uuid4)


class TeamChangeForm(_TeamFields):
    """The same of a team that is there."""

    expected_version = ExpectedVersionField()


class PassToTeamForm(FlaskForm):
    """To which team a report goes, with a note for it."""

    expected_version = ExpectedVersionField()
    to = ChoiceField(_("На кой екип?"), [DataRequired(_("Изберете отговор"))])
    words = TextAreaField(_("Бележка"), [Optional(), at_most(MOST_WORDS)])

    def offer(self, teams: Mapping[UUID, str]) -> None:
        """The teams to choose from."""
        self.to.choices = [SelectChoice("", _("Изберете екип"))] + [
            SelectChoice(str(key), name, render_kw={"lang": SOURCE}) for key, name in teams.items()
        ]

    def said(self) -> str:
        """The note; nothing where there is none."""
        return lines_of(self.words.data or "")
