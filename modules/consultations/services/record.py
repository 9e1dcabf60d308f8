"""Record of a consultation: a hash chain of what was published, said, answered, hidden, decided.

A line never changes. What may have to go (words that break the law, the name of somebody who asks
to be forgotten) stands in it as a salted hash, and the chain stays whole without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import select

from obshto.modules.consultations.models import Consultation, RecordLine
from obshto.platform.unit_of_work import UnitOfWork

READ = 500  # lines in memory at a time
FIRST = "0" * 64  # what stands before the first line


def new_salt() -> str:
    """128 bits that make a hash of a few words say nothing."""
    return token_hex(16)


def hash_of(salt: str, text: str) -> str:
    """What stands in the record for a text."""
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def chained(before: str, body: Mapping[str, Any]) -> str:
    """The hash of a line: of the one before it and of its body as canonical JSON."""
    written = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{before}{written}".encode()).hexdigest()


def add_line(
    uow: UnitOfWork, consultation: Consultation, what: str, body: Mapping[str, Any]
) -> None:
    """Write the next line; the consultation's row must be locked, so that lines come in order."""
    last = last_line(uow, consultation)
    told = {"what": what, "at": uow.now.isoformat(), **body}
    line = RecordLine(
        consultation_id=consultation.id,
        position=last.position + 1 if last else 1,
        body=told,
        hash=chained(last.hash if last else FIRST, told),
    )
    uow.session.add(line)
    uow.session.flush()


def last_line(uow: UnitOfWork, consultation: Consultation) -> RecordLine | None:
    """The line that vouches for all before it. One query."""
    own = select(RecordLine).where(RecordLine.consultation_id == consultation.id)
    return uow.session.scalar(own.order_by(RecordLine.position.desc()).limit(1))


def lines_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[RecordLine]:
    """All of them, in order. One query."""
    own = select(RecordLine).where(RecordLine.consultation_id == consultation.id)
    return uow.session.scalars(own.order_by(RecordLine.position)).all()


def told_lines(uow: UnitOfWork, consultation: Consultation) -> Iterator[Mapping[str, str]]:
    """Body and hash of each, in order, some of them in memory at a time. One query."""
    own = select(RecordLine.body, RecordLine.hash)
    own = own.where(RecordLine.consultation_id == consultation.id).order_by(RecordLine.position)
    for body, digest in uow.session.execute(own).yield_per(READ):
        yield {"body": body, "hash": digest}


def text_hash(consultation: Consultation) -> str:
    """What the record says of the words that are discussed."""
    return sha256(whole_text(consultation).encode()).hexdigest()


def whole_text(consultation: Consultation) -> str:
    """What that hash is of."""
    words = (consultation.title, consultation.summary, consultation.draft, consultation.reasons)
    return "\n\n".join(words)
