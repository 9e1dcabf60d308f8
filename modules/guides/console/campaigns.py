"""Campaigns: set a goal, enter leaflets, see how far it is, take the numbers along."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from obshto.modules.guides.forms.campaigns import EditCampaignForm, HandoutForm, NewCampaignForm
from obshto.modules.guides.models import GuideCampaign
from obshto.modules.guides.permissions import GuidesPermission
from obshto.modules.guides.services import campaigns as services
from obshto.modules.guides.services.page_context import places_here
from obshto.modules.guides.services.progress import CampaignProgress, progress_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

campaigns = Blueprint("campaigns", __name__)
LEAD, COUNT = GuidesPermission.LEAD, GuidesPermission.COUNT
Page = str | tuple[str, int] | Answer


@campaigns.get("/campaigns")
@requires(COUNT)
def index() -> str:
    uow, ended = current_uow(), request.args.get("list") == "ended"
    page = paginate(uow.session, services.campaigns(uow, ended=ended), page_number())
    about = {"page": page, "ended": ended, "progress": progress_of(uow, page.rows)}
    names = places_here(uow, current_language())
    return render_template("guides/campaigns.html", names=names, may_lead=_may_lead(), **about)


@campaigns.route("/campaigns/new", methods=["GET", "POST"])
@requires(LEAD)
def begin() -> Page:
    uow = current_uow()
    form = NewCampaignForm(names=places_here(uow, current_language()))
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            campaign = services.begin_campaign(uow, form.plan(), request_id=request_id)
            return see_other(".show", campaign_id=campaign.id, said="guides.campaign-begun")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("guides/campaign_form.html", form, campaign=None)


@campaigns.get("/campaigns/<uuid:campaign_id>")
@requires(COUNT)
def show(campaign_id: UUID) -> str:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id)
    page = paginate(uow.session, services.handouts(campaign_id), page_number())
    progress = progress_of(uow, [campaign])[campaign_id]
    names = places_here(uow, current_language())
    about = {"campaign": campaign, "progress": progress, "rows": _rows(progress, names)}
    about |= {"page": page, "names": names}
    is_begun = campaign.starts_on <= day_of(uow.now)
    return render_template("guides/campaign.html", may_lead=_may_lead(), is_begun=is_begun, **about)


@campaigns.route("/campaigns/<uuid:campaign_id>/plan", methods=["GET", "POST"])
@requires(LEAD)
def edit(campaign_id: UUID) -> Page:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id, to_change=request.method == "POST")
    names = places_here(uow, current_language())
    form = EditCampaignForm(obj=campaign, data={"expected_version": campaign.version}, names=names)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            services.edit_campaign(uow, campaign, form.plan(), expected_version=version)
            return see_other(".show", campaign_id=campaign_id, said="guides.campaign-saved")
        except DomainError as refusal:
            tell(form, refusal, campaign)
    return filled("guides/campaign_form.html", form, campaign=campaign)


@campaigns.route("/campaigns/<uuid:campaign_id>/leaflets", methods=["GET", "POST"])
@requires(COUNT)
def hand_out(campaign_id: UUID) -> Page:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id, to_change=request.method == "POST")
    form = HandoutForm(data={"given_on": day_of(uow.now)}, names=_places_of(campaign))
    if form.validate_on_submit():
        try:
            services.hand_out(uow, campaign, form.given(), request_id=form.request_id.data)
            return see_other(".show", campaign_id=campaign_id, said="guides.handed-out")
        except DomainError as refusal:
            form.given_on.errors = [str(refusal)]
    return filled("guides/handout.html", form, campaign=campaign)


@campaigns.post("/campaigns/<uuid:campaign_id>/leaflets/<uuid:handout_id>/remove")
@requires(COUNT)
def take_back(campaign_id: UUID, handout_id: UUID) -> Page:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id)
    services.take_back(uow, campaign, handout_id, expected_version=seen_here())
    return see_other(".show", campaign_id=campaign_id, said="guides.taken-back")


@campaigns.get("/campaigns/<uuid:campaign_id>/delete")
@requires(LEAD)
def ask_to_delete(campaign_id: UUID) -> str:
    campaign = services.campaign_of(current_uow(), campaign_id)
    return render_template("guides/campaign_delete.html", campaign=campaign)


@campaigns.post("/campaigns/<uuid:campaign_id>/delete")
@requires(LEAD)
def delete(campaign_id: UUID) -> Page:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id, to_change=True)
    services.delete_campaign(uow, campaign, expected_version=seen_here())
    return see_other(".index", said="guides.campaign-deleted")


@campaigns.get("/campaigns/<uuid:campaign_id>/numbers.csv")
@requires(COUNT)
def numbers(campaign_id: UUID) -> Response:
    uow = current_uow()
    campaign = services.campaign_of(uow, campaign_id)
    head = (_("Населено място"), _("Листовки"), _("Прочетени упътвания"), _("Общо"))
    rows = _rows(progress_of(uow, [campaign])[campaign_id], places_here(uow, SOURCE))
    cells = ([str(cell) for cell in row] for row in rows)
    return csv_file("campaign.csv", head, cells)


def _rows(progress: CampaignProgress, names: dict[str, str]) -> list[tuple[str, int, int, int]]:
    """Settlement, leaflets, readings, both; in the order of names, what has none comes last."""
    order = {code: place for place, code in enumerate(names)}
    codes = sorted(progress.places, key=lambda code: order.get(code, len(order)))
    return [
        (names.get(code) or _("Без посочено място"), place.leaflets, place.readings, place.total)
        for code, place in ((code, progress.places[code]) for code in codes)
    ]


def _places_of(campaign: GuideCampaign) -> dict[str, str]:
    names = places_here(current_uow(), current_language())
    wanted = campaign.settlements or list(names)
    return {code: name for code, name in names.items() if code in wanted}


def _may_lead() -> bool:
    return current_uow().principal.may(LEAD)
