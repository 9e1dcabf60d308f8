"""Several gateways as one: the next takes what the one before cannot take now."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from obshto.platform.clock import now
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.sms.port import Gateway, Receipt, ShortMessage, Unanswered
from obshto.platform.notify.transport import FolderTransport, Unreachable

REST: Final = timedelta(minutes=2)  # whoever is away is not asked for so long by this process
log = logging.getLogger(__name__)


class Phones(Protocol):
    """The way to phones as the outbox sees it."""

    def send(self, message: ShortMessage, *, but: str = "") -> Receipt:
        """Through the first gateway that takes it, `but` not by that one while there is another.

        Raises Refused, Unreachable, Unanswered.
        """

    @property
    def names(self) -> tuple[str, ...]:
        """Of the gateways, in the order in which they are asked."""

    def gateway(self, name: str) -> Gateway | None:
        """By its name, which stands in the address of its reports."""


class Gateways:
    """In the order in which they are asked.

    What a gateway left unanswered is not told to the next at once: it may have been taken, and
    people would read it twice. The outbox waits for a report first.
    """

    def __init__(self, gateways: Sequence[Gateway]) -> None:
        self._gateways = tuple(gateways)
        self._resting: dict[str, datetime] = {}

    def send(self, message: ShortMessage, *, but: str = "") -> Receipt:
        """See Phones."""
        troubles = []
        for gateway in self._in_order(but):
            try:
                return gateway.send(message)
            except Unanswered:
                self._resting[gateway.name] = now() + REST
                raise
            except Unreachable as away:
                self._resting[gateway.name] = now() + REST
                troubles.append(str(away))
                log.warning("a gateway of short messages is away: %s", away)
        raise Unreachable("; ".join(troubles))

    @property
    def names(self) -> tuple[str, ...]:
        """See Phones."""
        return tuple(one.name for one in self._gateways)

    def gateway(self, name: str) -> Gateway | None:
        """See Phones."""
        return next((one for one in self._gateways if one.name == name), None)

    def _in_order(self, but: str) -> list[Gateway]:
        """Those who rest are asked last, so that one alone is never left out."""
        at = now()
        return sorted(
            self._gateways,
            key=lambda one: (one.name == but, self._resting.get(one.name, at) > at),
        )


class FolderPhones:
    """Keeps short messages beside the letters instead of sending them. For development."""

    def __init__(self, path: Path) -> None:
        self._letters = FolderTransport(path)

    def send(self, message: ShortMessage, *, but: str = "") -> Receipt:
        """See Phones."""
        letter = Letter(
            message_id=message.message_id,
            sender=f'"SMS {message.sender}" <sms@localhost>',
            recipient=f"{message.recipient.lstrip('+')}@sms.localhost",
            subject="SMS",
            text=message.text,
            language="bg",
        )
        self._letters.send(letter)
        return Receipt(gateway="folder")

    @property
    def names(self) -> tuple[str, ...]:
        """See Phones."""
        return ()

    def gateway(self, name: str) -> Gateway | None:
        """See Phones."""
        return None
