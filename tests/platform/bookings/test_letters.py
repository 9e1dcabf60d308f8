"""Letters of bookings: to the account, the address, the phone that somebody left."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.platform.bookings.services import Booker, book, cancel
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of

NAME = "Проба Пробова"


@pytest.fixture
def told(uow, resource):
    """told("made", phone=…): the messages that follow from a booking of such a person."""

    def go(what, **reach):
        start = datetime.combine(day_of(uow.now) + timedelta(days=3), time(10), SOFIA)
        who = Booker(name=NAME, **reach)
        made = book(uow, resource, [start], who, request_id=uuid4())
        uow.session.flush()
        if what == "cancelled":
            cancel(uow, made, "toy", expected_version=made.version)
        fact, payload = f"bookings:booking.{what}", {"subject_id": str(made.id), "part": "toy"}
        for _run in range(2):
            write_letters(uow, fact=fact, payload=payload, cause=str(made.group_id))
        return uow.session.scalars(select(Message)).all()

    return go


def allow_sms(uow):
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))


def test_who_left_an_address_gets_a_letter_with_the_way_to_cancel(told):
    [message] = told("made", email="proba@villages.example", phone="+359888123456")
    assert message.channel == "email" and message.recipient == "proba@villages.example"
    assert "Запазен час" in message.subject and "/toy/" in message.text
    assert "0938 12 345" in message.text and NAME not in message.text


def test_who_left_only_a_mobile_phone_hears_of_a_cancellation_by_sms(uow, told):
    allow_sms(uow)
    [message] = told("cancelled", phone="+359888123456")
    assert (message.channel, message.recipient) == ("sms", "+359888123456")
    assert message.text.startswith("Община Горно село: Отменен час")
    assert NAME not in message.text and "http" not in message.text


def test_a_number_that_nobody_has_proven_hears_nothing_on_booking(uow, told):
    allow_sms(uow)
    assert told("made", phone="+359888123456") == []


@pytest.mark.parametrize("phone", ["+35993812345", "+359888123456"])
def test_a_landline_and_a_village_without_sms_send_nothing(uow, told, phone):
    if phone == "+35993812345":
        allow_sms(uow)
    assert told("cancelled", phone=phone) == []
