"""To whom letters go, of which places: declared here, supplied by who knows them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from flask import current_app

from obshto.platform.notify.job_names import ADDRESS_BOOK, PLACE_BOOK
from obshto.platform.permissions import Permission

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Address:
    """A reader: the language of the letter is theirs.

    `phone` is what somebody without a profile left for a service („+359…“): where there is no
    e-mail address, the subject of the letter goes there as an SMS.
    `footer` is the last paragraph of their letters, said in that language: how they stop.
    `unreached` hears the subject, in Bulgarian, where neither a letter nor an SMS gets there: it is
    given the unit of work, the cause and those words.
    """

    person_id: UUID | None
    name: str
    email: str
    language: str
    phone: str = ""
    footer: Callable[[], str] | None = field(default=None, compare=False)
    unreached: Callable[[UnitOfWork, UUID, str], None] | None = field(default=None, compare=False)


class AddressBook(Protocol):
    """Port: the staff of a municipality by what they may do, and people by their ids."""

    def holders(self, uow: UnitOfWork, permission: Permission) -> Collection[Address]:
        """Those who hold the permission in the municipality of this work."""
        ...

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        """Those among them who have an address."""
        ...

    def staff(self, uow: UnitOfWork) -> Collection[Address]:
        """Everybody who works in the municipality of this work, with the region's team."""
        ...


class NoAddresses:
    """The default where nobody supplies an address book: no letters."""

    def holders(self, uow: UnitOfWork, permission: Permission) -> Collection[Address]:
        return ()

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        return ()

    def staff(self, uow: UnitOfWork) -> Collection[Address]:
        return ()


class PlaceBook(Protocol):
    """Port: the places of a municipality that one can ask to hear of."""

    def places(self, slug: str) -> Mapping[str, Mapping[str, str]]:
        """Names by code and language, in their own order."""
        ...


class NoPlaces:
    """The default where nobody knows any: one hears of the whole municipality."""

    def places(self, slug: str) -> Mapping[str, Mapping[str, str]]:
        return {}


def addresses() -> AddressBook:
    """The one supplied, read at call time."""
    return cast(AddressBook, current_app.extensions.get(ADDRESS_BOOK) or NoAddresses())


def places_here(uow: UnitOfWork) -> Mapping[str, Mapping[str, str]]:
    """The places of the municipality of this work, of the book supplied."""
    book = cast(PlaceBook, current_app.extensions.get(PLACE_BOOK) or NoPlaces())
    return book.places(uow.scope.slug)
