"""Telegram channels by the documented Bot API: https://core.telegram.org/bots/api.

The network keeps no keys and shows no bot what stands in a channel: of a question without an answer
a person has to say what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
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

LIMIT = 1024  # characters below a picture; a text alone may have four times as many
SAID = 200  # characters of what the network says that are kept
PICTURE, TEXT = "picture", "text"  # how a post stands there: each is changed in another way
EDIT = {PICTURE: ("editMessageCaption", "caption"), TEXT: ("editMessageText", "text")}
UNCHANGED = "message is not modified"
GONE = "message to delete not found"


class Telegram:
    """A channel in which a bot may post; `login.profile` names it: „@kula“, then its id."""

    title = "Telegram"
    default_address = "https://api.telegram.org"
    takes_webp = False
    pictures = PictureLimits(size=10 * MB, ratio=20)  # https://core.telegram.org/bots/api#sendphoto
    posts_a_day: int | None = None
    can_correct = True
    can_swap_pictures = False
    can_withdraw = True
    put_replaces = False
    letters_of_a_link = 0  # a link counts as long as it is: the limit is wide enough

    def check(self, login: Login) -> Profile:
        """The channel, if the bot may post there."""
        bot = _read(_ask(login, "getMe"))
        chat = _read(_ask(login, "getChat", {"chat_id": login.profile}))
        member = _read(
            _ask(login, "getChatMember", {"chat_id": login.profile, "user_id": bot.get("id")})
        )
        if chat.get("type") != "channel" or not member.get("can_post_messages"):
            raise Refused("no right to post")
        name = f"@{chat['username']}" if chat.get("username") else str(chat.get("title", ""))
        return Profile(account=name, limit=LIMIT, account_id=str(chat.get("id", "")))

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """With a picture the text stands below it."""
        if not message.picture:
            told = {"chat_id": login.profile, "text": message.text}
            return _placed(TEXT, _read(_ask(login, "sendMessage", told)))
        told = {"chat_id": login.profile, "caption": message.text}
        return _placed(PICTURE, _read(_ask(login, "sendPhoto", told, message)))

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """The text alone."""
        kind, number = _kind_of(remote_id)
        method, field = EDIT[kind]
        told = {"chat_id": login.profile, "message_id": number, field: message.text}
        answer = _ask(login, method, told)
        if UNCHANGED in _words(answer):  # the same correction, heard twice
            return Placed(remote_id=remote_id, address="")
        return _placed(kind, _read(answer))

    def remove(self, login: Login, remote_id: str) -> None:
        """What somebody removed there is gone. After two days the network may refuse."""
        told = {"chat_id": login.profile, "message_id": _kind_of(remote_id)[1]}
        answer = _ask(login, "deleteMessage", told)
        if GONE not in _words(answer):
            _read(answer)

    def find(self, login: Login, mark: str, *, since: datetime) -> Sequence[Placed]:
        """No bot can look into a channel."""
        return ()


def _kind_of(remote_id: str) -> tuple[str, str]:
    kind, _slash, number = remote_id.partition("/")
    return kind, number


def _ask(
    login: Login,
    method: str,
    told: Mapping[str, object] | None = None,
    message: Message | None = None,
) -> Answer:
    """The token stands in the address, so nothing of that is ever told in a failure."""
    fields = {name: str(value) for name, value in (told or {}).items()}
    if message is None:
        body, headers = urlencode(fields).encode(), FORM
    else:
        body, headers = multipart(fields, "photo", message)
    asked = Asked(
        address=f"{login.address}/bot{quote(login.token, safe=':')}/{method}",
        method="POST",
        headers=headers,
        body=body,
    )
    return answer_of(asked, Limits(size=MB, seconds=60 if message else 30))


def _words(answer: Answer) -> str:
    told = object_in(answer) or {}
    return "" if told.get("ok") else str(told.get("description", ""))


def _read(answer: Answer) -> dict[str, Any]:
    """What the network says. Raises NetworkFailure."""
    told = object_in(answer) or {}
    # 404 is said of a token that never was, 403 of a bot that was sent away.
    if answer.status in (401, 403, 404):
        raise DeadToken
    if answer.status == 429:
        wait = told.get("parameters") or {}
        seconds = wait.get("retry_after") if isinstance(wait, dict) else None
        raise Away(seconds if isinstance(seconds, int) else None, is_undone=True)
    if answer.status >= 500:
        raise Away
    if not told.get("ok"):
        raise Refused(f"{answer.status} {_words(answer)[:SAID]}".strip())
    result = told.get("result")
    return result if isinstance(result, dict) else {}


def _placed(kind: str, told: Mapping[str, Any]) -> Placed:
    number, chat = told.get("message_id"), told.get("chat")
    if not number:
        raise Away  # it took the post and does not say where
    name = chat.get("username") if isinstance(chat, dict) else None
    address = f"https://t.me/{name}/{number}" if name else ""
    return Placed(remote_id=f"{kind}/{number}", address=address)
