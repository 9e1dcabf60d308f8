"""The port of gateways: what is handed over, what comes back, which words a gateway has for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from obshto.platform.notify.transport import Unreachable

_number = re.compile(r"\+[1-9]\d{6,14}", re.ASCII).fullmatch  # ITU-T E.164
_sender = re.compile(r"[A-Za-z0-9 ]{1,11}|\+?\d{3,15}", re.ASCII).fullmatch
_id = re.compile(r"[0-9a-f]{32}", re.ASCII).fullmatch


class Unanswered(Unreachable):
    """Nobody knows whether the gateway took it: the line broke after it was told everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortMessage:
    """One text for one number. What became of it is told to `report_url` with the gateway's name at
    its end.

    Raises ValueError for a number, a sender or an id that is none.
    """

    message_id: str  # 32 hexadecimal digits, the same at each repeat
    sender: str  # up to 11 Latin letters and digits, or a number
    recipient: str  # „+359888123456“
    text: str
    report_url: str

    def __post_init__(self) -> None:
        if not _number(self.recipient):
            raise ValueError("not a phone number with its country")
        if not _sender(self.sender):
            raise ValueError("a sender is up to 11 Latin letters and digits, or a number")
        if not _id(self.message_id) or not self.text:
            raise ValueError("a message has an id and words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Taken: by which gateway, under which name of its own."""

    gateway: str
    remote_id: str = ""


class DeliveryOutcome(StrEnum):
    """What a gateway says later."""

    ON_ITS_WAY = "on its way"
    DELIVERED = "delivered"
    FAILED = "failed"  # not this time: switched off, out of reach for days
    NO_SUCH_NUMBER = "no such number"  # nothing is sent there any more


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """One delivery report; `code` is the gateway's word for it, never a number of a phone."""

    outcome: DeliveryOutcome
    code: str


class Gateway(Protocol):
    """A way to phones. Whoever sends keeps the message until `send` has returned."""

    name: str

    def send(self, message: ShortMessage) -> Receipt:
        """Hand it over. Raises Refused, Unreachable, Unanswered."""

    def report(self, body: bytes) -> DeliveryReport | None:
        """What a delivery report says; None for what is none."""

    def reply(self, body: bytes) -> tuple[str, str] | None:
        """Number and words of somebody who answered a message; None for what is none."""
