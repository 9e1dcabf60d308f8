"""Demonstration of the review of access: one of last year, and one that has not been ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.accessreview.models import AccessReview, LineDecision, ReviewLine
from obshto.modules.accessreview.services.reviews import add_lines
from obshto.modules.accessreview.services.usage import uses_here
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork

LAST_YEAR = timedelta(days=395)
LATELY = timedelta(days=40)  # longer ago than a review should last
MAYOR = "Кмет Пробов"
# Name, role, days since it was last used, why it was taken.
FORMER = (
    ("Ана Пробова", Role.EDITOR, 3, ""),
    ("Борис Пробов", Role.REGISTRY_CLERK, 1, ""),
    ("Вера Пробова", Role.EDITOR, None, "Вече работи в счетоводството."),
    ("Георги Пробов", Role.FINANCE_OFFICER, 12, ""),
    ("Даря Пробова", Role.REGISTRY_CLERK, None, "Замествала е само през лятото."),
)


def seed(uow: UnitOfWork) -> None:
    """Ids are made of what they stand for, so seeding twice is harmless."""
    _last_year(uow)
    _lasting(uow)


def _last_year(uow: UnitOfWork) -> None:
    at = uow.now - LAST_YEAR
    review = _review(uow, "last-year", at, is_open=None, ended_at=at, ended_by=MAYOR)
    if review is None:
        return
    for name, role, days, reason in FORMER:
        uow.session.add(
            ReviewLine(
                review_id=review.id,
                name=name,
                role=role.value,
                role_name=str(role.label),
                given_at=at - timedelta(days=900),
                used_at=at - timedelta(days=days) if days else None,
                decision=LineDecision.TAKEN.value if reason else LineDecision.KEPT.value,
                reason=reason,
                decided_at=at,
                decided_by=MAYOR,
            )
        )
    uow.session.flush()


def _lasting(uow: UnitOfWork) -> None:
    """Over the roles that are held, as if it had been begun some weeks ago."""
    review = _review(uow, "lasting", uow.now - LATELY, is_open=True)
    if review:
        add_lines(uow, review, uses_here(uow))


def _review(
    uow: UnitOfWork, name: str, at: datetime, **more: bool | str | datetime | None
) -> AccessReview | None:
    """None where it is there, or another one lasts."""
    key = _key(uow, name)
    same = AccessReview.id == key
    if more["is_open"]:
        same |= AccessReview.is_open.is_(True)
    if uow.session.scalar(select(AccessReview.id).where(same).limit(1)):
        return None
    row = AccessReview(id=key, request_id=key, begun_at=at, begun_by=MAYOR, **more)
    uow.session.add(row)
    uow.session.flush()
    return row


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"accessreview/{uow.scope.slug}/{name}")
