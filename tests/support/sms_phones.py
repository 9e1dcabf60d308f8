"""Phones that short messages go to in tests, and a village that sends some."""

import re
from uuid import uuid4

from sqlalchemy import select

from obshto.platform.notify.models import (
    Channel,
    Message,
    State,
)
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.sms.gateways import InfobipGateway
from obshto.platform.notify.sms.port import Receipt
from obshto.platform.notify.subscribers import Wishes
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NUMBER = "+359888123456"
WATER = Wishes(topics=("notices:water",), places=())


class Phones:
    """Takes everything, or does what `trouble` says; `heard` is what it was told."""

    def __init__(self):
        self.heard, self.trouble, self.but = [], None, []

    def send(self, message, *, but=""):
        self.heard.append(message)
        self.but.append(but)
        if self.trouble:
            raise self.trouble
        return Receipt(gateway="infobip", remote_id="1")

    names = ("infobip",)

    def gateway(self, name):
        return InfobipGateway("https://x", "k") if name == "infobip" else None


def allow(uow, **settings):
    settings = NotifySettings(**{"sms_sender": "GORNO", **settings})
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    uow.session.flush()


def sent_today(uow, **more):
    return Message(
        cause=uuid4(), fact="test", channel=Channel.SMS, language="bg", state=State.HANDED_OVER,
        accepted_at=uow.now, handed_over_at=uow.now, **more,
    )  # fmt: skip


def code_in(uow):
    """The code that was put last."""
    rows = (
        select(Message).where(Message.channel == Channel.SMS).order_by(Message.accepted_at.desc())
    )
    return re.search(r"\d{6}", uow.session.scalars(rows).first().text)[0]
