"""Moderation of initiatives: flagged by readers, hidden with a reason, shown after an appeal.

A hidden initiative keeps its number, its signatures and its terms: it is still answered by them.
The paper of its committee goes on as before, and the answer of the municipality stays public.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from sqlalchemy import select

from obshto.modules.initiatives.errors import InitiativeHiddenBefore, StaleInitiative
from obshto.modules.initiatives.events import (
    InitiativeFlagged,
    InitiativeHidden,
    InitiativeLeft,
    InitiativeShown,
    InitiativeUpheld,
)
from obshto.modules.initiatives.models import Initiative, InitiativeMember, number_of
from obshto.modules.initiatives.services.queries import PART, staff_initiative
from obshto.modules.initiatives.services.states import CHECKED, CHECKING, WITH_ANSWER
from obshto.platform.cases.channels import PORTAL
from obshto.platform.domain_events import DomainEvent
from obshto.platform.moderation.port import ModeratedThing
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.whole_rows import ModerationFacts, RowModeration
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def words_of(initiative: Initiative) -> str:
    """All that its committee wrote for everybody."""
    told = (initiative.question, initiative.reasons, initiative.meeting_place, initiative.places)
    return "\n".join(filter(None, told))


def hold_links(uow: UnitOfWork, initiative: Initiative) -> None:
    """What a committee wrote with a link to another site waits for a moderator, hidden."""
    if initiative.channel == PORTAL:
        _moderation.hold_links(uow, initiative)


def account_of(uow: UnitOfWork, initiative: Initiative) -> UUID | None:
    """Who began it, else the first of its committee with an account, the chair before others."""
    if initiative.person_id:
        return initiative.person_id
    own = InitiativeMember.petition_id == initiative.id, InitiativeMember.person_id.is_not(None)
    order = InitiativeMember.is_chair.desc(), InitiativeMember.id
    return uow.session.scalar(
        select(InitiativeMember.person_id).where(*own).order_by(*order).limit(1)
    )


class InitiativeModeration:
    """Offers `ModeratedPart` for initiatives."""

    rules: Mapping[str, LazyString] = RULES

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Each by its number: what it proposes may be what is hidden."""
        columns = Initiative.id, Initiative.year, Initiative.sequence
        return {
            row_id: ModeratedThing(
                title=number_of(year, sequence),
                what=gettext("гражданска инициатива"),
                path=f"/initiatives/{row_id}",
            )
            for row_id, year, sequence in uow.session.execute(
                select(*columns).where(Initiative.id.in_(ids))
            )
        }

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Raises NoSuchInitiative."""
        return Subject(person_id=account_of(uow, staff_initiative(uow, object_id)))

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """Raises NoSuchInitiative."""
        return words_of(staff_initiative(uow, object_id))

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Raises NoSuchInitiative."""
        staff_initiative(uow, object_id, to_change=True)

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """Raises NoSuchInitiative."""
        _moderation.review(uow, staff_initiative(uow, object_id), is_restored=is_restored)


def _tell(uow: UnitOfWork, initiative: Initiative, fact: type[DomainEvent], _reason: str) -> None:
    uow.emit(fact(subject_id=initiative.id, number=initiative.number))  # type: ignore[call-arg]


_moderation: RowModeration[Initiative] = RowModeration(
    part=PART,
    stale=StaleInitiative,
    hidden_before=InitiativeHiddenBefore,
    facts=ModerationFacts(
        flagged=InitiativeFlagged,
        hidden=InitiativeHidden,
        shown=InitiativeShown,
        upheld=InitiativeUpheld,
        left=InitiativeLeft,
    ),
    tell=_tell,
    words=words_of,
    is_read=lambda initiative: initiative.state in (CHECKING, CHECKED, *WITH_ANSWER),
)
hide_initiative, show_initiative = _moderation.hide, _moderation.show
flag_initiative, leave_initiative = _moderation.flag, _moderation.leave
