"""Reset of the practice municipality: by night, and asked for from another municipality."""

from __future__ import annotations

from obshto.modules.training.events import PracticeReset
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import RESET, is_hour_of_reset, open_practice, reset_practice


def ask_for_reset() -> None:
    """Set it back soon; while one is waiting another is not added. Raises NoPractice."""
    with open_practice("training:reset.ask") as practice:
        practice.defer(RESET, once=RESET, in_turn=RESET)


def reset_by_night(uow: UnitOfWork) -> None:
    """Job of three o'clock in Sofia, which comes at two hours of UTC in turn."""
    if is_hour_of_reset(uow.now):
        reset(uow)


def reset(uow: UnitOfWork) -> None:
    """Job: in the practice municipality everything begins anew; elsewhere nothing happens."""
    if reset_practice(uow):
        uow.emit(PracticeReset())
