"""Recorded looks: once a sitting, found by what the person is known by, in one village alone."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from obshto.platform.modularity.manifest import DataKind
from obshto.platform.privacy.retention_run import forecast, run_retention
from obshto.platform.privacy.services import erase_person, export_person
from obshto.platform.purposes import services
from obshto.platform.purposes.component import COMPONENT
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import (
    KEPT,
    FormerLook,
    Opened,
    Purpose,
    copy_former,
    forget_old_looks,
    has_looked,
    is_looking,
    look,
    looking_at,
    looks_at,
    looks_at_objects,
)
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
JOB = COMPONENT.jobs[0]
PURPOSE = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6")


@pytest.fixture
def clerk(sign_in):
    return Principal(person_id=sign_in(VILLAGE, "registry_clerk").person_id, name="Проба Служител")


@pytest.fixture
def uow(uow_in, clerk):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=clerk)


def opened(**known):
    return Opened(part="reports", object_id=uuid4(), subject=Subject(**known))


def found(uow, **known):
    return uow.session.scalars(looks_at(uow, Subject(**known))).all()


def test_a_look_is_recorded_once_a_sitting_with_the_office_and_logged(uow):
    thing = opened(person_id=uuid4())
    assert not is_looking(uow, thing.part, thing.object_id) and not has_looked(uow)
    assert look(uow, thing, PURPOSE) and not look(uow, thing, PURPOSE)
    assert has_looked(uow)
    [row] = found(uow, person_id=thing.subject.person_id)
    assert (row.office, row.by_name, row.kinds) == ("registry_clerk", "Проба Служител", ["name"])
    assert [fact.name for fact in uow.facts] == ["purposes:person.looked-at"]
    later = replace(uow, now=uow.now + timedelta(minutes=31))
    assert look(later, thing, PURPOSE)


def test_more_kinds_of_data_of_the_same_thing_are_another_look(uow):
    thing = opened(person_id=uuid4())
    words = replace(PURPOSE, word="read", kinds=(DataKind.WORDS,))
    assert look(uow, thing, words) and not look(uow, thing, words)
    named = {"kinds": (DataKind.NAME,)}
    assert not is_looking(uow, thing.part, thing.object_id, **named)
    assert looking_at(uow, thing.part, (thing.object_id,), **named) == frozenset()
    assert look(uow, thing, PURPOSE)
    assert is_looking(uow, thing.part, thing.object_id, **named)
    own = uow.session.scalars(looks_at_objects(thing.part, (thing.object_id,), **named))
    assert [row.purpose for row in own] == ["contact"]


def test_the_same_form_twice_in_one_instant_is_one_look(uow):
    said = replace(PURPOSE, request_id=uuid4())
    assert look(uow, opened(email="a@villages.example"), said)
    assert not look(uow, opened(email="a@villages.example"), said)
    assert len(found(uow, email="A@villages.example ")) == 1


def test_who_has_no_account_is_found_by_each_way_they_are_known(uow):
    look(
        uow, opened(email="a@villages.example", phone="0888 123 456", number="7501010010"), PURPOSE
    )
    assert found(uow, phone="+359888123456") == found(uow, number="7501010010") != []
    assert found(uow, phone="0888 123 457") == []


def test_somebody_of_the_regions_team_looks_by_that_office(uow, sign_in):
    stranger = replace(uow, principal=Principal(person_id=sign_in(VILLAGE).person_id, name="Проба"))
    person_id = uuid4()
    look(stranger, opened(person_id=person_id), PURPOSE)
    assert found(uow, person_id=person_id)[0].office == "operator"


def test_a_neighbour_finds_nothing(uow, uow_in):
    person_id = uuid4()
    look(uow, opened(person_id=person_id, email="a@villages.example"), PURPOSE)
    uow.commit()
    with uow_in(NEIGHBOUR) as there:
        assert found(there, person_id=person_id) == []
        assert found(there, email="a@villages.example") == []


def test_looks_of_before_are_copied_under_their_id_however_often(uow):
    person_id = uuid4()
    old = FormerLook(
        id=uuid4(),
        opened=opened(person_id=person_id),
        at=uow.now,
        by_id=None,
        by_name="Проба",
        purpose="contact",
        kinds=(DataKind.NAME,),
        ground="чл. 6",
    )
    copy_former(uow, [old]), copy_former(uow, [old])
    assert [row.id for row in found(uow, person_id=person_id)] == [old.id]


def test_it_leaves_with_the_person_and_no_look_leads_to_them_after_erasure(uow, clerk):
    person_id = uuid4()
    look(uow, opened(person_id=person_id), PURPOSE)
    [told] = export_person(uow, person_id)["looks_at_you"]
    assert told["office"] == "registry_clerk" and "by" not in told
    assert export_person(uow, clerk.person_id)["looks_by_you"][0]["why"] == "contact"
    erase_person(uow, person_id), erase_person(uow, clerk.person_id)
    uow.session.expire_all()
    assert found(uow, person_id=person_id) == []
    [row] = uow.session.query(RecordedLook).all()
    assert (row.subject_index, row.by_id, row.by_name) == ([], None, "")


def test_after_five_years_it_is_gone_and_not_a_day_before(uow):
    person_id = uuid4()
    for age in (KEPT - timedelta(days=1), KEPT + timedelta(days=1)):
        look(replace(uow, now=uow.now - age), opened(person_id=person_id), PURPOSE)
    uow.session.flush()
    forget_old_looks(uow)
    uow.session.expire_all()
    assert [row.at for row in found(uow, person_id=person_id)] == [
        uow.now - KEPT + timedelta(days=1)
    ]


def test_retention_of_looks_is_counted_and_a_dry_run_ahead_tells_all(uow, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    for _ in range(3):
        look(replace(uow, now=uow.now - KEPT - timedelta(days=1)), opened(), PURPOSE)
    look(uow, opened(), PURPOSE)
    ahead = forecast(uow, COMPONENT, JOB, uow.now + KEPT + timedelta(days=1))
    assert (ahead.erased, ahead.has_more) == (4, False)
    proof = run_retention(uow, COMPONENT, JOB)
    assert proof.erased == 2
    assert uow.session.scalar(select(func.count()).select_from(RecordedLook)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "update purposes_look set by_name = 'Друг'",
        "update purposes_look set subject_index = '{}'",
        "delete from purposes_look",
        "truncate purposes_look",
    ],
)
def test_the_role_of_the_municipality_cannot_change_or_delete_a_look(uow, statement):
    look(uow, opened(email="a@villages.example"), PURPOSE)
    whole = statement.replace("purposes_look", "t_gorno_selo.purposes_look")
    with pytest.raises(ProgrammingError, match="permission denied"), uow.session.begin_nested():
        uow.session.execute(text(whole))
    younger = select(func.t_gorno_selo.purposes_forget_old(uow.now + KEPT, 10))
    assert uow.session.scalars(younger).all() == []
    assert len(found(uow, email="a@villages.example")) == 1


def test_a_neighbour_can_neither_forget_nor_shorten_looks_here(uow_in):
    """The functions belong to one schema; another municipality may not call them."""
    calls = (
        "t_gorno_selo.purposes_forget_person('{}')",
        f"t_gorno_selo.purposes_forget_official('{uuid4()}')",
        "t_gorno_selo.purposes_forget_old(now(), 1)",
    )
    for call in calls:
        with uow_in(NEIGHBOUR) as there, pytest.raises(ProgrammingError, match="permission"):
            there.session.execute(text(f"select {call}"))
