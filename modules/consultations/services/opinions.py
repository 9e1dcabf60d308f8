"""Opinions: given by their author or entered by staff, confirmed, numbered, hidden.

The consultation's row is locked first: its term, the number and the record's next line are read
and written while nobody else can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.consultations.errors import (
    EmailNeeded,
    NoSuchParagraph,
    NotOpenYet,
    OutcomePublished,
    ReceivedOutsideTerm,
    StaleConsultation,
    TooLate,
)
from obshto.modules.consultations.events import (
    OpinionAuthorTold,
    OpinionAwaits,
    OpinionFact,
    OpinionGiven,
)
from obshto.modules.consultations.models import (
    Consultation,
    Opinion,
    OpinionCounter,
)
from obshto.modules.consultations.services.codes import code_of, index_of
from obshto.modules.consultations.services.invitations import invitation_answered
from obshto.modules.consultations.services.paragraphs import paragraph_at, paragraphs_of
from obshto.modules.consultations.services.phones import (
    can_confirm_by_phone,
    phone_of,
    send_opinion_code,
)
from obshto.modules.consultations.services.queries import COUNTED, public_consultation
from obshto.modules.consultations.services.record import add_line, hash_of, new_salt
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.storage.services import keep_document
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

MOST_WORDS = 4_000
CONFIRMABLE = timedelta(days=3)  # then nobody confirmed it, and it goes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionWords:
    """An opinion as typed. `received_on` is said by staff of what came on paper or by phone."""

    words: str
    author: str
    organisation: str = ""
    shows_name: bool = False
    paragraph: int | None = None
    stance: str = ""
    email: str = ""
    phone: str = ""
    age: str = ""
    settlement: str = ""
    invitation_id: UUID | None = None
    language: str = "bg"
    channel: str = PORTAL
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file beside an opinion, as it came."""

    stream: BinaryIO
    name: str


def give_opinion(
    uow: UnitOfWork,
    consultation_id: UUID,
    told: OpinionWords,
    *,
    request_id: UUID,
    file: GivenFile | None = None,
) -> Opinion:
    """Take it up; the same `request_id` again finds the first.

    From a profile and from staff it has its number at once, else when its address is confirmed.
    Raises NoSuchConsultation, NotOpenYet, TooLate, OutcomePublished, ReceivedOutsideTerm,
    EmailNeeded, NoCodeToday, NoSuchParagraph, FileRefused.
    """
    if first := of_request(uow, Opinion, request_id):
        return first
    _check_words(uow, public_consultation(uow, consultation_id), told)
    opinion = _opinion(uow, consultation_id, told, request_id=request_id)
    try:
        with uow.session.begin_nested():
            if file:
                name = file.name or "file"
                opinion.file_id = keep_document(uow, file.stream, name=name, is_sealed=True).id
            # After the file, which takes its time: from here on others wait.
            consultation = public_consultation(uow, consultation_id, to_change=True)
            _check_words(uow, consultation, told)
            uow.session.add(opinion)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, Opinion, request_id):
            return first
        raise
    if told.channel == PORTAL and opinion.person_id is None:
        if phone_of(opinion):
            send_opinion_code(uow, opinion)
        _tell(uow, OpinionAwaits, opinion)
    else:
        _number(uow, consultation, opinion)
    return opinion


def confirm_opinion(uow: UnitOfWork, opinion: Opinion) -> None:
    """Its address was read by its author: it has a number from now on. Twice changes nothing.

    Sent in time it counts, even where it is confirmed after the end. Raises OutcomePublished.
    """
    consultation = public_consultation(uow, opinion.consultation_id, to_change=True)
    uow.session.refresh(opinion)
    if opinion.confirmed_at:
        return
    if consultation.outcome_at:
        raise OutcomePublished
    _number(uow, consultation, opinion)


def mark_told(uow: UnitOfWork, opinion: Opinion, how: str, *, expected_version: int) -> None:
    """Staff told the author, whom no letter of the portal reaches. Twice changes nothing.

    Raises StaleConsultation.
    """
    if opinion.told_at:
        return
    expect_version(opinion, expected_version, StaleConsultation)
    opinion.told_at, opinion.told_how = uow.now, how
    _tell(uow, OpinionAuthorTold, opinion)


def bare_name(organisation: str) -> str:
    """The name of an organisation as it is compared: letters and digits alone, of one case."""
    return "".join(sign for sign in organisation.casefold() if sign.isalnum())


def _check_words(uow: UnitOfWork, consultation: Consultation, told: OpinionWords) -> None:
    _check_term(uow, consultation, told)
    if told.paragraph is not None and not paragraph_at(paragraphs_of(consultation), told.paragraph):
        raise NoSuchParagraph(last=len(consultation.paragraphs))
    is_reached = uow.principal.person_id or told.email or can_confirm_by_phone(uow, told.phone)
    if told.channel == PORTAL and not is_reached:
        raise EmailNeeded


def _check_term(uow: UnitOfWork, consultation: Consultation, told: OpinionWords) -> None:
    if consultation.closes_at is None or consultation.published_at is None:
        raise NotOpenYet
    if told.channel == PORTAL:
        if uow.now >= consultation.closes_at:
            raise TooLate(moment=_to_the_second(consultation))
        return
    # What arrived in time counts, also where it is typed in after the end.
    if state_of(consultation, uow.now) is ConsultationState.DECIDED:
        raise OutcomePublished
    begin, end = day_of(consultation.published_at), consultation.closes_on or day_of(uow.now)
    if not begin <= (told.received_on or day_of(uow.now)) <= min(end, day_of(uow.now)):
        raise ReceivedOutsideTerm(begin=day(begin), end=day(min(end, day_of(uow.now))))


def _to_the_second(consultation: Consultation) -> str:
    """The last second that was in time, as clocks in Bulgaria show it."""
    assert consultation.closes_at
    last = (consultation.closes_at - timedelta(seconds=1)).astimezone(SOFIA)
    return str(gettext("%(day)s в %(clock)s", day=day(last), clock=f"{last:%H:%M:%S}"))


def _number(uow: UnitOfWork, consultation: Consultation, opinion: Opinion) -> None:
    """Confirm it: the number, the record's line. The consultation is locked."""
    first = uow.session.scalars(
        select(Opinion)
        .where(
            Opinion.consultation_id == consultation.id,
            Opinion.fingerprint == opinion.fingerprint,
            COUNTED,
        )
        .limit(1)
    ).first()
    if first:
        opinion.same_as, opinion.answer_id = first.id, first.answer_id
    opinion.confirmed_at = uow.now
    opinion.year, opinion.sequence = next_number(uow, OpinionCounter, "opinion")
    uow.session.flush()
    add_line(uow, consultation, "opinion", body_of(opinion))
    _tell(uow, OpinionGiven, opinion)


def body_of(opinion: Opinion) -> dict[str, str | int | None]:
    """What the record says of an opinion: hashes of what people wrote, nothing of who they are."""
    return {
        "number": opinion.number,
        "received_on": opinion.received_on.isoformat(),
        "paragraph": opinion.paragraph,
        "stance": opinion.stance,
        "words_sha256": hash_of(opinion.salt, opinion.words),
        "author_sha256": hash_of(opinion.author_salt, opinion.author),
        "organisation_sha256": hash_of(opinion.salt, opinion.organisation),
    }


def _opinion(
    uow: UnitOfWork, consultation_id: UUID, told: OpinionWords, *, request_id: UUID
) -> Opinion:
    by_staff = told.channel != PORTAL
    person_id = None if by_staff else uow.principal.person_id
    known = str(person_id or told.email.casefold() or read_number(told.phone) or "")
    who = known or f"{told.author}|{told.organisation}".casefold()
    place = f"{told.paragraph or ''}{told.stance and f':{told.stance}'}"
    said = f"{consultation_id}|{who}|{place}|{' '.join(told.words.split())}"
    return Opinion(
        id=new_id(),
        request_id=request_id,
        consultation_id=consultation_id,
        person_id=person_id,
        code_index=index_of(code_of(request_id)),
        language=told.language,
        channel=told.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        paragraph=told.paragraph,
        stance=told.stance,
        words=told.words,
        salt=new_salt(),
        author=told.author,
        author_salt=new_salt(),
        organisation=told.organisation,
        shows_name=told.shows_name,
        email=told.email or None,
        phone=told.phone or None,
        age=told.age,
        settlement=told.settlement,
        invitation_id=told.invitation_id
        or _invitation(uow, consultation_id, told, by_staff=by_staff),
        received_on=(by_staff and told.received_on) or day_of(uow.now),
        sent_at=uow.now,
        fingerprint=blind_index("consultations_opinion.fingerprint", said),
        voice=_voice(consultation_id, known or str(request_id), told.organisation),
    )


def _invitation(
    uow: UnitOfWork, consultation_id: UUID, told: OpinionWords, *, by_staff: bool
) -> UUID | None:
    named = {"organisation": told.organisation, "email": told.email}
    return invitation_answered(uow, consultation_id, **named, by_staff=by_staff)


def _voice(consultation_id: UUID, who: str, organisation: str) -> bytes:
    """Account, e-mail or phone, else the slip: two people of one name are not one. An organisation
    is one voice, whoever writes for it and with whichever quotes.
    """
    named = bare_name(organisation)
    speaks = f"organisation|{named}" if named else who
    return blind_index("consultations_opinion.voice", f"{consultation_id}|{speaks}")


def _tell(uow: UnitOfWork, fact: type[OpinionFact], opinion: Opinion) -> None:
    uow.emit(fact(subject_id=opinion.id, number=opinion.number))
