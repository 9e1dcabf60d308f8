"""Viber channels by the documented Channels Post API.

https://developers.viber.com/docs/tools/channels-post-api/. The network keeps no keys, shows nothing
of what stands there, corrects nothing and takes nothing back. It posts only for a channel whose
webhook answered once; it never tells that webhook anything of a channel.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from obshto.modules.feeds.services.http_calls import answer_of, object_in
from obshto.modules.feeds.services.port import (
    Away,
    DeadToken,
    Login,
    Message,
    PictureLimits,
    Placed,
    Profile,
    Refused,
)
from obshto.platform.fetching.services import MB, Answer, Asked, Limits

LIMIT = 1_000  # characters that a phone shows without a tap, with room to spare
CAPTION = 512  # characters below a picture, the least that any of its documents says
SAID = 200  # characters of what the network says that are kept
CALLED_BACK = "/feeds/viber"  # our page that answers
OK, TOKEN, TOO_MANY = 0, 2, 12
SUPER = "superadmin"


class Viber:
    """A channel, by the token of its super administrator."""

    title = "Viber"
    default_address = "https://chatapi.viber.com"
    takes_webp = False
    pictures = PictureLimits(size=MB)
    posts_a_day: int | None = 20  # ours: a channel that shouts is muted
    can_correct = False
    can_swap_pictures = False
    can_withdraw = False
    put_replaces = False
    letters_of_a_link = 0  # the limit is wide enough

    def check(self, login: Login) -> Profile:
        """Name and id of the channel; the webhook is set, without which nothing can be posted."""
        told = _read(_ask(login, "get_account_info", {}))
        _read(_ask(login, "set_webhook", {"url": f"{login.home}{CALLED_BACK}"}))
        return Profile(
            account=str(told.get("name", "")), limit=LIMIT, account_id=str(told.get("id", ""))
        )

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """With a picture, which Viber fetches from the portal, where its caption has room."""
        sender = _super_admin(_read(_ask(login, "get_account_info", {})))
        answer = _read(_ask(login, "post", {"from": sender, **_told(message)}))
        return Placed(remote_id=str(answer.get("message_token") or key), address="")

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """Never asked: `can_correct`."""
        raise Refused

    def remove(self, login: Login, remote_id: str) -> None:
        """Never asked: `can_withdraw`."""
        raise Refused

    def find(self, login: Login, mark: str, *, since: datetime) -> Sequence[Placed]:
        """Nobody can look into a channel."""
        return ()


def _told(message: Message) -> dict[str, str]:
    """A JPEG of at most 1 MB at an address that ends so, a thumbnail of at most 100 kB."""
    if not message.pictures_at or len(message.text) > CAPTION:
        return {"type": "text", "text": message.text}
    return {
        "type": "picture",
        "text": message.text,
        "media": f"{message.pictures_at}/picture.jpeg",
        "thumbnail": f"{message.pictures_at}/thumbnail.jpeg",
    }


def _super_admin(told: dict[str, Any]) -> str:
    """Id of the member in whose name posts go out. Raises Refused."""
    members = told.get("members")
    for member in members if isinstance(members, list) else []:
        if isinstance(member, dict) and member.get("role") == SUPER:
            return str(member.get("id", ""))
    raise Refused(f"no {SUPER}")


def _ask(login: Login, method: str, told: dict[str, str]) -> Answer:
    asked = Asked(
        address=f"{login.address}/pa/{method}",
        method="POST",
        headers={"Content-Type": "application/json"},
        body=json.dumps({**told, "auth_token": login.token}).encode(),
    )
    try:
        return answer_of(asked, Limits(size=MB, seconds=30))
    except Away as away:  # only a post that was heard may stand there
        is_undone = away.is_undone or method != "post"
        raise Away(away.seconds, is_undone=is_undone) from None


def _read(answer: Answer) -> dict[str, Any]:
    """What the network says. Raises NetworkFailure."""
    if answer.status == 429:
        raise Away(is_undone=True)
    told = object_in(answer)
    if answer.status >= 500 or told is None:
        raise Away
    if told.get("status") == TOKEN:
        raise DeadToken
    if told.get("status") == TOO_MANY:
        raise Away(is_undone=True)
    if told.get("status") != OK:
        raise Refused(f"{told.get('status')} {str(told.get('status_message', ''))[:SAID]}")
    return told
