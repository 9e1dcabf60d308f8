"""Requests to servers of networks: multipart bodies, failures in the words of the port."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from obshto.modules.feeds.services.port import Away, Message, Refused
from obshto.platform.fetching.guard import NotFetched, Trouble
from obshto.platform.fetching.services import Answer, Asked, Limits, fetch

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def answer_of(asked: Asked, limits: Limits) -> Answer:
    """Raises Away, Refused."""
    try:
        return fetch(asked, limits)
    except NotFetched as failure:
        if failure.trouble in (Trouble.FORBIDDEN, Trouble.ASTRAY):
            raise Refused(failure.trouble.value) from None
        raise Away(is_undone=not failure.is_heard) from None


def object_in(answer: Answer) -> dict[str, Any] | None:
    """The JSON object of an answer; None of anything else."""
    try:
        told = json.loads(answer.body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def multipart(
    fields: Mapping[str, str], field: str, message: Message
) -> tuple[bytes, dict[str, str]]:
    """Body and header of a form with the picture of a message in `field`."""
    border = uuid4().hex
    head = "".join(
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{value}\r\n"
        for name, value in fields.items()
    )
    head += (
        f'--{border}\r\nContent-Disposition: form-data; name="{field}"; filename="picture"\r\n'
        f"Content-Type: {message.mime}\r\n\r\n"
    )
    body = head.encode() + message.picture + f"\r\n--{border}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={border}"}
