"""Groups of alike opinions: proposed by a job from the words they share, decided by people.

A group is no answer: each opinion of it still lacks one until somebody chose it. Opinions on
different paragraphs, or for and against, are never proposed together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select, update

from obshto.modules.consultations.errors import NoSuchConsultation
from obshto.modules.consultations.models import Consultation, Opinion, OpinionGroup
from obshto.modules.consultations.services.queries import (
    IN_ORDER,
    UNANSWERED,
    public_consultation,
)
from obshto.platform.db.base import new_id
from obshto.platform.search.alike import alike
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

AT_ONCE = 200  # opinions that one answer is given to
GROUP = "consultations:group"
UNSEEN = {"synchronize_session": False}  # an encrypted column forbids to compare rows
READ = 500  # opinions in memory at a time; of the others their stems stay


def ask_for_groups(uow: UnitOfWork, consultation_id: UUID) -> None:
    """Let the job make them; asked twice meanwhile it runs once."""
    key = f"{GROUP}:{consultation_id}"
    uow.defer(GROUP, once=key, in_turn=key, consultation_id=consultation_id)


def propose_groups(uow: UnitOfWork, *, consultation_id: UUID | str) -> None:
    """Job: propose anew for all that lack an answer. What has one stays with its group."""
    try:
        consultation = public_consultation(uow, UUID(str(consultation_id)))
    except NoSuchConsultation:
        return  # deleted since it was asked for
    found = [group for place in _places(uow, consultation) for group in _in_place(uow, *place)]
    consultation = public_consultation(uow, consultation.id, to_change=True)
    waiting = (Opinion.consultation_id == consultation.id, UNANSWERED)
    uow.session.execute(
        update(Opinion).where(*waiting).values(group_id=None), execution_options=UNSEEN
    )
    own = OpinionGroup.consultation_id == consultation.id
    empty = own & ~exists().where(Opinion.group_id == OpinionGroup.id)
    uow.session.execute(delete(OpinionGroup).where(empty), execution_options=UNSEEN)
    uow.session.add_all([group for group, _ in found])
    uow.session.flush()
    chosen = update(Opinion).where(*waiting, Opinion.id == bindparam("member"))
    rows = [{"member": one, "group": group.id} for group, members in found for one in members]
    if rows:  # one statement for all of them
        chosen = chosen.values(group_id=bindparam("group"))
        uow.session.connection().execute(chosen, rows)


def take_out(
    uow: UnitOfWork, consultation: Consultation, group_id: UUID, *, besides: Collection[UUID]
) -> None:
    """Whom people did not choose is in no group until groups are proposed anew."""
    others = update(Opinion).where(
        Opinion.consultation_id == consultation.id,
        Opinion.group_id == group_id,
        Opinion.id.not_in(besides),
        UNANSWERED,
    )
    uow.session.execute(others.values(group_id=None), execution_options=UNSEEN)


def _places(
    uow: UnitOfWork, consultation: Consultation
) -> list[tuple[Consultation, int | None, str]]:
    """A paragraph and what is wanted of it, each of them where opinions wait."""
    own = select(Opinion.paragraph, Opinion.stance).distinct()
    rows = uow.session.execute(own.where(Opinion.consultation_id == consultation.id, UNANSWERED))
    return [(consultation, paragraph, stance) for paragraph, stance in rows]


def _in_place(
    uow: UnitOfWork, consultation: Consultation, paragraph: int | None, stance: str
) -> Iterator[tuple[OpinionGroup, list[UUID]]]:
    own = select(Opinion.id, Opinion.words).where(
        Opinion.consultation_id == consultation.id,
        UNANSWERED,
        Opinion.paragraph.is_not_distinct_from(paragraph),
        Opinion.stance == stance,
    )
    ids: list[UUID] = []

    def texts() -> Iterator[str]:
        for opinion_id, words in uow.session.execute(own.order_by(*IN_ORDER)).yield_per(READ):
            ids.append(opinion_id)
            yield words

    for one in alike(texts(), language=SOURCE, most=AT_ONCE):
        group = OpinionGroup(
            id=new_id(),
            consultation_id=consultation.id,
            words=", ".join(one.words),
            paragraph=paragraph,
            stance=stance,
            at=uow.now,
        )
        yield group, [ids[place] for place in one.places]
