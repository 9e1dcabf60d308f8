"""Who left a centre only a mobile phone: a free seat and the reminder come as an SMS."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.centres.services.call_desk import CALL_DESK
from obshto.platform.bookings.reminders import remind
from obshto.platform.bookings.services import Booker, book, cancel, join_waiting_list
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of

MOBILE = "+359888123456"


@pytest.fixture
def computer(uow, written, thing):
    """A computer of a centre in a municipality that sends SMS."""
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    return thing(uow, written(uow))


@pytest.fixture
def start(uow):
    return datetime.combine(day_of(uow.now) + timedelta(days=3), time(10), SOFIA)


def sent(uow):
    """The SMS that follow from what happened, each letter tried twice."""
    facts, causes = list(uow.facts), [str(uuid4()) for _ in uow.facts]
    uow.facts.clear()
    for _run in range(2):
        for fact, cause in zip(facts, causes, strict=True):
            write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)
    rows = select(Message).where(Message.channel == "sms")
    assert uow.session.scalars(CALL_DESK.owed(uow)).all() == [], "nobody has to call"
    return [(one.recipient, one.text) for one in uow.session.scalars(rows)]


def test_a_seat_that_came_free_is_offered(uow, computer, start):
    by_letter = Booker(name="Проба Първа", email="parva@villages.example")
    first = book(uow, computer, [start], by_letter, request_id=uuid4())
    by_phone = Booker(name="Проба Втора", phone=MOBILE)
    join_waiting_list(uow, computer, start, by_phone, request_id=uuid4())
    uow.session.flush()
    assert sent(uow) == []  # nobody has proven the number
    cancel(uow, first, "centres", expected_version=first.version)
    [(recipient, text)] = sent(uow)
    assert recipient == MOBILE and text.startswith("Община Горно село: Свободно е:")
    assert "10:00" in text and "Потвърдете го" in text and "Проба" not in text
    assert "Пазим го до" in text and "Тел. " in text


def test_the_hour_is_near(uow, computer, start):
    who = Booker(name="Проба Пробова", phone=MOBILE)
    book(uow, computer, [start], who, request_id=uuid4())
    uow.session.flush()
    object.__setattr__(uow, "now", start - timedelta(hours=20))
    for _run in range(2):
        remind(uow)
        uow.session.flush()
    [(recipient, text)] = sent(uow)
    assert recipient == MOBILE and text.startswith("Община Горно село: Напомняме: имате час")
    assert "10:00" in text and "http" not in text and "Проба" not in text
    assert "Тел. " in text
