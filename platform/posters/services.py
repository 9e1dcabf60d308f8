"""What can be printed, and the file of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select

from obshto.platform.clock import day_of
from obshto.platform.modularity.registry import components_here
from obshto.platform.posters.addresses import address_of, given_number
from obshto.platform.posters.arms import arms_of
from obshto.platform.posters.errors import NothingToPrint
from obshto.platform.posters.layout import Sheet, Size, typeset
from obshto.platform.posters.papers import paper_of
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.services import standing
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def printable(uow: UnitOfWork, typed: str = "") -> Select[SearchEntry]:
    """All that is published here now, the newest first; with these words in the title."""
    here = [part.slug for part in components_here() if part.search]
    rows = standing(SearchEntry, SOURCE, uow.now).where(SearchEntry.part.in_(here))
    for word in typed.split():
        rows = rows.where(SearchEntry.title.icontains(word, autoescape=True))
    return rows.order_by(SearchEntry.published_at.desc(), SearchEntry.object_id.desc())


def poster(
    uow: UnitOfWork, part: str, object_id: UUID, *, size: Size, language: str, phone: str
) -> tuple[str, bytes]:
    """The name of the file without its ending, and the PDF. Raises NothingToPrint, CannotBeSet."""
    paper = paper_of(uow, part, object_id, language)
    if paper is None:
        raise NothingToPrint
    number = given_number(uow, part, object_id)
    if number is None:
        raise NothingToPrint
    address = address_of(uow, number)
    sheet = Sheet(
        size=size,
        municipality=uow.scope.title,
        address=address,
        link=f"{uow.scope.address}/go/{number}",
        phone=phone,
        day=day_of(uow.now),
        arms=arms_of(uow.scope.slug),
    )
    return f"{number}-{size.value}", typeset(paper, sheet)
