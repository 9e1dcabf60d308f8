"""Public pages of polling: where one votes, found by address; all sections."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext as _

from obshto.modules.polling.forms.page_context import common_words, settlements_here
from obshto.modules.polling.forms.sections import AddressSearchForm
from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.services import sections
from obshto.modules.polling.services.address_search import AddressAnswer, find_section
from obshto.modules.polling.services.bus_lines import bus_to
from obshto.modules.polling.services.votes import called_votes, settings_here
from obshto.platform.clock import next_midnight
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("polling_citizen", __name__)


@citizen.route("/", methods=["GET", "POST"])
@open_to_all
def index() -> str | tuple[str, int]:
    """The search: asked in the body of a form, answered at once, kept nowhere."""
    uow, form = current_uow(), AddressSearchForm()
    form.offer(settlements_here(uow))
    votes, only = called_votes(uow), _only(uow)
    about = {"votes": votes, "only": only, "settings": settings_here(uow), **common_words(uow)}
    if form.validate_on_submit():
        answer = _answer(uow, form)
        found = sections.section_of(uow, answer.section_id) if answer.section_id else None
        vote = votes[0] if votes else None
        bus = bus_to(uow, found, form.settlement_code, vote) if found else None
        if found is None:
            _ask_for(form, answer)
        return filled("polling/index.html", form, answer=answer, found=found, bus=bus, **about)
    keep_until(next_midnight(uow.now))
    return filled("polling/index.html", form, answer=None, found=only, bus=None, **about)


@citizen.get("/sections")
@open_to_all
def all_sections() -> str:
    """All sections with their addresses."""
    uow = current_uow()
    page = paginate(uow.session, sections.open_sections(), page_number())
    addresses = sections.addresses_by_section(uow)
    keep_until(None)
    words = common_words(uow)
    return render_template("polling/sections.html", page=page, addresses=addresses, **words)


def _only(uow: UnitOfWork) -> PollingSection | None:
    """The section of everybody, where there is one alone."""
    first_two = uow.session.scalars(sections.open_sections().limit(2)).all()
    return first_two[0] if len(first_two) == 1 else None


def _answer(uow: UnitOfWork, form: AddressSearchForm) -> AddressAnswer:
    return find_section(
        sections.open_addresses(uow),
        settlement=form.settlement_code,
        street=form.street.data or "",
        number=form.number.data or "",
    )


def _ask_for(form: AddressSearchForm, answer: AddressAnswer) -> None:
    """Say at the field what is missing, so that the summary leads there."""
    if answer.needs_street:
        form.street.errors = [_("Тук има няколко секции. Напишете улицата.")]
    elif answer.needs_number:
        form.number.errors = [_("Улицата е в няколко секции. Напишете номера.")]
    else:
        form.street.errors = [_("Не намерихме този адрес. Проверете улицата и номера.")]
