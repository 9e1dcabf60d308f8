"""Staff pages of one vote: how far its sections are, materials, papers for print."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.polling.console.sections import FORM, KEEP, Answer
from obshto.modules.polling.forms.commissions import MaterialsForm
from obshto.modules.polling.forms.page_context import common_words
from obshto.modules.polling.models import SectionMaterials
from obshto.modules.polling.permissions import PollingPermission
from obshto.modules.polling.services import commissions, materials, papers, sections
from obshto.modules.polling.services.access_log import LETTERS, TRAIN, look_at_commission
from obshto.modules.polling.services.materials import MaterialCounts
from obshto.modules.polling.services.votes import sections_of, settings_here, vote_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def add_votes(console: Blueprint) -> None:
    """Its pages belong to the console of polling."""
    under = "/votes/<uuid:vote_id>"
    console.add_url_rule(under, view_func=vote)
    console.add_url_rule(f"{under}/packing.pdf", view_func=packing)
    console.add_url_rule(f"{under}/seals.pdf", view_func=seals)
    console.add_url_rule(f"{under}/ballot.pdf", view_func=ballot)
    console.add_url_rule(f"{under}/protocols.pdf", view_func=protocols)
    console.add_url_rule(f"{under}/sheets.pdf", view_func=sheets)
    console.add_url_rule(f"{under}/notices.pdf", view_func=notices)
    console.add_url_rule(f"{under}/letters.pdf", view_func=letters)
    console.add_url_rule(f"{under}/untrained.pdf", view_func=untrained)
    kit = f"{under}/<uuid:section_id>/materials"
    console.add_url_rule(kit, view_func=pack, methods=FORM)


@KEEP
def vote(vote_id: UUID) -> str:
    """Section by section: commission, training, materials."""
    uow = current_uow()
    called = vote_of(uow, vote_id)
    about = {
        "vote": called,
        "sections": sections_of(uow, called),
        "commissions": commissions.counts_of(uow, called),
        "materials": materials.materials_by_section(uow, called),
        "nobody": commissions.CommissionCount(),
        "may_appoint": current_principal().may(PollingPermission.APPOINT),
        "most_members": commissions.MOST_MEMBERS + 2,
    }
    return render_template("polling/vote.html", **about, **common_words(uow))


@KEEP
def pack(vote_id: UUID, section_id: UUID) -> Answer:
    """What is packed for a section; reckoned from its voters until somebody writes it."""
    uow = current_uow()
    called, section = vote_of(uow, vote_id), sections.section_of(uow, section_id)
    row = materials.materials_by_section(uow, called).get(section_id)
    spare = settings_here(uow).spare_ballots
    start = row or materials.reckoned(section.voters, spare=spare)
    form = MaterialsForm(data={name: getattr(start, name) for name in MaterialCounts.__slots__})
    if form.validate_on_submit():
        try:
            version, counts = form.expected_version.data, form.said()
            materials.write_materials(uow, called, section, counts, expected_version=version)
            return see_other(".vote", vote_id=vote_id, said="polling.packed")
        except DomainError as refusal:
            tell(form, refusal, row)
    _show_version(form, row)
    about = {"vote": called, "section": section, "spare": spare, "is_written": row is not None}
    return filled("polling/materials.html", form, **about)


@KEEP
def packing(vote_id: UUID) -> Response:
    uow = current_uow()
    called = vote_of(uow, vote_id)
    counts = materials.materials_by_section(uow, called)
    return private_pdf("opis", papers.packing_pdf(uow, called, sections_of(uow, called), counts))


@KEEP
def seals(vote_id: UUID) -> Response:
    uow = current_uow()
    called = vote_of(uow, vote_id)
    counts = materials.materials_by_section(uow, called)
    return private_pdf("plombi", papers.seals_pdf(uow, called, sections_of(uow, called), counts))


@KEEP
def ballot(vote_id: UUID) -> Response:
    uow = current_uow()
    return private_pdf("byuletina", papers.ballot_pdf(uow, vote_of(uow, vote_id)))


@KEEP
def protocols(vote_id: UUID) -> Response:
    """Blank ones, with what the register knows."""
    uow = current_uow()
    called = vote_of(uow, vote_id)
    return private_pdf("protokoli", papers.protocols_pdf(uow, called, sections_of(uow, called)))


@KEEP
def sheets(vote_id: UUID) -> Response:
    uow = current_uow()
    called = vote_of(uow, vote_id)
    counts = materials.materials_by_section(uow, called)
    return private_pdf("listove", papers.sheets_pdf(uow, called, sections_of(uow, called), counts))


@KEEP
def notices(vote_id: UUID) -> Response:
    """What hangs at the doors."""
    uow = current_uow()
    called = vote_of(uow, vote_id)
    return private_pdf("obyavi", papers.notices_pdf(uow, called, sections_of(uow, called)))


@requires(PollingPermission.APPOINT)
def letters(vote_id: UUID) -> Response:
    """A letter to each member: names are opened for it, so it is recorded."""
    uow = current_uow()
    called = vote_of(uow, vote_id)
    rooms = sections_of(uow, called)
    for one in rooms:
        look_at_commission(uow, one.id, LETTERS)
    people = commissions.members_of(uow, called, [one.id for one in rooms])
    return private_pdf("pisma", papers.letters_pdf(uow, called, rooms, people))


@requires(PollingPermission.APPOINT)
def untrained(vote_id: UUID) -> Response:
    """Whom to call: names and telephones are opened for it, so it is recorded."""
    uow = current_uow()
    called = vote_of(uow, vote_id)
    counts = commissions.counts_of(uow, called)
    rooms = [one for one in sections_of(uow, called) if _is_untrained(counts.get(one.id))]
    for one in rooms:
        look_at_commission(uow, one.id, TRAIN)
    people = commissions.untrained_of(uow, called, [one.id for one in rooms])
    return private_pdf("bez-obuchenie", papers.untrained_pdf(uow, called, rooms, people))


def _is_untrained(count: commissions.CommissionCount | None) -> bool:
    return count is not None and count.trained < count.members


def _show_version(form: MaterialsForm, row: SectionMaterials | None) -> None:
    """0 stands for what nobody wrote yet."""
    if not form.is_submitted():
        form.expected_version.data = row.version if row else 0
