"""Staff pages of the appearance: name and colour, the order of the home page, the notice."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, abort, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from obshto.platform.clock import SOFIA, now
from obshto.platform.errors import DomainError
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import open_uow
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.appearance.console_emblem import emblem
from obshto.tenants.appearance.console_photo import photo
from obshto.tenants.appearance.forms import NoticeForm, appearance_form, nearest_of
from obshto.tenants.appearance.permissions import AppearancePermission
from obshto.tenants.appearance.services import (
    arrange_home,
    change_appearance,
    post_notice,
    take_notice_down,
)
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.portal.home import blocks_of, with_first
from obshto.tenants.portal.territory import about
from obshto.tenants.request_gate import current_municipality

appearance = Blueprint("appearance", __name__)
appearance.register_blueprint(emblem, url_prefix="/emblem")
appearance.register_blueprint(photo, url_prefix="/photo")
Answer = str | tuple[str, int] | Response
A_WHILE = timedelta(days=3)


@appearance.route("/", methods=["GET", "POST"])
@requires(AppearancePermission.CHANGE)
def show() -> Answer:
    here = _here()
    form = appearance_form(here)
    if taken := request.form.get("take"):  # the colour that was offered instead
        form.colour.data = taken
    if form.validate_on_submit():
        try:
            with open_uow(None, current_principal()) as region:
                change_appearance(
                    region,
                    here.slug,
                    form.appearance(),
                    expected_version=form.expected_version.data,
                )
            return see_other(".show", said="tenants.appearance-changed")
        except DomainError as refusal:
            _tell(form, refusal, here)
    return filled("tenants/appearance.html", form, nearest=nearest_of(form))


@appearance.get("/home")
@requires(AppearancePermission.CHANGE)
def home() -> str:
    return render_template("tenants/arrange.html", parts=_in_order(), edits=_here().edits)


@appearance.post("/home/<slug>/first")
@requires(AppearancePermission.CHANGE)
def put_first(slug: str) -> Response:
    here, shown = _here(), [part.slug for part in _in_order()]
    if slug not in shown:
        abort(404)
    with open_uow(None, current_principal()) as region:
        arrange_home(
            region,
            here.slug,
            with_first(slug, shown, here.home_order),
            expected_version=seen_here(),
        )
    return see_other(".home", said="tenants.home-arranged")


@appearance.route("/notice", methods=["GET", "POST"])
@requires(AppearancePermission.NOTICE)
def notice() -> Answer:
    here = _here()
    places = about(here.slug).settlements
    form = NoticeForm(expected_version=here.edits, until=_in_a_while())
    form.offer(places)
    if form.validate_on_submit():
        try:
            with open_uow(None, current_principal()) as region:
                post_notice(
                    region,
                    here.slug,
                    form.notice(places),
                    expected_version=form.expected_version.data,
                )
            return see_other(".notice", said="tenants.notice-posted")
        except DomainError as refusal:
            _tell(form, refusal, here)
    return filled("tenants/notice.html", form, edits=here.edits)


@appearance.post("/notice/take-down")
@requires(AppearancePermission.NOTICE)
def take_down() -> Response:
    with open_uow(None, current_principal()) as region:
        take_notice_down(region, _here().slug, expected_version=seen_here())
    return see_other(".notice", said="tenants.notice-taken-down")


def _in_a_while() -> datetime:
    """The end of a working day, some days from now."""
    return (now() + A_WHILE).astimezone(SOFIA).replace(hour=18, minute=0)


def _in_order() -> list[Component]:
    """The parts that stand on the home page now, from the top."""
    return [part for part, _ in blocks_of(current_uow(), components_here(), _here().home_order)]


def _tell(form: FlaskForm, refusal: DomainError, here: Municipality) -> None:
    form.form_errors.append(str(refusal))
    form.expected_version.data = here.edits  # told once: who saves again has seen it


def _here() -> Municipality:
    return current_municipality() or abort(404)
