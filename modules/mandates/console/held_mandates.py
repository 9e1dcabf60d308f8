"""Pages of the assistant: the mandates on their name, beginning to act under one."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request

from obshto.modules.mandates.console.blueprint import Answer, console
from obshto.modules.mandates.errors import NoSuchMandate
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services import queries
from obshto.modules.mandates.services.access_log import look_at_own
from obshto.modules.mandates.services.lifecycle import use_mandate
from obshto.modules.mandates.services.page_context import words
from obshto.platform.web.access import also_while_acting, requires
from obshto.platform.web.cookies import SESSION, cookie_name
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import act_under, current_acting

ACT = MandatesPermission.ACT


@console.get("/mine")
@also_while_acting
@requires(ACT)
def mine() -> str:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.mandates_under(me), page_number())
    look_at_own(uow, page.rows)
    in_force = {row.id for row in page.rows if queries.is_in_force(uow, row)}
    return render_template("mandates/held.html", page=page, in_force=in_force, **words())


@console.route("/<uuid:mandate_id>/act", methods=["GET", "POST"])
@also_while_acting
@requires(ACT)
def act(mandate_id: UUID) -> Answer:
    """From the next page on the assistant acts in the person's place, for the acts of the scope."""
    uow = current_uow()
    row = queries.mandate_of(uow, mandate_id)
    if row.assistant_id != current_principal().person_id:
        raise NoSuchMandate
    look_at_own(uow, [row])
    if request.method == "POST":
        if not _acts_already(row.id):
            use_mandate(uow, row, expected_version=seen_here())
            act_under(request.cookies.get(cookie_name(SESSION), ""), row.id)
        return see_other("tenants_portal.home", said="mandates.acting")
    is_in_force = queries.is_in_force(uow, row)
    return render_template("mandates/act.html", row=row, is_in_force=is_in_force, **words())


def _acts_already(mandate_id: UUID) -> bool:
    """The same form once more: this session acts under it since the first."""
    acting = current_acting()
    return bool(acting and acting.mandate and acting.mandate.mandate_id == mandate_id)
