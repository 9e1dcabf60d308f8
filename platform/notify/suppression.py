"""Addresses to which nothing is sent any more."""

from __future__ import annotations

import re

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import now
from obshto.platform.notify.models import Suppression
from obshto.platform.notify.subscribers import hash_of
from obshto.platform.work import Work

NO_SUCH_NUMBER = "no such number"  # as gateways of short messages are read
# No such mailbox, or one that is closed (RFC 3463 §3.2, §3.3); without details the bare code.
_mailbox_is_gone = re.compile(r"55[013]( 5\.(1\.[123]|2\.1))?").fullmatch


def is_of_the_address(trouble: str) -> bool:
    """Whether the address itself is why it was refused, for good."""
    return bool(_mailbox_is_gone(trouble)) or trouble.startswith(NO_SUCH_NUMBER)


def suppress(work: Work, address: str, trouble: str) -> None:
    """Nothing is sent there any more, until whoever reads it asks anew."""
    row = {"address_hash": hash_of(address), "trouble": trouble, "at": now()}
    work.session.execute(insert(Suppression).values(row).on_conflict_do_nothing())


def is_suppressed(work: Work, address: str) -> bool:
    """Whether nothing is sent there."""
    return work.session.get(Suppression, hash_of(address)) is not None
