"""A phone follows a thing once its owner has typed the code that came to it; so it stops, too.

No code is kept: it is a keyed hash of the thing, the number and the form that asked.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import gettext

from obshto.platform.followers.events import FollowAsked
from obshto.platform.followers.services import Followed, put_phone, short, stop_following
from obshto.platform.keys.encryption import blind_index
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.budgets import room_left
from obshto.platform.notify.errors import NoSmsToday, WrongCode
from obshto.platform.notify.models import Channel
from obshto.platform.notify.outbox import put_letter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

PURPOSE = "followers_follower.phone"
LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPhone:
    """Whose code is waited for: which thing, which number („+359…“), which form asked."""

    thing: Followed
    phone: str
    language: str
    once: UUID
    is_over: bool = False


def ask_phone_to_follow(uow: UnitOfWork, asked: AskedPhone) -> str:
    """Send the code, once for each form; the token is for the page where it is typed.

    Raises NoSmsToday.
    """
    assert uow.scope
    if room_left(uow)[Channel.SMS] <= 0:
        raise NoSmsToday
    with speaking(asked.language):
        text = gettext(
            "%(name)s: код %(code)s за новини. Не го казвайте на никого.",
            name=uow.scope.title,
            code=_code(asked),
        )
    cause = uuid5(NAMESPACE_URL, f"{asked.once}|{asked.thing.object_id}|{asked.phone}")
    put_letter(
        uow,
        id=cause,
        cause=cause,
        fact=FollowAsked.name,
        language=asked.language,
        words=("", text),
        recipient=asked.phone,
        channel=Channel.SMS,
    )
    values = {"part": asked.thing.part, "id": str(asked.thing.object_id)}
    values |= {"title": short(asked.thing.title), "path": asked.thing.path}
    values |= {"phone": asked.phone, "language": asked.language, "once": str(asked.once)}
    return make_token(PURPOSE, values, at=uow.now)


def opened_phone(uow: UnitOfWork, token: str) -> AskedPhone:
    """Raises NoSuchLink."""
    values, at = read_token(PURPOSE, token)
    try:
        thing = Followed(
            part=values["part"],
            object_id=UUID(values["id"]),
            title=values["title"],
            path=values["path"],
        )
        return AskedPhone(
            thing=thing,
            phone=values["phone"],
            language=values["language"],
            once=UUID(values["once"]),
            is_over=uow.now - at > LASTS,
        )
    except (KeyError, ValueError):
        raise NoSuchLink from None


def answer_by_code(uow: UnitOfWork, asked: AskedPhone, code: str, *, wants: bool) -> None:
    """The owner of the phone follows the thing, or does not any more. Raises WrongCode.

    How often may be guessed is the brake's business, which counts in a transaction of its own.
    """
    if asked.is_over or not hmac.compare_digest(_code(asked).encode(), code.encode()):
        raise WrongCode
    if wants:
        put_phone(uow, asked.thing, asked.phone, language=asked.language)
    else:
        stop_following(uow, asked.thing, phone=asked.phone)


def _code(asked: AskedPhone) -> str:
    who = f"{asked.thing.part}|{asked.thing.object_id}|{asked.phone}|{asked.once}"
    number = int.from_bytes(blind_index("followers_follower.code", who))
    return f"{number % 10**6:06d}"
