"""A phone follows a thing once its owner has typed the code that came to it; so it stops, too.

A code belongs to the thing, the number and the form that asked (`notify.sms.short_codes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from flask_babel import gettext

from obshto.platform.followers.events import FollowAsked
from obshto.platform.followers.services import Followed, put_phone, short, stop_following
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.errors import WrongCode
from obshto.platform.notify.sms.short_codes import check_code, send_code
from obshto.platform.unit_of_work import UnitOfWork

PURPOSE = "followers_follower.phone"
CODE = "followers_follower.code"
LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPhone:
    """Whose code is waited for: which thing, which number („+359…“), which form asked."""

    thing: Followed
    phone: str
    language: str
    once: UUID
    is_over: bool = False

    @property
    def key(self) -> UUID:
        """What the code is of."""
        return uuid5(self.once, f"{self.thing.part}|{self.thing.object_id}|{self.phone}")


def ask_phone_to_follow(uow: UnitOfWork, asked: AskedPhone) -> str:
    """Send the code, once for each form; the token is for the page where it is typed.

    Raises NoSmsToday.
    """
    name = uow.scope.title

    def words(code: str) -> str:
        return str(
            gettext(
                "%(name)s: код %(code)s за новини. Не го казвайте на никого.", name=name, code=code
            )
        )

    send_code(
        uow,
        CODE,
        asked.key,
        asked.phone,
        fact=FollowAsked.name,
        language=asked.language,
        words=words,
        once=asked.key,
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
    if asked.is_over:
        raise WrongCode
    check_code(CODE, asked.key, asked.phone, code)
    if wants:
        put_phone(uow, asked.thing, asked.phone, language=asked.language)
    else:
        stop_following(uow, asked.thing, phone=asked.phone)
