"""Bluesky by the documented XRPC of its servers: https://docs.bsky.app/docs/advanced-guides/posts.

A post lies under a key of our choice, so the same question twice puts it there once. What stands
there is never changed: readers would see the old words.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

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
from obshto.platform.clock import now
from obshto.platform.fetching.services import MB, Answer, Asked, Limits

LIMIT = 300  # characters of a post
OF_A_LINK = 30  # characters that a link is shown in
SAID = 200  # characters of what the network says that are kept
POST = "app.bsky.feed.post"
# https://atproto.com/specs/tid: sixty-five bits in thirteen letters that sort as they are.
LETTERS, LENGTH = "234567abcdefghijklmnopqrstuvwxyz", 13
_link = re.compile(r"https?://\S+")


class Bluesky:
    """A profile, by its name (`login.profile`) and a password made for the portal alone."""

    title = "Bluesky"
    default_address = "https://bsky.social"
    takes_webp = False
    pictures = PictureLimits(size=1_000_000)  # the lexicon app.bsky.embed.images
    posts_a_day: int | None = 50  # each opens a session, and of those there are 300 a day
    can_correct = False
    can_swap_pictures = False
    can_withdraw = True
    put_replaces = True
    letters_of_a_link = OF_A_LINK

    def check(self, login: Login) -> Profile:
        """Its name may change, its id (DID) stays."""
        session = _session(login)
        return Profile(account=session["handle"], limit=LIMIT, account_id=session["did"])

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """The key of the record and its moment are made of `key`: again is the same record."""
        session, record_key = _session(login), key_of(key)
        text, facets = linked(message.text)
        record: dict[str, Any] = {
            "$type": POST,
            "text": text,
            "facets": facets,
            "langs": [message.language],
            "createdAt": _moment_of(key).isoformat().replace("+00:00", "Z"),
        }
        if message.picture:
            image = {"alt": message.alt, "image": _upload(login, session, message)}
            record["embed"] = {"$type": "app.bsky.embed.images", "images": [image]}
        told = {"repo": session["did"], "collection": POST, "rkey": record_key, "record": record}
        _read(_ask(login, "com.atproto.repo.putRecord", told, session))
        address = f"https://bsky.app/profile/{session['handle']}/post/{record_key}"
        return Placed(remote_id=record_key, address=address)

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """Never asked: `can_correct`."""
        raise Refused

    def remove(self, login: Login, remote_id: str) -> None:
        """What is gone is gone: the server says yes to that, too."""
        session = _session(login)
        told = {"repo": session["did"], "collection": POST, "rkey": remote_id}
        _read(_ask(login, "com.atproto.repo.deleteRecord", told, session))


def key_of(key: str) -> str:
    """A TID of a UUID: its millisecond, and of its other bits as many as have room."""
    number = UUID(key).int
    micro = (number >> 80) * 1000 + (number >> 10) % 1000
    whole = (micro << 10 | number & 0x3FF) & (1 << 63) - 1
    digits = (whole >> 5 * place & 31 for place in reversed(range(LENGTH)))
    return "".join(LETTERS[digit] for digit in digits)


def linked(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text with its links shortened, and where in its bytes each of them leads."""
    shown, facets, end = "", [], 0
    for found in _link.finditer(text):
        shown += text[end : found.start()]
        begin, end = len(shown.encode()), found.end()
        shown += _short(found[0])
        index = {"byteStart": begin, "byteEnd": len(shown.encode())}
        link = {"$type": "app.bsky.richtext.facet#link", "uri": found[0]}
        facets.append({"index": index, "features": [link]})
    return shown + text[end:], facets


def _short(link: str) -> str:
    url = urlsplit(link)
    whole = f"{url.netloc}{url.path}".rstrip("/")
    return whole if len(whole) <= OF_A_LINK else f"{whole[: OF_A_LINK - 1]}…"


def _moment_of(key: str) -> datetime:
    """When the row of this key was made; now, of a key that says no moment."""
    seconds = (UUID(key).int >> 80) / 1000
    return datetime.fromtimestamp(seconds, UTC) if UUID(key).version == 7 else now()


def _session(login: Login) -> dict[str, str]:
    """`did`, `handle`, `accessJwt`. Nothing was put there yet, whatever goes wrong."""
    told = {"identifier": login.profile, "password": login.token}
    try:
        session = _read(_ask(login, "com.atproto.server.createSession", told))
    except Away as away:
        raise Away(away.seconds, is_undone=True) from None
    if not all(session.get(name) for name in ("did", "handle", "accessJwt")):
        raise Refused("no session")
    return {name: str(session[name]) for name in ("did", "handle", "accessJwt")}


def _upload(login: Login, session: dict[str, str], message: Message) -> object:
    """The blob. One that no record names goes there by itself."""
    asked = Asked(
        address=f"{login.address}/xrpc/com.atproto.repo.uploadBlob",
        method="POST",
        secret=session["accessJwt"],
        headers={"Content-Type": message.mime},
        body=message.picture,
    )
    try:
        blob = _read(answer_of(asked, Limits(size=MB, seconds=60))).get("blob")
    except Away as away:
        raise Away(away.seconds, is_undone=True) from None
    if not isinstance(blob, dict):
        raise Refused("no blob")
    return blob


def _ask(
    login: Login, method: str, told: dict[str, Any], session: dict[str, str] | None = None
) -> Answer:
    asked = Asked(
        address=f"{login.address}/xrpc/{method}",
        method="POST",
        secret=session["accessJwt"] if session else "",
        headers={"Content-Type": "application/json"},
        body=json.dumps(told).encode(),
    )
    return answer_of(asked, Limits(size=MB, seconds=30))


def _read(answer: Answer) -> dict[str, Any]:
    """What the server says. Raises NetworkFailure."""
    if answer.status == 401:
        raise DeadToken
    if answer.status == 429:
        raise Away(_wait(answer), is_undone=True)
    if answer.status >= 500:
        raise Away
    told = object_in(answer) if answer.body else {}
    if told is None or not 200 <= answer.status < 300:
        said = str((told or {}).get("message", ""))[:SAID]
        raise Refused(f"{answer.status} {said}".strip())
    return told


def _wait(answer: Answer) -> int | None:
    """Seconds until the moment at which the limit begins anew."""
    reset = answer.headers.get("ratelimit-reset", "")
    if not reset.isdecimal() or len(reset) > 12:
        return None
    return max(int(reset) - int(now().timestamp()), 0)
