"""Practice act of messages: a letter to an invented citizen comes back."""

from __future__ import annotations

from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.notify.seeds import add_lost_letter
from obshto.platform.notify.undelivered_letters import undelivered
from obshto.platform.unit_of_work import UnitOfWork


def lose_letter(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """Another one, as soon as none waits for a clerk."""
    if uow.session.scalar(undelivered(uow).limit(1)):
        return False
    add_lost_letter(uow, turn.request_id)
    return True


PRACTICE_ACTS = (PracticeAct(run=lose_letter),)
