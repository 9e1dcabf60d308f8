"""Staff pages of sections: the list, one section, its addresses."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.polling.errors import SectionNumberTaken
from obshto.modules.polling.forms.page_context import common_words, settlements_here
from obshto.modules.polling.forms.sections import SectionAddressForm, SectionForm, fill_from
from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.permissions import PollingPermission
from obshto.modules.polling.services import sections
from obshto.modules.polling.services.votes import called_votes
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("polling_console", __name__)
Answer = str | tuple[str, int] | Response
KEEP = requires(PollingPermission.KEEP)
FORM = ["GET", "POST"]
HEAD = (
    *(_("Секция"), _("Населено място"), _("Къде се гласува"), _("Адрес")),
    *(_("Вход без стъпала"), _("Гласоподаватели")),
)


@console.get("/")
@KEEP
def index() -> str:
    uow, asked = current_uow(), request.args.get("q", "")[:120]
    page = paginate(uow.session, sections.searched(asked), page_number())
    words = {"asked": asked, "votes": called_votes(uow), **common_words(uow)}
    return render_template("polling/console.html", page=page, **words)


@console.get("/sections.csv")
@KEEP
def table() -> Response:
    """The open sections as a table."""
    uow = current_uow()
    names = settlements_here(uow)
    lines = [
        (
            str(one.number),
            names.get(one.settlement, ""),
            one.place,
            one.address,
            gettext("да") if one.is_accessible else gettext("не"),
            str(one.voters),
        )
        for one in uow.session.scalars(sections.open_sections())
    ]
    return csv_file("sektsii.csv", HEAD, lines)


@console.route("/new", methods=FORM)
@KEEP
def new() -> Answer:
    uow, form = current_uow(), SectionForm()
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            section = sections.write_section(uow, form.said(), request_id=once)
            return see_other(".section", section_id=section.id, said="polling.saved")
        except DomainError as refusal:
            tell(form, refusal, at={SectionNumberTaken: "number"})
    return filled("polling/edit.html", form, section=None)


@console.get("/<uuid:section_id>")
@KEEP
def section(section_id: UUID) -> Answer:
    return _page(sections.section_of(current_uow(), section_id), _address_form())


@console.route("/<uuid:section_id>/edit", methods=FORM)
@KEEP
def edit(section_id: UUID) -> Answer:
    uow = current_uow()
    found = sections.section_of(uow, section_id, to_change=request.method == "POST")
    form = SectionForm(data=fill_from(found))
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            sections.edit_section(uow, found, form.said(), expected_version=version)
            return see_other(".section", section_id=section_id, said="polling.saved")
        except DomainError as refusal:
            tell(form, refusal, found, at={SectionNumberTaken: "number"})
    show_version(form, found)
    return filled("polling/edit.html", form, section=found)


@console.post("/<uuid:section_id>/close")
@KEEP
def close(section_id: UUID) -> Answer:
    return _turn(section_id, to=True, said="polling.closed")


@console.post("/<uuid:section_id>/reopen")
@KEEP
def reopen(section_id: UUID) -> Answer:
    return _turn(section_id, to=False, said="polling.reopened")


@console.post("/<uuid:section_id>/addresses")
@KEEP
def add_addresses(section_id: UUID) -> Answer:
    """Which addresses vote there; a refusal stands at its field, with what was typed."""
    uow, form = current_uow(), _address_form()
    found = sections.section_of(uow, section_id)
    if form.validate():
        try:
            sections.add_addresses(uow, found, form.said(), request_id=form.request_id.data)
            return see_other(".section", section_id=section_id, said="polling.addresses")
        except DomainError as refusal:
            form.street.errors = [str(refusal)]
    return _page(found, form)


@console.post("/<uuid:section_id>/addresses/<uuid:address_id>/remove")
@KEEP
def remove_addresses(section_id: UUID, address_id: UUID) -> Answer:
    uow, version = current_uow(), seen_here()
    found = sections.section_of(uow, section_id)
    sections.remove_addresses(uow, found, address_id, expected_version=version)
    return see_other(".section", section_id=section_id, said="polling.addresses")


def _turn(section_id: UUID, *, to: bool, said: str) -> Answer:
    uow = current_uow()
    found = sections.section_of(uow, section_id, to_change=True)
    sections.close_section(uow, found, to=to, expected_version=seen_here())
    return see_other(".section", section_id=section_id, said=said)


def _address_form() -> SectionAddressForm:
    form = SectionAddressForm()
    form.offer(settlements_here(current_uow()))
    return form


def _page(found: PollingSection, form: SectionAddressForm) -> Answer:
    uow = current_uow()
    if "settlement" in form and not form.is_submitted():
        form.settlement.data = found.settlement
    rows = sections.addresses_of(uow, found.id)
    about = {"section": found, "addresses": rows, **common_words(uow)}
    return filled("polling/section.html", form, **about)
