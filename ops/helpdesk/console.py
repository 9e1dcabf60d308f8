"""Staff pages: ask, follow, add, rate. The municipality is the host's, whatever is sent."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.ops.helpdesk.forms import PAGE, PRIORITIES, AskForm, RateForm, ReplyForm
from obshto.ops.helpdesk.models import Entry, Ticket
from obshto.ops.helpdesk.permissions import HelpPermission
from obshto.ops.helpdesk.services import (
    Question,
    ask,
    history_of,
    rate,
    reply,
    ticket_of,
    tickets_here,
)
from obshto.platform.modularity.registry import components_here
from obshto.platform.practice_exits import refuse_exit_in_practice
from obshto.platform.unit_of_work import UnitOfWork, open_uow
from obshto.platform.web.access import also_when_read_only, requires
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import is_own_path, see_other
from obshto.platform.web.request_uow import current_principal
from obshto.tenants.api import current_municipality, device_of

console = Blueprint("helpdesk_console", __name__)


@console.get("/")
@requires(HelpPermission.ASK)
def index() -> str:
    with open_uow(None, current_principal()) as region:
        page = paginate(region.session, tickets_here(_slug(), _author()), page_number())
    return render_template("helpdesk/index.html", page=page)


@console.route("/ask", methods=["GET", "POST"])
@also_when_read_only
@requires(HelpPermission.ASK)
def new() -> str | tuple[str, int] | Response:
    refuse_exit_in_practice()
    form = AskForm()
    if form.validate_on_submit():
        with open_uow(None, current_principal()) as region:
            ticket = ask(region, _slug(), _question(form), request_id=form.request_id.data)
            ticket_id = ticket.id
        return see_other(".show", ticket_id=ticket_id, said="helpdesk.asked")
    form.page.data = form.page.data or _page(request.args.get("from", ""))
    return filled("helpdesk/ask.html", form)


@console.get("/<uuid:ticket_id>")
@requires(HelpPermission.ASK)
def show(ticket_id: UUID) -> str | tuple[str, int]:
    return _shown(ticket_id, ReplyForm(), RateForm())


@console.post("/<uuid:ticket_id>/reply")
@also_when_read_only
@requires(HelpPermission.ASK)
def add(ticket_id: UUID) -> str | tuple[str, int] | Response:
    form = ReplyForm()
    with open_uow(None, current_principal()) as region:
        ticket = _ticket(region, ticket_id)
        if form.validate_on_submit():
            text, request_id = form.text.data.strip(), form.request_id.data
            reply(region, ticket, text=text, request_id=request_id)
            return see_other(".show", ticket_id=ticket_id, said="helpdesk.replied")
    return _shown(ticket_id, form, RateForm(formdata=None))


@console.post("/<uuid:ticket_id>/rate")
@also_when_read_only
@requires(HelpPermission.ASK)
def mark(ticket_id: UUID) -> str | tuple[str, int] | Response:
    form = RateForm()
    with open_uow(None, current_principal()) as region:
        ticket = _ticket(region, ticket_id)
        if form.validate_on_submit():
            said = (form.words.data or "").strip()
            rate(
                region,
                ticket,
                mark=form.mark.data,
                words=said,
                expected_version=form.expected_version.data,
            )
            return see_other(".show", ticket_id=ticket_id, said="helpdesk.rated")
    return _shown(ticket_id, ReplyForm(formdata=None), form)


def _shown(ticket_id: UUID, more: ReplyForm, how: RateForm) -> str | tuple[str, int]:
    with open_uow(None, current_principal()) as region:
        ticket: Ticket = _ticket(region, ticket_id)
        lines: list[Entry] = history_of(region, ticket)
    page = render_template(
        "helpdesk/show.html",
        ticket=ticket,
        lines=lines,
        more=more,
        how=how,
        priorities=PRIORITIES,
        form_has_errors=bool(more.errors or how.errors),
    )
    return (page, 422) if more.errors or how.errors else page


def _ticket(region: UnitOfWork, ticket_id: UUID) -> Ticket:
    return ticket_of(region, ticket_id, municipality=_slug(), author_id=_author())


def _author() -> UUID | None:
    """Whose tickets are shown: all, to those who may; else the person's own."""
    who = current_principal()
    return None if who.may(HelpPermission.SEE_ALL) else who.person_id


def _slug() -> str:
    return (current_municipality() or abort(404)).slug


def _question(form: AskForm) -> Question:
    page = _page(form.page.data or "")
    within = page.removeprefix("/console/").partition("/")[0]
    module = next((part.slug for part in components_here() if part.slug == within), "")
    return Question(
        title=form.title.data.strip(),
        text=form.text.data.strip(),
        page=page,
        module=module,
        browser=device_of(request.user_agent.string),
    )


def _page(asked: str) -> str:
    """A page of our own, without its query: what was searched for is nobody else's business."""
    path = asked.partition("?")[0]
    return path if is_own_path(path) and len(path) <= PAGE else ""
