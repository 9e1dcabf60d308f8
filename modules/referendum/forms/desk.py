"""Desk of a proposal: the same pages for its committee and for staff, each on its own blueprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.referendum.forms.context import common_words, page_words, units_here
from obshto.modules.referendum.forms.fields import (
    MemberForm,
    PetitionLookForm,
    ReferendumForm,
    SheetsForm,
    SignatureForm,
    StepForm,
    VotersForm,
    fill_from,
    proposers_for,
)
from obshto.modules.referendum.models import Member, Referendum, Signature
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.services import access_log, committee, petition, proposals
from obshto.modules.referendum.services.proposal_acts import take_step, window_here
from obshto.modules.referendum.services.states import ACTS, AFTER_TERM, Act, acts_from
from obshto.modules.referendum.services.voting_days import VotingDay, voting_days
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.petitions.counts import COLUMNS, file_rows, place_after, rows_of
from obshto.platform.petitions.kinds import FAULTS, FINDINGS, NOT_VOTER, UNSIGNED
from obshto.platform.petitions.sheets import count_sheets, numbers_of_batch, sheets_as_pdf
from obshto.platform.petitions.signatures import signature_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

Answer = str | tuple[str, int] | Response
FORM = ["GET", "POST"]


Access = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whose desk it is: where its pages stand, who may enter, which proposals lie on it."""

    blueprint: Blueprint
    prefix: str
    access: Access
    rows_access: Access  # to what people signed
    find: Callable[..., Referendum]
    layout: str
    is_staff: bool

    def proposal(self, proposal_id: UUID) -> Referendum:
        """Locked until the request ends, where something is sent."""
        g.is_personal = True
        return self.find(current_uow(), proposal_id, to_change=request.method == "POST")

    def show(self, template: str, proposal: Referendum, **words: Any) -> str:
        """A page of the desk."""
        return render_template(f"referendum/{template}.html", **self.words(proposal), **words)

    def filled(self, template: str, form: Any, proposal: Referendum, **words: Any) -> Answer:
        """A page with a form, as it came where something is wrong with it."""
        return filled(f"referendum/{template}.html", form, **self.words(proposal), **words)

    def words(self, proposal: Referendum) -> dict[str, Any]:
        """What each page of the desk reads."""
        return {
            "proposal": proposal,
            "layout": self.layout,
            "is_staff": self.is_staff,
            "at": self._at,
            **common_words(current_uow()),
        }

    def back(self, proposal: Referendum, said: str, page: str = "desk", **more: Any) -> Response:
        """To a page of the desk, with a sentence."""
        return see_other(f".{page}", proposal_id=proposal.id, said=said, **more)

    def may(self, act: Act) -> bool:
        """An act of the committee is everybody's at the desk, others ask for their permission."""
        return act.way.who is None or (self.is_staff and current_principal().may(act.way.who))

    def _at(self, page: str, proposal: Referendum, **more: Any) -> str:
        return url_for(f"{self.blueprint.name}.{page}", proposal_id=proposal.id, **more)


def mount_desk(desk: Desk) -> None:
    """Put the pages on the blueprint, each with its access."""
    for path, (view, methods) in _PAGES.items():
        access = desk.rows_access if view in _ROWS else desk.access
        desk.blueprint.add_url_rule(
            f"{desk.prefix}/<uuid:proposal_id>{path}",
            view.__name__,
            access(_bound(desk, view)),
            methods=methods,
        )


def _bound(desk: Desk, view: Callable[..., Answer]) -> Callable[..., Answer]:
    def enter(proposal_id: UUID, **more: Any) -> Answer:
        return view(desk, desk.proposal(proposal_id), **more)

    enter.__name__ = view.__name__
    return enter


def desk(desk: Desk, proposal: Referendum) -> Answer:
    """All about one proposal for who works at it: what is owed, what can be done."""
    uow = current_uow()
    shows_names = _shows_names(desk, proposal)
    members = committee.members_of(uow, proposal, is_named=shows_names)
    words = page_words(uow, proposal)
    term = words["due"].term if words["due"] else None
    is_over = term is not None and term.due_on < day_of(uow.now)
    acts = [
        act
        for act in acts_from(proposal.state, proposal.proposer)
        if desk.may(act) and (is_over or act.way.name not in AFTER_TERM)
    ]
    return desk.show(
        "desk",
        proposal,
        acts=acts,
        members=members,
        codes=_codes(desk, proposal, members),
        shows_names=shows_names,
        may_see_rows=not desk.is_staff or current_principal().may(ReferendumPermission.ENTER),
        may_advise=desk.is_staff and current_principal().may(ReferendumPermission.ADVISE),
        sheets=count_sheets(uow, petition.KIND, proposal.id),
        may_print=proposal.state in petition.PRINTABLE,
        may_enter=proposal.state in petition.ENTERABLE,
        **words,
    )


def _codes(desk: Desk, proposal: Referendum, members: Sequence[Member]) -> Mapping[UUID, str]:
    """Codes of free places, for the committee alone and for who entered it from paper."""
    if desk.is_staff and not _is_by_me(proposal):
        return {}
    return {one.id: grouped(committee.code_for(one)) for one in members if one.code_index}


def _shows_names(desk: Desk, proposal: Referendum) -> bool:
    """Names of a committee are its own; staff who did not enter them say what for first."""
    if not desk.is_staff or _is_by_me(proposal):
        return True
    return access_log.sees_rows(current_uow(), proposal)


def _is_by_me(proposal: Referendum) -> bool:
    return proposal.entered_by_id == current_principal().person_id


def edit(desk: Desk, proposal: Referendum) -> Answer:
    form = ReferendumForm(data=fill_from(proposal))
    del form.request_id
    form.offer(proposers_for(is_staff=desk.is_staff), units_here(current_uow()))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            proposals.edit_proposal(current_uow(), proposal, form.said(), expected_version=version)
            return desk.back(proposal, "referendum.saved")
        except DomainError as refusal:
            tell(form, refusal, proposal)
    show_version(form, proposal)
    return desk.filled("edit", form, proposal)


def take(desk: Desk, proposal: Referendum, step: str) -> Answer:
    """One act with its day; a date of the vote is chosen among lawful days."""
    act = ACTS.get(step) or abort(404)
    if not desk.may(act):
        abort(403)
    form, uow = StepForm(), current_uow()
    days = _days_for(uow, proposal, act, form)
    form.fit(act, days)
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            take_step(uow, proposal, act, form.said(days), expected_version=version)
            return _after(desk, proposal, act)
        except DomainError as refusal:
            tell(form, refusal, proposal)
            g.why = getattr(refusal, "why", None)
    if not form.is_submitted():
        form.happened_on.data = form.happened_on.data or day_of(uow.now)
    show_version(form, proposal)
    return desk.filled("step", form, proposal, act=act, days=days, why=g.get("why"))


def _after(desk: Desk, proposal: Referendum, act: Act) -> Response:
    if act.way.name == "discard":
        home = ".index" if desk.is_staff else ".mine"
        return see_other(home, said="referendum.discarded")
    return desk.back(proposal, "referendum.stepped")


def _days_for(uow: UnitOfWork, proposal: Referendum, act: Act, form: StepForm) -> list[VotingDay]:
    """Lawful days from the decision's day: as typed, as chosen in the address, today."""
    if act.asks != "date" or proposal.state not in act.way.sources:
        return []
    today = day_of(uow.now)
    decided_on = _decided_on(form) or today
    if not proposals.FIRST_DAY <= decided_on <= today:  # what comes of it is told by the act
        return []
    if not form.is_submitted():
        form.happened_on.data = decided_on
    try:
        return voting_days(window_here(uow, proposal, act, decided_on))
    except DomainError:
        return []


def _decided_on(form: StepForm) -> date | None:
    if form.is_submitted():
        return form.happened_on.data if isinstance(form.happened_on.data, date) else None
    try:
        return date.fromisoformat(request.args.get("decided", ""))
    except ValueError:
        return None


def members(desk: Desk, proposal: Referendum) -> Answer:
    form, uow = MemberForm(), current_uow()
    if form.validate_on_submit():
        request_id = form.request_id.data
        try:
            committee.add_member(uow, proposal, **form.said(), request_id=request_id)
            return desk.back(proposal, "referendum.member")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return desk.filled("member", form, proposal)


def remove_member(desk: Desk, proposal: Referendum, member_id: UUID) -> Answer:
    committee.remove_member(current_uow(), proposal, member_id, expected_version=seen_here())
    return desk.back(proposal, "referendum.saved")


def voters(desk: Desk, proposal: Referendum) -> Answer:
    form = VotersForm(data={"number": proposal.voters, "source": proposal.voters_source})
    if form.validate_on_submit():
        try:
            proposals.count_voters(
                current_uow(),
                proposal,
                form.number.data,
                on=form.on.data,
                source=form.source.data.strip(),
                is_at_filing=form.moment.data == "filing",
                expected_version=form.expected_version.data,
            )
            return desk.back(proposal, "referendum.saved")
        except DomainError as refusal:
            tell(form, refusal, proposal)
    show_version(form, proposal)
    return desk.filled("voters", form, proposal)


def sheets(desk: Desk, proposal: Referendum) -> Answer:
    form, uow = SheetsForm(), current_uow()
    if form.validate_on_submit():
        request_id = form.request_id.data
        try:
            petition.print_sheets(uow, proposal, form.count.data, request_id=request_id)
            return desk.back(proposal, "referendum.printed", "sheets", batch=request_id)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    printed = count_sheets(uow, petition.KIND, proposal.id)
    return desk.filled("sheets", form, proposal, printed=printed, batch=_batch())


def _batch() -> UUID | None:
    try:
        return UUID(request.args.get("batch", ""))
    except ValueError:
        return None


def sheets_pdf(desk: Desk, proposal: Referendum, batch_id: UUID) -> Answer:
    """The paper of one printing, as often as it is asked for."""
    uow = current_uow()
    numbers = numbers_of_batch(uow, petition.KIND, proposal.id, batch_id)
    if not numbers:
        abort(404)
    unit = units_here(uow).get(proposal.unit) or (uow.scope.title if uow.scope else "")
    text = petition.sheet_text(proposal, unit)
    body = sheets_as_pdf(text, numbers, on=day_of(uow.now))
    return private_pdf(f"podpiska-{numbers[0]}-{numbers[-1]}", body)


def rows(desk: Desk, proposal: Referendum) -> Answer:
    """The petition's rows for who said what for; else the question."""
    uow = current_uow()
    shown: dict[str, Any] = {
        "looks": access_log.looks_at(uow, proposal),
        "purposes": access_log.PURPOSES,
    }
    shown |= {"counts": petition.counts(uow, proposal), "faults": FAULTS, "findings": FINDINGS}
    if not access_log.sees_rows(uow, proposal):
        return _ask_purpose(desk, proposal)
    fault = request.args.get("fault", "")
    fault = fault if fault in (*FAULTS, NOT_VOTER) else ""
    found = paginate(uow.session, rows_of(petition.KIND, proposal.id, fault=fault), page_number())
    may_enter = proposal.state in petition.ENTERABLE
    return desk.show("rows", proposal, page=found, fault=fault, may_enter=may_enter, **shown)


def _ask_purpose(desk: Desk, proposal: Referendum) -> Answer:
    looks = access_log.looks_at(current_uow(), proposal)
    form = PetitionLookForm()
    return desk.show("look", proposal, form=form, looks=looks, purposes=access_log.PURPOSES)


def look(desk: Desk, proposal: Referendum) -> Answer:
    form, uow = PetitionLookForm(), current_uow()
    if form.validate_on_submit():
        purpose, request_id = form.purpose.data, form.request_id.data
        access_log.look_at_rows(uow, proposal, purpose, request_id=request_id)
        return desk.back(proposal, "referendum.looked", "rows")
    looks = access_log.looks_at(uow, proposal)
    return desk.filled("look", form, proposal, looks=looks, purposes=access_log.PURPOSES)


def enter_row(desk: Desk, proposal: Referendum) -> Answer:
    """Line after line: the next one stands ready after each."""
    uow, form = current_uow(), SignatureForm(data=_next_place())
    if form.validate_on_submit():
        place, request_id = (form.sheet.data, form.line.data), form.request_id.data
        try:
            row = petition.enter_row(uow, proposal, form.said(), place=place, request_id=request_id)
            after = {"sheet": place[0], "line": place[1], "fault": row.fault or None}
            return desk.back(proposal, "referendum.row", "enter_row", **after)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    counts, fault = petition.counts(uow, proposal), request.args.get("fault", "")
    words = {"counts": counts, "fault": FAULTS.get(fault) if fault else None}
    return desk.filled("row", form, proposal, row=None, **words)


def _next_place() -> dict[str, int]:
    sheet, line = (request.args.get(name, "") for name in ("sheet", "line"))
    if not (sheet.isdecimal() and line.isdecimal() and len(sheet) < 6 and len(line) < 3):
        return {"sheet": 1, "line": 1}
    return dict(zip(("sheet", "line"), place_after(int(sheet), int(line)), strict=True))


def edit_row(desk: Desk, proposal: Referendum, row_id: UUID) -> Answer:
    """Mend a line; who may see it said what for."""
    uow = current_uow()
    if not access_log.sees_rows(uow, proposal):
        return _ask_purpose(desk, proposal)
    row = signature_of(uow, petition.KIND, proposal.id, row_id)
    form = SignatureForm(data=_of_row(row))
    del form.request_id
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            petition.correct_row(uow, proposal, row, form.said(), expected_version=version)
            return desk.back(proposal, "referendum.saved", "rows")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return desk.filled("row", form, proposal, row=row, counts=None, fault=FAULTS[row.fault])


def _of_row(row: Signature) -> Mapping[str, Any]:
    told = {
        name: getattr(row, name) for name in ("sheet", "line", "name", "egn", "address", "note")
    }
    return {**told, "is_unsigned": row.fault == UNSIGNED}


def structured_file(desk: Desk, proposal: Referendum) -> Answer:
    """The file of law; only for who said what for."""
    uow = current_uow()
    if not access_log.sees_rows(uow, proposal):
        return _ask_purpose(desk, proposal)
    name = f"podpiska-{proposal.year}-{proposal.sequence}-nepotvurden-format.csv"
    answer = csv_file(name, COLUMNS, file_rows(uow, petition.KIND, proposal.id))
    return make_response(answer)


_PAGES: Mapping[str, tuple[Callable[..., Answer], list[str]]] = {
    "": (desk, ["GET"]),
    "/edit": (edit, FORM),
    "/steps/<step>": (take, FORM),
    "/members": (members, FORM),
    "/members/<uuid:member_id>/remove": (remove_member, ["POST"]),
    "/voters": (voters, FORM),
    "/sheets": (sheets, FORM),
    "/sheets/<uuid:batch_id>.pdf": (sheets_pdf, ["GET"]),
    "/rows": (rows, ["GET"]),
    "/look": (look, ["POST"]),
    "/rows/enter": (enter_row, FORM),
    "/rows/<uuid:row_id>": (edit_row, FORM),
    "/rows.csv": (structured_file, ["GET"]),
}
_ROWS = frozenset((rows, look, enter_row, edit_row, structured_file))
