"""Forms of a municipality's own kinds of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from obshto.modules.reports.models import OwnReportKind
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.own_kinds import KindEntry
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import SOURCE

MOST_DAYS = 60  # two months, as long as the law gives for a signal (АПК чл. 121)
ICONS = {kind.icon: kind.title for kind in reversed([*KINDS.values()])}
_NAME = [DataRequired(_("Напишете името")), at_most(40)]


class _KindFields(FlaskForm):
    name_bg = StringField(_("Име на български"), _NAME)
    name_en = StringField(_("Име на английски"), _NAME)
    name_ro = StringField(_("Име на румънски"), _NAME)
    icon = ChoiceField(
        _("Картинка"),
        [DataRequired(_("Изберете картинка"))],
        choices=[SelectChoice(word, title) for word, title in ICONS.items()],
    )
    days = NumberField(
        _("За колко дни отговаряме"),
        [NumberRange(1, MOST_DAYS, message=_("Въведете число от 1 до 60"))],
        error=_("Въведете число от 1 до 60"),
    )
    team = ChoiceField(_("Екип"), [Optional()])
    needs_account = BooleanField(_("Подава се през портала само с профил"))

    def offer(self, teams: Mapping[UUID, str]) -> None:
        """The teams to choose from."""
        self.team.choices = [SelectChoice("", _("Никой: разпределя се ръчно"))] + [
            SelectChoice(str(key), name, render_kw={"lang": SOURCE}) for key, name in teams.items()
        ]

    def entry(self, kind: str) -> KindEntry:
        """As typed, within that common kind. Only for a form that has passed its checks."""
        names = {"bg": self.name_bg, "en": self.name_en, "ro": self.name_ro}
        return KindEntry(
            kind=kind,
            names={language: " ".join(field.data.split()) for language, field in names.items()},
            icon=self.icon.data,
            days=self.days.data,
            needs_account=self.needs_account.data,
            team_id=UUID(self.team.data) if self.team.data else None,
        )


class NewKindForm(_KindFields):
    """A new kind, within a common one."""

    request_id = UuidField(default=uuid4)
    kind = ChoiceField(
        _("Към кой общ вид"),
        [DataRequired(_("Изберете вид"))],
        choices=[SelectChoice("", _("Изберете"))]
        + [SelectChoice(word, kind.title) for word, kind in KINDS.items()],
    )


class KindChangeForm(_KindFields):
    """The same of a kind that is there; its common kind stays."""

    expected_version = ExpectedVersionField()


def shown_kind(row: OwnReportKind) -> dict[str, Any]:
    """What the form of a kind begins with."""
    names = {f"name_{language}": name for language, name in row.names.items()}
    more = {"team": str(row.team_id or ""), "needs_account": row.needs_account}
    return {**names, "icon": row.icon, "days": row.days, **more}
