"""Queries of consultations: what the public may see, what an author, what staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased, defer

from obshto.modules.consultations.errors import NoSuchConsultation, NoSuchOpinion, WhoseOpinion
from obshto.modules.consultations.models import Consultation, Opinion, OpinionAnswer, OpinionGroup
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.codes import index_of
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.moderation.flags import is_flagged
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork

NUMBERED = Opinion.confirmed_at.is_not(None)
COUNTED = and_(NUMBERED, Opinion.same_as.is_(None))
UNANSWERED = and_(COUNTED, Opinion.answer_id.is_(None))
# Whose phone a code of the portal reached: an SMS says when there is an answer.
BY_PHONE = and_(
    Opinion.channel == PORTAL,
    Opinion.person_id.is_(None),
    Opinion.email.is_(None),
    Opinion.phone.is_not(None),
)
# Whom no letter of the portal reaches: staff tell them, of what they repeat with the first.
UNREACHED = and_(
    COUNTED, Opinion.person_id.is_(None), Opinion.email.is_(None), Opinion.told_at.is_(None)
)
LISTS = ("unanswered", "answered", "flagged", "hidden", "repeated", "untold", "all")
MOST_GROUPS = 50  # on one page; answered ones make room for the next
IN_ORDER = (Opinion.year, Opinion.sequence)
NEWEST = (Opinion.year.desc(), Opinion.sequence.desc())
# What staff see only after they said a purpose is not decrypted before.
UNSHOWN = tuple(
    defer(column) for column in (Opinion.author, Opinion.author_salt, Opinion.email, Opinion.phone)
)


def public() -> Select[Consultation]:
    """What everybody may see, what closes last first."""
    shown = select(Consultation).where(
        Consultation.published_at.is_not(None), Consultation.deleted_at.is_(None)
    )
    return shown.order_by(Consultation.closes_at.desc(), Consultation.id)


def open_at(moment: datetime) -> Select[Consultation]:
    """What is open, what closes first on top."""
    shown = public().order_by(None).where(Consultation.closes_at > moment)
    return shown.order_by(Consultation.closes_at, Consultation.id)


def over_at(moment: datetime) -> Select[Consultation]:
    """What is over, the last one first."""
    return public().where(Consultation.closes_at <= moment)


def lists(moment: datetime) -> dict[str, Select[Consultation]]:
    """The lists of the console, by the word in the address."""
    drafts = select(Consultation).where(
        Consultation.published_at.is_(None), Consultation.deleted_at.is_(None)
    )
    deleted = select(Consultation).where(Consultation.deleted_at.is_not(None))
    return {
        "open": open_at(moment),
        "waiting": over_at(moment).where(Consultation.outcome_at.is_(None)),
        "drafts": drafts.order_by(Consultation.changed_at.desc()),
        "decided": public().where(Consultation.outcome_at.is_not(None)),
        "deleted": deleted.order_by(Consultation.deleted_at.desc()),
    }


def consultation_of(
    uow: UnitOfWork, consultation_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Consultation:
    """For staff; `to_change` makes others wait. Raises NoSuchConsultation."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    rows = select(Consultation)
    return row_of(uow, rows, consultation_id, missing=NoSuchConsultation, **wanted)


def public_consultation(
    uow: UnitOfWork, consultation_id: UUID, *, to_change: bool = False
) -> Consultation:
    """For everybody. `to_change` is its row lock, read as it is after the wait.

    Raises NoSuchConsultation for a draft as for what never was.
    """
    wanted = public().where(Consultation.id == consultation_id)
    if to_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchConsultation
    return found


def opinions_on(
    consultation: Consultation, paragraph: int | None = None, number: str = ""
) -> Select[Opinion]:
    """Those that count, in the order of their numbers; each repeated one stands once.

    With a paragraph those of it alone, with a number that one, or the one that it repeats.
    """
    own = select(Opinion).where(Opinion.consultation_id == consultation.id, COUNTED)
    if paragraph is not None:
        own = own.where(Opinion.paragraph == paragraph)
    if number:
        repeat = aliased(Opinion)
        first = select(repeat.same_as).where(numbered(repeat, number))
        own = own.where(or_(numbered(Opinion, number), Opinion.id.in_(first)))
    return own.order_by(*IN_ORDER)


def paragraph_counts(uow: UnitOfWork, consultation: Consultation) -> Mapping[int | None, int]:
    """How many opinions count on each paragraph, None being the whole. One query."""
    own = select(Opinion.paragraph, func.count()).where(
        Opinion.consultation_id == consultation.id, COUNTED
    )
    rows = uow.session.execute(own.group_by(Opinion.paragraph))
    return {paragraph: number for paragraph, number in rows}


def opinion_counts(uow: UnitOfWork, consultation: Consultation) -> Mapping[str, int]:
    """How many stand in each list, and how many count. One query."""
    numbers = [func.count().filter(in_list(name)).label(name) for name in LISTS]
    numbers.append(func.count().filter(COUNTED).label("counted"))
    own = select(*numbers).where(Opinion.consultation_id == consultation.id, NUMBERED)
    return dict(uow.session.execute(own).one()._mapping)


def numbers_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many opinions count on each of these consultations. One query."""
    own = select(Opinion.consultation_id, func.count()).where(
        Opinion.consultation_id.in_(ids), COUNTED
    )
    rows = uow.session.execute(own.group_by(Opinion.consultation_id))
    found = {key: number for key, number in rows}
    return {key: found.get(key, 0) for key in ids}


def opinion_of(uow: UnitOfWork, opinion_id: UUID, *, to_change: bool = False) -> Opinion:
    """Any that has a number, for staff and letters. Raises NoSuchOpinion."""
    wanted = select(Opinion).where(Opinion.id == opinion_id, NUMBERED).options(*UNSHOWN)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def written_opinion(uow: UnitOfWork, opinion_id: UUID) -> Opinion:
    """With a number or without. Raises NoSuchOpinion."""
    return _one(uow, select(Opinion).where(Opinion.id == opinion_id))


def opinion_at(uow: UnitOfWork, ref: str) -> Opinion:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchOpinion, WhoseOpinion.
    """
    return _one(uow, select(Opinion).where(_opened_by(uow, ref)))


def opinion_by_number(uow: UnitOfWork, number: str, code: str) -> Opinion:
    """By number and code together, as they stand on the slip. Raises NoSuchOpinion."""
    opinion = opinion_at(uow, code)
    if not is_number_of(opinion, number):
        raise NoSuchOpinion
    return opinion


def opinions_by(person_id: UUID) -> Select[Opinion]:
    """Those of an account, the newest first."""
    return (
        select(Opinion)
        .where(Opinion.person_id == person_id)
        .order_by(Opinion.sent_at.desc(), Opinion.id)
    )


def groups_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[tuple[OpinionGroup, int]]:
    """Proposed groups of which somebody lacks an answer, the largest so many. One query."""
    number = func.count(Opinion.id)
    own = (
        select(OpinionGroup, number)
        .join(Opinion, Opinion.group_id == OpinionGroup.id)
        .where(OpinionGroup.consultation_id == consultation.id, UNANSWERED)
        .group_by(OpinionGroup.id)
        .order_by(number.desc(), OpinionGroup.id)
        .limit(MOST_GROUPS)
    )
    return [(group, size) for group, size in uow.session.execute(own)]


def members_of(uow: UnitOfWork, consultation: Consultation, group_id: UUID) -> Sequence[UUID]:
    """Ids of those in a group who lack an answer. One query."""
    own = select(Opinion.id).where(
        Opinion.consultation_id == consultation.id, Opinion.group_id == group_id, UNANSWERED
    )
    return uow.session.scalars(own.order_by(*IN_ORDER)).all()


def consultations_by(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Consultation]:
    """These, by id. One query."""
    rows = uow.session.scalars(select(Consultation).where(Consultation.id.in_(ids)))
    return {row.id: row for row in rows}


def chosen_of(
    uow: UnitOfWork, consultation: Consultation, ids: Collection[UUID]
) -> Sequence[Opinion]:
    """Those of its opinions that were ticked, in order. One query."""
    own = select(Opinion).where(Opinion.consultation_id == consultation.id, Opinion.id.in_(ids))
    own = own.order_by(*IN_ORDER).options(*UNSHOWN)
    return uow.session.scalars(own).all() if ids else []


def flagged_opinions() -> Select[Opinion]:
    """Of all consultations: what readers flagged and staff have not decided, in order."""
    own = select(Opinion).where(NUMBERED, in_list("flagged"))
    return own.order_by(*IN_ORDER).options(*UNSHOWN)


def in_list(name: str) -> ColumnElement[bool]:
    """Whether an opinion stands in a list of the staff, by a word of `LISTS`."""
    conditions: dict[str, ColumnElement[bool]] = {
        "unanswered": UNANSWERED,
        "answered": and_(COUNTED, Opinion.answer_id.is_not(None)),
        "flagged": is_flagged(PART, Opinion.id),
        "hidden": Opinion.hidden_at.is_not(None),
        "repeated": Opinion.same_as.is_not(None),
        "untold": UNREACHED,
        "all": true(),
    }
    return conditions[name]


def answers_to(uow: UnitOfWork, opinions: Collection[Opinion]) -> Mapping[UUID, OpinionAnswer]:
    """The answers in force, by opinion. One query."""
    ids = {opinion.answer_id for opinion in opinions if opinion.answer_id}
    rows = (
        uow.session.scalars(select(OpinionAnswer).where(OpinionAnswer.id.in_(ids))) if ids else ()
    )
    found = {row.id: row for row in rows}
    return {it.id: found[it.answer_id] for it in opinions if it.answer_id}


def _opened_by(uow: UnitOfWork, ref: str) -> ColumnElement[bool]:
    return opened_by(uow, Opinion, ref, index_of, missing=NoSuchOpinion, whose=WhoseOpinion)


def _one(uow: UnitOfWork, wanted: Select[Opinion]) -> Opinion:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchOpinion
    return found
