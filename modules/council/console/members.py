"""Councillors and committees."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.council.console.sessions import Answer
from obshto.modules.council.forms.members import (
    CommitteeForm,
    CouncillorForm,
    shown_committee,
    shown_councillor,
)
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.services import members as service
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_members(console: Blueprint) -> None:
    """Its pages belong to the console of the council."""
    both = ["GET", "POST"]
    console.add_url_rule("/members/", view_func=members)
    console.add_url_rule("/members/new", view_func=new_member, methods=both)
    console.add_url_rule("/members/<uuid:councillor_id>", view_func=member, methods=both)
    console.add_url_rule("/committees/new", view_func=new_committee, methods=both)
    console.add_url_rule("/committees/<uuid:committee_id>", view_func=committee, methods=both)


@requires(CouncilPermission.MANAGE)
def members() -> str:
    """Who sits in the council and in its committees."""
    uow = current_uow()
    rows, bodies = service.councillors(uow), service.committees(uow)
    seats = service.seats_of(uow, [body.id for body in bodies], is_running=True)
    about = {"rows": rows, "committees": bodies, "seats": seats, "today": day_of(uow.now)}
    return render_template("council/members_console.html", **about)


@requires(CouncilPermission.MANAGE)
def new_member() -> Answer:
    uow, form = current_uow(), CouncillorForm()
    if form.validate_on_submit():
        try:
            service.add_councillor(uow, form.details(), request_id=form.request_id.data)
            return see_other(".members", said="council.saved")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("council/member_edit.html", form, member=None)


@requires(CouncilPermission.MANAGE)
def member(councillor_id: UUID) -> Answer:
    uow, is_post = current_uow(), request.method == "POST"
    row = service.councillor_of(uow, councillor_id, to_change=is_post)
    form = CouncillorForm(data=shown_councillor(row))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            service.edit_councillor(uow, row, form.details(), expected_version=seen)
            return see_other(".members", said="council.saved")
        except DomainError as refusal:
            tell(form, refusal, row)
    return filled("council/member_edit.html", form, member=row)


@requires(CouncilPermission.MANAGE)
def new_committee() -> Answer:
    uow, form = current_uow(), CommitteeForm()
    form.offer(service.sitting(uow, day_of(uow.now)))
    if form.validate_on_submit():
        service.add_committee(uow, form.details(), request_id=form.request_id.data)
        return see_other(".members", said="council.saved")
    return filled("council/committee_edit.html", form, committee=None)


@requires(CouncilPermission.MANAGE)
def committee(committee_id: UUID) -> Answer:
    uow, is_post = current_uow(), request.method == "POST"
    row = service.committee_of(uow, committee_id, to_change=is_post)
    seats = service.seats_of(uow, [row.id], is_running=True)[row.id]
    form = CommitteeForm(data=shown_committee(row, seats))
    form.offer(service.sitting(uow, day_of(uow.now)))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            service.edit_committee(uow, row, form.details(), expected_version=seen)
            return see_other(".members", said="council.saved")
        except DomainError as refusal:
            tell(form, refusal, row)
    return filled("council/committee_edit.html", form, committee=row)
