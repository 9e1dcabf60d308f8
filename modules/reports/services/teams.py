"""Teams: named lists of staff to which a report is passed; whoever of them is there takes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, exists, select, update

from obshto.modules.reports.errors import (
    InspectorsAlone,
    NoSuchTeam,
    ReportNotFromHere,
    StaleReport,
    StaleTeam,
    TeamAtWork,
    TeamNameTaken,
)
from obshto.modules.reports.events import (
    ReportPassedToTeam,
    TeamChanged,
    TeamMade,
    TeamRemoved,
)
from obshto.modules.reports.models import OwnReportKind, Report, ReportLine, ReportTeam, TeamMember
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services.inspection import is_violation
from obshto.modules.reports.services.states import HANDED, OPEN, STATES, TAKE, move, note, record
from obshto.platform.cases.staff_groups import StaffGroups
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import people_who_may

TEAMS = StaffGroups(ReportTeam, TeamMember, TeamMember.team_id)
TEAM, NOTE = "team", "team-note"  # lines: which team, for everybody; what is said to it


def workers(uow: UnitOfWork, *, for_violation: bool = False) -> dict[UUID, str]:
    """Who may be given a report: at a desk and in the field; a violation an inspector alone."""
    if for_violation:
        return people_who_may(uow, ReportsPermission.INSPECT)
    return people_who_may(uow, ReportsPermission.FIELD, ReportsPermission.HANDLE)


def teams_here(uow: UnitOfWork) -> Mapping[UUID, str]:
    """Names of the teams by id, in order. One query."""
    return TEAMS.names(uow)


def team_of(uow: UnitOfWork, team_id: UUID, *, to_change: bool = False) -> ReportTeam:
    """Raises NoSuchTeam."""
    found = TEAMS.found(uow, team_id, to_change=to_change)
    if found is None:
        raise NoSuchTeam
    return found


def members_of(uow: UnitOfWork) -> Mapping[UUID, Collection[UUID]]:
    """Who is in each team. One query."""
    return TEAMS.members(uow)


def own_teams(person_id: UUID | None) -> Select[UUID]:
    """The teams that somebody is in, for a query of more."""
    return TEAMS.of_person(person_id)


def teams_with(uow: UnitOfWork, person_id: UUID | None) -> Collection[UUID]:
    """The same. One query."""
    return set(uow.session.scalars(own_teams(person_id)))


def names_of_teams(uow: UnitOfWork, person_id: UUID) -> Sequence[str]:
    """Those that somebody is in, by name."""
    mine = teams_with(uow, person_id)
    return [name for key, name in teams_here(uow).items() if key in mine]


def make_team(
    uow: UnitOfWork, name: str, members: Collection[UUID], *, request_id: UUID
) -> ReportTeam:
    """A new one; sent twice it is one. Raises TeamNameTaken."""
    if first := TEAMS.sent_before(uow, request_id):
        return first
    _refuse_taken(uow, name, None)
    team = ReportTeam(request_id=request_id, name=name)
    uow.session.add(team)
    uow.session.flush()
    TEAMS.put_members(uow, team, members)
    uow.emit(TeamMade(subject_id=team.id))
    return team


def change_team(
    uow: UnitOfWork,
    team: ReportTeam,
    name: str,
    members: Collection[UUID],
    *,
    expected_version: int,
) -> None:
    """Its name, who is in it. Raises StaleTeam, TeamNameTaken."""
    known = members_of(uow).get(team.id, ())
    if team.name == name and set(known) == set(members):
        return
    expect_version(team, expected_version, StaleTeam)
    _refuse_taken(uow, name, team.id)
    team.name, team.changed_at = name, uow.now  # a change of members alone is a version, too
    TEAMS.put_members(uow, team, members)
    uow.emit(TeamChanged(subject_id=team.id))


def remove_team(uow: UnitOfWork, team: ReportTeam, *, expected_version: int) -> None:
    """Nothing may wait for it; what it has done stays with whoever did it.

    Raises StaleTeam, TeamAtWork.
    """
    expect_version(team, expected_version, StaleTeam)
    own = Report.team_id == team.id
    if uow.session.scalar(select(exists().where(own, Report.state.in_(OPEN)))):
        raise TeamAtWork
    uow.session.execute(update(Report).where(own).values(team_id=None))
    for_kinds = update(OwnReportKind).where(OwnReportKind.team_id == team.id)
    uow.session.execute(for_kinds.values(team_id=None))
    TEAMS.clear_members(uow, team)
    uow.emit(TeamRemoved(subject_id=team.id))
    uow.session.delete(team)


def pass_to_team(
    uow: UnitOfWork,
    report: Report,
    team: ReportTeam,
    words: str,
    *,
    expected_version: int,
    request_id: UUID | None = None,
) -> None:
    """It waits for a team, with a note, until one of it takes it; from another team, too.

    Raises StaleReport, ReportNotFromHere, InspectorsAlone.
    """
    if report.team_id == team.id and report.assignee_id is None:
        return
    expect_version(report, expected_version, StaleReport)
    if report.state not in OPEN or report.state == HANDED:
        raise ReportNotFromHere(state=STATES[report.state])
    if is_violation(report):
        raise InspectorsAlone
    report.team_id, report.assignee_id, report.assignee = team.id, None, ""
    if report.state in TAKE.sources:
        move(uow, report, TAKE)
    note(uow, report, TEAM, words=team.name, request_id=request_id)
    if words:
        note(uow, report, NOTE, words=words, is_internal=True)
    record(uow, report, ReportPassedToTeam)


def reached_by(uow: UnitOfWork, report: Report) -> Sequence[UUID]:
    """Who of its team still works on reports here."""
    members = members_of(uow).get(report.team_id, ()) if report.team_id else ()
    return [one for one in workers(uow) if one in members]


def notes_on(uow: UnitOfWork, reports: Sequence[Report]) -> Mapping[UUID, Sequence[ReportLine]]:
    """What was said to the teams about each of them, in order. One query."""
    own = ReportLine.case_id.in_([row.id for row in reports]), ReportLine.name == NOTE
    found: dict[UUID, list[ReportLine]] = {}
    for line in uow.session.scalars(select(ReportLine).where(*own).order_by(ReportLine.at)):
        found.setdefault(line.case_id, []).append(line)
    return found


def _refuse_taken(uow: UnitOfWork, name: str, team_id: UUID | None) -> None:
    if TEAMS.is_taken(uow, name, team_id):
        raise TeamNameTaken
