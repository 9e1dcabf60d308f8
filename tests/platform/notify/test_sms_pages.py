"""SMS over HTTP: gateways report and pass on STOP, a phone subscribes by its code."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from support.sms_phones import NEIGHBOUR, NUMBER, VILLAGE, WATER, allow, code_in, sent_today

from obshto.platform.notify.models import (
    Message,
    Pace,
    Subscriber,
)
from obshto.platform.notify.sms.phone_verification import ask_phone
from obshto.platform.notify.sms.reports import (
    REPLIES,
    report_address,
    word_for,
)
from obshto.platform.notify.subscribers import token_of
from obshto.platform.permissions import Role

TYPED = {"phone": "0888 123 456", "topics": "notices:water", "places": "all", "pace": "at once"}
TYPED |= {"language": "bg"}


REPLY = {"results": [{"from": NUMBER[1:], "text": "STOP"}]}
DELIVERED = {"results": [{"status": {"groupName": "DELIVERED", "name": "DELIVERED_TO_HANDSET"}}]}


@pytest.fixture
def told(uow_in, open_house):
    """(path of its report, path of replies) after one message to one reader has left."""
    with uow_in(VILLAGE) as uow:
        reader = ask_phone(uow, NUMBER, WATER)
        reader.confirmed_at = uow.now
        row = sent_today(uow, parts=2, subscriber_id=reader.id)
        uow.session.add(row)
        uow.session.flush()
        home = uow.scope.address
        paths = report_address(uow, row.id), f"{home}/notify/sms/{REPLIES}/{word_for(REPLIES)}?by="
        uow.commit()
    return tuple(f"{path.removeprefix(home)}infobip" for path in paths)


def rows_of(uow_in, table):
    with uow_in(VILLAGE) as uow:
        return uow.session.scalars(select(table)).all()


def test_a_gateway_reports_and_passes_on_a_stop(client, at, told, uow_in):
    report, replies = told
    assert client.post(report, json=DELIVERED, base_url=at(VILLAGE)).status_code == 200
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalar(select(Message.delivered_at).where(Message.parts == 2))
    assert client.post(replies, json=REPLY, base_url=at(VILLAGE)).status_code == 200
    assert rows_of(uow_in, Subscriber) == []


def test_nobody_else_can_report_or_stop(client, at, told, uow_in):
    report, replies = told
    forged = [
        (re.sub(r"/[\w-]{22}\?", f"/{'a' * 22}?", report), DELIVERED),
        (re.sub(r"sms/[^/]+", f"sms/{uuid4()}", report), DELIVERED),
        (re.sub(r"/[\w-]{22}\?", f"/{'a' * 22}?", replies), REPLY),
    ]
    for path, body in forged:
        assert client.post(path, json=body, base_url=at(VILLAGE)).status_code == 404
    for path, body in ((report, DELIVERED), (replies, REPLY)):
        assert client.post(path, json=body, base_url=at(NEIGHBOUR)).status_code == 404
        other = path.replace("infobip", "nobody")
        assert client.post(other, json=body, base_url=at(VILLAGE)).status_code == 404
        assert client.post(path, data=b"{", base_url=at(VILLAGE)).status_code == 400
    with uow_in(VILLAGE) as uow:
        assert not uow.session.scalar(select(Message.delivered_at).where(Message.parts == 2))
    assert len(rows_of(uow_in, Subscriber)) == 1


@pytest.mark.parametrize("sender", ["GORNO", "1700"])
def test_an_admin_sees_where_a_gateway_passes_on_a_stop(
    client, at, told, sign_in, uow_in, phones, sender
):
    with uow_in(VILLAGE) as uow:
        allow(uow, sms_sender=sender)
        uow.commit()
    page = sign_in(VILLAGE, Role.ADMIN).get("/console/notify/senders")
    (address,) = re.findall(r">(http://[^<]*/notify/sms/replies/[^<]+)<", page.text)
    said = page.text.replace("\xa0", " ")
    assert ("отговаря СТОП на номер 1700" in said) is (sender == "1700")
    assert ("На име от букви телефонът не може да отговори" in said) is (sender == "GORNO")
    answer = client.post(address.removeprefix(at(VILLAGE)), json=REPLY, base_url=at(VILLAGE))
    assert answer.status_code == 200 and rows_of(uow_in, Subscriber) == []


def test_nobody_but_an_admin_sees_that_address(sign_in, phones):
    assert sign_in(VILLAGE, Role.EDITOR).get("/console/notify/senders").status_code == 403
    assert "notify/senders" not in sign_in(VILLAGE, Role.EDITOR).get("/console/notify/").text
    assert "notify/senders" in sign_in(VILLAGE, Role.ADMIN).get("/console/notify/").text


# -- pages -----------------------------------------------------------------------------------


def post(client, at, path, data, slug=VILLAGE):
    return client.post(path, data=data, base_url=at(slug))


def test_somebody_without_the_internet_in_their_phone_subscribes(client, at, open_house, uow_in):
    page = post(client, at, "/notify/phone", TYPED)
    assert page.status_code == 200 and 'name="code"' in page.text and NUMBER in page.text
    with uow_in(VILLAGE) as uow:
        code = code_in(uow)
    wrong = post(client, at, "/notify/phone/code", {"phone": NUMBER, "code": "x"})
    assert wrong.status_code == 422 and "не съвпада" in wrong.text and NUMBER in wrong.text
    done = post(
        client, at, "/notify/phone/code", {"phone": NUMBER, "code": f"{code[:3]} {code[3:]}"}
    )
    assert done.status_code == 303
    mine = client.get(done.location, base_url=at(VILLAGE)).text.replace("\xa0", " ")
    assert "888 123 456" in mine and "Веднага" in mine and "Веднъж на ден" not in mine


@pytest.mark.parametrize(
    "wrong",
    [{"phone": ""}, {"phone": "0938 12 345"}, {"topics": ""}, {"pace": "daily"}, {"places": "1"}],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, at, open_house, uow_in, wrong):
    page = post(client, at, "/notify/phone", TYPED | wrong)
    assert page.status_code == 422 and rows_of(uow_in, Subscriber) == []
    assert (TYPED | wrong)["phone"] in page.text


def test_nobody_guesses_a_code(client, at, open_house, uow_in):
    post(client, at, "/notify/phone", TYPED)
    with uow_in(VILLAGE) as uow:
        code = code_in(uow)
    for guess in range(5):
        other = f"{(int(code) + 1 + guess) % 10**6:06}"
        post(client, at, "/notify/phone/code", {"phone": NUMBER, "code": other})
    late = post(client, at, "/notify/phone/code", {"phone": NUMBER, "code": code})
    assert late.status_code == 422 and "15 минути" in late.text.replace("\xa0", " ")


def test_nobody_annoys_a_phone(client, at, open_house, monkeypatch):
    for _ in range(5):
        assert post(client, at, "/notify/phone", TYPED).status_code == 200
    monkeypatch.setattr("obshto.platform.notify.forms.PhoneForm.passes", lambda form: True)
    page = post(client, at, "/notify/phone", TYPED)
    assert page.status_code == 422 and "няколко кода" in page.text.replace("\xa0", " ")
    assert post(client, at, "/notify/phone", TYPED | {"phone": "0888 123 457"}).status_code == 200


def test_the_page_says_the_same_whether_the_number_was_known(client, at, open_house, uow_in):
    first = post(client, at, "/notify/phone", TYPED)
    with uow_in(VILLAGE) as uow:
        uow.session.execute(update(Subscriber).values(confirmed_at=uow.now))
        uow.commit()
    assert post(client, at, "/notify/phone", TYPED).text == first.text


def test_a_municipality_without_a_sender_says_so_and_sends_nothing(
    client, at, open_house, phones, uow_in
):
    page = client.get("/notify/phone", base_url=at(NEIGHBOUR))
    assert page.status_code == 200 and 'name="phone"' not in page.text
    assert post(client, at, "/notify/phone", TYPED, NEIGHBOUR).status_code == 422
    with uow_in(NEIGHBOUR) as uow:
        assert uow.session.scalars(select(Subscriber)).all() == [] and phones.heard == []
    assert "/notify/phone" not in client.get("/notify/", base_url=at(NEIGHBOUR)).text
    assert "/notify/phone" in client.get("/notify/", base_url=at(VILLAGE)).text


def test_a_clerk_subscribes_a_phone_with_the_code_that_is_read_out(sign_in, open_house, uow_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    asked = clerk.press("/console/notify/phone", to="/phone", **TYPED)
    assert asked.status_code == 303 and "888" not in asked.location
    page = clerk.get(asked.location).text
    assert f'value="{NUMBER}"' in page
    with uow_in(VILLAGE) as uow:
        code = code_in(uow)
    wrong = clerk.press(asked.location, to="/code", code="x", phone=NUMBER)
    assert wrong.status_code == 422 and NUMBER in wrong.text
    done = clerk.press(asked.location, to="/code", code=code, phone=NUMBER)
    assert done.location.endswith("said=notify.phone-confirmed")
    with uow_in(VILLAGE) as uow:
        (row,) = uow.session.scalars(select(Subscriber)).all()
        assert row.confirmed_at and row.pace == Pace.AT_ONCE


def test_a_sender_that_no_gateway_takes_is_refused_in_the_settings(sign_in, open_house):
    admin = sign_in(VILLAGE, Role.ADMIN)
    for wrong in ("Община", "A" * 12, "a_b"):
        page = admin.press("/console/settings/notify", sms_sender=wrong)
        assert page.status_code == 422 and "латински" in page.text
    assert admin.press("/console/settings/notify", sms_sender="KULA").status_code == 303


def test_a_token_of_a_phone_opens_its_own_page_alone(client, at, told, uow_in):
    with uow_in(VILLAGE) as uow:
        token = token_of(uow.session.scalars(select(Subscriber)).one())
    assert client.get(f"/notify/{token}", base_url=at(NEIGHBOUR)).status_code == 404
    assert client.get(f"/notify/{token}", base_url=at(VILLAGE)).status_code == 200
