"""The team's pages on the operations host: what waits, one ticket, the hours of help."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields.choices import SelectChoice

from obshto.ops.helpdesk.forms import PRIORITIES, AnswerForm, ArrangeForm
from obshto.ops.helpdesk.models import Priority, State, Ticket
from obshto.ops.helpdesk.queue import help_by_month, queue_of
from obshto.ops.helpdesk.services import answer, arrange, history_of, ticket_numbered
from obshto.platform.permissions import Role
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import RegionPermission, municipalities, people_of_region

tickets = Blueprint("tickets", __name__)
MOST_NUMBER = 2**31 - 1  # of an integer


@tickets.get("/tickets")
@requires(RegionPermission.HELP)
def index() -> str:
    everyone = {tenant.slug: tenant.names for tenant in municipalities()}
    state, place = request.args.get("state", ""), request.args.get("place", "")
    state, place = (state if state in list(State) else ""), (place if place in everyone else "")
    mine = current_principal().person_id if request.args.get("mine") else None
    asked = queue_of(state=state, place=place, assignee_id=mine)
    page = paginate(current_uow().session, asked, page_number())
    return render_template(
        "helpdesk/queue.html",
        page=page,
        everyone=everyone,
        state=state,
        place=place,
        mine=mine,
        priorities=PRIORITIES,
        now=current_uow().now,
    )


@tickets.get("/tickets/hours")
@requires(RegionPermission.HELP)
def hours() -> str:
    names = {tenant.slug: tenant.names for tenant in municipalities()}
    return render_template("helpdesk/hours.html", rows=help_by_month(current_uow()), names=names)


@tickets.get("/tickets/hours.csv")
@requires(RegionPermission.HELP)
def hours_csv() -> Response:
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(("month", "municipality", "minutes", "tickets"))
    lines.writerows(
        (it.month, it.municipality, it.minutes, it.tickets) for it in help_by_month(current_uow())
    )
    answer_ = Response(written.getvalue(), mimetype="text/csv")
    answer_.headers["Content-Disposition"] = 'attachment; filename="help.csv"'
    return answer_


@tickets.get("/tickets/<int:number>")
@requires(RegionPermission.HELP)
def show(number: int) -> str | tuple[str, int]:
    ticket = _ticket(number)
    return _shown(ticket, AnswerForm(), _arranging(ticket, is_sent=False))


@tickets.post("/tickets/<int:number>/answer")
@requires(RegionPermission.HELP)
def say(number: int) -> str | tuple[str, int] | AnyResponse:
    ticket, form = _ticket(number), AnswerForm()
    if form.validate_on_submit():
        answer(
            current_uow(),
            ticket,
            text=form.text.data.strip(),
            minutes=form.minutes.data or 0,
            closes=form.closes.data,
            request_id=form.request_id.data,
        )
        return see_other(".show", number=number, said="helpdesk.answered")
    return _shown(ticket, form, _arranging(ticket, is_sent=False))


@tickets.post("/tickets/<int:number>/arrange")
@requires(RegionPermission.HELP)
def put_in_order(number: int) -> str | tuple[str, int] | AnyResponse:
    ticket = _ticket(number)
    form = _arranging(ticket, is_sent=True)
    if form.validate_on_submit():
        arrange(
            current_uow(),
            ticket,
            priority=Priority(form.priority.data),
            due_at=form.due_at.moment,
            assignee=_assignee(form.assignee.data),
            expected_version=form.expected_version.data,
        )
        return see_other(".show", number=number, said="helpdesk.arranged")
    return _shown(ticket, AnswerForm(formdata=None), form)


def _shown(ticket: Ticket, say: AnswerForm, order: ArrangeForm) -> str | tuple[str, int]:
    names = next((it.names for it in municipalities() if it.slug == ticket.municipality), {})
    page = render_template(
        "helpdesk/ticket.html",
        ticket=ticket,
        names=names,
        lines=history_of(current_uow(), ticket),
        say=say,
        order=order,
        priorities=PRIORITIES,
        form_has_errors=bool(say.errors or order.errors),
    )
    return (page, 422) if say.errors or order.errors else page


def _arranging(ticket: Ticket, *, is_sent: bool) -> ArrangeForm:
    """The form as sent, or filled in with how the ticket is."""
    form = ArrangeForm() if is_sent else ArrangeForm(formdata=None, data=_standing(ticket))
    nobody = SelectChoice("", "–")
    form.assignee.choices = [
        nobody,
        *(SelectChoice(str(id_), name) for id_, name in people_of_region(Role.OPERATOR).items()),
    ]
    return form


def _standing(ticket: Ticket) -> dict[str, object]:
    return {
        "assignee": str(ticket.assignee_id or ""),
        "priority": ticket.priority,
        "due_at": ticket.due_at,
    }


def _assignee(chosen: str | None) -> tuple[UUID, str] | None:
    if not chosen:
        return None
    who = UUID(chosen)
    return who, people_of_region(Role.OPERATOR)[who]


def _ticket(number: int) -> Ticket:
    return ticket_numbered(current_uow(), number) if number <= MOST_NUMBER else abort(404)
