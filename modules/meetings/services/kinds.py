"""Kinds of meeting as data: what each is called, how early it is announced, what is checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from obshto.modules.meetings.models import Scheduled
from obshto.platform.modularity.council_sessions import CouncilRecords
from obshto.platform.modularity.ports import port_here
from obshto.platform.web.language import SOURCE

COUNCIL = "council"  # the kind of which the part of the council knows more
BY_MUNICIPALITY, BY_COUNCIL = "municipality", "council"  # whose own rules say how early
_DATA = Path(__file__).parents[1] / "data" / "kinds.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind:
    """A kind. `law` has the articles of its checks.

    `rule` and `latest` name rules of `platform/legal` that run from the announcement, `after` those
    that run from the meeting. Where `rule` is empty, `notice_by` says whose own rules give the
    days. The way in to a live meeting is open to everybody.
    """

    word: str
    titles: Mapping[str, str]
    checks: tuple[str, ...]
    law: Mapping[str, str]
    rule: str = ""
    notice_by: str = ""
    latest: str = ""
    after: tuple[str, ...] = ()
    is_live: bool = False

    def title(self, language: str) -> str:
        """Its name in a language, else in Bulgarian."""
        return self.titles.get(language) or self.titles[SOURCE]


_READ = json.loads(_DATA.read_text("utf-8"))
_LAW = _READ["law"]
KINDS: Mapping[str, MeetingKind] = {
    one["word"]: MeetingKind(
        word=one["word"],
        titles=one["title"],
        checks=tuple(one["checks"]),
        law=_LAW | one.get("law", {}),
        rule=one["notice"].get("rule", ""),
        notice_by=one["notice"].get("by", ""),
        latest=one.get("latest", ""),
        after=tuple(one.get("after", ())),
        is_live=one.get("is_live", False),
    )
    for one in _READ["kinds"]
}


def council_records(meeting: Scheduled) -> CouncilRecords | None:
    """The part of the council, for one of its sessions where it is switched on."""
    return port_here(CouncilRecords) if meeting.kind == COUNCIL else None
