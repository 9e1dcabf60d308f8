"""Ready guides: read one, switch it on, put it into one's own words."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services.guides import guide_named, guides_here, switch_guide_on
from obshto.platform.content.markdown import to_html
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import current_municipality

guides = Blueprint("guides", __name__)


@guides.get("/guides")
@requires(PagesPermission.WRITE)
def index() -> str:
    uow = current_uow()
    return render_template("pages/guides.html", offered=guides_here(uow), now=uow.now)


@guides.get("/guides/<key>")
@requires(PagesPermission.WRITE)
def show(key: str) -> str:
    text = guide_named(key).text(current_language(), _contact())
    return render_template("pages/guide.html", text=text, html=to_html(text.markdown))


@guides.post("/guides/<key>/on")
@requires(PagesPermission.PUBLISH)
def turn_on(key: str) -> Response:
    switch_guide_on(current_uow(), guide_named(key), _contact(), expected_version=seen_here())
    return see_other(".index", said="pages.guide-on")


def _contact() -> Mapping[str, str]:
    here = current_municipality() or abort(404)
    return here.contact
