"""Call list: who can be told only by a voice stands on it until it was said, or is too late."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from obshto.platform.bookings.calls import BookingCallDesk, calls_about
from obshto.platform.bookings.models import Slot
from obshto.platform.bookings.reminders import calls_end, remind
from obshto.platform.bookings.resources import cancel_swallowed
from obshto.platform.bookings.retention import empty_old, forget_person
from obshto.platform.bookings.services import Booker, book, cancel, join_waiting_list, move
from obshto.platform.bookings.waiting_list import accept_offer, lapse_offers
from obshto.platform.calls.errors import NoSuchCall, StaleCall
from obshto.platform.calls.services import call_of, end_call
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = BookingCallDesk(part="toy", permission=NotifyPermission.SENDERS)
LANDLINE, MOBILE = "+35993812345", "+359888123456"


def at(uow, hour, days=3):
    day = datetime.combine(day_of(uow.now) + timedelta(days=days), datetime.min.time(), SOFIA)
    return day.replace(hour=hour)


def booked(uow, resource, hour=10, phone=LANDLINE, days=3, **reach):
    who = Booker(name="Проба Пробова", phone=phone, **reach)
    made = book(uow, resource, [at(uow, hour, days)], who, request_id=uuid4())
    uow.session.flush()
    return made


def tell(uow):
    """What happened becomes letters, each tried twice, as after a crash in the middle."""
    facts, causes = list(uow.facts), [str(uuid4()) for _ in uow.facts]
    uow.facts.clear()
    for _run in range(2):
        for fact, cause in zip(facts, causes, strict=True):
            write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)


def said(uow):
    tell(uow)
    return [call.words for call in uow.session.scalars(DESK.owed(uow))]


def offered(uow, resource, phone=LANDLINE):
    """Somebody in the line to whom the seat of another is offered."""
    first = booked(uow, resource, phone=MOBILE)
    who = Booker(name="Проба Чакаща", phone=phone)
    second = join_waiting_list(uow, resource, at(uow, 10), who, request_id=uuid4())
    uow.session.flush()
    cancel(uow, first, "toy", expected_version=first.version)
    uow.session.flush()
    return second


@pytest.fixture
def sms(uow):
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))


def test_an_offer_to_a_landline_is_one_call_in_bulgarian_without_a_name(uow, resource):
    second = offered(uow, resource)
    second.language = "ro"
    [words] = said(uow)
    assert words.startswith("Свободно е") and "Проба" not in words
    [call] = calls_about(uow, second)
    assert call.until == second.offered_until


def test_where_an_sms_or_a_letter_gets_nobody_has_to_call(uow, resource, sms):
    second = offered(uow, resource, phone=MOBILE)
    assert said(uow) == [] and calls_about(uow, second) == []
    booked(uow, resource, hour=12, email="a@villages.example")
    assert cancel_swallowed(uow, [resource]) == 0 and said(uow) == []


def test_without_sms_a_mobile_phone_is_called_too(uow, resource):
    offered(uow, resource, phone=MOBILE)
    assert len(said(uow)) == 1


def test_who_cancels_or_moves_knows_and_whom_closed_hours_hit_is_called(uow, resource, toy):
    first, second, third = (booked(uow, resource, hour=hour) for hour in (9, 10, 11))
    cancel(uow, first, "toy", expected_version=first.version)
    move(uow, second, resource, [at(uow, 14)], expected_version=second.version)
    assert said(uow) == []
    toy.hours = None
    assert cancel_swallowed(uow, [resource]) == 2
    uow.session.flush()
    assert [words.partition(":")[0] for words in said(uow)] == ["Отменен час"] * 2
    assert [call.state for call in calls_about(uow, third)] == ["owed"]


def test_what_was_taken_or_is_too_late_is_called_no_more(uow, resource):
    second = offered(uow, resource)
    assert len(said(uow)) == 1
    accept_offer(uow, second, "toy", expected_version=second.version)
    assert said(uow) == [] and calls_about(uow, second)[0].state == "void"
    object.__setattr__(uow, "now", second.slot.starts_at - timedelta(hours=20))
    other = offered_at_noon(uow, resource)
    assert len(said(uow)) == 1
    object.__setattr__(uow, "now", other.offered_until + timedelta(minutes=1))
    lapse_offers(uow)
    assert said(uow) == []


def offered_at_noon(uow, resource):
    first = booked(uow, resource, hour=12, days=2, phone=MOBILE, email="a@villages.example")
    who, start = Booker(name="Проба Втора", phone=LANDLINE), at(uow, 12, days=2)
    second = join_waiting_list(uow, resource, start, who, request_id=uuid4())
    uow.session.flush()
    cancel(uow, first, "toy", expected_version=first.version)
    uow.session.flush()
    return second


def test_a_call_says_who_made_it_when_and_how_it_went_and_can_be_put_back(uow, resource):
    me = Principal(person_id=uuid4(), name="Проба Служител")
    second = offered(uow, resource)
    assert len(said(uow)) == 1
    object.__setattr__(uow, "principal", me)
    [call] = calls_about(uow, second)
    seen = call.version
    for _press in range(2):
        end_call(uow, call, "again", expected_version=seen)
    assert len(said(uow)) == 1
    with pytest.raises(StaleCall):
        end_call(uow, call, "unreached", expected_version=seen)
    end_call(uow, call, "reached", expected_version=call.version)
    assert (call.state, call.caller, call.called_at) == ("reached", me.name, uow.now)
    assert said(uow) == [] and uow.session.scalars(DESK.ended(uow)).all() == [call]
    end_call(uow, call, "again", expected_version=call.version)
    assert len(said(uow)) == 1
    forget_person(uow, me.person_id)
    uow.session.refresh(call)
    assert (call.caller_id, call.caller) == (None, "")


def test_who_has_to_be_called_about_a_monday_is_on_the_list_on_the_friday(uow, resource, sms):
    friday = datetime(2027, 1, 15, 10, tzinfo=SOFIA)
    assert friday.weekday() == 4 and calls_end(friday) == datetime(2027, 1, 19, tzinfo=SOFIA)
    object.__setattr__(uow, "now", friday - timedelta(days=1))
    by_voice = booked(uow, resource, hour=9, days=4)
    by_sms = booked(uow, resource, hour=10, days=4, phone=MOBILE)
    object.__setattr__(uow, "now", friday)
    remind(uow)
    assert (by_voice.reminded_at, by_sms.reminded_at) == (friday, None)
    assert [words.startswith("Напомняме") for words in said(uow)] == [True]
    object.__setattr__(uow, "now", uow.session.get(Slot, by_sms.slot_id).starts_at)
    assert said(uow) == []


def test_calls_go_with_the_name_and_no_other_part_or_municipality_has_them(uow, uow_in, resource):
    second = offered(uow, resource)
    assert len(said(uow)) == 1
    [call] = calls_about(uow, second)
    with pytest.raises(NoSuchCall):
        call_of(uow, replace(DESK, part="other").owed(uow), DESK.model, call.id)
    uow.commit()
    with uow_in(NEIGHBOUR) as other, pytest.raises(NoSuchCall):
        call_of(other, DESK.owed(other), DESK.model, call.id)
    object.__setattr__(uow, "now", uow.now + timedelta(days=94))
    empty_old(uow)
    uow.session.flush()
    assert calls_about(uow, second) == []
