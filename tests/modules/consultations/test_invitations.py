"""Invitations: one letter to an organisation, one notice to a reader, opinions that say so."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.consultations.errors import TextPublished
from obshto.modules.consultations.models import Invitation
from obshto.modules.consultations.services.consultations import publish_consultation
from obshto.modules.consultations.services.invitations import (
    KEPT,
    InvitedReaders,
    choose_readers,
    forget_addresses,
    invite,
    withdraw_invitation,
)
from obshto.platform.invitations.errors import InvitationSent, InvitedBefore
from obshto.platform.notify import subscribers
from obshto.platform.notify.subscribers import Wishes
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
CLUB, EMAIL = "Клуб Проба", "klub@example.org"
HERE, THERE = "00001", "00002"
WRITTEN = {
    "kind": "ordinance",
    "title": "Наредба за дърветата",
    "summary": "Едно. Две. Три.",
    "draft": "Първи абзац\nВтори абзац",
    "reasons": "Защото.",
}


@pytest.fixture
def staff(switched_on, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def draft(staff):
    made = staff.post("/console/consultations/new", {**WRITTEN, "request_id": uuid4()})
    return re.sub(r"https?://[^/]+", "", made.location.partition("?")[0])


def asked(staff, draft, **changed):
    told = {"name": CLUB, "email": EMAIL, "request_id": uuid4(), **changed}
    return staff.post(f"{draft}/invitations", told)


def test_an_organisation_gets_one_letter_whose_link_marks_its_opinion(
    staff, draft, client, at, letters
):
    assert asked(staff, draft, email="няма").status_code == 422
    assert asked(staff, draft).status_code == 303
    again = asked(staff, draft, email=EMAIL.upper())
    assert again.status_code == 422 and "вече е поканена" in again.text.replace("\xa0", " ")
    page = staff.get(f"{draft}/invitations").text
    assert CLUB in page.replace("\xa0", " ") and page.count(EMAIL) == 0
    assert not [one for one in letters() if one.recipient == EMAIL]
    staff.press(f"{draft}/publish")
    (letter,) = (one for one in letters() if one.recipient == EMAIL)
    assert CLUB in letter.text
    here = "/consultations/" + draft.rpartition("/")[2]
    link = re.search(rf"({here}/say\?invited=\S+)", letter.text)[1]
    assert f'value="{CLUB}"' in client.get(link, base_url=at(VILLAGE)).text
    assert client.get(link, base_url=at(NEIGHBOUR)).status_code == 404
    assert f'value="{CLUB}"' not in client.get(f"{link}x", base_url=at(VILLAGE)).text
    typed = {
        **{"words": "Съгласни сме", "behalf": "organisation", "organisation": CLUB},
        **{"author": "Проба Авторова", "email": "druga@example.org", "request_id": uuid4()},
    }
    assert client.post(link, data=typed, base_url=at(VILLAGE)).status_code == 303
    (letter,) = (one for one in letters() if one.recipient == "druga@example.org")
    confirm = re.search(r"/consultations/confirm/\d+", letter.text)[0]
    assert client.post(confirm, base_url=at(VILLAGE)).status_code == 303
    shown = client.get(here, base_url=at(VILLAGE)).text.replace("\xa0", " ")
    assert "Кого поканихме" in shown and "Поканена организация" in shown and EMAIL not in shown


def test_what_is_not_on_behalf_of_the_invited_is_not_marked(uow, talk):
    row = talk.written()
    found = invite(uow, row, name=CLUB, email=EMAIL, request_id=uuid4())
    publish_consultation(uow, row, expected_version=row.version)
    assert talk.said(row, "Едно", organisation=CLUB.upper()).invitation_id == found.id
    assert talk.said(row, "Две", organisation="Друг", email=EMAIL).invitation_id == found.id
    assert talk.said(row, "Три", email=EMAIL).invitation_id is None
    assert talk.said(row, "Четири", organisation="Друг").invitation_id is None


def test_who_was_told_stays_invited_and_a_draft_forgets(uow, talk):
    row, once = talk.written(), uuid4()
    for _ in range(2):
        kept = invite(uow, row, name=CLUB, email=EMAIL, request_id=once)
    with pytest.raises(InvitedBefore):
        invite(uow, row, name="Друг", email=EMAIL, request_id=uuid4())
    gone = invite(uow, row, name="Друг", email="drug@example.org", request_id=uuid4())
    for _ in range(2):
        withdraw_invitation(uow, row, gone.id, expected_version=row.version)
    publish_consultation(uow, row, expected_version=row.version)
    uow.session.flush()
    with pytest.raises(InvitationSent):
        withdraw_invitation(uow, row, kept.id, expected_version=row.version)
    with pytest.raises(TextPublished):
        choose_readers(uow, row, InvitedReaders((), (HERE,)), expected_version=row.version)
    assert uow.session.scalar(select(func.count()).select_from(Invitation)) == 1


def follow(uow, name, *, topics, places=(HERE,)):
    wishes = Wishes(topics=topics, places=places, language="bg")
    subscribers.confirm(uow, subscribers.subscribe(uow, f"{name}@example.org", wishes))
    uow.session.flush()


@pytest.mark.parametrize(
    ("topics", "places", "told", "reach"),
    [
        (("notices:water",), (HERE,), {"both", "follows", "water"}, 2),
        ((), (HERE,), {"both", "follows", "water", "roads"}, 4),
        (("notices:water",), (), {"both", "follows", "water", "away"}, 3),
        ((), (), {"both", "follows"}, None),
    ],
)
def test_readers_of_topics_and_places_hear_once(uow, talk, letters, topics, places, told, reach):
    follow(uow, "follows", topics=("consultations:consultation",))
    follow(uow, "both", topics=("consultations:consultation", "notices:water"))
    follow(uow, "water", topics=("notices:water",))
    follow(uow, "roads", topics=("notices:road",))
    follow(uow, "away", topics=("notices:water",), places=(THERE,))
    row = talk.written()
    choose_readers(uow, row, InvitedReaders(topics, places), expected_version=row.version)
    uow.session.flush()
    publish_consultation(uow, row, expected_version=row.version)
    assert row.invited_readers == reach
    uow.commit()
    opened = "consultations:consultation.opened"
    found = [one.subscriber_id for one in letters() if one.fact == opened]
    assert len(found) == len(set(found)) == len(told)


def test_an_address_goes_a_year_after_the_outcome(uow, talk):
    row = talk.opened()
    found = invite(uow, row, name=CLUB, email=EMAIL, request_id=uuid4())
    row.outcome_at = uow.now - KEPT + timedelta(days=1)
    uow.session.flush()
    forget_addresses(uow)
    uow.session.refresh(found)
    assert found.email == EMAIL
    row.outcome_at = uow.now - KEPT - timedelta(days=1)
    uow.session.flush()
    forget_addresses(uow)
    uow.session.refresh(found)
    assert (found.name, found.email, found.email_hash) == (CLUB, None, None)
