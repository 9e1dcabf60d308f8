"""Turnout by SMS: read from what a gateway passes on, answered in words, told once."""

import pytest
from sqlalchemy import select

from obshto.modules.polling.models import PollingSection
from obshto.modules.results.models import TurnoutReport
from obshto.modules.results.services.codes import code_as_written, section_code
from obshto.modules.results.services.nights import night_of
from obshto.modules.results.services.sms_turnout import read_message
from obshto.modules.results.services.votes import vote_of
from obshto.platform.notify.job_names import PHONES
from obshto.platform.notify.models import Message
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.sms.failover import Gateways
from obshto.platform.notify.sms.gateways import gateway_of
from obshto.platform.notify.sms.reports import reply_address
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MEMBER = "+359888123456"


@pytest.fixture
def gateway(app, monkeypatch):
    """Nothing is sent in a request: an address where nobody listens will do."""
    phones = Gateways([gateway_of("infobip+http://KEY@127.0.0.1:9")])
    monkeypatch.setitem(app.extensions, PHONES, phones)


@pytest.fixture
def code(vote_id, uow_in, gateway):
    """The code of section 1 as the sheet has it; messages leave in the name of a number."""
    with uow_in(VILLAGE) as uow:
        save_settings(uow, "notify", NotifySettings(sms_sender="1700"), expected_version=0)
        [section] = uow.session.scalars(select(PollingSection.id).where(PollingSection.number == 1))
        told = code_as_written(section_code(night_of(uow, vote_of(uow, vote_id)), section))
        uow.commit()
        return told


@pytest.fixture
def send(client, at, uow_in):
    """Somebody writes; answers what they are told back, if anything."""

    def write(words, village=VILLAGE, sender=MEMBER):
        with uow_in(VILLAGE) as uow:
            path = reply_address(uow, "infobip").partition("/notify")[2]
        body = {"results": [{"from": sender[1:], "text": words}]}
        answer = client.post(f"/notify{path}", json=body, base_url=at(village))
        assert answer.status_code == (200 if village == VILLAGE else 404)
        with uow_in(VILLAGE) as uow:
            order = Message.id.desc()
            found = uow.session.scalars(select(Message).order_by(order)).all()
            seen, write.seen = write.seen, len(found)
            return found[0].text if len(found) > seen else None

    write.seen = 0
    return write


@pytest.fixture
def told(uow_in):
    def read():
        with uow_in(VILLAGE) as uow:
            rows = uow.session.scalars(select(TurnoutReport).order_by(TurnoutReport.hour))
            return [(row.hour, row.voted, row.by_id) for row in rows]

    return read


def test_a_section_writes_how_many_have_voted_and_hears_what_was_written(code, send, told):
    assert send(f"Секция 1 {code} 10 145") == "Секция 1, 10 часа: записано 145. Благодарим."
    assert told() == [(10, 145, None)]
    assert send(f"СЕКЦИЯ 1, код {code}, 10:00 ч., 145") == (
        "Секция 1, 10 часа: 145 вече е записано."
    )
    assert send(f"sekcia 1 {code.replace(' ', '')} 10 146") == (
        "Секция 1, 10 часа: поправено. Беше 145, сега е 146."
    )
    assert told() == [(10, 146, None)]


def test_what_is_wrong_is_told_in_words_and_nothing_is_written(code, send, told):
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert "кодът не е верен" in send(f"Секция 1 {wrong} 10 145")
    assert "кодът не е верен" in send(f"Секция 2 {code} 10 145")
    assert "Съобщава се към 10, " in send(f"Секция 1 {code} 12 145")
    assert "500 гласоподаватели" in send(f"Секция 1 {code} 10 501")
    for words in ("Секция", f"Секция 1 {code}", f"Секция 1 {code} 10 999999", "Секция 1 12 10 145"):
        assert "Пишете: СЕКЦИЯ" in send(words)
    assert told() == []
    assert send(f"Секция 1 {code} 10 145")
    assert "не може да намалява" in send(f"Секция 1 {code} 20 144")


def test_other_words_and_other_municipalities_hear_nothing(code, send, told):
    assert send("Благодаря") is None
    assert send("") is None
    assert send(f"Секция 1 {code} 10 145", village=NEIGHBOUR) is None
    assert told() == []


def test_who_writes_too_often_is_passed_over(code, send, told):
    for _ in range(30):
        send("Секция")
    assert send(f"Секция 1 {code} 10 145") is None
    assert send(f"Секция 1 {code} 10 145", sender="+359888123457")
    assert told() == [(10, 145, None)]


def test_the_sheet_and_the_page_say_where_to_write(code, client, at, sign_in, vote_id):
    assert "1700" in client.get("/results/section", base_url=at(VILLAGE)).text
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    sheet = secretary.get(f"/console/results/{vote_id}/codes.pdf")
    assert sheet.data.startswith(b"%PDF")


@pytest.mark.parametrize("words", ["", "Секция", "1 2 3", "Секция 1 123456789012 11 1 1"])
def test_a_message_with_other_numbers_is_not_read(words):
    assert read_message(words) is None
