"""A thing is followed, left, written about: double opt-in for addresses, a link in each letter."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import gettext
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.followers.events import FollowAsked
from obshto.platform.followers.models import Follower
from obshto.platform.keys.encryption import blind_index
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.address import Address, addresses
from obshto.platform.notify.outbox import put_letter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

PURPOSE = "followers_follower.link"
UNCONFIRMED = timedelta(days=7)  # then it was no wish
TITLE = 80  # letters of a title that travel in a link


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A public thing: whose it is, what it is called, where it is read below the host."""

    part: str
    object_id: UUID
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    """A link of a letter, opened: which thing, whom, since when it may be used."""

    thing: Followed
    person_id: UUID | None
    email: str
    language: str
    is_stale: bool


def follow_as(uow: UnitOfWork, thing: Followed, person_id: UUID, *, language: str) -> None:
    """An account follows it, from now on. Twice is once."""
    _put(uow, thing, person_id=person_id, email="", language=language)


def ask_to_follow(uow: UnitOfWork, thing: Followed, email: str, *, language: str) -> None:
    """Ask whoever reads that address whether they want it; one letter an hour for each thing."""
    hour = f"{uow.now:%Y%m%d%H}"
    cause = uuid5(NAMESPACE_URL, f"{thing.object_id}|{_pseudonym(thing, email=email).hex()}|{hour}")
    with speaking(language):
        subject = gettext("Потвърдете, че искате писма за „%(title)s“", title=short(thing.title))
        text = gettext(
            "Някой, вероятно Вие, поиска писма за „%(title)s“. Ако сте Вие, отворете тази страница"
            " и натиснете бутона: %(page)s",
            title=short(thing.title),
            page=_page(uow, thing, email=email, language=language),
        )
        end = gettext("Ако не сте Вие, не правете нищо: няма да Ви пишем повече.")
    put_letter(
        uow,
        id=cause,
        cause=cause,
        fact=FollowAsked.name,
        language=language,
        words=(subject, f"{text}\n\n{end}\n"),
        recipient=email.strip(),
    )


def put_phone(uow: UnitOfWork, thing: Followed, phone: str, *, language: str) -> None:
    """A phone whose owner has typed the code follows it. Twice is once."""
    _put(uow, thing, person_id=None, email="", phone=phone, language=language)


def opened_link(uow: UnitOfWork, token: str) -> FollowLink:
    """Raises NoSuchLink."""
    values, at = read_token(PURPOSE, token)
    try:
        thing = Followed(
            part=values["part"],
            object_id=UUID(values["id"]),
            title=values["title"],
            path=values["path"],
        )
        person_id = UUID(values["person"]) if values["person"] else None
        return FollowLink(
            thing=thing,
            person_id=person_id,
            email=values["email"],
            language=values["language"],
            is_stale=uow.now - at > UNCONFIRMED,
        )
    except (KeyError, ValueError):
        raise NoSuchLink from None


def confirm_follow(uow: UnitOfWork, link: FollowLink) -> None:
    """The reader of the address wants it. Raises NoSuchLink where the question is too old."""
    if link.is_stale:
        raise NoSuchLink
    _put(uow, link.thing, person_id=link.person_id, email=link.email, language=link.language)


def stop_following(
    uow: UnitOfWork,
    thing: Followed,
    *,
    person_id: UUID | None = None,
    email: str = "",
    phone: str = "",
) -> None:
    """Nothing more is written about it; the address or the phone is forgotten."""
    name = _pseudonym(thing, person_id=person_id, email=email, phone=phone)
    uow.session.execute(delete(Follower).where(*_of(thing), Follower.pseudonym == name))


def is_following(
    uow: UnitOfWork, thing: Followed, *, person_id: UUID | None = None, email: str = ""
) -> bool:
    """Whether an account or an address follows it. One query."""
    name = _pseudonym(thing, person_id=person_id, email=email)
    wanted = select(Follower.at).where(*_of(thing), Follower.pseudonym == name)
    return uow.session.scalar(wanted) is not None


def followers_of(uow: UnitOfWork, thing: Followed) -> Collection[Address]:
    """For `Notification.to`: each with the link in its letter by which it stops; phones without."""
    wanted = select(Follower.person_id, Follower.email, Follower.phone, Follower.language).where(
        *_of(thing)
    )
    rows = uow.session.execute(wanted).all()
    accounts = {row.person_id for row in rows if row.person_id}
    readers = list(addresses().people(accounts)) if accounts else []
    readers += [Address(None, "", row.email, row.language) for row in rows if row.email]
    by_letter = [replace(one, footer=_footer(uow, thing, one)) for one in readers]
    phones = [(row.phone, row.language) for row in rows if row.phone]
    return by_letter + [Address(None, "", "", language, phone) for phone, language in phones]


def followed_among(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> Collection[UUID]:
    """Those of the things that anybody follows. One query."""
    rows = select(Follower.object_id).where(Follower.part == part, Follower.object_id.in_(ids))
    return set(uow.session.scalars(rows.distinct()))


def numbers_of(uow: UnitOfWork, part: str) -> dict[UUID, int]:
    """How many follow each thing of a part, for its staff; never who. One query."""
    rows = select(Follower.object_id, func.count()).where(Follower.part == part)
    found = uow.session.execute(rows.group_by(Follower.object_id))
    return {object_id: number for object_id, number in found}


def forget_followers(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """The things are gone, or nothing more will be written about them."""
    own = Follower.part == part, Follower.object_id.in_(ids)
    uow.session.execute(delete(Follower).where(*own))


def _put(
    uow: UnitOfWork,
    thing: Followed,
    *,
    person_id: UUID | None,
    email: str,
    language: str,
    phone: str = "",
) -> None:
    row = {
        "part": thing.part,
        "object_id": thing.object_id,
        "pseudonym": _pseudonym(thing, person_id=person_id, email=email, phone=phone),
        "person_id": person_id,
        "email": None if person_id else email.strip() or None,
        "phone": phone or None,
        "language": language,
        "at": uow.now,
    }
    uow.session.execute(insert(Follower).values(row).on_conflict_do_nothing())


def _pseudonym(
    thing: Followed, *, person_id: UUID | None = None, email: str = "", phone: str = ""
) -> bytes:
    who = f"person|{person_id}" if person_id else f"email|{email.strip().casefold()}"
    who = f"phone|{phone}" if phone else who
    return blind_index("followers_follower.pseudonym", f"{thing.part}|{thing.object_id}|{who}")


def _of(thing: Followed) -> tuple[ColumnElement[bool], ...]:
    return Follower.part == thing.part, Follower.object_id == thing.object_id


def _footer(uow: UnitOfWork, thing: Followed, reader: Address) -> Callable[[], str]:
    page = _page(
        uow, thing, person_id=reader.person_id, email=reader.email, language=reader.language
    )
    return lambda: gettext(
        "Получавате това, защото следите „%(title)s“. Спрете писмата: %(page)s",
        title=short(thing.title),
        page=page,
    )


def _page(
    uow: UnitOfWork,
    thing: Followed,
    *,
    email: str,
    language: str,
    person_id: UUID | None = None,
) -> str:
    values = {
        "part": thing.part,
        "id": str(thing.object_id),
        "title": short(thing.title),
        "path": thing.path,
        "person": str(person_id or ""),
        "email": "" if person_id else email.strip(),
        "language": language,
    }
    prefix = "" if language == SOURCE else f"/{language}"
    token = make_token(PURPOSE, values, at=uow.now)
    return f"{uow.scope.address}{prefix}/followers/{token}"


def short(title: str) -> str:
    """A title as it travels in a link."""
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
