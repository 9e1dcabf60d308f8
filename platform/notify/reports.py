"""What gateways of short messages tell us over HTTP."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import abort, current_app, request

from obshto.platform.notify.citizen import citizen
from obshto.platform.notify.job_names import PHONES
from obshto.platform.notify.sms.failover import Phones
from obshto.platform.notify.sms.inbound_messages import take_incoming
from obshto.platform.notify.sms.port import Gateway
from obshto.platform.notify.sms.reports import REPLIES, is_word_for, take_report
from obshto.platform.web.access import from_machine
from obshto.platform.web.csrf import is_foreign
from obshto.platform.web.request_uow import current_uow

LARGEST = 64 * 1024  # bytes of a report
Done = tuple[str, int]


def has_word() -> bool:
    """The path holds what we gave to the gateway: of this message, of this municipality. An address
    that nobody was given does not exist; what a page elsewhere sends is refused all the same.
    """
    if is_foreign():
        abort(403)
    told = request.view_args or {}
    about = told["message_id"].hex if "message_id" in told else REPLIES
    return is_word_for(about, told["word"]) or abort(404)


@citizen.post("/sms/<uuid:message_id>/<word>")
@from_machine(has_word)
def report(message_id: UUID, word: str) -> Done:
    asked = _gateway()
    told = asked.report(_body())
    if told is None:
        return "", 400
    take_report(current_uow(), message_id, told, gateway=asked.name)
    return "", 200


@citizen.post("/sms/replies/<word>")
@from_machine(has_word)
def reply(word: str) -> Done:
    told = _gateway().reply(_body())
    if told is None:
        return "", 400
    take_incoming(current_uow(), *told)
    return "", 200


def _gateway() -> Gateway:
    """Each has its own words, so it says which it is."""
    name = request.args.get("by", "")
    return cast(Phones, current_app.extensions[PHONES]).gateway(name) or abort(404)


def _body() -> bytes:
    if (request.content_length or 0) > LARGEST:
        abort(413)
    return request.get_data(cache=False)
