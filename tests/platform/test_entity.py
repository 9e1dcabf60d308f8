"""Rows of forms: one request is one row, whoever commits first; an old version is refused."""

from dataclasses import dataclass
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.accessibility.models import Barrier
from obshto.platform.entity import change_to, create_once, expect_version, find, of_request
from obshto.platform.errors import NotFound, StaleRow
from obshto.platform.scope import NoMunicipality

VILLAGE = "gorno-selo"


def barrier(uow, request_id, **told):
    told = {"page": "/", "words": "Няма рампа", "contact": "", "told_on": uow.now.date()} | told
    return Barrier(request_id=request_id, **told)


def test_a_request_writes_one_row_however_often_it_comes(uow_in):
    request_id = uuid4()
    with uow_in(VILLAGE) as uow:
        assert of_request(uow, Barrier, request_id) is None
        first = barrier(uow, request_id)
        assert create_once(uow, first) is first
        uow.session.commit()
        assert create_once(uow, barrier(uow, request_id, words="Пак")) is first
        assert of_request(uow, Barrier, request_id) is first
        assert uow.session.scalar(select(func.count()).select_from(Barrier)) == 1


def test_two_clicks_in_one_instant_wait_for_each_other(uow_in):
    request_id, found = uuid4(), []

    def second():
        with uow_in(VILLAGE) as uow:
            found.append(create_once(uow, barrier(uow, request_id, words="Пак")).words)

    with uow_in(VILLAGE) as uow:
        create_once(uow, barrier(uow, request_id))
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.2)
        assert other.is_alive(), "it waits for the row that is not committed"
        uow.session.commit()
        other.join()
    assert found == ["Няма рампа"]


def test_a_row_that_breaks_another_rule_is_no_second_click(uow_in):
    with uow_in(VILLAGE) as uow, pytest.raises(IntegrityError):
        create_once(uow, barrier(uow, uuid4(), page=None))


def test_an_old_version_is_refused_with_what_is_told(uow_in):
    class Row:
        version = 3

    expect_version(Row, 3, StaleRow)
    with pytest.raises(StaleRow) as refusal:
        expect_version(Row, 2, StaleRow, who="Мария")
    assert refusal.value.values == {"who": "Мария"}


def test_a_row_is_found_among_those_that_may_be_seen(uow_in):
    with uow_in(VILLAGE) as uow:
        row = create_once(uow, barrier(uow, uuid4()))
        assert find(uow, select(Barrier), row.id, NotFound, to_change=True) is row
        with pytest.raises(NotFound):
            find(uow, select(Barrier).where(Barrier.page == "/other"), row.id, NotFound)


def test_words_are_written_once_and_by_who_saw_the_row_as_it_is():
    @dataclass
    class Words:
        title: str

    class Row:
        version, title = 3, "Пазар"

    row = Row()
    assert not change_to(row, Words("Пазар"), 2, StaleRow), "so already: a form sent twice"
    with pytest.raises(StaleRow):
        change_to(row, Words("Друг"), 2, StaleRow)
    assert row.title == "Пазар"
    assert change_to(row, Words("Друг"), 3, StaleRow) and row.title == "Друг"


def test_the_region_has_no_scope_and_says_so(uow_in):
    with uow_in(None) as region, pytest.raises(NoMunicipality):
        _ = region.scope
    with uow_in(VILLAGE) as uow:
        assert uow.scope is uow.within
