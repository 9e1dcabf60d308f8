"""Consents of every part on one page: what, when, to whom, in which words; ended by one press."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.crisis.services.contacts import ContactData, write_contact
from obshto.platform.followers.services import Followed, follow_as
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/personaldata/consents"


@pytest.fixture
def person(sign_in):
    return sign_in(VILLAGE, name="Проба Човек")


def agreed(uow_in, person):
    """To be called in a disaster, to hear of a report."""
    me = Principal(person_id=person.person_id, name="Проба Човек")
    told = ContactData(name="Проба Човек", phone="+359888123456", settlement="")
    with uow_in(VILLAGE) as uow:
        write_contact(replace(uow, principal=me), told, request_id=uuid4(), is_own=True)
        thing = Followed(part="reports", object_id=uuid4(), title="Лампа", path="/reports/1")
        follow_as(uow, thing, person.person_id, language="bg")
        uow.commit()


def presses(page):
    return re.findall(
        rf'action="({PAGE}/[a-z]+/[0-9a-f-]+/withdraw)".*?name="request_id" value="([^"]+)"',
        page,
        re.S,
    )


def test_one_page_has_them_all_and_each_ends_with_a_receipt(uow_in, person, owner):
    agreed(uow_in, person)
    page = person.get(PAGE).text
    assert "Да ми се обадите при бедствие" in page and "Сигнали" in page
    assert "служителите, които се обаждат" in page and "за да ми се обади при бедствие" in page
    found = presses(page)
    assert len(found) == 2
    for way, key in found:
        receipts = {person.post(way, {"request_id": key}).location for _ in range(2)}
        assert len(receipts) == 1
        receipt = person.get(receipts.pop()).text
        assert "На кого" in receipt and "Съгласието е оттеглено" in receipt
    assert "Не сте дали съгласие" in person.get(PAGE).text
    for table in ("crisis_contact", "followers_follower"):
        assert owner(f"select count(*) from t_gorno_selo.{table}") == [(0,)]


def test_nobody_ends_a_consent_of_another_or_one_that_was_not_shown(uow_in, person, sign_in):
    agreed(uow_in, person)
    way, key = presses(person.get(PAGE).text)[0]
    for village in (VILLAGE, NEIGHBOUR):
        other = sign_in(village, name="Проба Друга")
        assert other.post(way, {"request_id": key}).status_code == 404
    assert person.post(way, {"request_id": uuid4()}).status_code == 404
    assert person.post(way, {"request_id": "broken"}).status_code == 404
    assert len(presses(person.get(PAGE).text)) == 2
