"""Staff pages of initiatives: the queue and one initiative's desk."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.initiatives.forms.context import common_words, units_here
from obshto.modules.initiatives.forms.desk import mount_initiatives
from obshto.modules.initiatives.forms.fields import InitiativeForm
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import initiatives, moderation, queries
from obshto.platform.errors import DomainError
from obshto.platform.moderation.forms import HideRowForm
from obshto.platform.petitions.desk import Answer
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("initiatives_console", __name__)


@console.get("/")
@requires(InitiativesPermission.READ)
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", queries.OPEN)
    others = (queries.WAITING, queries.FLAGGED, "all")
    chosen = chosen if chosen in (*queries.LISTS, *others) else queries.OPEN
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


@console.route("/<uuid:initiative_id>/hide", methods=["GET", "POST"])
@requires(InitiativesPermission.MODERATE)
def hide(initiative_id: UUID) -> Answer:
    """The words alone: number, signatures and terms stay."""
    uow, found, form = current_uow(), _to_judge(initiative_id), HideRowForm()
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            moderation.hide_initiative(uow, found, form.reason(), expected_version=version)
            return see_other(".desk", initiative_id=initiative_id, said="initiatives.hidden")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    shown = {"doing": gettext("Скриване на гражданска инициатива"), "number": found.number}
    shown["lead"] = gettext(
        "На мястото на текста всички ще четат кое правило е нарушено и защо. Комитетът може да"
        " възрази, тогава решава друг човек. Номерът, подписите и сроковете остават."
    )
    shown["back_url"] = url_for(".desk", initiative_id=initiative_id)
    return filled("moderation/hide.html", form, **shown)


@console.post("/<uuid:initiative_id>/show-again")
@requires(InitiativesPermission.MODERATE)
def show_again(initiative_id: UUID) -> Response:
    found = _to_judge(initiative_id)
    moderation.show_initiative(current_uow(), found, expected_version=seen_here())
    return see_other(".desk", initiative_id=initiative_id, said="initiatives.shown")


@console.post("/<uuid:initiative_id>/leave")
@requires(InitiativesPermission.MODERATE)
def leave(initiative_id: UUID) -> Response:
    """Nothing is wrong with what readers flagged."""
    found = _to_judge(initiative_id)
    moderation.leave_initiative(current_uow(), found, expected_version=seen_here())
    return see_other(".desk", initiative_id=initiative_id, said="moderation.left")


def _to_judge(initiative_id: UUID) -> Initiative:
    """What everybody sees, locked where something is sent. Raises NoSuchInitiative."""
    is_sent = request.method == "POST"
    return queries.public_initiative(current_uow(), initiative_id, to_change=is_sent)


mount_initiatives(
    blueprint=console,
    prefix="",
    access=requires(InitiativesPermission.READ),
    rows_access=requires(InitiativesPermission.ENTER),
    find=queries.staff_initiative,
    layout="console.html",
    is_staff=True,
)
