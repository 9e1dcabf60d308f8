"""Staff pages of bank statements."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answered

from obshto.billing.errors import WrongCode
from obshto.billing.finance.services import whole
from obshto.billing.permissions import BillingPermission
from obshto.billing.settings import billing_settings
from obshto.billing.statements import bank_files, booking, lists, reversal
from obshto.billing.statements.access_log import look_at_lines
from obshto.billing.statements.forms import AsideForm, AssignForm, StatementForm
from obshto.billing.statements.labels import LINES
from obshto.billing.statements.models import LineState, Statement, StatementLine, StatementState
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("statements", __name__)
Answer = str | tuple[str, int] | Answered
HEAD = (
    _("Дата"),
    _("Сума"),
    _("Номер на превода"),
    _("Платец"),
    _("Сметка на платеца"),
    _("Основание"),
    _("Състояние"),
    _("Защо"),
    _("Код за плащане"),
    _("За какво"),
)


@console.get("/")
@requires(BillingPermission.BOOK)
def index() -> str:
    uow = current_uow()
    page = paginate(uow.session, lists.statements(), page_number())
    numbers = lists.numbers_of(uow, [one.id for one in page.rows])
    has_account = bool(billing_settings(uow).iban)
    words = {"page": page, "numbers": numbers, "has_account": has_account}
    return render_template("billing/statements.html", **words)


@console.get("/waiting")
@requires(BillingPermission.BOOK)
def waiting() -> str:
    """What of all statements somebody must decide about."""
    uow = current_uow()
    page = paginate(uow.session, lists.waiting_lines(), page_number())
    for statement_id in dict.fromkeys(one.statement_id for one in page.rows):
        look_at_lines(uow, statement_id, [o for o in page.rows if o.statement_id == statement_id])
    return render_template("billing/statement_waiting.html", page=page)


@console.route("/new", methods=["GET", "POST"])
@requires(BillingPermission.BOOK)
@takes_files
def new() -> Answer:
    form = StatementForm()
    if form.validate_on_submit():
        try:
            return see_other(".one", statement_id=_read(form).id, said="billing.statement-read")
        except DomainError as refusal:
            form.answer_status = tell(form, refusal, at={DomainError: "file"})
    return filled("billing/statement_new.html", form)


@console.get("/<uuid:statement_id>")
@requires(BillingPermission.BOOK)
def one(statement_id: UUID) -> str:
    """Its lines in one state, or those that a search finds in all of them."""
    uow = current_uow()
    found = bank_files.statement_of(uow, statement_id)
    numbers = lists.numbers_of(uow, [found.id])[found.id]
    chosen, text = _chosen(numbers), request.args.get("q", "").strip()[:200]
    rows = lists.lines(found, state=None if text else chosen, text=text)
    page = paginate(uow.session, rows, page_number())
    look_at_lines(uow, found.id, page.rows)
    words = {"numbers": numbers, "chosen": chosen, "text": text, "page": page}
    return render_template("billing/statement.html", one=found, **words)


@console.get("/<uuid:statement_id>/lines.csv")
@requires(BillingPermission.BOOK)
def lines_file(statement_id: UUID) -> Response:
    uow = current_uow()
    found = bank_files.statement_of(uow, statement_id)
    state = request.args.get("state", "")
    rows = whole(uow, lists.lines(found, state=state if state in LINES else None))
    look_at_lines(uow, found.id, rows)
    return csv_file("statement.csv", HEAD, lists.line_rows(rows))


@console.post("/<uuid:statement_id>/book")
@requires(BillingPermission.BOOK)
def book(statement_id: UUID) -> Answered:
    uow, found = current_uow(), _to_change(statement_id)
    look_at_lines(uow, found.id, ())
    left = booking.book_statement(uow, found, expected_version=seen_here())
    state = LineState.DOUBTFUL if left else LineState.BOOKED
    said = "billing.statement-left" if left else "billing.statement-booked"
    if found.state == StatementState.BOOKING:
        state, said = LineState.MATCHED, "billing.statement-begun"
    return see_other(".one", statement_id=found.id, state=state.value, said=said)


@console.post("/<uuid:statement_id>/match")
@requires(BillingPermission.BOOK)
def match(statement_id: UUID) -> Answered:
    """Charges that were made after the file was read are found now."""
    uow, found = current_uow(), _to_change(statement_id)
    look_at_lines(uow, found.id, ())
    bank_files.match_again(uow, found, expected_version=seen_here())
    return see_other(".one", statement_id=found.id, said="billing.statement-matched")


@console.post("/<uuid:statement_id>/drop")
@requires(BillingPermission.BOOK)
def drop(statement_id: UUID) -> Answered:
    one = _to_change(statement_id)
    bank_files.drop_statement(current_uow(), one, expected_version=seen_here())
    return see_other(".index", said="billing.statement-dropped")


@console.get("/<uuid:statement_id>/undo")
@requires(BillingPermission.BOOK)
def ask_to_undo(statement_id: UUID) -> str:
    found = bank_files.statement_of(current_uow(), statement_id)
    numbers = lists.numbers_of(current_uow(), [found.id])[found.id]
    return render_template("billing/statement_undo.html", one=found, numbers=numbers)


@console.post("/<uuid:statement_id>/undo")
@requires(BillingPermission.BOOK)
def undo(statement_id: UUID) -> Answered:
    uow, found = current_uow(), _to_change(statement_id)
    look_at_lines(uow, found.id, ())
    reversal.undo_statement(uow, found, expected_version=seen_here())
    said = "undoing" if found.state == StatementState.UNDOING else "undone"
    return see_other(".one", statement_id=found.id, said=f"billing.statement-{said}")


@console.route("/lines/<uuid:line_id>", methods=["GET", "POST"])
@requires(BillingPermission.BOOK)
def line(line_id: UUID) -> Answer:
    """What the bank tells of it; its charge is named by a code."""
    found = _line(line_id)
    code = found.charge.code if found.charge else ""
    form = AssignForm(data={"expected_version": found.version, "code": code})
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            booking.assign(current_uow(), found, form.code.data, expected_version=version)
            return _on(found, "assigned")
        except DomainError as refusal:
            tell(form, refusal, at={WrongCode: "code"})
            form.expected_version.data = found.version
    return _line_page(found, form, AsideForm(data={"expected_version": found.version}))


@console.post("/lines/<uuid:line_id>/aside")
@requires(BillingPermission.BOOK)
def set_aside(line_id: UUID) -> Answer:
    found, form = _line(line_id), AsideForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            reason = form.reason.data.strip()
            booking.set_aside(current_uow(), found, reason, expected_version=version)
            return _on(found, "aside")
        except DomainError as refusal:
            tell(form, refusal)
            form.expected_version.data = found.version
    return _line_page(found, AssignForm(formdata=None, expected_version=found.version), form)


@console.post("/lines/<uuid:line_id>/back")
@requires(BillingPermission.BOOK)
def bring_back(line_id: UUID) -> Answered:
    found = _line(line_id)
    booking.bring_back(current_uow(), found, expected_version=seen_here())
    return see_other(".line", line_id=line_id, said="billing.line-back")


@console.post("/lines/<uuid:line_id>/undo")
@requires(BillingPermission.BOOK)
def undo_line(line_id: UUID) -> Answered:
    found = _line(line_id)
    reversal.undo_line(current_uow(), found, expected_version=seen_here())
    return see_other(".line", line_id=line_id, said="billing.line-undone")


def _read(form: StatementForm) -> Statement:
    uow, sent = current_uow(), form.file.data
    name = (sent.filename or "").replace("\0", "")
    one = bank_files.read_statement(uow, sent.stream, name=name, request_id=form.request_id.data)
    look_at_lines(uow, one.id, ())
    return one


def _to_change(statement_id: UUID) -> Statement:
    return bank_files.statement_of(current_uow(), statement_id, to_change=True)


def _line(line_id: UUID) -> StatementLine:
    uow = current_uow()
    found = booking.line_of(uow, line_id, to_change=request.method == "POST")
    look_at_lines(uow, found.statement_id, [found])
    return found


def _line_page(line: StatementLine, form: AssignForm, aside: AsideForm) -> Answer:
    page = render_template(
        "billing/statement_line.html",
        line=line,
        form=form,
        aside=aside,
        may_decide=line.state in booking.TO_DECIDE,
        may_charge=current_principal().may(BillingPermission.CHARGE),
    )
    return (page, 422) if any(f.errors or f.form_errors for f in (form, aside)) else page


def _on(line: StatementLine, said: str) -> Answered:
    return see_other(".one", statement_id=line.statement_id, said=f"billing.line-{said}")


def _chosen(numbers: dict[str, int]) -> str:
    """The state that was asked for, else the first in which something is."""
    asked = request.args.get("state", "")
    return asked if asked in LINES else next((one for one in LINES if numbers[one]), "matched")
