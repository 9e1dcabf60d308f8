"""What the region's team says at the top of all pages: an incident, maintenance, reading only.

It stands in the row that the door reads anyway, so it is seen on the next request everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from obshto.tenants.municipalities.notice import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """Texts by language. Without an end it stands until it is taken away.

    While it `is_read_only` and has begun, nothing may be changed in the municipality.
    """

    texts: Mapping[str, str]
    is_planned: bool
    is_read_only: bool
    starts_at: datetime
    ends_at: datetime | None

    def text(self, language: str) -> tuple[str, str]:
        """The words with the language that they are in."""
        return worded(self.texts, language)

    def is_shown(self, moment: datetime) -> bool:
        """From when it was announced until it is over."""
        return self.ends_at is None or moment < self.ends_at

    def shuts(self, moment: datetime) -> bool:
        """Whether nothing may be changed at that moment."""
        return self.is_read_only and self.starts_at <= moment and self.is_shown(moment)

    def row(self) -> dict[str, Any]:
        """As the municipality's row keeps it."""
        return {
            "texts": dict(self.texts),
            "is_planned": self.is_planned,
            "is_read_only": self.is_read_only,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
        }


def bulletins_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Bulletin, ...]:
    """What `Bulletin.row` gave."""
    return tuple(
        Bulletin(
            texts=row["texts"],
            is_planned=row["is_planned"],
            is_read_only=row["is_read_only"],
            starts_at=datetime.fromisoformat(row["starts_at"]),
            ends_at=datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        )
        for row in rows
    )


def shut_by(bulletins: Sequence[Bulletin], moment: datetime) -> Bulletin | None:
    """The one that allows only reading now; of several the one that ends last."""
    found = [it for it in bulletins if it.shuts(moment)]
    if not found:
        return None
    return next((it for it in found if it.ends_at is None), None) or max(
        found, key=lambda it: it.ends_at or moment
    )
