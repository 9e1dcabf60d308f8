"""Staff pages of one section: turnout by phone, two readings of its protocol, its photo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.results.console.nights import ENTER, FORM, Answer, may_take
from obshto.modules.results.errors import NoSuchProtocol, OtherSection
from obshto.modules.results.forms.page_context import common_words
from obshto.modules.results.forms.section import (
    ProtocolForm,
    ProtocolPhotoForm,
    ProtocolWordsForm,
    TurnoutForm,
)
from obshto.modules.results.services import protocols
from obshto.modules.results.services.access_log import look_at_photo
from obshto.modules.results.services.control_sums import NAMES
from obshto.modules.results.services.nights import night_of
from obshto.modules.results.services.protocols import ReadProtocol, place_of, read_protocol
from obshto.modules.results.services.states import (
    ACCEPT,
    AGAIN,
    MARK_ABSENT,
    READINGS,
    RETURN,
    ProtocolAct,
    decisions_from,
    is_open,
)
from obshto.modules.results.services.turnout import report_turnout, reports_of
from obshto.modules.results.services.votes import closes_at, turnout_hours, vote_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.reasons import sentence_of
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.services import file_of
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

Decide = Callable[..., None]
DECISIONS: Mapping[str, Decide] = {
    RETURN: protocols.restart_protocol,
    ACCEPT: protocols.accept_protocol,
    MARK_ABSENT: protocols.mark_absent,
}


def add_sections(console: Blueprint) -> None:
    """Its pages belong to the console of results."""
    under = "/<uuid:vote_id>/sections/<uuid:section_id>"
    console.add_url_rule(under, view_func=section)
    console.add_url_rule(f"{under}/turnout", view_func=turnout, methods=["POST"])
    console.add_url_rule(f"{under}/protocol", view_func=enter, methods=FORM)
    console.add_url_rule(f"{under}/photo", view_func=photograph, methods=["POST"])
    console.add_url_rule(f"{under}/photo", view_func=photo)
    console.add_url_rule(f"{under}/again", view_func=again, methods=["POST"])
    console.add_url_rule(f"{under}/<decision>", view_func=decide, methods=FORM)


@ENTER
def section(vote_id: UUID, section_id: UUID) -> Answer:
    return _page(*_both(vote_id, section_id), _turnout_form())


@ENTER
def turnout(vote_id: UUID, section_id: UUID) -> Answer:
    """What the section said by phone."""
    uow, form = current_uow(), _turnout_form()
    vote, place = _both(vote_id, section_id)
    if form.validate():
        try:
            report_turnout(uow, vote, place, int(form.hour.data), form.voted.data)
            return _back(vote, place, "turnout")
        except DomainError as refusal:
            form.voted.errors = [str(refusal)]
    return _page(vote, place, form)


@ENTER
def enter(vote_id: UUID, section_id: UUID) -> Answer:
    """One person reads the protocol; who reads second does not see what the first read."""
    uow, form = current_uow(), ProtocolForm()
    vote, place = _both(vote_id, section_id)
    _only_for(vote, *READINGS)
    if form.validate_on_submit():
        try:
            told = {"number": form.number.data, "expected_round": form.expected_version.data}
            once = form.request_id.data
            protocols.enter_protocol(uow, vote, place, form.said(), request_id=once, **told)
            return _back(vote, place, "entered")
        except DomainError as refusal:
            tell(form, refusal, at={OtherSection: "number"})
    read = read_protocol(uow, vote, place)
    if not form.is_submitted():
        form.expected_version.data = read.row.round
    about = {"vote": vote, "place": place, "file": _file(read)}
    return filled("results/protocol.html", form, read=read, **about)


@ENTER
@takes_files
def photograph(vote_id: UUID, section_id: UUID) -> Answer:
    """The paper beside the numbers."""
    uow, form = current_uow(), ProtocolPhotoForm()
    vote, place = _both(vote_id, section_id)
    if form.validate():
        try:
            file = form.file.data
            protocols.photograph(uow, vote, place, file.stream, name=file.filename or "")
            return _back(vote, place, "photo")
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    return _page(vote, place, _turnout_form(), photo_form=form)


@ENTER
def photo(vote_id: UUID, section_id: UUID) -> Response:
    """Names and signatures stand on it: opening it is recorded."""
    uow = current_uow()
    vote, place = _both(vote_id, section_id)
    row = read_protocol(uow, vote, place).row
    if row.file_id is None:
        raise NoSuchProtocol
    look_at_photo(uow, section_id)
    return send_file(uow, file_of(uow, row.file_id))


@ENTER
def again(vote_id: UUID, section_id: UUID) -> Response:
    """Both read it anew: the slip was here, not on paper."""
    vote, place = _both(vote_id, section_id)
    _only_for(vote, AGAIN)
    version = seen_here()
    protocols.restart_protocol(current_uow(), vote, place, "", expected_version=version)
    return _back(vote, place, "again")


@ENTER
def decide(vote_id: UUID, section_id: UUID, decision: str) -> Answer:
    """Return it, accept it with an explanation, say why there is none."""
    decided = DECISIONS.get(decision) or abort(404)
    uow, form = current_uow(), ProtocolWordsForm()
    vote, place = _both(vote_id, section_id)
    [act] = _only_for(vote, decision)
    if form.validate_on_submit():
        try:
            decided(uow, vote, place, form.said(), expected_version=form.expected_version.data)
            return _back(vote, place, "decided")
        except DomainError as refusal:
            tell(form, refusal, read_protocol(uow, vote, place).row)
    read = read_protocol(uow, vote, place)
    if not form.is_submitted() and decision == RETURN:
        form.words.data = _to_correct(read)
    show_version(form, read.row)
    about = {"vote": vote, "place": place, "act": act}
    return filled("results/decide.html", form, read=read, **about, **common_words(uow))


def _to_correct(read: ReadProtocol) -> str:
    """What does not hold, in words that the section understands."""
    lines = [
        gettext("Трябва да е така: %(sentence)s.", sentence=sentence_of(why))
        for why in read.sums
        if not why.holds
    ]
    names = ", ".join(str(NAMES[name]) for name in read.differs)
    if names:
        lines.append(gettext("Напишете четливо: %(names)s.", names=names))
    return "\n".join(lines)


def _both(vote_id: UUID, section_id: UUID) -> tuple[CalledVote, PollingPlace]:
    uow = current_uow()
    vote = vote_of(uow, vote_id)
    return vote, place_of(uow, vote, section_id)


def _only_for(vote: CalledVote, *names: str) -> list[ProtocolAct]:
    """Acts by the law of the vote. Aborts with 404 without it, with 403 for who may not take it."""
    law = protocols.law_here(current_uow(), vote)
    acts = [law.acts.get(name) or abort(404) for name in names]
    if not all(map(may_take, acts)):
        abort(403)
    return acts


def _turnout_form() -> TurnoutForm:
    form = TurnoutForm()
    form.offer(turnout_hours(current_uow()))
    return form


def _file(read: ReadProtocol) -> Any:
    return file_of(current_uow(), read.row.file_id) if read.row.file_id else None


def _page(
    vote: CalledVote,
    place: PollingPlace,
    form: TurnoutForm,
    photo_form: ProtocolPhotoForm | None = None,
) -> Answer:
    uow, me = current_uow(), current_principal()
    read, law = read_protocol(uow, vote, place), protocols.law_here(uow, vote)
    reads = all(may_take(law.acts[name]) for name in READINGS)
    about = {
        "vote": vote,
        "place": place,
        "read": read,
        "night": night_of(uow, vote),
        "file": _file(read),
        "reports": reports_of(uow, vote).get(place.id, {}),
        "is_closed": uow.now >= closes_at(uow, vote),
        "may_enter": is_open(law, read.row.state) and reads and not read.is_mine(me.person_id),
        "decisions": list(filter(may_take, decisions_from(law, read.row.state))),
        "photo_form": photo_form or ProtocolPhotoForm(formdata=None),
        "form": form,
        **common_words(uow),
    }
    page = render_template("results/section.html", **about)
    return (page, 422) if form.errors or photo_form else page


def _back(vote: CalledVote, place: PollingPlace, word: str) -> Response:
    at = {"vote_id": vote.id, "section_id": place.id}
    return see_other(".section", said=f"results.{word}", **at)
