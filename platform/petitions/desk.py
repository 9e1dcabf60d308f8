"""Desk of a petition: the same pages for its committee and for staff, each on its own blueprint.

What a module has beside them it mounts on the same desk: `mount_desk(desk, pages)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.permissions import Permission
from obshto.platform.petitions.acts import PURPOSES, Petition
from obshto.platform.petitions.committee import CommitteeKind, Owner
from obshto.platform.petitions.counts import COLUMNS, file_rows, place_after, rows_of
from obshto.platform.petitions.forms import (
    MemberForm,
    PetitionLookForm,
    ProtocolForm,
    SheetsForm,
    SignatureForm,
)
from obshto.platform.petitions.kinds import FAULTS, FINDINGS, NOT_VOTER, UNSIGNED
from obshto.platform.petitions.models import SignatureRow
from obshto.platform.petitions.sheets import (
    SheetText,
    count_sheets,
    numbers_of_batch,
    sheets_as_pdf,
)
from obshto.platform.petitions.signatures import signature_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

Answer: TypeAlias = str | tuple[str, int] | Response
Access: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]
FORM = ["GET", "POST"]
Page: TypeAlias = tuple[Callable[..., Answer], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionDesk(Generic[Owner]):
    """Whose desk it is: where its pages stand, who may enter, which petitions lie on it.

    `noun` names the petition in addresses (`proposal_id`) and in the module's own templates.
    `begins` is what the names of its pages begin with, where the blueprint has others beside them.
    """

    part: str
    noun: str
    petition: Petition[Owner, Any, Any]
    blueprint: Blueprint
    prefix: str
    access: Access
    rows_access: Access  # to what people signed
    find: Callable[..., Owner]
    common_words: Callable[[UnitOfWork], Mapping[str, Any]]
    sheet_text: Callable[[UnitOfWork, Owner], SheetText]
    layout: str
    is_staff: bool
    enters: Permission  # who enters the paper of a committee
    committee: CommitteeKind[Owner, Any] | None = None  # None: no member is written down
    begins: str = ""

    def acts_for(self, owner: Owner) -> bool:
        """Whether who sits here may do what whoever proposes may: the committee, or for it who
        enters its paper. To read at the desk, or to answer the petition, is not enough."""
        return not self.is_staff or current_principal().may(self.enters)

    def may(self, owner: Owner, who: Permission | None) -> bool:
        """An act that names nobody is of whoever proposes; else of staff with that permission."""
        if who is None:
            return self.acts_for(owner)
        return self.is_staff and current_principal().may(who)

    def open(self, petition_id: UUID) -> Owner:
        """Locked until the request ends, where something is sent."""
        g.is_personal = True
        return self.find(current_uow(), petition_id, to_change=request.method == "POST")

    def show(self, template: str, owner: Owner, **words: Any) -> str:
        """A page of the desk."""
        return render_template(f"{template}.html", **self.words(owner), **words)

    def filled(self, template: str, form: Any, owner: Owner, **words: Any) -> Answer:
        """A page with a form, as it came where something is wrong with it."""
        return filled(f"{template}.html", form, **self.words(owner), **words)

    def words(self, owner: Owner) -> dict[str, Any]:
        """What each page of the desk reads."""
        return {
            "petition": owner,
            self.noun: owner,
            "layout": self.layout,
            "is_staff": self.is_staff,
            "at": self._at,
            "acts_for": self.acts_for(owner),
            **self.common_words(current_uow()),
        }

    def back(self, owner: Owner, said: str, page: str = "desk", **more: Any) -> Response:
        """To a page of the desk, with a sentence."""
        there = {f"{self.noun}_id": owner.id, **more}
        return see_other(f".{self.begins}{page}", said=f"{self.part}.{said}", **there)

    def committee_words(self, owner: Any) -> dict[str, Any]:
        """The committee on the page of the desk; names only for who may read them."""
        return self._paper_words(owner) | self._member_words(owner)

    def _paper_words(self, owner: Any) -> dict[str, Any]:
        return {
            "sheets": count_sheets(current_uow(), self.petition.kind, owner.id),
            "may_print": self.acts_for(owner) and owner.state in self.petition.printable,
            "may_enter": owner.state in self.petition.enterable,
            "is_checked": owner.state in self.petition.checked,
        }

    def _member_words(self, owner: Any) -> dict[str, Any]:
        if self.committee is None:
            return {}
        is_by_me = owner.entered_by_id == current_principal().person_id
        is_own = not self.is_staff or is_by_me
        is_typed = is_own and (not self.is_staff or self.committee.is_open(owner))
        shows_names = is_typed or self.petition.sees_rows(current_uow(), owner)
        members = self.committee.members_of(current_uow(), owner, is_named=shows_names)
        if self.is_staff and shows_names:
            self.petition.look_at_members(current_uow(), owner, members)
        return {
            "members": members,
            "codes": _grouped(self.committee.codes_of(members)) if is_own else {},
            "shows_names": shows_names,
        }

    def _at(self, page: str, owner: Owner, **more: Any) -> str:
        there = {f"{self.noun}_id": owner.id, **more}
        return url_for(f"{self.blueprint.name}.{self.begins}{page}", **there)


def _grouped(codes: Mapping[UUID, str]) -> Mapping[UUID, str]:
    return {member_id: grouped(code) for member_id, code in codes.items()}


def mount_desk(
    desk: PetitionDesk[Any], own: Mapping[str, Page], edits: frozenset[Callable[..., Answer]]
) -> None:
    """Put the module's own pages and those of the paper on the blueprint, each with its access.

    `edits` are those of its own that only whoever proposes may use, or who enters their paper.
    """
    members_pages = _OF_COMMITTEE if desk.committee else {}
    staff_pages = _OF_STAFF if desk.is_staff else {}
    for path, (view, methods) in {**own, **members_pages, **_PAGES, **staff_pages}.items():
        access = desk.rows_access if view in _ROWS else desk.access
        desk.blueprint.add_url_rule(
            f"{desk.prefix}/<uuid:{desk.noun}_id>{path}",
            f"{desk.begins}{view.__name__}",
            access(_bound(desk, view, is_edit=view in edits | _EDITS)),
            methods=methods,
        )


def _bound(
    desk: PetitionDesk[Any], view: Callable[..., Answer], *, is_edit: bool
) -> Callable[..., Answer]:
    def enter(**named: Any) -> Answer:
        owner = desk.open(named.pop(f"{desk.noun}_id"))
        if is_edit and not desk.acts_for(owner):
            abort(403)
        return view(desk, owner, **named)

    enter.__name__ = view.__name__
    return enter


def members(desk: PetitionDesk[Any], owner: Any) -> Answer:
    form, uow, committee = MemberForm(), current_uow(), desk.committee or abort(404)
    if form.validate_on_submit():
        request_id = form.request_id.data
        try:
            said = form.said() | ({"is_me": False} if desk.is_staff else {})
            committee.add_member(uow, owner, **said, request_id=request_id)
            return desk.back(owner, "member")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return desk.filled("petitions/member", form, owner)


def remove_member(desk: PetitionDesk[Any], owner: Any, member_id: UUID) -> Answer:
    version, committee = seen_here(), desk.committee or abort(404)
    committee.remove_member(current_uow(), owner, member_id, expected_version=version)
    return desk.back(owner, "saved")


def sheets(desk: PetitionDesk[Any], owner: Any) -> Answer:
    form, uow = SheetsForm(), current_uow()
    if form.validate_on_submit():
        request_id = form.request_id.data
        try:
            desk.petition.print_sheets(uow, owner, form.count.data, request_id=request_id)
            return desk.back(owner, "printed", "sheets", batch=request_id)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    printed = count_sheets(uow, desk.petition.kind, owner.id)
    places = desk.petition.places_article
    return desk.filled(
        "petitions/sheets", form, owner, printed=printed, batch=_batch(), places_article=places
    )


def _batch() -> UUID | None:
    try:
        return UUID(request.args.get("batch", ""))
    except ValueError:
        return None


def sheets_pdf(desk: PetitionDesk[Any], owner: Any, batch_id: UUID) -> Answer:
    """The paper of one printing, as often as it is asked for."""
    uow = current_uow()
    numbers = numbers_of_batch(uow, desk.petition.kind, owner.id, batch_id)
    if not numbers:
        abort(404)
    body = sheets_as_pdf(desk.sheet_text(uow, owner), numbers, on=day_of(uow.now))
    return private_pdf(f"podpiska-{numbers[0]}-{numbers[-1]}", body)


def rows(desk: PetitionDesk[Any], owner: Any) -> Answer:
    """The petition's rows for who said what for; else the question."""
    uow, petition = current_uow(), desk.petition
    if not petition.sees_rows(uow, owner):
        return _ask_purpose(desk, owner)
    fault = request.args.get("fault", "")
    fault = fault if fault in (*FAULTS, NOT_VOTER) else ""
    found = paginate(uow.session, rows_of(petition.kind, owner.id, fault=fault), page_number())
    shown: dict[str, Any] = {"faults": FAULTS, "findings": FINDINGS, "purposes": PURPOSES}
    shown |= {"counts": petition.counts(uow, owner), "looks": petition.looks_at(uow, owner)}
    may_enter = owner.state in petition.enterable
    return desk.show("petitions/rows", owner, page=found, may_enter=may_enter, **shown)


def _ask_purpose(desk: PetitionDesk[Any], owner: Any) -> Answer:
    looks = desk.petition.looks_at(current_uow(), owner)
    form = PetitionLookForm()
    return desk.show("petitions/look", owner, form=form, looks=looks, purposes=PURPOSES)


def look(desk: PetitionDesk[Any], owner: Any) -> Answer:
    form, uow = PetitionLookForm(), current_uow()
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        desk.petition.look_at_rows(uow, owner, form.purpose.data, request_id=key, reason=reason)
        return desk.back(owner, "looked", "rows")
    looks = desk.petition.looks_at(uow, owner)
    return desk.filled("petitions/look", form, owner, looks=looks, purposes=PURPOSES)


def enter_row(desk: PetitionDesk[Any], owner: Any) -> Answer:
    """Line after line: the next one stands ready after each."""
    uow, form = current_uow(), _row_form(desk, _next_place())
    if form.validate_on_submit():
        place, request_id = (form.sheet.data, form.line.data), form.request_id.data
        try:
            row = desk.petition.enter_row(
                uow, owner, form.said(), place=place, request_id=request_id
            )
            after = {"sheet": place[0], "line": place[1], "fault": row.fault or None}
            return desk.back(owner, "row", "enter_row", **after)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    counts, fault = desk.petition.counts(uow, owner), request.args.get("fault", "")
    words = {"counts": counts, "fault": FAULTS.get(fault) if fault else None}
    return desk.filled("petitions/row", form, owner, row=None, **words)


def _row_form(desk: PetitionDesk[Any], data: Mapping[str, Any]) -> SignatureForm:
    form = SignatureForm(data=data)
    form.address.label.text = desk.petition.address_label
    return form


def _next_place() -> dict[str, int]:
    sheet, line = (request.args.get(name, "") for name in ("sheet", "line"))
    if not (sheet.isdecimal() and line.isdecimal() and len(sheet) < 6 and len(line) < 3):
        return {"sheet": 1, "line": 1}
    return dict(zip(("sheet", "line"), place_after(int(sheet), int(line)), strict=True))


def edit_row(desk: PetitionDesk[Any], owner: Any, row_id: UUID) -> Answer:
    """Mend a line; who may see it said what for."""
    uow = current_uow()
    if not desk.petition.sees_rows(uow, owner):
        return _ask_purpose(desk, owner)
    row = signature_of(uow, desk.petition.kind, owner.id, row_id)
    form = _row_form(desk, _of_row(row))
    del form.request_id
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            desk.petition.correct_row(uow, owner, row, form.said(), expected_version=version)
            return desk.back(owner, "saved", "rows")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    fault = FAULTS[row.fault]
    return desk.filled("petitions/row", form, owner, row=row, counts=None, fault=fault)


def _of_row(row: SignatureRow) -> Mapping[str, Any]:
    names = ("sheet", "line", "name", "egn", "address", "note")
    return {**{name: getattr(row, name) for name in names}, "is_unsigned": row.fault == UNSIGNED}


def structured_file(desk: PetitionDesk[Any], owner: Any) -> Answer:
    """The file of law; only for who said what for."""
    uow, petition = current_uow(), desk.petition
    if not petition.sees_rows(uow, owner):
        return _ask_purpose(desk, owner)
    name = f"podpiska-{owner.year}-{owner.sequence}-nepotvurden-format.csv"
    head = [petition.address_label if one is COLUMNS[4] else one for one in COLUMNS]
    return csv_file(name, head, file_rows(uow, petition.kind, owner.id))


def protocol(desk: PetitionDesk[Any], owner: Any) -> Answer:
    """Which rows are not of voters, as the register office's protocol says."""
    uow, form = current_uow(), ProtocolForm()
    if form.validate_on_submit():
        version, rest = form.expected_version.data, form.rest.data == "confirmed"
        try:
            desk.petition.enter_protocol(
                uow, owner, form.rows(), confirms_rest=rest, expected_version=version
            )
            return desk.back(owner, "saved")
        except DomainError as refusal:
            tell(form, refusal, owner)
    show_version(form, owner)
    counts = desk.petition.counts(uow, owner)
    return desk.filled("petitions/protocol", form, owner, counts=counts)


_OF_COMMITTEE: Mapping[str, Page] = {
    "/members": (members, FORM),
    "/members/<uuid:member_id>/remove": (remove_member, ["POST"]),
}
_PAGES: Mapping[str, Page] = {
    "/sheets": (sheets, FORM),
    "/sheets/<uuid:batch_id>.pdf": (sheets_pdf, ["GET"]),
    "/rows": (rows, ["GET"]),
    "/look": (look, ["POST"]),
    "/rows/enter": (enter_row, FORM),
    "/rows/<uuid:row_id>": (edit_row, FORM),
    "/rows.csv": (structured_file, ["GET"]),
}
_OF_STAFF: Mapping[str, Page] = {"/protocol": (protocol, FORM)}
_EDITS = frozenset((members, remove_member, sheets))
_ROWS = frozenset((rows, look, enter_row, edit_row, structured_file, protocol))
