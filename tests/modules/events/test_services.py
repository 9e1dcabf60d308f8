"""What events promise, below the web."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.events.errors import (
    DecidedAlready,
    EndsBeforeStart,
    IsCancelled,
    LastsTooLong,
    NoSuchDay,
    OverlapsItself,
    RepeatsTooShortly,
    StaleVersion,
)
from obshto.modules.events.events import EVENTS, EventDue
from obshto.modules.events.manifest import MODULE
from obshto.modules.events.models import Suggestion
from obshto.modules.events.privacy import erase, export
from obshto.modules.events.services import queries
from obshto.modules.events.services.changes import (
    cancel_event,
    move_event,
    reinstate_day,
    reinstate_event,
)
from obshto.modules.events.services.edits import (
    Details,
    Text,
    details_of,
    edit_event,
    translate_event,
    write_event,
)
from obshto.modules.events.services.occurrences import agenda, next_of
from obshto.modules.events.services.publication import (
    announce_waiting,
    delete_event,
    hide_event,
    publish_event,
    restore_event,
)
from obshto.modules.events.services.reminders import followed, forget_over, remind
from obshto.modules.events.services.suggestions import (
    Suggested,
    accept_suggestion,
    decline_suggestion,
    forget_old,
    suggest_event,
    waiting,
)
from obshto.platform.calendar.day_spans import month_of, span_asked, weekend
from obshto.platform.clock import day_of
from obshto.platform.followers.services import FollowLink, confirm_follow, followers_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def names(uow):
    return [fact.name for fact in uow.facts]


def test_a_repeated_click_finds_the_first_result(uow):
    request_id, details = uuid4(), Details(starts_at=uow.now, ends_at=uow.now + HOUR)
    first = write_event(uow, Text(title="Хоро"), details, request_id=request_id)
    assert write_event(uow, Text(title="Хоро"), details, request_id=request_id).id == first.id
    assert names(uow) == ["events:event.written"]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"lasts": -HOUR}, EndsBeforeStart),
        ({"lasts": 0 * HOUR}, EndsBeforeStart),
        ({"lasts": 400 * DAY}, LastsTooLong),
        ({"lasts": 8 * DAY, "repeats": "weekly"}, OverlapsItself),
        (
            {"lasts": HOUR, "repeats": "weekly", "repeats_until": date(2020, 1, 1)},
            RepeatsTooShortly,
        ),
    ],
)
def test_what_cannot_be_is_refused(uow, changed, refusal):
    lasts = changed.pop("lasts")
    details = Details(starts_at=uow.now, ends_at=uow.now + lasts, **changed)
    with pytest.raises(refusal):
        write_event(uow, Text(title="Хоро"), details, request_id=uuid4())


def test_whole_days_are_kept_from_midnight_to_midnight(uow, write, wall):
    event = write(
        uow, starts_at=wall(2026, 12, 5, 9), ends_at=wall(2026, 12, 6, 18), is_all_day=True
    )
    assert (event.starts_at, event.ends_at) == (wall(2026, 12, 5), wall(2026, 12, 7))
    [one] = next_of(event, wall(2026, 12, 1))
    assert one.last_day == date(2026, 12, 6)


def test_what_stands_so_already_is_no_change(uow, published):
    event = published(uow)
    before = event.version
    text = Text(title=event.title, summary=event.summary, markdown=event.markdown)
    edit_event(uow, event, text, details_of(event), expected_version=before - 1)
    uow.session.flush()
    assert event.version == before
    with pytest.raises(StaleVersion):
        changed = Text(title="Друго")
        edit_event(uow, event, changed, details_of(event), expected_version=before - 1)


def test_calendars_are_told_of_another_time_and_not_of_another_word(uow, published):
    event = published(uow)
    edit_event(uow, event, Text(title="Друго"), details_of(event), expected_version=event.version)
    uow.session.flush()
    assert event.sequence == 0
    later = Details(starts_at=event.starts_at + HOUR, ends_at=event.ends_at + HOUR)
    edit_event(uow, event, Text(title="Друго"), later, expected_version=event.version)
    assert event.sequence == 1


def test_a_village_has_its_own_events_and_those_for_all(uow, published):
    here = published(uow, title="Тук")
    published(uow, title="Там", settlement="00002")
    everywhere = published(uow, title="Навсякъде", settlement="")
    found = queries.events_between(uow, uow.now, uow.now + DAY, place="00001")
    assert {event.id for event in found} == {here.id, everywhere.id}


def test_what_is_over_and_what_is_no_longer_repeated_is_not_asked_for(uow, published, wall):
    start = wall(2026, 1, 5, 10)
    published(
        uow,
        starts_at=start,
        ends_at=start + HOUR,
        repeats="weekly",
        repeats_until=date(2026, 2, 1),
    )
    span = (wall(2026, 3, 1), wall(2026, 4, 1))
    assert queries.events_between(uow, *span) == []


def test_one_day_is_called_off_and_another_moved_and_both_say_so(uow, published, wall):
    start = wall(2026, 12, 5, 10)
    event = published(uow, starts_at=start, ends_at=start + HOUR, repeats="weekly")
    cancel_event(uow, event, on=date(2026, 12, 12), note="Сняг", expected_version=event.version)
    uow.session.flush()
    move_event(
        uow,
        event,
        on=date(2026, 12, 19),
        starts_at=wall(2026, 12, 20, 11),
        ends_at=wall(2026, 12, 20, 12),
        note="В неделя",
        expected_version=event.version,
    )
    uow.session.flush()
    found = agenda([event], wall(2026, 12, 1), wall(2027, 1, 1))
    assert [(one.on.day, one.state, one.note) for one in found] == [
        (5, "planned", ""),
        (12, "cancelled", "Сняг"),
        (19, "moved", "В неделя"),
        (26, "planned", ""),
    ]
    assert found[2].starts_at == wall(2026, 12, 20, 11)
    assert found[2].moved_from == wall(2026, 12, 19, 10)
    assert event.sequence == 2
    reinstate_day(uow, event, date(2026, 12, 12), expected_version=event.version)
    states = [one.state for one in agenda([event], wall(2026, 12, 1), wall(2027, 1, 1))]
    assert states == ["planned", "planned", "moved", "planned"]


def test_only_a_day_on_which_it_is_can_be_called_off(uow, published, wall):
    start = wall(2026, 12, 5, 10)
    event = published(uow, starts_at=start, ends_at=start + HOUR, repeats="weekly")
    with pytest.raises(NoSuchDay):
        cancel_event(uow, event, on=date(2026, 12, 6), note="Сняг", expected_version=event.version)


def test_a_move_sent_twice_is_one_move(uow, published):
    event = published(uow)
    first, version = event.starts_at, event.version
    for _ in range(2):
        move_event(
            uow,
            event,
            starts_at=first + DAY,
            ends_at=first + DAY + HOUR,
            note="Дъжд",
            expected_version=version,
        )
        uow.session.flush()
    assert (event.moved_from, event.sequence) == (first, 1)
    assert names(uow).count("events:event.moved") == 1


def test_what_was_called_off_is_not_moved_before_it_takes_place_again(uow, published):
    event = published(uow)
    cancel_event(uow, event, note="Дъжд", expected_version=event.version)
    uow.session.flush()
    span = {"starts_at": event.starts_at + DAY, "ends_at": event.ends_at + DAY}
    with pytest.raises(IsCancelled):
        move_event(uow, event, note="Утре", expected_version=event.version, **span)
    reinstate_event(uow, event, expected_version=event.version)
    assert (event.cancelled_at, event.note, event.sequence) == (None, "", 2)


def test_an_event_shows_at_its_hour_and_is_told_of_once(uow, write):
    event = write(uow)
    publish_event(uow, event, at=uow.now + HOUR, expected_version=event.version)
    uow.session.flush()
    announce_waiting(uow)
    assert names(uow).count("events:event.published") == 0
    event.published_at = uow.now - HOUR
    uow.session.flush()
    for _ in range(2):
        announce_waiting(uow)
    assert names(uow).count("events:event.published") == 1


def test_hidden_deleted_and_brought_back(uow, published):
    event = published(uow)
    hide_event(uow, event, expected_version=event.version)
    uow.session.flush()
    assert queries.events_between(uow, uow.now, uow.now + DAY) == []
    delete_event(uow, event, expected_version=event.version)
    uow.session.flush()
    restore_event(uow, event, expected_version=event.version)
    uow.session.flush()
    assert queries.event_of(uow, event.id).published_at is None


def test_a_translation_takes_its_time_from_its_original(uow, published):
    event = published(uow)
    words = Text(title="Concert", summary="Songs")
    translate_event(uow, event, words, language="en", expected_version=0)
    uow.session.flush()
    [found] = queries.events_between(uow, uow.now, uow.now + DAY)
    assert queries.translations(uow, [found], "en")[event.id].title == "Concert"


def suggested(uow, **changed):
    told = {"title": "Сбор", "text": "Ела", "starts_at": uow.now, "ends_at": uow.now + HOUR}
    request_id = uuid4()
    for _ in range(2):  # as when the button is pressed twice
        suggest_event(
            uow, Suggested(**{**told, "email": "b@demo.example", **changed}), request_id=request_id
        )
    return uow.session.scalars(waiting()).one()


def test_a_suggestion_becomes_one_draft_and_its_sender_hears_when_it_is_public(uow):
    row = suggested(uow)
    event_id = accept_suggestion(uow, row, expected_version=row.version)
    uow.session.flush()
    assert accept_suggestion(uow, row, expected_version=1) == event_id
    assert "events:suggestion.published" not in names(uow)
    event = queries.event_of(uow, event_id)
    assert not event.is_published
    publish_event(uow, event, expected_version=event.version)
    assert names(uow)[-1] == "events:suggestion.published"


def test_a_suggestion_is_answered_once(uow):
    row = suggested(uow)
    seen = row.version
    decline_suggestion(uow, row, reason="Не е тук", expected_version=seen)
    uow.session.flush()
    decline_suggestion(uow, row, reason="Не е тук", expected_version=seen)
    assert names(uow).count("events:suggestion.declined") == 1
    with pytest.raises(DecidedAlready):
        accept_suggestion(uow, row, expected_version=row.version)


def test_the_address_of_who_suggests_lies_encrypted_and_is_forgotten(uow_in, owner, sign_in):
    person_id = sign_in(VILLAGE).person_id
    with uow_in(VILLAGE) as uow:
        row = suggested(uow)
        row.sent_by_id = person_id
        uow.session.flush()
        assert export(uow, person_id)["suggested_events"][0]["email"] == "b@demo.example"
        uow.session.commit()
    [(stored,)] = owner("select email from t_gorno_selo.events_suggestion")
    assert b"demo.example" not in bytes(stored)
    with uow_in(VILLAGE) as uow:
        erase(uow, person_id)
        uow.session.commit()
    assert owner("select 1 from t_gorno_selo.events_suggestion") == []


def test_old_suggestions_are_forgotten(uow):
    row = suggested(uow)
    decline_suggestion(uow, row, reason="Не е тук", expected_version=row.version)
    uow.session.flush()
    forget_old(uow)
    assert uow.session.get(Suggestion, row.id) is not None
    row.decided_at = uow.now - timedelta(days=181)
    uow.session.flush()
    forget_old(uow)
    uow.session.expire_all()
    assert uow.session.get(Suggestion, row.id) is None


def test_another_municipality_has_none_of_it(uow_in, published):
    with uow_in(VILLAGE) as uow:
        published(uow)
        suggested(uow)
        uow.session.commit()
    with uow_in(NEIGHBOUR) as uow:
        assert queries.events_between(uow, uow.now, uow.now + DAY) == []
        assert uow.session.scalars(waiting()).all() == []


def test_what_would_be_lost_is_counted(uow, published):
    assert MODULE.unfinished(uow) == []
    published(uow)
    suggested(uow)
    assert MODULE.unfinished(uow) == ["1 публикувано събитие", "1 предложено събитие"]


def test_a_weekend_is_saturday_and_sunday_also_on_its_days():
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    for day in (date(2026, 11, 23), date(2026, 11, 27), saturday):
        assert (weekend(day).first, weekend(day).last) == (saturday, sunday)
    assert (weekend(sunday).first, weekend(sunday).last) == (sunday, sunday)


def test_a_span_that_is_none_is_the_month_to_come():
    today = date(2026, 11, 27)
    for asked in ({}, {"from": "2026-13-40"}, {"when": "x"}, {"from": "1900-01-01"}):
        span = span_asked(asked, today)
        assert (span.first, span.last) == (today, today + 30 * DAY)
    assert span_asked({"from": "2026-12-05", "to": "2026-12-01"}, today).last == date(2026, 12, 5)


def test_months_end_where_no_page_is():
    today = date(2026, 11, 27)
    assert month_of("2026-12", today).last == date(2026, 12, 31)
    assert month_of("2026-12", today).after == "2027-01"
    assert month_of("2025-11", today).before == ""
    for wrong in ("2025-10", "2028-12", "2026-13", "x", "2026-1"):
        assert month_of(wrong, today) is None


def test_names_of_facts_with_their_keys_are_fixed():
    """Others react to them: a change here is a new name, not a new meaning."""
    keys = {fact.name: [field.name for field in fields(fact)] for fact in EVENTS}
    assert keys["events:event.published"] == ["subject_id", "title"]
    assert keys["events:suggestion.sent"] == ["subject_id"]
    assert keys["events:event.due"] == ["subject_id"]
    assert len(keys) == len(EVENTS) == 22


def test_who_follows_an_event_is_reminded_a_day_before_once_for_each_time(uow, published):
    soon = uow.now.replace(microsecond=0) + timedelta(hours=5)
    event = published(uow, starts_at=soon, ends_at=soon + timedelta(hours=1), repeats="weekly")
    published(uow, starts_at=soon, ends_at=soon + timedelta(hours=1))  # nobody follows it
    late = published(uow, starts_at=uow.now + timedelta(hours=30))
    reader = {"person_id": None, "email": "proba@villages.example", "language": "bg"}
    for one in (event, late):
        confirm_follow(uow, FollowLink(thing=followed(one), is_stale=False, **reader))
    uow.session.flush()
    version, facts = event.version, len(uow.facts)
    for _run in range(2):
        remind(uow)
        uow.session.expire_all()
    assert [fact.subject_id for fact in uow.facts[facts:]] == [event.id]
    assert (event.version, event.reminded_of) == (version, soon)
    write_letters(
        uow, fact=EventDue.name, payload={"subject_id": str(event.id)}, cause=str(uuid4())
    )
    [letter] = uow.session.scalars(select(Message).where(Message.channel == "email"))
    assert letter.recipient == "proba@villages.example"
    assert letter.subject == "Напомняме: Концерт" and "/followers/" in letter.text
    cancel_event(uow, event, on=day_of(soon), note="Дъжд", expected_version=event.version)
    cancel_event(uow, late, note="Дъжд", expected_version=late.version)
    before = len(uow.facts)
    remind(replace(uow, now=uow.now + timedelta(hours=4)))
    remind(replace(uow, now=uow.now + timedelta(hours=12)))
    assert uow.facts[before:] == []
    remind(replace(uow, now=uow.now + timedelta(days=7)))
    assert [type(fact) for fact in uow.facts[before:]] == [EventDue]


def test_followers_are_forgotten_once_an_event_is_over(uow, published):
    event = published(uow)
    link = {"person_id": None, "email": "a@b.example", "language": "bg", "is_stale": False}
    confirm_follow(uow, FollowLink(thing=followed(event), **link))
    forget_over(uow)
    assert followers_of(uow, followed(event))
    forget_over(replace(uow, now=uow.now + timedelta(days=3)))
    assert not followers_of(uow, followed(event))


def test_of_too_many_the_old_weekly_market_stays_and_the_far_evening_goes(
    uow, published, monkeypatch
):
    monkeypatch.setattr("obshto.modules.events.services.queries.MOST", 3)
    begin = uow.now
    market = published(uow, title="Пазар", starts_at=begin - 300 * DAY, repeats="weekly")
    for days in (5, 20, 10, 15):
        published(uow, title=f"Вечер {days}", starts_at=begin + days * DAY)
    found = queries.events_between(uow, begin, begin + 30 * DAY)
    assert found[0].id == market.id
    assert {event.title for event in found[1:]} == {"Вечер 5", "Вечер 10"}
