"""A village without a network: what was decided comes by SMS to whoever subscribed by phone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.meetings.notifications import TOPIC
from obshto.modules.meetings.services.minutes import EntryWords, publish_minutes, write_entry
from obshto.modules.meetings.services.queries import items_of
from obshto.platform.notify.delivery import drain_letters
from obshto.platform.notify.job_names import PHONES
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.sms.phone_verification import ask_phone
from obshto.platform.notify.sms.port import Receipt
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.notify.subscribers import Wishes
from obshto.platform.settings.services import save_settings, version_of

PHONE = "0938 12 345"


class Phones:
    """A gateway that takes everything."""

    names = ("infobip",)

    def __init__(self):
        self.heard = []

    def send(self, message, *, but=""):
        self.heard.append(message.text)
        return Receipt(gateway="infobip", remote_id=str(len(self.heard)))


@pytest.fixture
def phones(app, uow, monkeypatch):
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    monkeypatch.setitem(app.extensions, PHONES, Phones())
    return app.extensions[PHONES]


def subscribe(uow, number, language="bg"):
    wishes = Wishes(topics=(TOPIC,), places=(), language=language)
    ask_phone(uow, number, wishes).confirmed_at = uow.now
    uow.session.flush()


def publish(uow, meeting, *decisions):
    """The meeting is over and its minutes are out."""
    object.__setattr__(uow, "now", meeting.ends_at + timedelta(hours=1))
    uow.facts.clear()
    item = items_of(uow, meeting.id)[0]
    for number, text in enumerate(decisions, 1):
        words = EntryWords(text="Говориха трима", number=str(number), decision=text)
        write_entry(uow, item, words, request_id=uuid4())
    if not decisions:
        write_entry(uow, item, EntryWords(text="Говориха трима"), request_id=uuid4())
    uow.facts.clear()
    publish_minutes(uow, meeting, why="", request_id=uuid4())
    for fact in uow.facts:
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
    drain_letters(uow)


def test_a_phone_gets_the_decisions_and_the_number_to_call(uow, announced, phones):
    meeting = announced(uow, contact=PHONE)
    subscribe(uow, "+359888123456")
    publish(uow, meeting, "Чешмата се ремонтира до май", "Автобусът тръгва в 7")
    [text] = phones.heard
    assert "1: Чешмата се ремонтира до май. 2: Автобусът тръгва в 7." in text
    assert f"Въпроси: {PHONE}." in text and text.startswith("Община Горно село: Решено на")
    assert "Спиране: " in text and parts_of(text) <= 4


def test_a_long_decision_is_cut_and_the_number_stays(uow, announced, phones):
    meeting = announced(uow, contact=PHONE)
    subscribe(uow, "+359888123456", "en")
    publish(uow, meeting, "Общината ремонтира пътя до гробището. " * 20)
    [text] = phones.heard
    assert "…" in text and PHONE in text and parts_of(text) <= 4


def test_minutes_without_decisions_say_that_they_are_out(uow, announced, phones):
    meeting = announced(uow, title="Приемен ден")
    subscribe(uow, "+359888123456")
    publish(uow, meeting)
    [text] = phones.heard
    assert "Протокол: Приемен ден" in text
