"""The call list: a phone once, each person one caller, forgotten on request."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.crisis.errors import NoSuchCall, PhoneKnown, StaleCall
from obshto.modules.crisis.models import CallState
from obshto.modules.crisis.services import calls, contacts
from obshto.modules.crisis.services.messages import confirm_message
from obshto.platform.unit_of_work import Principal


def person(number, **more):
    data = {"name": f"Баба {number}", "phone": f"+35993812{number:03}", "settlement": "00002"}
    return contacts.ContactData(**{**data, **more})


def by(uow, name):
    return replace(uow, principal=Principal(person_id=uuid4(), name=name))


@pytest.fixture
def list_of(uow, write):
    """list_of(number): a danger that was told, so many people on the list, one elsewhere."""

    def begin(number, **more):
        for one in range(number):
            contacts.write_contact(uow, person(one), request_id=uuid4())
        away = person(99, settlement="00001")
        contacts.write_contact(uow, away, request_id=uuid4())
        message = write(uow, **more)
        confirm_message(uow, message, expected_version=message.version)
        uow.session.flush()
        return calls.round_of(uow, message.crisis_id)

    return begin


def test_a_phone_stands_on_the_list_once(uow):
    once = uuid4()
    first = contacts.write_contact(uow, person(1), request_id=once)
    assert contacts.write_contact(uow, person(1), request_id=once) is first
    with pytest.raises(PhoneKnown):
        contacts.write_contact(uow, person(1, name="Друг"), request_id=uuid4())
    (found,) = uow.session.scalars(contacts.contacts(phone="0938 12 001"))
    assert found is first


def test_two_callers_get_two_people_and_nobody_from_elsewhere(uow, list_of):
    of = list_of(2)
    one, other = by(uow, "Първа"), by(uow, "Втора")
    first = calls.take_call(one, of, request_id=uuid4())
    assert calls.take_call(one, of, request_id=uuid4()) is first  # who holds one gets that one
    second = calls.take_call(other, of, request_id=uuid4())
    assert first.contact_id != second.contact_id
    assert calls.take_call(by(uow, "Трета"), of, request_id=uuid4()) is None
    with pytest.raises(NoSuchCall):
        calls.own_call(other, first.id)


def test_who_does_not_answer_comes_again_after_a_pause(uow, list_of):
    of, me = list_of(1), by(uow, "Първа")
    call = calls.take_call(me, of, request_id=uuid4())
    calls.end_call(me, call, CallState.AGAIN, expected_version=call.version)
    assert calls.take_call(me, of, request_id=uuid4()) is None
    later = replace(me, now=uow.now + calls.PAUSE + timedelta(seconds=1))
    again = calls.take_call(later, of, request_id=uuid4())
    assert again.id == call.id and again.tries == 2


def test_a_call_that_somebody_left_is_taken_over_and_counts_once(uow, list_of):
    of, gone, other = list_of(1), by(uow, "Първа"), by(uow, "Втора")
    call = calls.take_call(gone, of, request_id=uuid4())
    seen = call.version
    later = replace(other, now=uow.now + calls.AWAY + timedelta(seconds=1))
    taken = calls.take_call(later, of, request_id=uuid4())
    assert taken.id == call.id and taken.caller == "Втора"
    with pytest.raises(StaleCall):
        calls.end_call(gone, taken, CallState.REACHED, expected_version=seen)
    calls.end_call(later, taken, CallState.REACHED, expected_version=taken.version)
    numbers = calls.numbers_of_calls(uow, of)
    assert (numbers.left, numbers.calling, numbers.reached) == (0, 0, 1)
    assert list(uow.session.scalars(calls.listed(of))) == []


def test_in_a_rehearsal_only_those_are_called_who_agreed(uow, list_of):
    of = list_of(2, is_rehearsal=True)
    assert calls.numbers_of_calls(uow, of).left == 0
    agreed = person(50, joins_rehearsals=True)
    contacts.write_contact(uow, agreed, request_id=uuid4())
    assert calls.numbers_of_calls(uow, of).left == 1


def test_names_and_phones_lie_encrypted_and_go_at_once(uow, list_of):
    of = list_of(1)
    call = calls.take_call(by(uow, "Първа"), of, request_id=uuid4())
    row = contacts.contact_of(uow, call.contact_id)
    raw = uow.session.execute(text("select * from t_gorno_selo.crisis_contact")).all()
    assert "Баба" not in str(raw) and "Баба".encode() not in b"".join(
        bytes(value) for line in raw for value in line if isinstance(value, (bytes, memoryview))
    )
    contacts.remove_contact(uow, row, expected_version=row.version)
    uow.session.expunge_all()
    left = "select count(*) from t_gorno_selo.crisis_call"
    assert uow.session.execute(text(left)).scalar() == 0
