"""What stands in a short message: who speaks, what is public, the page on which it is stopped."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext

from obshto.platform.notify.letter_frame import page_of
from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.port import ShortMessage
from obshto.platform.notify.sms.reports import report_address
from obshto.platform.notify.sms.segments import fitted
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

MOST: Final = 2  # parts of what is said to many
MOST_OF_TEXT: Final = 4  # the same, where the SMS says all that there is to read
_TOKEN: Final = "x" * 22


def sms_of(
    uow: UnitOfWork, message: Message, *, reader: Subscriber | None, text: Text | None
) -> ShortMessage:
    """To many: the title of what was published, or its words where they are put in short. To one:
    the words as they were put, a code.

    Nothing of a person: what is theirs alone stands behind their page.
    """
    said = message.text or ""
    if text and reader:
        page = page_of(uow, reader, message.language)
        with speaking(message.language):
            said = (
                said_to_many(uow.scope.title, text.short, page, parts=MOST_OF_TEXT)
                if text.short
                else said_to_many(uow.scope.title, text.subject, page)
            )
    return ShortMessage(
        message_id=message.id.hex,
        sender=letters_settings(uow).sms_sender,
        recipient=reader.address if reader else message.recipient or "",
        text=said,
        report_url=report_address(uow, message.id),
    )


def short_words(uow: UnitOfWork, said: str, after: str = "") -> str:
    """What one person is told by SMS: who speaks, then the words. It says nothing of the person.

    Cut to two parts; what comes `after` stays whole.
    """
    return fitted(f"{uow.scope.title}: ", said, after, parts=MOST)


def short_to_many(uow: UnitOfWork, said: str, after: str = "") -> str:
    """Words of an SMS to many, with what stays whole after them, cut so that all of it fits.

    Who speaks and the address are added when it leaves.
    """
    before = f"{uow.scope.title}: "
    stop = _stop(f"{uow.scope.address}/xx/notify/{_TOKEN}")
    whole = fitted(before, said, f"{after}{stop}", parts=MOST_OF_TEXT)
    return whole.removeprefix(before).removesuffix(stop)


def said_to_many(title: str, subject: str, page: str, *, parts: int = MOST) -> str:
    """In the language in force; cut to so many parts, the address whole."""
    return fitted(f"{title}: ", subject, _stop(page), parts=parts)


def _stop(page: str) -> str:
    return str(gettext(" Спиране: %(page)s", page=page))


def example_of_many(title: str, subject: str, address: str) -> str:
    """What each gets, before anything is sent: `address` is that of the portal, and the page as
    long as anybody's. Most read Bulgarian: so the title is, and who calls this speaks it.
    """
    return said_to_many(title, subject, f"{address}/notify/{_TOKEN}")
