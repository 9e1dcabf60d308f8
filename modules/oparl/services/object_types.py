"""Types of OParl 1.1, addresses of objects, and an object before it has moments.

https://oparl.org/spezifikation/ – an address is made of ids alone, so it stays when words change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.platform.clock import SOFIA

SCHEMA = "https://schema.oparl.org/1.1/"
SYSTEM, BODY, TERM, ORGANIZATION, PERSON = (
    *("System", "Body", "LegislativeTerm", "Organization", "Person"),
)
MEMBERSHIP, MEETING, ITEM, PAPER = "Membership", "Meeting", "AgendaItem", "Paper"
CONSULTATION, FILE, LOCATION = "Consultation", "File", "Location"
# What stands in another comes before it: moments of what is inside are known then.
ORDER = (
    *(LOCATION, FILE, TERM, MEMBERSHIP, CONSULTATION, ITEM),
    *(MEETING, PERSON, PAPER, ORGANIZATION, BODY, SYSTEM),
)
PATHS: Mapping[str, str] = {
    BODY: "bodies",
    TERM: "terms",
    ORGANIZATION: "organizations",
    PERSON: "people",
    MEMBERSHIP: "memberships",
    MEETING: "meetings",
    ITEM: "agenda-items",
    PAPER: "papers",
    CONSULTATION: "consultations",
    FILE: "files",
    LOCATION: "locations",
}
TYPES = {path: kind for kind, path in PATHS.items()}
# What an object says of the one around it, left out where it stands inside.
BACK: Mapping[str, frozenset[str]] = {
    TERM: frozenset(("body",)),
    MEMBERSHIP: frozenset(("person",)),
    ITEM: frozenset(("meeting",)),
    CONSULTATION: frozenset(("paper",)),
    FILE: frozenset(("meeting", "agendaItem", "paper")),
}
# What `omit_internal` leaves out.
INNER: Mapping[str, frozenset[str]] = {
    ITEM: frozenset(("auxiliaryFile",)),
    MEETING: frozenset(("auxiliaryFile", "agendaItem")),
    PAPER: frozenset(("auxiliaryFile", "location")),
    PERSON: frozenset(("membership",)),
    BODY: frozenset(("legislativeTerm",)),
}
Key = tuple[str, UUID]
THE_SYSTEM, THE_BODY, THE_COUNCIL, THE_SEAT = (
    uuid5(NAMESPACE_URL, f"oparl/{word}") for word in ("system", "body", "council", "seat")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectDraft:
    """An object as it is now. `inner` names those that stand whole in it, `owner` the meeting or
    recording without which it is not told. Empty fields are left out, but those of `kept`.
    """

    kind: str
    id: UUID
    fields: Mapping[str, Any]
    inner: Mapping[str, Key | list[Key]] = field(default_factory=dict)
    owner: UUID | None = None
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses below the host of a municipality."""

    home: str

    def of(self, kind: str, object_id: UUID) -> str:
        if kind == SYSTEM:
            return f"{self.home}/oparl/system"
        return f"{self.home}/oparl/{PATHS[kind]}/{object_id}"

    def all(self, kind: str) -> str:
        """Of the list of a type."""
        return f"{self.home}/oparl/{PATHS[kind]}"

    def page(self, path: str) -> str:
        return f"{self.home}{path}" if path else ""


def moment_of(moment: datetime) -> str:
    """With the hour of Bulgaria, in whole seconds."""
    return moment.astimezone(SOFIA).isoformat(timespec="seconds")
