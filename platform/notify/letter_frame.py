"""What stands in a letter besides its words: who writes, why it comes, how to stop it."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext

from obshto.platform.notify.address import places_here
from obshto.platform.notify.bounces.address import return_address
from obshto.platform.notify.html import html_of
from obshto.platform.notify.job_names import SENDER
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.subscribers import token_of
from obshto.platform.notify.topics import names_of, titles_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def letter_of(
    uow: UnitOfWork, message: Message, *, reader: Subscriber | None, text: Text | None
) -> Letter:
    """The whole letter. Links are of the municipality's own address, never of a request's."""
    words = text or message
    subject, body = words.subject or "", words.text or ""
    if reader:
        with speaking(message.language):
            body = f"{body.rstrip()}\n\n{_ending(uow, reader, text)}\n"
    settings = letters_settings(uow)
    title = uow.scope.title
    return Letter(
        message_id=message.id.hex,
        sender=f'"{title}" <{settings.mail_from or current_app.extensions[SENDER]}>',
        reply_to=settings.reply_to or None,
        html=html_of(title=title, subject=subject, text=body, language=message.language),
        recipient=reader.address if reader else message.recipient or "",
        subject=subject,
        text=body,
        language=message.language,
        returns_to=return_address(uow, message.id),
        list_unsubscribe=f"{page_of(uow, reader)}/stop" if reader else None,
    )


def page_of(uow: UnitOfWork, reader: Subscriber, language: str = SOURCE) -> str:
    """The address of somebody's own page, with their token."""
    prefix = "" if language == SOURCE else f"/{language}"
    return f"{uow.scope.address}{prefix}/notify/{token_of(reader)}"


def why(uow: UnitOfWork, reader: Subscriber, text: Text) -> str:
    """„Вода, село Старопатица“: what somebody follows that this came of.

    Who does not follow its topic was told for what they do follow, and where.
    """
    asked = text.topic in reader.topics
    topics, places = ([text.topic], text.places) if asked else (reader.topics, reader.places)
    return ", ".join([*titles_of(topics), *names_of(places, places_here(uow), reader.language)])


def _ending(uow: UnitOfWork, reader: Subscriber, text: Text | None) -> str:
    page = page_of(uow, reader, reader.language)
    lines = ["--"]
    if reader.confirmed_at is None:
        ask = gettext(
            "За да потвърдите, отворете тази страница и натиснете бутона: %(page)s", page=page
        )
        lines = [ask]
    elif text:
        about = why(uow, reader, text)
        lines.append(gettext("Получавате това, защото сте абонирани: %(about)s.", about=about))
    if reader.confirmed_at:
        lines.append(gettext("Вижте и променете абонамента си: %(page)s", page=page))
        lines.append(gettext("Спрете го: %(page)s", page=page + "/stop"))
    return "\n".join(lines)
