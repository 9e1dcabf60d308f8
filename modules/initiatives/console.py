"""Staff pages of initiatives: the queue and one initiative's desk."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from obshto.modules.initiatives.forms.context import common_words, units_here
from obshto.modules.initiatives.forms.desk import mount_initiatives
from obshto.modules.initiatives.forms.fields import InitiativeForm
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import initiatives, queries
from obshto.platform.petitions.desk import Answer
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("initiatives_console", __name__)


@console.get("/")
@requires(InitiativesPermission.READ)
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", queries.OPEN)
    chosen = chosen if chosen in (*queries.LISTS, queries.WAITING, "all") else queries.OPEN
    page = paginate(uow.session, queries.queue(chosen), page_number())
    enters = current_principal().may(InitiativesPermission.ENTER)
    shown = {"page": page, "chosen": chosen, "may_enter": enters}
    return render_template("initiatives/console.html", **shown, **common_words(uow))


@console.route("/new", methods=["GET", "POST"])
@requires(InitiativesPermission.ENTER)
def new() -> Answer:
    """An initiative that a committee brought on paper."""
    uow, form = current_uow(), InitiativeForm()
    form.offer(units_here(uow))
    if form.validate_on_submit():
        said, request_id = form.said(), form.request_id.data
        row = initiatives.write_initiative(uow, said, request_id=request_id, by_staff=True)
        return see_other(".desk", initiative_id=row.id, said="initiatives.drafted")
    words = {"layout": "console.html", "is_staff": True, "initiative": None}
    return filled("initiatives/edit.html", form, **words, **common_words(uow))


mount_initiatives(
    blueprint=console,
    prefix="",
    access=requires(InitiativesPermission.READ),
    rows_access=requires(InitiativesPermission.ENTER),
    find=queries.staff_initiative,
    layout="console.html",
    is_staff=True,
)
