"""Contracts of an OCDS 1.1 release or record package that somebody sent. A child process opens it.

Everything is text as the file has it: who takes a contract judges it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    NoContracts,
    NothingInside,
    SwellsUp,
    TooBig,
    TooManyContracts,
)

MB = 1024 * 1024
LARGEST = 8 * MB
MOST_CONTRACTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OcdsContract:
    """One contract. `number` is its id, `signed` its date-time, `url` of its first document."""

    ocid: str
    number: str
    title: str
    status: str
    signed: str
    amount: str
    currency: str
    suppliers: tuple[str, ...]
    url: str

    @classmethod
    def of(cls, told: dict[str, Any]) -> OcdsContract:
        """Out of JSON. Raises KeyError, TypeError."""
        names = [name for name in cls.__slots__ if name != "suppliers"]
        texts = {name: str(told[name]) for name in names}
        return cls(**texts, suppliers=tuple(str(one) for one in told["suppliers"]))


def contracts_of(stream: BinaryIO) -> list[OcdsContract]:
    """All of a file, in its order.

    Raises FileRefused: empty, large, no package with contracts, too many of them.
    """
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
    try:
        told, _ = ask_child("ocds_reader.py", {"contracts": MOST_CONTRACTS}, stream)
    except TookTooMuch:
        raise SwellsUp from None
    if told.get("refused") == "many":
        raise TooManyContracts(most=MOST_CONTRACTS)
    if not told.get("contracts"):
        raise NoContracts
    return [OcdsContract.of(one) for one in told["contracts"]]
