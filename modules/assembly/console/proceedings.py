"""Staff pages of the evening: people counted, votes, minutes, the signed paper; what followed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response

from obshto.modules.assembly.console.assemblies import (
    FORM,
    ONE,
    READ,
    Answer,
    may_take,
    staff_row,
)
from obshto.modules.assembly.errors import (
    CountersUnlawful,
    FollowDayImpossible,
    HoursImpossible,
    OpenVoteInvalid,
    PresentTooMany,
    VotesTooMany,
)
from obshto.modules.assembly.forms.fields import (
    AssemblyStepForm,
    AssemblyVoteForm,
    CloseMinutesForm,
    PresenceCountForm,
    ScannedMinutesForm,
    fill_votes,
)
from obshto.modules.assembly.forms.page_context import common_words, page_words
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services import proceedings, queries, scans
from obshto.modules.assembly.services.states import following_law
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.reasons import why_of_threshold
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

RECORD = requires(AssemblyPermission.RECORD)
MENDS: dict[type[DomainError], str] = {
    PresentTooMany: "present",
    VotesTooMany: "votes_for",
    OpenVoteInvalid: "invalid",
    HoursImpossible: "began_at",
    CountersUnlawful: "counters",
    FollowDayImpossible: "happened_on",
}


def add_proceedings(console: Blueprint) -> None:
    """Its pages belong to the console of assembly."""
    asked = f"{ONE}/questions/<uuid:question_id>"
    console.add_url_rule(f"{ONE}/present", view_func=present, methods=FORM)
    console.add_url_rule(f"{asked}/vote", view_func=vote, methods=FORM)
    console.add_url_rule(f"{asked}/steps/<step>", view_func=follow, methods=FORM)
    console.add_url_rule(f"{ONE}/close", view_func=close, methods=FORM)
    console.add_url_rule(f"{ONE}/scan", view_func=scan, methods=FORM)
    console.add_url_rule(f"{ONE}/scan/file", view_func=scanned)


@RECORD
def present(assembly_id: UUID) -> Answer:
    """How many are in the hall, at the hour and an hour later."""
    uow, found, form = current_uow(), staff_row(assembly_id), PresenceCountForm()
    if form.validate_on_submit():
        try:
            number, version = form.present.data, form.expected_version.data
            proceedings.count_present(uow, found, number, expected_version=version)
            return see_other(".desk", assembly_id=found.id, said="assembly.counted")
        except DomainError as refusal:
            _refuse(form, refusal, found)
    show_version(form, found)
    needed = proceedings.quorum_due(found)
    about = {"assembly": found, "needed": needed, "why": why_of_threshold(needed)}
    about["begins_at"] = proceedings.earliest_begin(found)
    return filled("assembly/present.html", form, **about)


@RECORD
def vote(assembly_id: UUID, question_id: UUID) -> Answer:
    """Hands or ballots for one question."""
    uow, found = current_uow(), staff_row(assembly_id)
    question = queries.question_of(uow, found, question_id)
    form = AssemblyVoteForm(data=fill_votes(question))
    if form.validate_on_submit():
        try:
            told, version = form.said(), form.expected_version.data
            proceedings.record_vote(uow, found, question, told, expected_version=version)
            return see_other(".desk", assembly_id=found.id, said="assembly.voted")
        except DomainError as refusal:
            _refuse(form, refusal, question)
    show_version(form, question)
    why = why_of_threshold(proceedings.majority_of(uow, found))
    return filled("assembly/vote.html", form, assembly=found, question=question, why=why)


@RECORD
def close(assembly_id: UUID) -> Answer:
    """The last page of the minutes: from here on everybody reads the result."""
    uow, found = current_uow(), staff_row(assembly_id)
    begun = proceedings.earliest_begin(found)
    form = CloseMinutesForm(data={"began_at": begun})
    if form.validate_on_submit():
        told: dict[str, Any] = {"began_at": form.began_at.moment, "ended_at": form.ended_at.moment}
        told |= {"counters": form.counters.data, "expected_version": form.expected_version.data}
        try:
            proceedings.close_minutes(uow, found, **told)
            return see_other(".desk", assembly_id=found.id, said="assembly.closed")
        except DomainError as refusal:
            _refuse(form, refusal, found)
    show_version(form, found)
    about = page_words(uow, found) | common_words(uow)
    return filled("assembly/close.html", form, why=g.get("why"), **about)


@RECORD
@takes_files
def scan(assembly_id: UUID) -> Answer:
    """The signed paper, for whoever compares it with what is written here."""
    uow, found, form = current_uow(), staff_row(assembly_id), ScannedMinutesForm()
    if form.validate_on_submit():
        try:
            file = form.file.data
            scans.keep_scan(uow, found, file.stream, name=file.filename or "")
            return see_other(".desk", assembly_id=found.id, said="assembly.scanned")
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    return filled("assembly/scan.html", form, assembly=found)


@RECORD
def scanned(assembly_id: UUID) -> Response:
    """Names and signatures stand on it: opening it is recorded."""
    uow = current_uow()
    found = queries.staff_assembly(uow, assembly_id)
    return send_file(uow, scans.opened_scan(uow, found))


@READ
def follow(assembly_id: UUID, question_id: UUID, step: str) -> Answer:
    """What the mayor or the council did about one decision."""
    uow, found, form = current_uow(), staff_row(assembly_id), AssemblyStepForm()
    question = queries.question_of(uow, found, question_id)
    act = following_law(found.announced_on, on=day_of(uow.now)).acts.get(step) or abort(404)
    if not act.has_button:
        abort(404)
    if not may_take(act):
        abort(403)
    form.fit(act, is_dated=True)
    if form.validate_on_submit():
        told = {"happened_on": form.happened_on.data, "words": form.said()}
        told |= {"expected_version": form.expected_version.data}
        try:
            proceedings.follow(uow, found, question, step, **told)
            return see_other(".desk", assembly_id=found.id, said="assembly.followed")
        except DomainError as refusal:
            _refuse(form, refusal, question)
    if not form.is_submitted():
        form.happened_on.data = day_of(uow.now)
    show_version(form, question)
    about = {"assembly": found, "question": question, "act": act, "why": None}
    return filled("assembly/step.html", form, **about, **common_words(uow))


def _refuse(form: object, refusal: DomainError, row: object) -> None:
    """The sentence stands at the field that mends it."""
    tell(form, refusal, row, at=MENDS)
    g.why = getattr(refusal, "why", None)
