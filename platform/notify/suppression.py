"""Addresses to which nothing is sent any more."""

from __future__ import annotations

import re

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import now
from obshto.platform.notify.models import Suppression
from obshto.platform.notify.subscribers import hash_of
from obshto.platform.unit_of_work import UnitOfWork

COMPLAINT = "complaint"  # whoever reads it said that it is spam
NO_SUCH_NUMBER = "no such number"  # as gateways of short messages are read
# No such mailbox, or one that is closed (RFC 3463 §3.2, §3.3; 5.1.10 is Exchange's own word for it,
# RFC 7505 of a domain without mail); without details the bare code, without a code the details.
_details = r"5\.(1\.([1236]|10)|2\.1)"
_mailbox_is_gone = re.compile(rf"55[013]( {_details})?|{_details}").fullmatch


def is_of_the_address(trouble: str) -> bool:
    """Whether the address itself is why it was refused, for good."""
    return bool(_mailbox_is_gone(trouble)) or trouble.startswith(NO_SUCH_NUMBER)


def suppress(uow: UnitOfWork, address: str, trouble: str) -> None:
    """Nothing is sent there any more, until whoever reads it asks anew."""
    row = {"address_hash": hash_of(address), "trouble": trouble, "at": now()}
    uow.session.execute(insert(Suppression).values(row).on_conflict_do_nothing())


def is_suppressed(uow: UnitOfWork, address: str) -> bool:
    """Whether nothing is sent there."""
    return uow.session.get(Suppression, hash_of(address)) is not None
