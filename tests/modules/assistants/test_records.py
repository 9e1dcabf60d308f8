"""Figures of visits, what leaves with a person, what stays: numbers, and nobody beside them."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from obshto.modules.assistants.models import Assistant, HelpRequest, HomeAddress
from obshto.modules.assistants.privacy import erase, export
from obshto.modules.assistants.seeds import seed
from obshto.modules.assistants.services.check_ins import CheckInAct, take_act
from obshto.modules.assistants.services.day_plan import plan_of
from obshto.modules.assistants.services.retention import watch_terms
from obshto.modules.assistants.services.statistics import (
    Quarter,
    numbers_of,
    quarters,
    told_beside_others,
)
from obshto.platform.clock import day_of
from obshto.platform.notify.sms.phones import is_mobile
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
WINTER = Quarter(2026, 4)


@pytest.fixture
def who(uow, make, assistant):
    return make.employed(uow, assistant.person_id)


def held(uow, make, who, number, **changed):
    """Visits of half an hour, one after the other, one person each."""
    early = replace(uow, now=uow.now.replace(hour=0))
    for count in range(number):
        begins = replace(early, now=early.now + timedelta(days=count // 12))
        row = make.asked(begins, **changed)
        visit = make.planned(begins, row, who, hours=6 + count % 12, minutes=45)
        for kind, minutes in (("arrived", 0), ("ended", 30)):
            then = replace(uow, now=visit.starts_at + timedelta(minutes=minutes))
            act = CheckInAct(kind=kind, at=then.now)
            take_act(then, visit, row, act, request_id=uuid4())
        visit.taught = ["video-call", "video-answer"]
    uow.session.flush()


def test_groups_are_told_after_the_quarter_and_from_ten_on(uow, make, who):
    held(uow, make, who, 11)
    held(uow, make, who, 3, age="45-64")
    during = numbers_of(replace(uow, now=uow.now + timedelta(days=20)), WINTER)
    assert (during.visits, during.minutes, during.people) == (14, 420, 14)
    assert not during.is_over and during.ages == during.villages == during.subjects == {}
    after = numbers_of(replace(uow, now=uow.now + timedelta(days=40)), WINTER)
    assert after.is_over and after.subjects == {"video": 14}
    assert "45-64" not in after.ages and sum(after.ages.values()) in (0, 14)
    assert numbers_of(uow, Quarter(2026, 3)).visits == 0


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ([("65+", 30), ("45-64", 3)], {"": 33}),  # the rest would be three people
        ([("65+", 30), ("45-64", 7), ("30-44", 6)], {"65+": 30, "": 13}),
        ([("65+", 30), ("45-64", 12)], {"65+": 30, "45-64": 12}),
        ([("65+", 4), ("45-64", 3)], {}),
        ([], {}),
    ],
)
def test_no_group_below_ten_can_be_reckoned(sizes, told):
    assert told_beside_others(sizes) == told


def test_quarters_end_where_the_next_begins():
    assert WINTER.after == Quarter(2027, 1).first
    assert quarters(WINTER.first)[0] == WINTER and len(quarters(WINTER.first)) == 4


def test_a_copy_holds_all_and_an_erasure_leaves_nothing(uow, make, who, sign_in, told):
    me = Principal(person_id=sign_in(VILLAGE).person_id, name="Проба Първанова")
    mine = replace(uow, principal=me)
    row = make.asked(mine, channel="portal")
    visit = make.planned(uow, row, who)
    visit.notes = "Учи бързо"
    copy = export(uow, me.person_id)
    assert copy["requests"][0]["address"] == told.address
    assert copy["visits"][0]["notes"] == "Учи бързо" and copy["history"]
    erase(uow, me.person_id)
    assert not export(uow, me.person_id)["requests"]
    assert uow.session.scalar(select(HomeAddress)) is None
    assert (row.applicant, row.asked_by, row.phone, visit.state) == ("", None, None, "cancelled")
    assert visit.notes == visit.code_word == ""


def test_of_an_assistant_who_had_their_data_erased_no_name_and_no_face_stays(uow, make, who):
    person_id = who.person_id
    erase(uow, person_id)
    row = uow.session.scalars(select(Assistant)).one()
    assert (row.name, row.person_id, row.photo_id) == ("", None, None) and row.left_at


def test_who_waits_too_long_is_told_once(uow, make):
    make.asked(uow)
    late = make.later(uow, days=14)
    for _ in range(2):
        watch_terms(late)
        uow.session.flush()
    assert make.names(uow).count("assistants:request.late") == 1


def test_the_day_is_a_round_trip_that_keeps_the_hours(uow, make, who, monkeypatch):
    points = {"a": (43.9, 22.5), "b": (43.95, 22.5), "c": (44.0, 22.5), "": (43.85, 22.5)}
    told = "obshto.modules.assistants.services.day_plan.points_of_settlements"
    monkeypatch.setattr(told, lambda: points)
    early = replace(uow, now=uow.now.replace(hour=7))
    for place, hours in (("c", 1), ("a", 2), ("b", 3)):
        make.planned(early, make.asked(early, settlement=place), who, hours=hours, half="morning")
    plan = plan_of(early, who, day_of(early.now))
    order = [one.row.settlement for one in plan.visits]
    assert order in (["a", "b", "c"], ["c", "b", "a"])
    assert plan.km < plan.km_by_hour
    assert sum(one.km for one in plan.visits) + plan.km_home == pytest.approx(plan.km)


def readable(value):
    return bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value)


def test_nothing_of_a_person_lies_readable(uow, make, who):
    row = make.asked(uow)
    make.planned(uow, row, who)
    uow.session.flush()
    for table in ("request", "address", "visit", "line"):
        rows = uow.session.execute(text(f"SELECT * FROM assistants_{table}")).all()  # noqa: S608
        lies = " ".join(map(readable, chain.from_iterable(rows)))
        for secret in ("Първанов", "Тайна", "888100201", "След обяд"):
            assert secret not in lies and secret.encode().hex() not in lies, table


def test_the_demonstration_reaches_its_people(uow):
    seed(uow)
    phones = uow.session.scalars(select(HelpRequest.phone)).all()
    assert phones and any(is_mobile(phone) for phone in phones)
