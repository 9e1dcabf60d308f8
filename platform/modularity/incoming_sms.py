"""Port of short messages that come in: a part reads those that are for it and answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class IncomingSms(Protocol):
    """Who is written to by SMS. Supplied by the part whose sheets say how."""

    def answer(self, uow: UnitOfWork, words: str) -> str | None:
        """What the sender is told, in Bulgarian; None where the message is for nobody here."""
