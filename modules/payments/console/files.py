"""Files of the tax program: read, looked at, brought in, taken back."""

from __future__ import annotations

from uuid import UUID

from flask import Response as File
from flask import render_template
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.payments.console.blueprint import Answer, console
from obshto.modules.payments.forms import FileForm
from obshto.modules.payments.models import Import, ImportState
from obshto.modules.payments.permissions import PaymentsPermission
from obshto.modules.payments.services import import_review, import_run
from obshto.modules.payments.services.access_log import IMPORT, look_at_payers
from obshto.modules.payments.services.import_review import AT_ONCE, SHOWN, review_of
from obshto.modules.payments.services.import_undo import undo_import
from obshto.modules.payments.services.lists import (
    change_rows,
    code_rows,
    look_at_changes,
    payers_of_import,
)
from obshto.modules.payments.services.table_reader import COLUMNS
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

CODES_HEAD = (_("ЕГН или ЕИК"), _("Име"), _("Код на известието"), _("Остава"))
CHANGES_HEAD = (
    *(_("Ред"), _("ЕГН или ЕИК"), _("Име"), _("Вид"), _("Партида"), _("Година"), _("Вноска")),
    *(_("Сума досега"), _("Нова сума"), _("Срок досега"), _("Нов срок")),
)
EXAMPLES = (
    ("0307159274", "Проба Пробова", "442100", "7121Н1001", "2027", "1", "60,00", "30.06.2027"),
    ("0307159274", "Проба Пробова", "442100", "7121Н1001", "2027", "2", "60,00", "01.11.2027"),
)


@console.route("/files/new", methods=["GET", "POST"])
@requires(PaymentsPermission.IMPORT)
@takes_files
def read() -> Answer:
    form = FileForm()
    if form.validate_on_submit():
        try:
            one = _read(form)
            return see_other(".file", import_id=one.id, said=_read_well(one))
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    return filled("payments/file_new.html", form, columns=COLUMNS)


@console.get("/files/example.csv")
@requires(PaymentsPermission.IMPORT)
def example() -> File:
    """A file as it should be, to be filled in."""
    return csv_file("example.csv", tuple(COLUMNS.values()), EXAMPLES)


@console.get("/files/<uuid:import_id>")
@requires(PaymentsPermission.IMPORT)
def file(import_id: UUID) -> str:
    """What it would change, or what it has changed."""
    uow = current_uow()
    one = import_run.import_of(uow, import_id)
    told = review_of(uow, one) if one.state == ImportState.READ else None
    if told:
        look_at_changes(uow, told)
    page = paginate(uow.session, payers_of_import(one), page_number())
    look_at_payers(uow, page.rows, IMPORT)
    words = {"one": one, "told": told, "most": SHOWN, "page": page, "at_once": AT_ONCE}
    return render_template("payments/file.html", **words)


@console.get("/files/<uuid:import_id>/changes.csv")
@requires(PaymentsPermission.IMPORT)
def changes(import_id: UUID) -> File:
    """All that it would change: the page shows the first of many."""
    uow = current_uow()
    one = import_run.import_of(uow, import_id)
    return csv_file("changes.csv", CHANGES_HEAD, change_rows(uow, one))


@console.post("/files/<uuid:import_id>/apply")
@requires(PaymentsPermission.IMPORT)
def apply(import_id: UUID) -> Response:
    one = _to_change(import_id)
    import_run.apply_import(current_uow(), one, expected_version=seen_here())
    said = "imported" if one.state == ImportState.DONE else "begun"
    return see_other(".file", import_id=import_id, said=f"payments.{said}")


@console.post("/files/<uuid:import_id>/look-again")
@requires(PaymentsPermission.IMPORT)
def look_again(import_id: UUID) -> Response:
    """A kind or a term that was missing is there now."""
    import_review.look_again(current_uow(), _to_change(import_id))
    return see_other(".file", import_id=import_id)


@console.post("/files/<uuid:import_id>/drop")
@requires(PaymentsPermission.IMPORT)
def drop(import_id: UUID) -> Response:
    import_run.drop_file(current_uow(), _to_change(import_id), expected_version=seen_here())
    return see_other(".file", import_id=import_id, said="payments.dropped")


@console.get("/files/<uuid:import_id>/undo")
@requires(PaymentsPermission.IMPORT)
def ask_to_undo(import_id: UUID) -> str:
    one = import_run.import_of(current_uow(), import_id)
    return render_template("payments/undo.html", one=one)


@console.post("/files/<uuid:import_id>/undo")
@requires(PaymentsPermission.IMPORT)
def undo(import_id: UUID) -> Response:
    one = _to_change(import_id)
    undo_import(current_uow(), one, expected_version=seen_here())
    said = "undone" if one.state == ImportState.UNDONE else "undoing"
    return see_other(".file", import_id=import_id, said=f"payments.{said}")


@console.get("/files/<uuid:import_id>/codes.csv")
@requires(PaymentsPermission.IMPORT)
def codes(import_id: UUID) -> File:
    """For the program that prints the yearly notices."""
    uow = current_uow()
    one = import_run.import_of(uow, import_id)
    return csv_file("codes.csv", CODES_HEAD, code_rows(uow, one))


def _read(form: FileForm) -> Import:
    sent = form.file.data
    return import_run.read_file(
        current_uow(),
        sent.stream,
        name=(sent.filename or "").replace("\0", ""),
        request_id=form.request_id.data,
    )


def _read_well(one: Import) -> str | None:
    """What is said of it; nothing above a page that says what must be mended."""
    told = review_of(current_uow(), one)
    return None if told and told.faults else "payments.read"


def _to_change(import_id: UUID) -> Import:
    return import_run.import_of(current_uow(), import_id, to_change=True)
