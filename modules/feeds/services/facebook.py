"""Facebook pages by the documented Graph API: https://developers.facebook.com/docs/pages-api/posts.

The network keeps no idempotency keys, so a question without an answer is looked for on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from obshto.modules.feeds.services.http_calls import FORM, answer_of, multipart, object_in
from obshto.modules.feeds.services.port import (
    Away,
    DeadToken,
    Login,
    Message,
    NetworkFailure,
    PictureLimits,
    Placed,
    Profile,
    Refused,
)
from obshto.platform.fetching.services import MB, Answer, Asked, Limits

VERSION = "v25.0"
LIMIT = 63_206  # characters of a post
SAID = 200  # characters of what the network says that are kept
NEWEST = 100  # posts of a page that are looked through
# https://developers.facebook.com/docs/graph-api/guides/error-handling
TOKEN = {10, 102, 190, *range(200, 300)}
TOO_MANY = {4, 17, 32, 341, 613, 80001}
PASSING = {1, 2}
INVALID, GONE = 100, 33  # a code and the subcode of what is there no more


class Facebook:
    """A page, by a page access token of an app with `pages_manage_posts`."""

    title = "Facebook"
    default_address = "https://graph.facebook.com"
    takes_webp = False
    # https://developers.facebook.com/docs/graph-api/reference/photo/
    pictures = PictureLimits(size=4 * MB)
    posts_a_day: int | None = 25  # ours: a page that shouts is not read
    can_correct = True
    can_swap_pictures = False
    can_withdraw = True
    put_replaces = False
    letters_of_a_link = 0  # the limit is so wide that nothing is cut for it

    def check(self, login: Login) -> Profile:
        """Name and id of the page; until when the token works, where its app may ask that."""
        page = _read(_ask(login, "me?fields=id,name"))
        if not page.get("id"):
            raise Refused("no id")
        name, page_id = str(page.get("name") or page["id"]), str(page["id"])
        return Profile(account=name, limit=LIMIT, account_id=page_id, expires_at=_expiry(login))

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """A picture is uploaded unpublished, then published with the text."""
        told = {"message": message.text}
        if message.picture:
            told["attached_media[0]"] = json.dumps({"media_fbid": _upload(login, message)})
        return _placed(_read(_ask(login, "me/feed", "POST", told)).get("id"))

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """The text alone: a picture that stands there stays."""
        _read(_ask(login, quote(remote_id, safe=""), "POST", {"message": message.text}))
        return _placed(remote_id)

    def remove(self, login: Login, remote_id: str) -> None:
        """What somebody removed there is gone."""
        answer = _ask(login, quote(remote_id, safe=""), "DELETE")
        error = _error(answer)
        if (error.get("code"), error.get("error_subcode")) != (INVALID, GONE):
            _read(answer)

    def find(self, login: Login, mark: str, *, since: datetime) -> Sequence[Placed]:
        """Among the newest posts of the page."""
        asked = {"fields": "id,message", "since": int(since.timestamp()), "limit": NEWEST}
        rows = _read(_ask(login, f"me/feed?{urlencode(asked)}")).get("data")
        found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        whole = re.compile(re.escape(mark) + r"(?![\w/-])")
        return [_placed(row.get("id")) for row in found if whole.search(str(row.get("message")))]


def _expiry(login: Login) -> datetime | None:
    """The first of its two ends; None where there is none, or where the app may not ask."""
    try:
        told = _read(_ask(login, f"debug_token?{urlencode({'input_token': login.token})}"))
    except NetworkFailure:
        return None
    data = told.get("data")
    data = data if isinstance(data, dict) else {}
    ends = [data.get(name) for name in ("expires_at", "data_access_expires_at")]
    known = [end for end in ends if isinstance(end, int) and 0 < end < 1 << 33]
    return datetime.fromtimestamp(min(known), UTC) if known else None


def _upload(login: Login, message: Message) -> str:
    """The id of the picture. One that is used nowhere stays unpublished: nobody sees it."""
    fields = {"published": "false", "alt_text_custom": message.alt}
    body, headers = multipart(fields, "source", message)
    asked = Asked(
        address=f"{login.address}/{VERSION}/me/photos",
        method="POST",
        secret=login.token,
        headers=headers,
        body=body,
    )
    try:
        media_id = _read(answer_of(asked, Limits(size=MB, seconds=60))).get("id")
    except Away as away:  # a picture alone is seen by nobody
        raise Away(away.seconds, is_undone=True) from None
    if not media_id:
        raise Refused("no id")
    return str(media_id)


def _ask(
    login: Login, path: str, method: str = "GET", told: dict[str, str] | None = None
) -> Answer:
    asked = Asked(
        address=f"{login.address}/{VERSION}/{path}",
        method=method,
        secret=login.token,
        headers={"Accept": "application/json", **(FORM if told is not None else {})},
        body=urlencode(told).encode() if told is not None else None,
    )
    return answer_of(asked, Limits(size=MB, seconds=30))


def _error(answer: Answer) -> dict[str, Any]:
    error = (object_in(answer) or {}).get("error")
    return error if isinstance(error, dict) else {}


def _read(answer: Answer) -> dict[str, Any]:
    """What the network says. Raises NetworkFailure."""
    error = _error(answer)
    code = error.get("code")
    if code in TOKEN or (answer.status == 401 and not error):
        raise DeadToken
    if code in TOO_MANY or answer.status == 429:
        raise Away(_wait(answer), is_undone=True)
    if code in PASSING or answer.status >= 500:
        raise Away
    if error or not 200 <= answer.status < 300:
        raise Refused(f"{answer.status} {str(error.get('message', ''))[:SAID]}".strip())
    told = object_in(answer)
    if told is None:
        raise Away  # it said yes, and nobody knows to what
    return told


def _wait(answer: Answer) -> int | None:
    """Seconds, of the minutes that the network names for this page."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", ""))
        rows = [row for rows in usage.values() for row in rows]
        return 60 * max(int(row["estimated_time_to_regain_access"]) for row in rows) or None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _placed(remote_id: object) -> Placed:
    if not remote_id:
        raise Away  # it took the post and does not say where
    return Placed(remote_id=str(remote_id), address=f"https://www.facebook.com/{remote_id}")
