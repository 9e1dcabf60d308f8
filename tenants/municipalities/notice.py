"""The important notice that stands at the top of a municipality's pages until its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from obshto.platform.web.language import SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Texts and place by language; a place of none is the whole municipality.

    `link` is a page of this portal („/news/…“) or an address that begins with https://.
    """

    texts: Mapping[str, str]
    place: Mapping[str, str] | None
    link: str | None
    until: datetime

    def text(self, language: str) -> tuple[str, str]:
        """The words with the language that they are in: Bulgarian where there are no others."""
        return worded(self.texts, language)

    def where(self, language: str) -> str | None:
        """The town or village by its name."""
        if self.place is None:
            return None
        return self.place.get(language) or self.place[SOURCE]

    def row(self) -> dict[str, Any]:
        """As the municipality's row keeps it."""
        kept = {"texts": dict(self.texts), "link": self.link, "until": self.until.isoformat()}
        return kept | {"place": dict(self.place) if self.place else None}


def worded(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The words of a language with its name; the Bulgarian ones where there are no others."""
    return (texts[language], language) if texts.get(language) else (texts[SOURCE], SOURCE)


def notice_of(row: Mapping[str, Any] | None) -> Notice | None:
    """What `Notice.row` gave."""
    if not row:
        return None
    until = datetime.fromisoformat(row["until"])
    return Notice(texts=row["texts"], place=row["place"], link=row["link"], until=until)
