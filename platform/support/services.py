"""Support is given, taken back, counted: exactly, and in one transaction with the module's own.

The count's row is locked first, so supports of one thing come one after another, and exactly one
of them sees a total reach a threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.address import Address
from obshto.platform.support.models import Support, SupportCount
from obshto.platform.unit_of_work import UnitOfWork

# The ORM would compare columns, and an encrypted one forbids that; rows are read as columns here.
UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """By what somebody is known: each of it that is there must be new for the support to count.

    `email` and `phone` are confirmed ones or told to a clerk, `personal_number` a checked ЕГН (of
    an account only where the state confirmed it), `device` a random token of a browser. None of it
    is kept, but the confirmed e-mail address of who has no account. `channel` is a word of
    `cases.channels`.
    """

    person_id: UUID | None = None
    email: str = ""
    phone: str = ""
    personal_number: str = ""
    device: str = ""
    channel: str = PORTAL
    language: str = "bg"

    @property
    def known_by(self) -> list[tuple[str, str]]:
        """Pairs of a kind and a value in its one spelling, the surest first."""
        said = (
            ("person", str(self.person_id or "")),
            ("number", self.personal_number),
            ("email", self.email.strip().casefold()),
            ("phone", "".join(sign for sign in self.phone if sign.isdigit())),
            ("device", self.device),
        )
        return [(kind, value) for kind, value in said if value]


@dataclass(frozen=True, slots=True)
class SupportTotals:
    """How many support a thing."""

    online: int = 0
    entered: int = 0

    @property
    def total(self) -> int:
        return self.online + self.entered


NONE = SupportTotals()


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a support: whether it is one more, and how many there are with it."""

    is_new: bool
    count: SupportTotals


def give_support(
    uow: UnitOfWork, part: str, object_id: UUID, supporter: Supporter, *, request_id: UUID
) -> Given:
    """Count it once; who supports already changes nothing, who took it back is counted again.

    Where nothing is known of who came to the counter, `request_id` alone keeps a second click out.
    """
    count, former = move_count(uow, part, object_id)
    known_by = supporter.known_by or [("request", str(request_id))]
    there = _rows(uow, part, object_id, _pseudonyms(part, (object_id, *former), known_by))
    standing = [row for row in there if row.withdrawn_at is None]
    support_id = min([row.support_id for row in standing or there] or [new_id()])
    values = _values(uow, supporter) | {"support_id": support_id}
    if standing:  # as it was given; what else is known of them by now is noted beside it
        values |= {name: getattr(standing[0], name) for name in ("channel", "entered_by_id", "at")}
    else:
        again = update(Support).where(Support.support_id.in_({row.support_id for row in there}))
        uow.session.execute(again.values(values), execution_options=UNSEEN)
        moved = SupportTotals(*((0, 1) if supporter.channel != PORTAL else (1, 0)))
        count, _ = move_count(uow, part, object_id, moved)
    values |= {"part": part, "object_id": object_id}
    names = _pseudonyms(part, (object_id,), known_by)
    keys = [matching_key(part, *one) for one in known_by]
    rows = [
        {"pseudonym": name, "matching_key": key, **values}
        for name, key in zip(names, keys, strict=True)
    ]
    uow.session.execute(insert(Support).on_conflict_do_nothing(), rows)
    return Given(not standing, count)


def withdraw_support(
    uow: UnitOfWork, part: str, object_id: UUID, supporter: Supporter, *, request_id: UUID
) -> Given:
    """Take it back; `is_new` is False where nothing stood. Its rows stay, with the moment."""
    count, former = move_count(uow, part, object_id)
    known_by = supporter.known_by or [("request", str(request_id))]
    there = _rows(uow, part, object_id, _pseudonyms(part, (object_id, *former), known_by))
    standing = {row.support_id: row.channel != PORTAL for row in there if row.withdrawn_at is None}
    end = update(Support).where(Support.support_id.in_(standing))
    uow.session.execute(end.values(withdrawn_at=uow.now, email=None), execution_options=UNSEEN)
    for by_staff in standing.values():
        count, _ = move_count(
            uow, part, object_id, SupportTotals(*((0, -1) if by_staff else (-1, 0)))
        )
    return Given(bool(standing), count)


def is_supported_by(uow: UnitOfWork, part: str, object_id: UUID, supporter: Supporter) -> bool:
    """Whether somebody supports it under any of what is known of them. At most two queries."""
    own = SupportCount.part == part, SupportCount.object_id == object_id
    former = uow.session.scalar(select(SupportCount.former_ids).where(*own)) or ()
    names = _pseudonyms(part, (object_id, *former), supporter.known_by)
    rows = _rows(uow, part, object_id, names) if names else ()
    return any(row.withdrawn_at is None for row in rows)


def counts_of(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> Mapping[UUID, SupportTotals]:
    """By id; nobody where nobody supports it. One query."""
    wanted = select(SupportCount).where(SupportCount.part == part, SupportCount.object_id.in_(ids))
    rows = {row.object_id: row for row in uow.session.scalars(wanted)} if ids else {}
    return {
        key: SupportTotals(rows[key].online, rows[key].entered) if key in rows else NONE
        for key in ids
    }


def most_supported(uow: UnitOfWork, part: str, *, limit: int) -> Mapping[UUID, SupportTotals]:
    """The things of a part that most are for, the first of them first. One query."""
    wanted = select(SupportCount).where(SupportCount.part == part)
    total = SupportCount.online + SupportCount.entered
    rows = uow.session.scalars(
        wanted.where(total > 0).order_by(total.desc(), SupportCount.object_id).limit(limit)
    )
    return {row.object_id: SupportTotals(row.online, row.entered) for row in rows}


def supported_by(uow: UnitOfWork, part: str, person_id: UUID) -> Collection[UUID]:
    """The things of a part that an account supports. One query."""
    own = select(Support.object_id).where(Support.part == part, Support.person_id == person_id)
    return set(uow.session.scalars(own.where(Support.withdrawn_at.is_(None))))


def reach_of(uow: UnitOfWork, part: str, object_id: UUID) -> Collection[UUID | Address]:
    """Whom to tell that a thing changed: accounts, and addresses that were confirmed for it."""
    stands = select(Support.person_id, Support.email, Support.language).where(
        Support.part == part, Support.object_id == object_id, Support.withdrawn_at.is_(None)
    )
    people: dict[UUID | Address, None] = {}
    for person_id, email, language in uow.session.execute(stands):
        if person_id:
            people[person_id] = None
        elif email:
            people[Address(None, "", email, language)] = None
    return people.keys()


def anonymize(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """After the end of things: their counts stay, of who it was nothing does."""
    own = Support.part == part, Support.object_id.in_(ids)
    uow.session.execute(delete(Support).where(*own))


def forget(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """The things are gone: nothing stays, their counts neither."""
    anonymize(uow, part, ids)
    own = SupportCount.part == part, SupportCount.object_id.in_(ids)
    uow.session.execute(delete(SupportCount).where(*own))


def move_count(
    uow: UnitOfWork, part: str, object_id: UUID, by: SupportTotals = NONE
) -> tuple[SupportTotals, Sequence[UUID]]:
    """Row lock of the count until the commit, with so many more; and what was merged into it."""
    first = insert(SupportCount).values(
        part=part, object_id=object_id, online=by.online, entered=by.entered
    )
    moved = first.on_conflict_do_update(
        index_elements=[SupportCount.part, SupportCount.object_id],
        set_={
            "online": SupportCount.online + by.online,
            "entered": SupportCount.entered + by.entered,
        },
    )
    told = SupportCount.online, SupportCount.entered, SupportCount.former_ids
    row = uow.session.execute(moved.returning(*told)).one()
    return SupportTotals(row.online, row.entered), row.former_ids


def matching_key(part: str, kind: str, value: str) -> str:
    """The same for one person in all things of a part; never kept but encrypted."""
    return blind_index("support_support.matching_key", f"{part}|{kind}|{value}").hex()


def _pseudonyms(part: str, ids: Iterable[UUID], known_by: Sequence[tuple[str, str]]) -> list[bytes]:
    return [
        blind_index("support_support.pseudonym", f"{part}|{object_id}|{kind}|{value}")
        for object_id in ids
        for kind, value in known_by
    ]


def _rows(uow: UnitOfWork, part: str, object_id: UUID, names: list[bytes]) -> Sequence[Any]:
    wanted = select(
        Support.support_id, Support.withdrawn_at, Support.channel, Support.entered_by_id, Support.at
    )
    own = Support.part == part, Support.object_id == object_id, Support.pseudonym.in_(names)
    return uow.session.execute(wanted.where(*own)).all()


def _values(uow: UnitOfWork, supporter: Supporter) -> dict[str, Any]:
    by_staff = supporter.channel != PORTAL
    # Typed by a clerk it only tells people apart: nobody confirmed that letters may go there.
    is_kept = not supporter.person_id and not by_staff
    return {
        "person_id": supporter.person_id,
        "email": supporter.email.strip() or None if is_kept else None,
        "language": supporter.language,
        "channel": supporter.channel,
        "entered_by_id": uow.principal.person_id if by_staff else None,
        "at": uow.now,
        "withdrawn_at": None,
    }
