"""Who called whom: seen on the list, ticked from paper, recorded as looks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.crisis.errors import CallInHand, NoSuchContact, StaleCall
from obshto.modules.crisis.models import CallContact, CallState, ContactCall
from obshto.modules.crisis.services import call_log, calls, contacts
from obshto.modules.crisis.services.messages import confirm_message
from obshto.platform.permissions import Role
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


def by(uow, name):
    return replace(uow, principal=Principal(person_id=uuid4(), name=name))


def add(uow, name, phone, settlement="00002"):
    data = contacts.ContactData(name=name, phone=phone, settlement=settlement)
    return contacts.write_contact(uow, data, request_id=uuid4())


@pytest.fixture
def of(uow, write):
    message = write(uow)
    confirm_message(uow, message, expected_version=message.version)
    uow.session.flush()
    return calls.round_of(uow, message.crisis_id)


def test_a_tick_from_paper_is_one_call_with_who_and_when(uow, of):
    granny = add(uow, "Баба Пена", "+35993812001")
    clerk = by(uow, "Мария")
    for _ in range(2):  # the same form, sent twice
        call = call_log.tick_call(clerk, of, granny.id, CallState.REACHED, expected_version=0)
    assert (call.caller, call.ended_at, call.tries) == ("Мария", uow.now, 1)
    with pytest.raises(StaleCall):
        call_log.tick_call(clerk, of, granny.id, CallState.UNREACHED, expected_version=0)
    assert calls.take_call(by(uow, "Иван"), of, request_id=uuid4()) is None
    back = call_log.tick_call(
        clerk, of, granny.id, CallState.UNREACHED, expected_version=call.version
    )
    assert back.id == call.id and calls.numbers_of_calls(uow, of).unreached == 1


def test_whom_somebody_is_calling_now_is_not_ticked_by_another(uow, of):
    granny, away = add(uow, "Баба Пена", "+35993812001"), add(uow, "Там", "+35993812002", "00001")
    call = calls.take_call(by(uow, "Иван"), of, request_id=uuid4())
    with pytest.raises(CallInHand):
        call_log.tick_call(
            by(uow, "Мария"), of, granny.id, CallState.REACHED, expected_version=call.version
        )
    with pytest.raises(NoSuchContact):  # the danger is elsewhere
        call_log.tick_call(by(uow, "Мария"), of, away.id, CallState.REACHED, expected_version=0)


def test_the_list_is_found_by_what_came_of_a_call(uow, of):
    first, second = add(uow, "Първа", "+35993812001"), add(uow, "Втора", "+35993812002")
    call_log.tick_call(by(uow, "Мария"), of, first.id, CallState.REACHED, expected_version=0)

    def found(**asked):
        return list(uow.session.scalars(call_log.people_called(of, of.message, **asked)))

    assert found(state="reached") == [first] and found(state="left") == [second]
    assert len(found()) == 2 and found(settlement="00001") == []


def test_staff_see_who_called_and_their_looks_are_kept(uow, of, sign_in):
    add(uow, "Баба Пена", "+35993812001")
    uow.commit()
    home = f"/console/crisis/calls/{of.crisis.id}"
    with ThreadPoolExecutor(1) as pool:  # requests that come while work is open
        pool.submit(read_and_tick, sign_in, home).result()
    uow.session.expire_all()
    assert uow.session.scalars(select(ContactCall.caller)).one() == "Секретарят"
    contact = uow.session.scalars(select(CallContact)).one()
    rows = select(RecordedLook.purpose).where(RecordedLook.object_id == contact.id)
    assert list(uow.session.scalars(rows)) == ["call-person", "call-person"]


def read_and_tick(sign_in, home):
    secretary = sign_in(VILLAGE, Role.SECRETARY, name="Секретарят")
    assert f"{home}/list" in secretary.get(home).text
    [(address, fields)] = [one for one in secretary.forms(f"{home}/list") if "/people/" in one[0]]
    del fields["csrf_token"]  # each of them has one of their own
    assert secretary.post(address, {**fields, "result": "perhaps"}).status_code == 422
    for _ in range(2):
        assert secretary.post(address, {**fields, "result": "reached"}).status_code == 303
    mayor = sign_in(VILLAGE, Role.MAYOR, name="Кметът")
    page = mayor.get(f"{home}/list?state=reached&text=1").text
    assert "Баба Пена" in page and "Секретарят" in page
    assert "Баба Пена" not in mayor.get(f"{home}/list?state=left").text
    assert mayor.get(f"{home}/list?text=7").status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.MAYOR)
    assert stranger.get(f"{home}/list").status_code == 404
    assert stranger.post(address, {**fields, "result": "reached"}).status_code == 404
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.get(f"{home}/list").status_code == 403
    assert editor.post(address, {**fields, "result": "reached"}).status_code == 403
