"""Forms of a councillor and of a committee."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.council.models import Committee, CommitteeSeat, Councillor
from obshto.modules.council.services.members import NAMES, CommitteeDetails, CouncillorDetails
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

YEARS = range(1990, 2101)
LINE, ABOUT = 160, 1_000


def check_year(form: Any, field: Any) -> None:
    """Raises ValidationError for a year that is a slip."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(_("Проверете годината"))


class CouncillorForm(FlaskForm):
    """A councillor; `request_id` enters one once, `expected_version` guards a change."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    name = StringField(_("Имена"), [DataRequired(_("Въведете имената")), at_most(LINE)])
    party = StringField(_("Партия или група"), [Optional(), at_most(LINE)])
    contact = StringField(_("Служебен телефон, имейл или приемно време"), [at_most(LINE)])
    is_chair = BooleanField(_("Председател на общинския съвет"))
    begins_on = DayField(
        _("Мандат от"), [DataRequired(_("Въведете деня, от който е съветник")), check_year]
    )
    ends_on = DayField(_("Мандат до"), [Optional(), check_year])

    def details(self) -> CouncillorDetails:
        """As typed. Only for a form that has passed its checks."""
        told: dict[str, Any] = {name: self[name].data for name in NAMES}
        for name in ("name", "party", "contact"):
            told[name] = (told[name] or "").strip()
        return CouncillorDetails(**told)


def shown_councillor(row: Councillor) -> dict[str, Any]:
    """Initial data of the form."""
    return {name: getattr(row, name) for name in NAMES} | {"expected_version": row.version}


class CommitteeForm(FlaskForm):
    """A committee with its members and chair."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    title = StringField(_("Име на комисията"), [DataRequired(_("Въведете името")), at_most(LINE)])
    about = TextAreaField(_("С какво се занимава"), [Optional(), at_most(ABOUT)])
    members = ChoicesField(_("Членове"), [Optional()])
    chair = ChoiceField(_("Председател"), [Optional()])

    def offer(self, voters: Iterable[Councillor]) -> None:
        """Those who have a term today."""
        named: list[Any] = [(str(one.id), one.name, {"lang": "bg"}) for one in voters]
        self.members.choices = named
        self.chair.choices = [("", _("Още не е избран")), *named]

    def details(self) -> CommitteeDetails:
        """As typed. Only for a form that has passed its checks."""
        return CommitteeDetails(
            title=(self.title.data or "").strip(),
            about=lines_of(self.about.data or ""),
            members=frozenset(UUID(one) for one in self.members.data or ())
            | ({UUID(self.chair.data)} if self.chair.data else set()),
            chair=UUID(self.chair.data) if self.chair.data else None,
        )


def shown_committee(row: Committee, seats: Iterable[CommitteeSeat]) -> dict[str, Any]:
    """Initial data of the form."""
    seats = list(seats)
    return {
        "title": row.title,
        "about": row.about,
        "members": [str(seat.councillor_id) for seat in seats],
        "chair": next((str(seat.councillor_id) for seat in seats if seat.is_chair), ""),
        "expected_version": row.version,
    }
