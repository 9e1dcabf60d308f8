"""Mastodon by its documented API: https://docs.joinmastodon.org/methods/statuses/."""

from __future__ import annotations

from time import sleep
from typing import Any
from urllib.parse import quote, urlencode

from obshto.modules.feeds.services.http_calls import FORM, answer_of, multipart, object_in
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

LIMIT = 500  # characters, where the server does not say
SAID = 200  # characters of what a server says that are kept
PATIENCE = 10  # looks at a picture that is being made smaller there


class Mastodon:
    """A server of the fediverse that speaks as Mastodon 4 does."""

    title = "Mastodon"
    default_address = ""
    takes_webp = True
    pictures = PictureLimits(size=8 * MB)  # servers may take more: 16 MB since version 4
    posts_a_day: int | None = None
    can_correct = True
    can_swap_pictures = True
    can_withdraw = True
    put_replaces = False
    letters_of_a_link = 23

    def check(self, login: Login) -> Profile:
        """Whose token it is, and how long a post may be on that server."""
        told = _read(_ask(login, "/api/v1/accounts/verify_credentials"))
        server = login.address.partition("://")[2]
        account = str(told.get("acct") or told.get("username") or "")
        return Profile(account=f"@{account}@{server}", limit=_limit(login))

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """The server keeps the key for an hour."""
        body = _status(login, message)
        answer = _ask(login, "/api/v1/statuses", "POST", body, {"Idempotency-Key": key})
        return _placed(_read(answer))

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """The post keeps its address and shows that it was edited."""
        path = f"/api/v1/statuses/{quote(remote_id, safe='')}"
        return _placed(_read(_ask(login, path, "PUT", _status(login, message))))

    def remove(self, login: Login, remote_id: str) -> None:
        """404 means that somebody removed it there."""
        answer = _ask(login, f"/api/v1/statuses/{quote(remote_id, safe='')}", "DELETE")
        if answer.status != 404:
            _read(answer)


def _limit(login: Login) -> int:
    answer = _ask(login, "/api/v2/instance")
    if answer.status != 200:
        return LIMIT
    statuses = _read(answer).get("configuration", {}).get("statuses", {})
    limit = statuses.get("max_characters", LIMIT)
    return limit if isinstance(limit, int) and 100 <= limit <= 100_000 else LIMIT


def _status(login: Login, message: Message) -> dict[str, str]:
    told = {"status": message.text, "language": message.language, "visibility": "public"}
    if message.picture:
        told["media_ids[]"] = _upload(login, message)
    return told


def _upload(login: Login, message: Message) -> str:
    """The id of the picture, once the server can show it. One that is used nowhere goes there."""
    body, headers = multipart({"description": message.alt}, "file", message)
    asked = Asked(
        address=f"{login.address}/api/v2/media",
        method="POST",
        secret=login.token,
        headers=headers,
        body=body,
    )
    answer = answer_of(asked, Limits(size=MB, seconds=60))
    media_id = str(_read(answer).get("id", ""))
    for _ in range(PATIENCE):
        if answer.status not in (202, 206):
            return media_id
        sleep(0.5)
        answer = _ask(login, f"/api/v1/media/{quote(media_id, safe='')}")
        _read(answer)
    raise Away


def _ask(
    login: Login,
    path: str,
    method: str = "GET",
    told: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    body = urlencode(told).encode() if told is not None else None
    form = FORM if told is not None else {}
    asked = Asked(
        address=f"{login.address}{path}",
        method=method,
        secret=login.token,
        headers={"Accept": "application/json", **form, **(headers or {})},
        body=body,
    )
    return answer_of(asked, Limits(size=MB, seconds=30))


def _read(answer: Answer) -> dict[str, Any]:
    """What the server says. Raises NetworkFailure."""
    if answer.status == 401:
        raise DeadToken
    if answer.status == 429 or answer.status >= 500:
        after = answer.headers.get("retry-after", "")
        raise Away(int(after) if after.isdecimal() and len(after) < 6 else None)
    told = object_in(answer)
    if told is None:
        raise Refused(f"{answer.status}")
    # 403 with this very scope missing: the token can read and not write, so it is of no use.
    said = str(told.get("error", ""))[:SAID]
    if answer.status == 403 and "scope" in said:
        raise DeadToken
    if not 200 <= answer.status < 300:
        raise Refused(f"{answer.status} {said}".strip())
    return told


def _placed(told: dict[str, Any]) -> Placed:
    if not told.get("id"):
        raise Refused("no id")
    return Placed(remote_id=str(told["id"]), address=str(told.get("url") or ""))
