"""A phone follows a thing by a code that came to it, and stops by another."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.queries import followed
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.db.base import new_id
from obshto.platform.followers import phones, services
from obshto.platform.followers.services import Followed
from obshto.platform.notify.address import Address
from obshto.platform.notify.errors import WrongCode
from obshto.platform.notify.models import Message
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PHONE, TYPED = "+359888123456", "0888 123 456"


def allow(uow, sender="GORNO"):
    settings = NotifySettings(sms_sender=sender)
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    uow.session.flush()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        allow(begun)
        yield begun


def codes(uow):
    rows = uow.session.query(Message).order_by(Message.accepted_at, Message.id)
    return [re.search(r"\d{6}", row.text)[0] for row in rows if row.recipient == PHONE]


def other(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_form_sends_one_code_and_only_the_code_follows(uow):
    thing = Followed(part="news", object_id=new_id(), title="Пейка", path="/news/")
    asked = phones.AskedPhone(thing=thing, phone=PHONE, language="bg", once=uuid4())
    tokens = [phones.ask_phone_to_follow(uow, asked) for _ in range(2)]
    uow.session.flush()
    [code] = codes(uow)
    opened = phones.opened_phone(uow, tokens[0])
    with pytest.raises(WrongCode):
        phones.answer_by_code(uow, opened, other(code), wants=True)
    assert not services.followers_of(uow, thing)
    for _ in range(2):
        phones.answer_by_code(uow, opened, code, wants=True)
    assert services.followers_of(uow, thing) == [Address(None, "", "", "bg", PHONE)]
    phones.answer_by_code(uow, opened, code, wants=False)
    assert not services.followers_of(uow, thing)


@pytest.fixture
def report(house, config, uow_in):
    """A public report of a village that sends short messages."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
    engine.dispose()
    with uow_in(VILLAGE) as uow:
        allow(uow)
        words = ReportWords(kind="lamp", settlement="00001", words="Не свети", place="тук")
        key = send_report(uow, words, request_id=uuid4()).id
        uow.commit()
        return key


def readers(uow_in, key):
    with uow_in(VILLAGE) as uow:
        return services.followers_of(uow, followed(uow.session.get(Report, key)))


def test_a_report_is_followed_and_left_by_phone_on_its_own_page(report, client, at, uow_in):
    page, here = f"/reports/{report}/letters", {"base_url": at(VILLAGE)}
    assert "?by=phone" in client.get(page, **here).text
    by_phone = f"{page}?by=phone"
    wrong = client.post(by_phone, data={"request_id": uuid4(), "phone": "123"}, **here)
    assert wrong.status_code == 422 and 'value="123"' in wrong.text
    for wants, found in (("y", [Address(None, "", "", "bg", PHONE)]), ("n", [])):
        told = {"request_id": uuid4(), "phone": TYPED}
        path = client.post(by_phone, data=told, **here).headers["Location"]
        assert PHONE[1:] not in path
        assert "888 123 456" in client.get(path, **here).text.replace("\xa0", " ")
        with uow_in(VILLAGE) as uow:
            code = codes(uow)[-1]
        typed = {"request_id": uuid4(), "wants": wants}
        bad = client.post(path, data={**typed, "code": other(code)}, **here)
        assert bad.status_code == 422 and "Кодът не съвпада" in bad.text
        assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404
        answer = client.post(path, data={**typed, "code": code}, **here)
        assert answer.status_code == 303 and f"/reports/{report}" in answer.headers["Location"]
        assert readers(uow_in, report) == found


def test_a_number_is_guessed_five_times_and_asked_no_more(report, client, at, uow_in):
    here = {"base_url": at(VILLAGE)}
    told = {"request_id": uuid4(), "phone": TYPED}
    page = f"/reports/{report}/letters?by=phone"
    path = client.post(page, data=told, **here).headers["Location"]
    with uow_in(VILLAGE) as uow:
        code = codes(uow)[-1]
    typed = {"request_id": uuid4(), "wants": "y"}
    for _ in range(5):
        client.post(path, data={**typed, "code": other(code)}, **here)
    last = client.post(path, data={**typed, "code": code}, **here)
    assert last.status_code == 422 and "сгрешен много пъти" in last.text
    assert not readers(uow_in, report)


def test_where_no_short_messages_are_sent_none_is_offered(report, client, at, uow_in):
    with uow_in(VILLAGE) as uow:
        allow(uow, sender="")
        uow.commit()
    page, here = f"/reports/{report}/letters", {"base_url": at(VILLAGE)}
    assert "?by=phone" not in client.get(page, **here).text
    assert "Пратете ми код" not in client.get(f"{page}?by=phone", **here).text
