"""Legal holds as staff see them: lists, what each one spares."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from sqlalchemy import Select, or_, select

from obshto.modules.retention.services.calendar import CalendarRule
from obshto.platform.clock import day_of
from obshto.platform.modularity.registry import components_here
from obshto.platform.privacy.legal_holds import Reach, case_model
from obshto.platform.privacy.models import LegalHold
from obshto.platform.unit_of_work import UnitOfWork

REACHES = {
    Reach.CASE: lazy_gettext("Само една преписка"),
    Reach.PERSON: lazy_gettext("Всичко за човека, който е подал преписката"),
    Reach.KIND: lazy_gettext("Целият вид данни"),
}


def holds(uow: UnitOfWork, *, in_force: bool) -> Select[LegalHold]:
    """The first to end first; those that have ended, the last one first."""
    today = day_of(uow.now)
    if in_force:
        rows = select(LegalHold).where(LegalHold.ended_at.is_(None), LegalHold.until >= today)
        return rows.order_by(LegalHold.until, LegalHold.id)
    over = or_(LegalHold.ended_at.is_not(None), LegalHold.until < today)
    return select(LegalHold).where(over).order_by(LegalHold.placed_at.desc(), LegalHold.id.desc())


def is_in_force(uow: UnitOfWork, row: LegalHold) -> bool:
    return row.ended_at is None and row.until >= day_of(uow.now)


def holdable(rules: Sequence[CalendarRule]) -> list[CalendarRule]:
    """Kinds of people's data; a kind that a hold cannot keep from going is not among them."""
    return [rule for rule in rules if rule.is_personal]


def numbered_kinds() -> list[str]:
    """Slugs of the parts whose things carry an entry number."""
    return [part.slug for part in components_here() if case_model(part)]


def spared(row: LegalHold, rules: Sequence[CalendarRule]) -> str:
    """What a hold spares, in words."""
    title = next((str(rule.what) for rule in rules if rule.key == f"{row.part}:{row.word}"), "")
    said = gettext("%(kind)s: всичко", kind=title)
    if row.reach == Reach.CASE:
        said = gettext("%(kind)s: преписка %(number)s", kind=title, number=row.number)
    elif row.reach == Reach.PERSON:
        about = {"kind": title, "number": row.number}
        said = gettext("%(kind)s: всичко за човека от преписка %(number)s", **about)
    return str(said)
