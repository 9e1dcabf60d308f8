"""A promise is kept, late or dropped; what followed stands on one line; a day is told once."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.modules.promises.conftest import DAY

from obshto.modules.promises.errors import PromiseEnded, StalePromise
from obshto.modules.promises.models import RegionalPromise, RegionalPromises
from obshto.modules.promises.services import promises, queries
from obshto.modules.promises.services.regional import show_in_region
from obshto.platform.clock import day_of
from obshto.platform.followers.services import FollowLink, confirm_follow
from obshto.platform.thread import notifications
from obshto.platform.thread.deadlines import late_promises, tell_late
from obshto.platform.thread.errors import LinkDeclared, LinkedToItself, NoSuchThread
from obshto.platform.thread.events import PromisesLate, ThreadLate
from obshto.platform.thread.lines import line_of, links_in, thread_at
from obshto.platform.thread.links import link_things, unlink
from obshto.platform.thread.models import ThreadLink, ThreadStation, ThreadThing
from obshto.platform.thread.states import StationStanding
from obshto.platform.thread.writer import hide, renew, write_stations

EMAIL = "proba@villages.example"


def key(promise):
    return ("promises", promise.id)


def line_at(uow, promise):
    return line_of(uow, "promises", promise.id)


def standing(uow, promise):
    write_stations(uow)
    uow.session.expire_all()
    [found] = [
        it for view in line_at(uow, promise).things for it in view.stations if it.row.is_promise
    ]
    return found.standing


def test_a_passed_day_is_late_until_somebody_says_what_became_of_it(uow, give):
    promise = give(uow, -1)
    assert standing(uow, promise) == StationStanding.LATE
    assert queries.counted(uow)["late"] == 1
    promises.keep_promise(
        uow, promise, "Тече.", kept_on=day_of(uow.now), expected_version=promise.version
    )
    assert standing(uow, promise) == StationStanding.KEPT_LATE
    with pytest.raises(PromiseEnded):
        promises.drop_promise(
            uow, promise, "Не.", dropped_on=day_of(uow.now), expected_version=promise.version
        )
    promises.reopen_promise(uow, promise, expected_version=promise.version)
    assert standing(uow, promise) == StationStanding.LATE


def test_moving_the_day_does_not_make_a_promise_kept_in_time(uow, give):
    promise, today = give(uow, -3), day_of(uow.now)
    moved = promises.PromiseWords(
        **{name: getattr(promise, name) for name in promises.PromiseWords.__slots__}
        | {"due_on": today + 5 * DAY}
    )
    with pytest.raises(StalePromise):
        promises.change_promise(uow, promise, moved, expected_version=promise.version + 1)
    promises.change_promise(uow, promise, moved, expected_version=promise.version)
    assert standing(uow, promise) == StationStanding.OPEN
    promises.keep_promise(uow, promise, "Готово.", kept_on=today, expected_version=promise.version)
    assert standing(uow, promise) == StationStanding.KEPT_LATE
    assert queries.counted(uow)["kept_late"] == 1


def test_the_list_and_a_row_in_hand_agree_how_each_stands(uow, give):
    today = day_of(uow.now)
    kept, dropped, _late, _open = (give(uow, days) for days in (5, 5, -5, 5))
    promises.keep_promise(uow, kept, "Да.", kept_on=today, expected_version=kept.version)
    promises.drop_promise(uow, dropped, "Не.", dropped_on=today, expected_version=dropped.version)
    write_stations(uow)
    uow.session.expire_all()
    for word in StationStanding:
        rows = uow.session.scalars(queries.promises(uow, queries.PromiseFilter(standing=word)))
        assert {it.view.standing for it in queries.lines_of(uow, list(rows))} <= {word}
    assert queries.counted(uow) == {
        **{"late": 1, "open": 1, "kept": 1, "kept_late": 0, "dropped": 1}
    }


def test_linked_things_are_one_thread_at_the_address_of_each_and_part_again(uow, give):
    first, then, last = (give(uow, n, title=f"Обещание {n}") for n in (1, 2, 3))
    link_things(uow, key(first), key(then), request_id=uuid4())
    link = link_things(uow, key(then), key(last), request_id=uuid4())
    assert link_things(uow, key(then), key(last), request_id=uuid4()).id == link.id
    uow.session.expire_all()
    ids = {line_at(uow, one).id for one in (first, then, last)}
    assert ids == {thread_at(uow, one.id).id for one in (first, then, last)}
    assert len(ids) == 1
    assert len(line_at(uow, last).things) == 3
    assert len(links_in(uow, line_at(uow, last))) == 2
    unlink(uow, link.id, expected_version=link.version)
    uow.session.expire_all()
    assert len(line_at(uow, first).things) == 2
    assert line_at(uow, last).id == last.id
    with pytest.raises(LinkedToItself):
        link_things(uow, key(last), key(last), request_id=uuid4())


def test_what_is_hidden_leaves_no_words_and_comes_back_to_its_thread(uow, give):
    first = give(uow, 1, title="Първо")
    then = give(uow, 2, title="Второ", after=key(first))
    thread = line_at(uow, then).id
    [link] = uow.session.scalars(select(ThreadLink))
    with pytest.raises(LinkDeclared):
        unlink(uow, link.id, expected_version=link.version)
    hide(uow, "promises", [then.id])
    uow.session.expire_all()
    assert uow.session.get(ThreadThing, key(then)).title == ""
    assert line_at(uow, then) is None
    assert len(line_at(uow, first).things) == 1
    renew(uow)
    uow.session.expire_all()
    assert line_at(uow, then).id == thread
    assert len(line_at(uow, first).things) == 2


def test_each_passed_day_is_told_once_to_followers_and_the_mayor(uow, give):
    promise = give(uow, -1)
    give(uow, 3, title="Има време")
    thing = notifications.followed(line_at(uow, promise))
    confirm_follow(
        uow, FollowLink(thing=thing, person_id=None, email=EMAIL, language="bg", is_stale=False)
    )
    uow.facts.clear()
    for _ in range(2):
        tell_late(uow)
    told = [type(fact) for fact in uow.facts]
    assert told == [ThreadLate, PromisesLate]
    thread, late = (fact.payload() for fact in uow.facts)
    [reader] = notifications.who_follows(uow, thread)
    assert reader.email == EMAIL
    subject, text = notifications.passed(uow, thread)
    assert "Ремонт на чешмата" in subject
    assert "Кметът" in text and f"/thread/{promise.id}" in text
    assert "Ремонт на чешмата" in notifications.late(uow, late)[1]
    assert "Има време" not in notifications.late(uow, late)[1]
    station = uow.session.scalars(late_promises(uow)).one()
    station.told_for = None
    promises.drop_promise(
        uow, promise, "Няма пари.", dropped_on=day_of(uow.now), expected_version=promise.version
    )
    write_stations(uow)
    uow.facts.clear()
    uow.session.expire_all()
    tell_late(uow)
    assert uow.facts == []
    assert notifications.passed(uow, thread) is None


def test_rewriting_a_station_keeps_that_its_day_was_told(uow, give):
    promise = give(uow, -1)
    tell_late(uow)
    uow.facts.clear()
    renew(uow)
    uow.session.expire_all()
    row = uow.session.get(ThreadStation, ("promises", promise.id, "kept"))
    assert row.told_for == promise.due_on
    tell_late(uow)
    assert not [fact for fact in uow.facts if isinstance(fact, ThreadLate)]


def test_an_address_of_nothing_finds_nothing(uow):
    with pytest.raises(NoSuchThread):
        thread_at(uow, uuid4())


def test_the_region_shows_numbers_of_a_municipality(uow, uow_in, give):
    give(uow, -1)
    give(uow, 4)
    uow.session.commit()
    show_in_region(uow)
    with uow_in(None) as region:
        row = region.session.get(RegionalPromises, "gorno-selo")
        assert (row.late, row.open, row.kept) == (1, 1, 0)


def test_the_region_lists_each_promise_and_forgets_what_is_no_more(uow, uow_in, give):
    kept, gone = give(uow, 4, title="Пътят до гробищата"), give(uow, 9)
    uow.session.commit()
    with uow_in("dolno-selo") as neighbour:
        give(neighbour, 4, title="Чуждо обещание")
        neighbour.session.commit()
        show_in_region(neighbour)
    show_in_region(uow)
    hide(uow, "promises", [gone.id])
    uow.session.commit()
    show_in_region(uow)
    with uow_in(None) as region:
        told = select(RegionalPromise.municipality, RegionalPromise.thing)
        rows = region.session.execute(told.order_by(RegionalPromise.municipality)).all()
    assert rows == [("dolno-selo", "Чуждо обещание"), ("gorno-selo", kept.title)]
