"""What a part says of the texts of an old site that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import LazyString

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OldText:
    """A text of an old site, ready to be taken. `published_at` is empty for a draft."""

    request_id: UUID  # the same for the same text, however often it comes
    title: str
    summary: str
    markdown: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSite:
    """How a part takes texts of an old site: `takes` is „post“ or „page“, as WordPress calls it.

    `take(work, text, shelf)` answers the path of what it made; the same text again makes nothing.
    `shelves` are the places to choose from, by the word that is given back.
    """

    takes: str
    take: Callable[[UnitOfWork, OldText, str], str]
    shelves: Mapping[str, LazyString] = field(default_factory=dict)
