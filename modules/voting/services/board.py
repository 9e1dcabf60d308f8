"""Format of the Belenios board: events in a hash chain, and the .bel file that they make.

The file is a function of the rows, equal to the byte to the tool's own: whoever downloads it can
check it with `belenios-tool election verify`.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from obshto.modules.voting.distribution.audit import record

SETUP, BALLOT, END = "Setup", "Ballot", "EndBallots"
TALLY, SHARE, RESULT = "EncryptedTally", "PartialDecryption", "Result"
SHORTEST, LONGEST = 12, 43  # characters of a tracker


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRecord:
    """An event ready to stand on the board. The last of `texts` is its payload."""

    height: int
    kind: str
    texts: Sequence[str]
    event: str
    event_hash: str
    payload_hash: str


def dump(value: Any) -> str:
    """JSON as the tool writes it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """SHA-256 as records are named by it."""
    return sha256(text.encode()).hexdigest()


def tracker_of(payload_hash: str) -> str:
    """The tracker of a ballot whose record is named by this hash."""
    return b64encode(bytes.fromhex(payload_hash)).decode().rstrip("=")


def payload_prefix_of(tracker: str) -> str:
    """The beginning of the record's name that a tracker, or its first characters, stand for; empty
    where it is no tracker.
    """
    whole = "".join(tracker.split())
    if not SHORTEST <= len(whole) <= LONGEST:
        return ""
    known = f"{whole}=" if len(whole) == LONGEST else whole[: len(whole) // 4 * 4]
    try:
        return b64decode(known, validate=True).hex()
    except ValueError:
        return ""


def chain_event(
    kind: str, texts: Sequence[str], *, height: int = 0, parent: str = ""
) -> BoardRecord:
    """The event that follows `parent`."""
    payload = hash_of(texts[-1]) if texts else ""
    said: dict[str, Any] = {"parent": parent} if parent else {}
    said |= {"height": height, "type": kind} | ({"payload": payload} if payload else {})
    text = dump(said)
    return BoardRecord(
        height=height,
        kind=kind,
        texts=texts,
        event=text,
        event_hash=hash_of(text),
        payload_hash=payload,
    )


def setup_texts(election: str, trustees: str, credentials: str) -> list[str]:
    """What the first event carries."""
    named = {"election": election, "trustees": trustees, "credentials": credentials}
    return [*named.values(), dump({name: hash_of(text) for name, text in named.items()})]


def share_texts(share: str, owner: int) -> list[str]:
    """What the event of a partial decryption carries."""
    return [share, dump({"owner": owner, "payload": hash_of(share)})]


def file_of(rows: Iterable[Any], epoch: int) -> Iterator[bytes]:
    """The .bel file of these events, record by record."""
    yield record("BELENIOS", dump({"version": 1, "timestamp": str(epoch)}), epoch)
    for row in rows:
        for text in row.texts:
            yield record(f"{hash_of(text)}.data.json", text, epoch)
        yield record(f"{row.event_hash}.event.json", row.event, epoch)
