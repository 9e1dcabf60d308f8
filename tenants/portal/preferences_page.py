"""The page on which a reader says what to show first, and takes it back."""

from __future__ import annotations

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response

from obshto.platform.web.access import also_when_read_only, open_to_all
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.portal.forms import ReaderForm
from obshto.tenants.portal.preferences import reader_here, remember, told
from obshto.tenants.portal.territory import settlements_of
from obshto.tenants.request_gate import current_municipality

for_me = Blueprint("for_me", __name__)


@for_me.route("/for-me", methods=["GET", "POST"])
@also_when_read_only
@open_to_all
def choose() -> str | tuple[str, int] | Response:
    g.is_personal = True  # what stands in the form is this device's own
    here = _here()
    form, places = ReaderForm(), {place.ekatte: place for place in settlements_of(here.slug)}
    known = reader_here(here)
    form.offer(places.values(), known)
    if form.validate_on_submit():
        reader = told(form.about.data or (), form.settlement.data or "", places)
        said = "tenants.reader-remembered" if reader else "tenants.reader-forgotten"
        return remember(see_other("tenants_portal.home", said=said), reader)
    return filled("tenants/for_me.html", form, known=known)


@for_me.post("/for-me/forget")
@also_when_read_only
@open_to_all
def forget() -> Response:
    return remember(see_other("tenants_portal.home", said="tenants.reader-forgotten"), None)


def _here() -> Municipality:
    return current_municipality() or abort(404)
