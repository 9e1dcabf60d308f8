"""A thing is followed after a press, stopped by another; nobody is asked twice an hour."""

import re
from uuid import uuid4

import pytest

from obshto.platform.db.base import new_id
from obshto.platform.followers import privacy, services
from obshto.platform.followers.services import Followed
from obshto.platform.notify.models import Message

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
EMAIL = "proba@villages.example"


@pytest.fixture
def thing():
    return Followed(part="news", object_id=new_id(), title="Пейка пред магазина", path="/news/")


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def letters(uow):
    return [row for row in uow.session.query(Message) if row.recipient]


def link_in(text):
    return re.search(r"https?://[^/]+(/[^\s]+)", text)[1]


def test_an_account_follows_once_and_stops(uow, thing):
    me = uuid4()
    for _ in range(2):
        services.follow_as(uow, thing, me, language="bg")
    assert services.is_following(uow, thing, person_id=me)
    assert [row["id"] for row in privacy.export(uow, me)["followed"]] == [str(thing.object_id)]
    services.stop_following(uow, thing, person_id=me)
    assert not services.is_following(uow, thing, person_id=me)
    services.follow_as(uow, thing, me, language="bg")
    privacy.erase(uow, me)
    assert privacy.export(uow, me)["followed"] == []


def test_an_address_is_asked_once_an_hour_and_followed_only_by_a_press(uow, thing):
    for _ in range(2):
        services.ask_to_follow(uow, thing, EMAIL, language="bg")
    uow.session.flush()
    [letter] = letters(uow)
    assert "Пейка пред магазина" in letter.subject
    assert not services.followers_of(uow, thing)
    link = services.opened_link(uow, link_in(letter.text).rpartition("/")[2])
    services.confirm_follow(uow, link)
    [reader] = services.followers_of(uow, thing)
    assert (reader.email, reader.person_id) == (EMAIL, None)
    assert "/followers/" in reader.footer()
    services.forget_followers(uow, "news", [thing.object_id])
    assert not services.followers_of(uow, thing)


def test_the_page_behind_the_link_confirms_and_stops(uow_in, thing, client, at):
    with uow_in(VILLAGE) as uow:
        services.ask_to_follow(uow, thing, EMAIL, language="bg")
        [letter] = letters(uow)
        path = link_in(letter.text)
        uow.commit()
    here = {"base_url": at(VILLAGE)}
    assert "Искам писма" in client.get(path, **here).text
    with uow_in(VILLAGE) as uow:
        assert not services.followers_of(uow, thing)  # opening is no press
    assert client.post(f"{path}/confirm", **here).status_code == 303
    assert "Спрете писмата" in client.get(path, **here).text
    assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404
    assert client.post(f"{path}/stop", **here).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert not services.followers_of(uow, thing)
    broken = client.get("/followers/none", **here)
    assert broken.status_code == 404 and "Връзката не е цяла" in broken.text
