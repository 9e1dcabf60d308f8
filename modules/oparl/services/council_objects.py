"""The municipality, its council and its people as objects; questions of councillors as papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.oparl.services.object_types import (
    BODY,
    CONSULTATION,
    FILE,
    ITEM,
    LOCATION,
    MEETING,
    MEMBERSHIP,
    ORGANIZATION,
    PAPER,
    PERSON,
    SCHEMA,
    SYSTEM,
    TERM,
    THE_BODY,
    THE_COUNCIL,
    THE_SEAT,
    THE_SYSTEM,
    Addresses,
    ObjectDraft,
)
from obshto.platform.datasets.declarations import CC_BY
from obshto.platform.modularity.council_publication import (
    PublishedCouncil,
    PublishedInquiry,
    PublishedMember,
)
from obshto.tenants.api import Municipality

LISTS: Mapping[str, str] = {
    "organization": ORGANIZATION,
    "person": PERSON,
    "meeting": MEETING,
    "paper": PAPER,
    "agendaItem": ITEM,
    "consultation": CONSULTATION,
    "file": FILE,
    "locationList": LOCATION,
    "legislativeTermList": TERM,
    "membership": MEMBERSHIP,
}
COMMITTEE_BODY, COUNCIL_BODY = "Ausschuss", "Parlament"  # words that the standard asks for
CHAIR, MEMBER = "Председател", "Член"


def municipality_objects(
    here: Municipality, council: PublishedCouncil, to: Addresses
) -> Iterable[ObjectDraft]:
    """System, body and the terms of the council."""
    contact = {"contactEmail": here.contact.get("email"), "contactName": here.title()}
    about = {"name": here.title(), "website": to.page("/"), "license": CC_BY, **contact}
    system = {"oparlVersion": SCHEMA, "body": to.all(BODY), "web": to.page("/oparl/")}
    yield ObjectDraft(kind=SYSTEM, id=THE_SYSTEM, fields=about | system)
    terms = list(terms_of(council.members))
    for first, last in terms:
        yield _term(first, last, to)
    body: dict[str, Any] = {
        "system": to.of(SYSTEM, THE_SYSTEM),
        "shortName": here.names.get("bg"),
        "classification": "Община",
        "web": to.page("/council/"),
        **{name: to.all(kind) for name, kind in LISTS.items()},
    }
    inner: dict[str, Any] = {"legislativeTerm": [(TERM, _term_id(first)) for first, _ in terms]}
    if address := here.contact.get("address"):
        told = {"description": address, "bodies": [to.of(BODY, THE_BODY)]}
        yield ObjectDraft(kind=LOCATION, id=THE_SEAT, fields=told)
        inner["location"] = (LOCATION, THE_SEAT)
    kept = frozenset(("legislativeTerm",))
    yield ObjectDraft(kind=BODY, id=THE_BODY, fields=about | body, inner=inner, kept=kept)


def terms_of(members: Sequence[PublishedMember]) -> Iterable[tuple[date, date | None]]:
    """Terms of the council, first and last day: one begins on a day on which more than half of
    those who then sit began. Nobody enters terms, and who comes later in a term comes alone.
    """
    begun = Counter(one.begins_on for one in members)
    days = sorted(day for day in begun if 2 * begun[day] > _sitting(members, day))
    for day, later in zip_longest(days, days[1:]):
        if later:
            yield day, later - timedelta(days=1)
        else:
            ends = [one.ends_on for one in members if one.begins_on >= day]
            yield day, None if None in ends else max(end for end in ends if end)


def council_objects(council: PublishedCouncil, to: Addresses) -> Iterable[ObjectDraft]:
    """Organisations, people, memberships."""
    of_person: dict[UUID, list[UUID]] = {}
    of_body: dict[UUID, list[UUID]] = {}
    for draft, person_id, body_id in _memberships(council, to):
        of_person.setdefault(person_id, []).append(draft.id)
        of_body.setdefault(body_id, []).append(draft.id)
        yield draft
    for one in council.members:
        yield _person(one, of_person[one.id], to)
    bodies = {THE_COUNCIL: "Общински съвет", **council.committees}
    for body_id, name in bodies.items():
        yield _organization(body_id, name, of_body.get(body_id, ()), to)


def inquiry_objects(inquiries: Sequence[PublishedInquiry], to: Addresses) -> Iterable[ObjectDraft]:
    """A paper for each question of a councillor, with its words as a file."""
    for one in inquiries:
        page, file_id = to.page(one.path), uuid5(one.id, "text")
        told = {"name": one.title, "mimeType": "text/html", "accessUrl": page, "web": page}
        text = {"text": one.text, "date": one.asked_on.isoformat()}
        back = {"paper": [to.of(PAPER, one.id)]}
        yield ObjectDraft(kind=FILE, id=file_id, fields=told | text | back)
        paper = {
            "body": to.of(BODY, THE_BODY),
            "name": one.title,
            "paperType": "Питане на съветник",
            "date": one.asked_on.isoformat(),
            "originatorPerson": [to.of(PERSON, one.member_id)],
            "web": page,
        }
        yield ObjectDraft(kind=PAPER, id=one.id, fields=paper, inner={"mainFile": (FILE, file_id)})


def _sitting(members: Sequence[PublishedMember], day: date) -> int:
    return sum(
        one.begins_on <= day and (one.ends_on is None or day <= one.ends_on) for one in members
    )


def _term(first: date, last: date | None, to: Addresses) -> ObjectDraft:
    told = {
        "body": to.of(BODY, THE_BODY),
        "name": f"Мандат от {first.year} г.",
        "startDate": first.isoformat(),
        "endDate": last.isoformat() if last else None,
    }
    return ObjectDraft(kind=TERM, id=_term_id(first), fields=told)


def _term_id(first: date) -> UUID:
    return uuid5(NAMESPACE_URL, f"oparl/term/{first}")


def _memberships(
    council: PublishedCouncil, to: Addresses
) -> Iterable[tuple[ObjectDraft, UUID, UUID]]:
    """With whose each is, and where. A seat ends with the term of who has it."""
    ends = {one.id: one.ends_on for one in council.members}
    seats: list[tuple[UUID, UUID, UUID, bool, date, date | None]] = [
        (uuid5(one.id, "council"), one.id, THE_COUNCIL, one.is_chair, one.begins_on, one.ends_on)
        for one in council.members
    ]
    for one in council.seats:
        known = [day for day in (one.ends_on, ends[one.member_id]) if day]
        last = min(known, default=None)
        about = (one.id, one.member_id, one.committee_id, one.is_chair, one.begins_on, last)
        seats.append(about)
    for seat_id, person_id, body_id, is_chair, first, last in seats:
        told = {
            "person": to.of(PERSON, person_id),
            "organization": to.of(ORGANIZATION, body_id),
            "role": CHAIR if is_chair else MEMBER,
            "votingRight": True,
            "startDate": first.isoformat(),
            "endDate": last.isoformat() if last else None,
        }
        yield ObjectDraft(kind=MEMBERSHIP, id=seat_id, fields=told), person_id, body_id


def _person(one: PublishedMember, memberships: Sequence[UUID], to: Addresses) -> ObjectDraft:
    """Names stay whole: which of them is the family's nobody has said."""
    told = {
        "body": to.of(BODY, THE_BODY),
        "name": one.name,
        "status": ["Председател на общинския съвет" if one.is_chair else "Общински съветник"],
        "obshto:party": one.party,
        "obshto:contact": one.contact,
        "web": to.page(one.path),
    }
    inner = {"membership": [(MEMBERSHIP, seat) for seat in memberships]}
    return ObjectDraft(kind=PERSON, id=one.id, fields=told, inner=inner)


def _organization(
    body_id: UUID, name: str, memberships: Sequence[UUID], to: Addresses
) -> ObjectDraft:
    is_council, address = body_id == THE_COUNCIL, to.of(ORGANIZATION, body_id)
    told = {
        "body": to.of(BODY, THE_BODY),
        "name": name,
        "organizationType": "Gremium",
        "classification": COUNCIL_BODY if is_council else COMMITTEE_BODY,
        "membership": [to.of(MEMBERSHIP, seat) for seat in memberships],
        "meeting": f"{address}/meetings" if is_council else None,
        "subOrganizationOf": None if is_council else to.of(ORGANIZATION, THE_COUNCIL),
        "web": to.page("/council/"),
    }
    return ObjectDraft(kind=ORGANIZATION, id=body_id, fields=told)
