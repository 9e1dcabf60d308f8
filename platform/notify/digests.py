"""Letters of the day and of the week: several things in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import gettext, ngettext
from sqlalchemy import Select, exists, or_, select

from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.notify.job_names import DIGEST, DRAIN
from obshto.platform.notify.models import Message, Pace, State, Subscriber, Text
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

AT: Final = 7  # o'clock in Bulgaria
PAGE: Final = 200  # subscribers of one job
MOST: Final = 50  # things in one letter
FACT: Final = "notify:digest"


def write_digests(uow: UnitOfWork) -> None:
    """Job: from seven in the morning on, one letter to each who wants one a day or a week and for
    whom something was collected. Once a day, however often it runs.
    """
    here = uow.now.astimezone(SOFIA)
    if here.hour < AT:
        return
    today = here.date()
    due = list(uow.session.scalars(_due(today).limit(PAGE).with_for_update(skip_locked=True)))
    for reader in due:
        _write(uow, reader, today)
    if due:
        uow.defer(DRAIN, once=DRAIN, in_turn=DRAIN)
    if len(due) == PAGE:
        uow.defer(DIGEST, once=DIGEST)


def _due(today: date) -> Select[Subscriber]:
    """Those whose last letter was before today; before Monday, for who wants one a week."""
    monday = today - timedelta(days=today.weekday())
    collected = exists().where(
        Message.subscriber_id == Subscriber.id, Message.state == State.COLLECTED
    )
    is_weekly = Subscriber.pace == Pace.WEEKLY
    late = or_(
        ~is_weekly & (Subscriber.digest_on < today), is_weekly & (Subscriber.digest_on < monday)
    )
    return select(Subscriber).where(collected, late).order_by(Subscriber.id)


def _write(uow: UnitOfWork, reader: Subscriber, today: date) -> None:
    reader.digest_on = today
    rows = _collected(uow, reader.id)
    fresh = [(row, text) for row, text in rows if not (text.until and text.until <= uow.now)]
    for row, _text in rows:
        row.state = State.TOO_LATE
    if not fresh:
        return
    subject, said = _words(uow, reader, [text for _, text in fresh])
    letter = Message(
        id=new_id(),
        cause=uuid5(NAMESPACE_URL, f"digest/{reader.id}/{today}"),
        fact=FACT,
        subscriber_id=reader.id,
        language=reader.language,
        subject=subject,
        text=said,
        is_bulk=True,
        is_urgent=False,
        state=State.ACCEPTED,
        tries=0,
        accepted_at=uow.now,
    )
    uow.session.add(letter)
    for row, _text in fresh:
        row.state, row.digest_id = State.GATHERED, letter.id


def _collected(uow: UnitOfWork, subscriber_id: UUID) -> Sequence[tuple[Message, Text]]:
    rows = (
        select(Message, Text)
        .join(Text, Text.id == Message.text_id)
        .where(Message.subscriber_id == subscriber_id, Message.state == State.COLLECTED)
        .order_by(Message.accepted_at, Message.id)
        .limit(MOST)
    )
    return [(message, text) for message, text in uow.session.execute(rows)]


def _words(uow: UnitOfWork, reader: Subscriber, texts: Sequence[Text]) -> tuple[str, str]:
    with speaking(reader.language):
        number, name = len(texts), uow.scope.title
        subject = ngettext(
            "%(num)s съобщение – %(name)s", "%(num)s съобщения – %(name)s", number, name=name
        )
        lines = [gettext("Събрахме за Вас:")]
    lines += [f"* {text.subject}\n\n{text.text.strip()}" for text in texts]
    return subject, "\n\n".join(lines)
