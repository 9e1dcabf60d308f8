"""The yearly duty of the mayor on the home page of the console."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import aliased

from obshto.modules.accessreview.models import AccessReview
from obshto.modules.accessreview.permissions import AccessReviewPermission
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia
from obshto.platform.unit_of_work import UnitOfWork

YEAR = timedelta(days=365)
LONGEST = timedelta(days=30)  # in which a review should be ended
LIST = "accessreview_console.review_list"
_lasting = aliased(AccessReview)  # never one with the rows around it
OPEN = exists().where(_lasting.is_open.is_(True))


def _overdue(uow: UnitOfWork) -> Select[int]:
    """One row where no review was ended in a year, nor one lasts."""
    lately = exists().where(AccessReview.ended_at > uow.now - YEAR)
    return select(literal(1).label("due")).where(~lately, ~OPEN)


def _unfinished(uow: UnitOfWork) -> Select[AccessReview]:
    rows = select(AccessReview).where(AccessReview.is_open.is_(True))
    return rows.where(AccessReview.begun_at < uow.now - LONGEST)


def _next(uow: UnitOfWork) -> Select[object]:
    """A year after the last one."""
    last = day_in_sofia(func.max(AccessReview.ended_at) + YEAR)
    return select(last).having(~OPEN)


TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=_("Годишен преглед на достъпа"),
        permission=AccessReviewPermission.DECIDE,
        endpoint=LIST,
        rows=_overdue,
    ),
    Todo(
        kind=TodoKind.LATE,
        label=_("Преглед на достъпа, започнат преди повече от 30 дни"),
        permission=AccessReviewPermission.DECIDE,
        endpoint=LIST,
        rows=_unfinished,
        page="accessreview_console.review",
        page_of="review_id",
    ),
)
DUE = (
    DueDays(
        label=_("Годишен преглед на достъпа"),
        permission=AccessReviewPermission.DECIDE,
        endpoint=LIST,
        days=_next,
    ),
)
