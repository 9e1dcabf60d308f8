"""Demonstration polling places of the Vidin region: invented rooms, people and numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.services import commissions, materials, sections
from obshto.modules.polling.services.address_search import ALL, EVEN, LAST, ODD
from obshto.modules.polling.services.commissions import CHAIR, SECRETARY, MemberWords
from obshto.modules.polling.services.sections import AddressWords, SectionWords
from obshto.modules.polling.services.votes import called_votes
from obshto.platform.clock import day_of
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

ROOMS = (
    (
        "Читалището, голямата зала",
        "ул. „Примерна“ 1",
        True,
        "Рампа откъм двора, вратата е широка",
        412,
    ),
    ("Училището, първият етаж", "ул. „Примерна“ 18", False, "Три стъпала, помага комисията", 305),
)
STREET = "ул. „Дунав“"


def seed(uow: UnitOfWork) -> None:
    """Two sections that share a street; their request ids are made of their keys: twice is once."""
    settlement = next(iter(settlements_here(uow)), "")
    rooms = []
    for number, (place, address, is_accessible, entrance, voters) in enumerate(ROOMS, start=1):
        words = SectionWords(
            number=number,
            place=place,
            address=address,
            settlement=settlement,
            is_accessible=is_accessible,
            entrance=entrance,
            voters=voters,
        )
        once = _key(uow, f"section/{number}")
        rooms.append(sections.write_section(uow, words, request_id=once))
    _addresses(uow, rooms[0], AddressWords(settlement=settlement, street="", **_all()), "rest")
    odd = AddressWords(settlement=settlement, street=STREET, side=ODD, first=1, last=LAST)
    even = AddressWords(settlement=settlement, street=STREET, side=EVEN, first=2, last=LAST)
    _addresses(uow, rooms[0], odd, "odd")
    _addresses(uow, rooms[1], even, "even")
    _old_room(uow, settlement)
    for vote in called_votes(uow)[:1]:
        _prepared(uow, vote, rooms[0])


def _old_room(uow: UnitOfWork, settlement: str) -> None:
    """A section that was closed: it can be brought back."""
    words = SectionWords(
        number=len(ROOMS) + 1,
        place="Старата поща",
        address="ул. „Примерна“ 30",
        settlement=settlement,
        is_accessible=False,
        entrance="",
        voters=0,
    )
    old = sections.write_section(uow, words, request_id=_key(uow, "section/old"))
    sections.close_section(uow, old, to=True, expected_version=old.version)


def _prepared(uow: UnitOfWork, vote: CalledVote, section: PollingSection) -> None:
    """A commission of two and what is packed for it."""
    for office, name in ((CHAIR, "Проба Пробова Първа"), (SECRETARY, "Проба Пробов Втори")):
        words = MemberWords(
            office=office, name=name, phone="+359888123456", trained_on=day_of(uow.now)
        )
        once = _key(uow, f"member/{vote.id}/{office}")
        commissions.add_member(uow, vote, section, words, request_id=once)
    if section.id in materials.materials_by_section(uow, vote):
        return
    counts = replace(materials.reckoned(section.voters, spare=10), first_seal=101, last_seal=104)
    materials.write_materials(uow, vote, section, counts, expected_version=0)


def _addresses(uow: UnitOfWork, section: PollingSection, words: AddressWords, key: str) -> None:
    sections.add_addresses(uow, section, words, request_id=_key(uow, f"addresses/{key}"))
    uow.session.flush()


def _all() -> dict[str, Any]:
    return {"side": ALL, "first": 1, "last": LAST}


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"polling/{uow.scope.slug}/{name}")
