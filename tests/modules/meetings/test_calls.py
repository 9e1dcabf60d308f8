"""Who left a meeting only a phone hears of each change: by SMS, else from a person, once."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.meetings.models import Guest
from obshto.modules.meetings.services.call_desk import CALL_DESK
from obshto.modules.meetings.services.guests import Coming, register_guest, withdraw_guest
from obshto.modules.meetings.services.plans import edit_meeting, plan_of
from obshto.modules.meetings.services.publication import (
    cancel_meeting,
    reinstate_meeting,
    remind_guests,
)
from obshto.modules.meetings.services.retention import forget_old_guests, forget_person
from obshto.platform.cases.channels import PHONE
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNRECORDED
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HOME = "/console/meetings/calls"
LANDLINE, MOBILE = "0938 12 345", "0888 123 456"


def comes(uow, meeting, phone="", name="Гост Примеров", **reach):
    said = Coming(mode="room", name=name, phone=phone, channel=PHONE, **reach)
    guest = register_guest(uow, meeting, said, request_id=uuid4())
    uow.session.flush()
    return guest


def tell(uow):
    """What happened becomes letters, each tried twice, as after a crash in the middle."""
    facts, causes = list(uow.facts), [str(uuid4()) for _ in uow.facts]
    uow.facts.clear()
    for _run in range(2):
        for fact, cause in zip(facts, causes, strict=True):
            write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)


def owed(uow):
    tell(uow)
    return [call.words for call in uow.session.scalars(CALL_DESK.owed(uow))]


def sms(uow):
    rows = select(Message).where(Message.channel == "sms", Message.recipient.is_not(None))
    return [(row.recipient, row.text) for row in uow.session.scalars(rows.order_by(Message.id))]


def cancel(uow, meeting):
    cancel_meeting(uow, meeting, note="Ремонт", expected_version=meeting.version)
    uow.session.flush()


@pytest.fixture
def with_sms(uow):
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))


@pytest.mark.usefixtures("with_sms")
def test_a_phone_alone_hears_of_change_cancellation_and_the_evening_before(uow, announced):
    meeting = announced(uow)
    comes(uow, meeting, MOBILE)
    tell(uow)
    assert sms(uow) == [], "who says it has just heard it"
    later = meeting.starts_at + timedelta(days=1)
    plan = replace(plan_of(meeting), starts_at=later, ends_at=later + timedelta(hours=2))
    edit_meeting(uow, meeting, plan, note="Залата е заета", expected_version=meeting.version)
    cancel(uow, meeting)
    reinstate_meeting(uow, meeting, expected_version=meeting.version)
    object.__setattr__(uow, "now", meeting.starts_at - timedelta(hours=20))
    remind_guests(uow)
    assert owed(uow) == []
    assert {number for number, _text in sms(uow)} == {"+359888123456"}
    texts = sorted(text.removeprefix("Община Горно село: ") for _number, text in sms(uow))
    near, cancelled, back, moved = texts
    assert near.startswith("Напомняне: Бюджетът.") and back.startswith("Пак ще се състои")
    assert cancelled.startswith("Отменено: Бюджетът. Беше за")
    assert moved.startswith("Преместено: Бюджетът. Сега е на") and moved.endswith(", Читалището")
    assert not any("Гост" in text for text in texts), "a short message names nobody"


@pytest.mark.usefixtures("with_sms")
def test_landlines_and_who_left_nothing_are_called_and_a_letter_or_a_number_is_not(uow, announced):
    meeting = announced(uow)
    for reach in ({"phone": LANDLINE}, {"phone": "вътр. 12"}, {}):
        comes(uow, meeting, **reach)
    comes(uow, meeting, LANDLINE, email="a@villages.example")
    comes(uow, meeting, name="")
    cancel(uow, meeting)
    assert owed(uow) == ["Отменено: Бюджетът"] * 3


def test_what_is_said_no_more_is_called_no_more(uow, announced):
    meeting = announced(uow)
    stays, goes = comes(uow, meeting, LANDLINE), comes(uow, meeting, LANDLINE)
    cancel(uow, meeting)
    assert len(owed(uow)) == 2
    reinstate_meeting(uow, meeting, expected_version=meeting.version)
    assert owed(uow) == ["Пак ще се състои: Бюджетът"] * 2
    withdraw_guest(uow, goes, expected_version=goes.version)
    [call] = uow.session.scalars(CALL_DESK.owed(uow))
    assert (call.guest_id, call.until) == (stays.id, meeting.starts_at)
    object.__setattr__(uow, "now", meeting.starts_at)
    assert owed(uow) == []


def test_calls_go_with_the_guests_and_the_caller_with_the_person(uow, announced):
    meeting = announced(uow)
    comes(uow, meeting, LANDLINE)
    cancel(uow, meeting)
    assert len(owed(uow)) == 1
    [call] = uow.session.scalars(CALL_DESK.owed(uow))
    call.state, call.caller, call.caller_id, call.called_at = (
        "reached",
        "Служител",
        uuid4(),
        uow.now,
    )
    uow.session.flush()
    forget_person(uow, call.caller_id)
    uow.session.refresh(call)
    assert (call.caller, call.state) == ("", "reached")
    object.__setattr__(uow, "now", meeting.ends_at + timedelta(days=31))
    forget_old_guests(uow)
    assert uow.session.scalars(select(Guest)).all() == []


@pytest.fixture
def listed(sign_in, uow_in, announced):
    """One landline has to be called; the clerk who does, and the address of the call."""
    with uow_in(VILLAGE) as uow:
        meeting = announced(uow)
        comes(uow, meeting, LANDLINE)
        cancel(uow, meeting)
        tell(uow)
        uow.commit()
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    return clerk, re.search(rf"{HOME}/[0-9a-f-]{{36}}", clerk.get(HOME).text)[0]


def test_a_clerk_opens_the_number_for_the_call_and_says_how_it_went(listed, app, monkeypatch):
    met, (clerk, call) = [], listed
    monkeypatch.setitem(app.extensions, UNRECORDED, lambda *seen: met.append(seen))
    assert HOME in clerk.get("/console/").text
    page = clerk.get(HOME).text
    assert "Отменено: Бюджетът" in page and "Гост Примеров" not in page
    assert clerk.press(HOME, to=f"{call}/look").status_code == 303
    page = clerk.get(HOME).text
    assert "Гост Примеров" in page and "tel:" in page
    assert clerk.press(HOME, to=f"{call}/ended", result="reached").status_code == 303
    assert "няма на кого да се обадите" in clerk.get(HOME).text
    assert "Казано" in clerk.get(f"{HOME}?list=ended").text and met == []


def test_a_neighbour_and_a_mayor_have_no_such_call(listed, sign_in):
    _clerk, call = listed
    stranger, mayor = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.MAYOR)
    assert call not in stranger.get(HOME).text
    assert stranger.post(f"{call}/look").status_code == 404
    assert mayor.get(HOME).status_code == 403
