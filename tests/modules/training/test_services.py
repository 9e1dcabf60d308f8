"""What training promise."""

from dataclasses import fields
from uuid import UUID, uuid4

import pytest

from obshto.modules.training.events import EVENTS
from obshto.modules.training.manifest import MODULE
from obshto.modules.training.services import (
    Words,
    close_lesson,
    count,
    open_lesson,
    shown,
)
from obshto.platform.errors import Conflict
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
WORDS = Words(title="Заглавие", text="<b>Описание</b>", contact="staff@villages.example")


@pytest.fixture
def staff(sign_in, owner, config):
    """Somebody who may manage training, in a village where they are switched on."""
    editor = sign_in(VILLAGE, Role.SECRETARY)
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/training", to="/on").status_code == 303
    return editor


def fill(staff, **changed):
    typed = {"title": WORDS.title, "text": WORDS.text, "contact": WORDS.contact}
    return staff.post("/console/training/new", {**typed, "request_id": uuid4(), **changed})


def test_what_is_published_is_seen_at_once_without_its_contact(staff, client, at):
    answer = fill(staff)
    assert answer.status_code == 303
    entry_id = UUID(answer.location.partition("?")[0].rpartition("/")[2])
    page = client.get(f"/training/{entry_id}", base_url=at(VILLAGE)).text
    assert WORDS.title in page
    assert "&lt;b&gt;" in page
    assert WORDS.contact not in page
    assert WORDS.contact in staff.get(f"/console/training/{entry_id}").text


def test_what_is_missing_is_asked_for(staff):
    answer = fill(staff, contact="  ", title="")
    assert answer.status_code == 422
    assert "Въведете заглавие" in answer.text
    assert "Въведете телефон или имейл" in answer.text


def test_a_repeated_click_finds_the_first_result(uow_in):
    request_id = uuid4()
    with uow_in(VILLAGE) as uow:
        first = open_lesson(uow, WORDS, request_id=request_id)
        assert open_lesson(uow, WORDS, request_id=request_id).id == first.id
        assert count(uow, shown()) == 1
        assert [fact.name for fact in uow.facts] == ["training:lesson.opened"]


def test_the_contact_lies_sealed(uow_in, owner):
    with uow_in(VILLAGE) as uow:
        open_lesson(uow, WORDS, request_id=uuid4())
        uow.commit()
    [(stored,)] = owner("select contact from t_gorno_selo.training_lesson")
    assert WORDS.contact.encode() not in bytes(stored)


def test_what_is_closed_is_gone_for_citizens_with_its_contact(uow_in):
    with uow_in(VILLAGE) as uow:
        entry = open_lesson(uow, WORDS, request_id=uuid4())
        for _ in range(2):  # as when the button is pressed twice
            close_lesson(uow, entry, expected_version=entry.version)
        assert count(uow, shown()) == 0
        assert entry.contact is None
        assert len(uow.facts) == 2  # opened, closed once


def test_what_has_changed_since_it_was_seen_is_not_closed(uow_in):
    with uow_in(VILLAGE) as uow:
        entry = open_lesson(uow, WORDS, request_id=uuid4())
        with pytest.raises(Conflict):
            close_lesson(uow, entry, expected_version=entry.version - 1)
        assert not entry.is_closed


def test_what_would_be_lost_is_counted(uow_in):
    with uow_in(VILLAGE) as uow:
        assert MODULE.unfinished(uow) == []
        open_lesson(uow, WORDS, request_id=uuid4())
        assert MODULE.unfinished(uow) == ["1 публикуван запис"]


def test_names_of_facts_with_their_keys_are_fixed():
    """Others react to them: a change here is a new name, not a new meaning."""
    assert {fact.name: [field.name for field in fields(fact)] for fact in EVENTS} == {
        "training:lesson.opened": ["subject_id", "title"],
        "training:lesson.closed": ["subject_id", "title"],
    }
