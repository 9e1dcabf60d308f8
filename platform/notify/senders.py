"""In whose name letters and short messages leave, and where answers to them come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from obshto.platform.notify.job_names import PHONES, RETURNS, SENDER
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.failover import Phones
from obshto.platform.notify.sms.inbound_messages import answerable_number
from obshto.platform.notify.sms.reports import reply_address
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Senders:
    """`gateways`: name and the address to which each passes on what people answer, in the order in
    which they are asked. `stop_number` is where people write STOP; a name cannot be answered.
    """

    mail_from: str
    is_own: bool  # of the municipality, not that of the shared portal
    reply_to: str
    returns_to: str  # empty: what comes back later is not noticed
    sms_sender: str
    stop_number: str
    gateways: tuple[tuple[str, str], ...]


def senders_of(uow: UnitOfWork) -> Senders:
    """As set here and for the whole installation. One query."""
    settings = letters_settings(uow)
    phones = cast(Phones, current_app.extensions[PHONES])
    return Senders(
        mail_from=settings.mail_from or current_app.extensions[SENDER],
        is_own=bool(settings.mail_from),
        reply_to=settings.reply_to,
        returns_to=current_app.extensions[RETURNS],
        sms_sender=settings.sms_sender,
        stop_number=answerable_number(uow),
        gateways=tuple((name, reply_address(uow, name)) for name in phones.names),
    )
