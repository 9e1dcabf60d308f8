"""Work in the field: the list of the day by route, acts upon it that a phone may send late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import BinaryIO
from uuid import UUID

from flask_babel import force_locale, lazy_gettext
from sqlalchemy import Select, and_, or_, select

from obshto.modules.reports.errors import (
    FieldReasonNeeded,
    NoSuchTeam,
    ReportNotYours,
    SignalInWriting,
)
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.inspection import visible_to
from obshto.modules.reports.services.report_actions import close_report
from obshto.modules.reports.services.states import (
    FIX,
    GIVE_BACK,
    IN_WORK,
    MACHINE,
    RECEIVED,
    REOPENED,
    TAKE,
    move,
    note,
    record,
)
from obshto.modules.reports.services.teams import own_teams, pass_to_team, team_of, teams_with
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Point, kilometres
from obshto.platform.web.language import SOURCE

DONE, CANNOT, NOT_OURS, HAND_ON = "done", "cannot", "not-ours", "hand-on"
ANSWER = lazy_gettext("Поправено е. Благодарим, че ни казахте.")  # where nothing else is said
ACTS = (DONE, CANNOT, NOT_OURS, HAND_ON)
MOST = 100  # things on one list: more is no day
ROUTE = 30  # of them are put in the order of a round


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAct:
    """What was pressed on the spot, and what goes with it; `team` to which it is handed on."""

    kind: str
    words: str = ""
    photos: Sequence[BinaryIO] = field(default=())
    team: UUID | None = None


def day_list(
    uow: UnitOfWork, who: UUID | None, order: Mapping[str, int], *, team: UUID | None = None
) -> Sequence[Report]:
    """What waits for one and their teams, for a team, or for everybody: by village, by street."""
    rows = uow.session.scalars(_waiting(who, team).where(visible_to(uow.principal))).all()
    last = len(order)
    return sorted(rows, key=lambda row: (order.get(row.settlement, last), row.place or "", row.id))


def by_route(
    rows: Sequence[Report], centres: Mapping[str, Point], *, start: Point | None
) -> Sequence[Report]:
    """Always on to the nearest that is left, from `start` or the first with a place.

    A report without a point of its own lies in the middle of its village; those without either come
    last. `rows` are by village and street: so stay what lies in one place, and a list of more than
    `ROUTE`, which nobody does in one round.
    """
    if len(rows) > ROUTE:
        return rows
    left, route, here = list(rows), [], start
    while left:
        nearest = min(left, key=lambda row: _apart(here, _place_of(row, centres)))
        left.remove(nearest)
        route.append(nearest)
        here = _place_of(nearest, centres) or here
    return route


def _place_of(row: Report, centres: Mapping[str, Point]) -> Point | None:
    if row.latitude is None or row.longitude is None:
        return centres.get(row.settlement)
    return row.latitude, row.longitude


def _apart(here: Point | None, there: Point | None) -> float:
    """Without a place one is farthest away; from nowhere all others are as far."""
    if there is None:
        return inf
    return kilometres(here, there) if here else 0


def take_act(uow: UnitOfWork, report: Report, act: FieldAct, *, request_id: UUID) -> None:
    """Once for each id. `report` is locked.

    Raises ReportNotYours, NoSuchTeam, SignalInWriting, FieldReasonNeeded, PhotoNeeded,
    ReportNotFromHere.
    """
    if uow.session.scalar(select(ReportLine.id).where(ReportLine.request_id == request_id)):
        return
    _claim(uow, report)
    if act.kind == HAND_ON:
        if act.team is None:
            raise NoSuchTeam
        to, version = team_of(uow, act.team), report.version
        pass_to_team(uow, report, to, act.words, expected_version=version, request_id=request_id)
        return
    if act.kind == DONE:
        _finish(uow, report, act, request_id)
        return
    if act.kind == CANNOT and not act.words:
        raise FieldReasonNeeded
    MACHINE.advance_row(report, GIVE_BACK)
    report.assignee_id, report.assignee, report.team_id = None, "", None
    note(uow, report, act.kind, words=act.words, is_internal=True, request_id=request_id)
    record(uow, report, GIVE_BACK.fact)


def _finish(uow: UnitOfWork, report: Report, act: FieldAct, request_id: UUID) -> None:
    if report.is_signal:
        raise SignalInWriting
    if report.state in TAKE.sources:
        move(uow, report, TAKE)
    with force_locale(SOURCE):
        words = act.words or str(ANSWER)
    version = report.version
    close_report(uow, report, FIX, words, expected_version=version, photos=act.photos)
    note(uow, report, DONE, is_internal=True, request_id=request_id)


def _claim(uow: UnitOfWork, report: Report) -> None:
    """What waits for a team is of whoever of it acts first. Raises ReportNotYours."""
    me = uow.principal
    if report.assignee_id is None and report.team_id in teams_with(uow, me.person_id):
        report.assignee_id, report.assignee = me.person_id, me.name
        uow.session.flush()
    if report.assignee_id != me.person_id:
        raise ReportNotYours


def _waiting(who: UUID | None, team: UUID | None) -> Select[Report]:
    wanted = select(Report).where(Report.state.in_((IN_WORK, RECEIVED, REOPENED)))
    if team:
        wanted = wanted.where(Report.team_id == team)
    elif who:
        shared = and_(Report.assignee_id.is_(None), Report.team_id.in_(own_teams(who)))
        wanted = wanted.where(or_(Report.assignee_id == who, shared))
    else:
        wanted = wanted.where(or_(Report.assignee != "", Report.team_id.is_not(None)))
    return wanted.order_by(Report.due_on.nulls_last(), Report.id).limit(MOST)
