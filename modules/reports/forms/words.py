"""Words of the pages of reports: kinds and states, places, the council's list, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from obshto.modules.reports.errors import (
    BodyNeeded,
    NameNeeded,
    NoSuchNeighbour,
    PassingNotAllowed,
    PhotoNeeded,
    TooManyPhotos,
)
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.escalation import STEPS
from obshto.modules.reports.services.kinds import BODIES, KINDS, kind_of
from obshto.modules.reports.services.own_kinds import kinds_here, own_kinds
from obshto.modules.reports.services.states import (
    COLOURS,
    STATES,
    TOLD,
    WAYS,
)
from obshto.platform.documents.errors import CannotBePrinted
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.formats import day
from obshto.platform.web.forms import (
    tell,
)
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import find_municipality, name_of, settlements_here

_AT: dict[type[DomainError], str] = {
    **dict.fromkeys((FileRefused, TooManyPhotos, PhotoNeeded), "photos"),
    **{NameNeeded: "name", CannotBePrinted: "words", BodyNeeded: "body"},
    **dict.fromkeys((NoSuchNeighbour, PassingNotAllowed), "municipality"),
}


def put_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at=_AT)


def body_of(report: Report) -> str:
    """Who has it outside: a body, or a neighbour municipality by its name."""
    there = find_municipality(report.neighbour) if report.neighbour else None
    return there.title(current_language()) if there else str(BODIES[report.body])


def labels() -> dict[str, Any]:
    """Kinds and states as templates take them."""
    return {
        "kinds": KINDS,
        "kind_of": kind_of,
        "states": STATES,
        "colours": COLOURS,
        "ways": WAYS,
        "body_of": body_of,
        "told": TOLD,
        "steps": {number: step.reached for number, step in STEPS.items()},
    }


def council_head() -> Sequence[str]:
    """The columns of the council's list."""
    days = gettext("Просрочен с толкова дни")
    where = (gettext("Номер"), gettext("Вид"), gettext("Населено място"))
    return (*where, gettext("Какво"), gettext("Срок"), days, gettext("Състояние"))


def council_rows(reports: Sequence[Report], *, today: date) -> Iterator[Sequence[str]]:
    """A row of plain text for each of them."""
    place_of = words()["place_of"]
    for row in reports:
        where = (row.number, str(kind_of(row).title), place_of(row.settlement) or "–")
        due = (day(row.due_on), str((today - row.due_on).days)) if row.due_on else ("–", "–")
        yield (*where, row.public_words or "–", *due, str(STATES[row.state]))


def words() -> dict[str, Any]:
    """The same with own kinds and places of the municipality. Two reads."""
    names, own = settlements_here(current_uow()), own_kinds(current_uow())
    return labels() | {
        "own_kinds": own,  # held, so that no row of a list reads its kind again
        "kinds": kinds_here(own),
        "names": names,
        "place_of": lambda code: name_of(code, names, current_language()),
    }
