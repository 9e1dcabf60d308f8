"""Port between the parts of guides and of videos: the film that shows what a guide tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFilm:
    """A public film with its file. All are paths below the host and the language: its page, its
    file, its captions and its text; the last two are empty where it has none.
    """

    title: str
    page: str
    file: str
    mime: str
    captions: str = ""
    text: str = ""


class GuideFilms(Protocol):
    """Offered by the part of videos."""

    def film_of(self, uow: UnitOfWork, *, page: str, about: Sequence[str]) -> GuideFilm | None:
        """The one at that page, else the latest presentation about one of these pages, the first
        of them before the others; None where there is no file to play. One query.
        """
        ...
