"""A board as events, and the file that belenios-tool reads; a test may write what no tool would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from obshto.modules.voting.distribution.audit import Audit, compact, digest, fingerprint, record


@dataclass
class Board:
    """Events as (text, data); `add` chains them as the tool does."""

    timestamp: int = 1_790_000_000
    events: list[tuple[str, list[str]]] = field(default_factory=list)

    @classmethod
    def begin(cls, election: str, trustees: str, roll: str) -> Board:
        board = cls()
        named = {"election": election, "trustees": trustees, "credentials": roll}
        hashes = compact({name: digest(text) for name, text in named.items()})
        board.add("Setup", election, trustees, roll, hashes)
        return board

    @classmethod
    def load(cls, raw: bytes) -> Board:
        read = Audit({})
        read.read(raw)
        events = [(event.text, list(event.data)) for event in read.events]
        return cls(int(raw[136:147], 8), events)

    def copy(self) -> Board:
        return Board(self.timestamp, [(text, list(data)) for text, data in self.events])

    def add(self, kind: str, *data: str) -> Board:
        """The last text is the event's payload."""
        told = {"parent": digest(self.events[-1][0])} if self.events else {}
        told |= {"height": len(self.events), "type": kind}
        told |= {"payload": digest(data[-1])} if data else {}
        self.events.append((compact(told), list(data)))
        return self

    def rebuilt(self, kept) -> Board:
        """The same board with the events that `kept` lets through, chained anew."""
        made = Board(self.timestamp)
        for text, data in self.events:
            if kept(json.loads(text), data):
                made.add(json.loads(text)["type"], *data)
        return made

    @property
    def election(self) -> str:
        return self.events[0][1][0]

    @property
    def ballots(self) -> list[str]:
        return [data[-1] for text, data in self.events if json.loads(text)["type"] == "Ballot"]

    @property
    def heads(self) -> list[tuple[int, str]]:
        return [(height, digest(text)) for height, (text, _) in enumerate(self.events)]

    @property
    def trackers(self) -> list[str]:
        return [fingerprint(ballot) for ballot in self.ballots]

    def raw(self) -> bytes:
        head = compact({"version": 1, "timestamp": str(self.timestamp)})
        made = [record("BELENIOS", head, self.timestamp)]
        for text, data in self.events:
            made += [record(f"{digest(one)}.data.json", one, self.timestamp) for one in data]
            made.append(record(f"{digest(text)}.event.json", text, self.timestamp))
        return b"".join(made)
