"""Supplier of the port of mandates: what is in force, and the journal of what was done."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.mandates.models import Mandate, MandateAct
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services.queries import is_in_force
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.modularity.delegation import Delegation
from obshto.platform.unit_of_work import Actor, UnitOfWork

_ASKED = (
    *(Mandate.year, Mandate.sequence, Mandate.version, Mandate.state),
    *(Mandate.person_id, Mandate.name, Mandate.acts, Mandate.ends_on),
)


class KeptMandates:
    """The `Mandates` port over the rows of this module."""

    def in_force(
        self, uow: UnitOfWork, mandate_id: UUID, assistant_id: UUID, *, to_write: bool
    ) -> Delegation | None:
        """One statement. An ended, withdrawn, emptied or foreign mandate is none, and so is any to
        whoever may not act for people any more.
        """
        if not uow.principal.may(MandatesPermission.ACT):
            return None
        theirs = Mandate.id == mandate_id, Mandate.assistant_id == assistant_id
        wanted = select(Mandate).where(*theirs).options(load_only(*_ASKED))
        row = uow.session.scalar(wanted.with_for_update(read=True) if to_write else wanted)
        if row is None or row.person_id is None or not is_in_force(uow, row):
            return None
        return Delegation(
            mandate_id=row.id,
            number=row.number,
            person_id=row.person_id,
            name=row.name,
            acts=frozenset(row.acts),
            ends_on=row.ends_on,
        )

    def path(self) -> str:
        """The page that explains what a mandate is."""
        return "/mandates/"

    def held_path(self) -> str:
        """The list of who acts for people."""
        return "/console/mandates/mine"

    def record_act(self, uow: UnitOfWork) -> None:
        """Each write is a line, with what came of it; that pages were read is one line a day."""
        actor = uow.principal.actor
        if actor is None or (not actor.is_write and _was_read_today(uow, actor)):
            return
        numbers = (getattr(fact, "number", "") for fact in uow.facts)
        uow.session.add(
            MandateAct(
                mandate_id=actor.mandate_id,
                at=uow.now,
                act=actor.act,
                is_write=actor.is_write,
                events=sorted({fact.name for fact in uow.facts}),
                numbers=sorted({str(one) for one in numbers if one}),
            )
        )


def _was_read_today(uow: UnitOfWork, actor: Actor) -> bool:
    midnight = datetime.combine(day_of(uow.now), time(), SOFIA).astimezone(UTC)
    read = select(MandateAct.id).where(
        MandateAct.mandate_id == actor.mandate_id,
        MandateAct.act == actor.act,
        MandateAct.at >= midnight,
    )
    return uow.session.scalar(read.limit(1)) is not None
