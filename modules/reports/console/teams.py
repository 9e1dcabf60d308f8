"""Staff pages of teams: who is in each, and a report passed to one."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import HANDLE, Answer, back_to, console, to_change
from obshto.modules.reports.errors import TeamNameTaken
from obshto.modules.reports.forms.teams import PassToTeamForm, TeamChangeForm, TeamForm
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import teams as service
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

MANAGE = ReportsPermission.TEAMS
_AT: dict[type[DomainError], str] = {TeamNameTaken: "name"}


@console.get("/teams")
@requires(MANAGE)
def teams() -> str:
    uow = current_uow()
    people, members = service.workers(uow), service.members_of(uow)
    found = {
        key: (name, [people[one] for one in people if one in members.get(key, ())])
        for key, name in service.teams_here(uow).items()
    }
    return render_template("reports/teams.html", teams=found)


@console.route("/teams/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_team() -> Answer:
    uow, form = current_uow(), TeamForm()
    form.offer(service.workers(uow))
    if form.validate_on_submit():
        try:
            service.make_team(uow, *form.team(), request_id=form.request_id.data)
            return see_other(".teams", said="reports.team-made")
        except DomainError as refusal:
            tell(form, refusal, at=_AT)
    return filled("reports/team_edit.html", form, team=None)


@console.route("/teams/<uuid:team_id>", methods=["GET", "POST"])
@requires(MANAGE)
def change_team(team_id: UUID) -> Answer:
    uow = current_uow()
    team = service.team_of(uow, team_id, to_change=request.method == "POST")
    members = [str(one) for one in service.members_of(uow).get(team.id, ())]
    form = TeamChangeForm(data={"name": team.name, "members": members})
    form.offer(service.workers(uow))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            service.change_team(uow, team, *form.team(), expected_version=version)
            return see_other(".teams", said="reports.team-changed")
        except DomainError as refusal:
            tell(form, refusal, team, at=_AT)
    show_version(form, team)
    return filled("reports/team_edit.html", form, team=team)


@console.post("/teams/<uuid:team_id>/remove")
@requires(MANAGE)
def remove_team(team_id: UUID) -> Response:
    team = service.team_of(current_uow(), team_id, to_change=True)
    service.remove_team(current_uow(), team, expected_version=seen_here())
    return see_other(".teams", said="reports.team-removed")


@console.route("/<uuid:report_id>/team", methods=["GET", "POST"])
@requires(HANDLE)
def pass_to_team(report_id: UUID) -> Answer:
    uow, form = current_uow(), PassToTeamForm()
    found = to_change(report_id)
    form.offer(service.teams_here(uow))
    if form.validate_on_submit():
        team, version = service.team_of(uow, UUID(form.to.data)), form.expected_version.data
        try:
            service.pass_to_team(uow, found, team, form.said(), expected_version=version)
            return back_to(report_id, "reports.passed-to-team")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("reports/pass_to_team.html", form, report=found)
