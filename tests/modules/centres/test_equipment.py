"""Equipment asked for with a booking: chosen from what the centre has, seen with the name."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from obshto.modules.centres.models import Centre
from obshto.platform.bookings.component import COMPONENT
from obshto.platform.bookings.models import Booking
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNRECORDED

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
KEYBOARD, READER = "Клавиатура с едри букви", "Програма, която чете екрана на глас"


@pytest.fixture
def equipped(place, uow_in):
    """The same centre with a large keyboard and a screen reader."""
    with uow_in(VILLAGE) as uow:
        has = ["screen-reader", "large-keyboard"]
        here = update(Centre).where(Centre.id == place.centre)
        uow.session.execute(here.values(equipment=has))
        uow.commit()
    return place


def test_a_citizen_asks_for_what_the_centre_has_and_reads_it_on_the_booking(
    visitor, equipped, path_of
):
    at = visitor.times(equipped.computer)[0]
    page = visitor.get(f"/centres/book/{equipped.computer}?at={at}").text
    assert KEYBOARD in page and READER in page and "Слушалки" not in page
    own = path_of(visitor.book(equipped.computer, at, equipment=["large-keyboard"]))
    shown = visitor.get(own).text
    assert "Ще Ви чака" in shown and KEYBOARD in shown and READER not in shown


def test_what_the_centre_has_not_is_refused_and_what_was_typed_stays(visitor, equipped):
    at = visitor.times(equipped.computer)[0]
    answer = visitor.book(equipped.computer, at, equipment=["trackball"], wish="Придружител")
    assert answer.status_code == 422 and "Изберете отговор от списъка" in answer.text
    assert "Придружител" in answer.text and visitor.times(equipped.computer)[0] == at
    page = visitor.get(f"/centres/times/{equipped.reception}").text
    at = re.search(r"at=(\d{8}T\d{4}Z)", page)[1]
    page = visitor.get(f"/centres/book/{equipped.reception}?at={at}").text
    assert "Какво да Ви чака" not in page  # an office has none


def test_a_keeper_sees_that_something_is_asked_for_and_with_the_name_what(
    visitor, equipped, clerk, sign_in, app, monkeypatch
):
    met = {}
    monkeypatch.setitem(app.extensions, UNRECORDED, met.__setitem__)
    at = visitor.times(equipped.computer)[0]
    visitor.book(equipped.computer, at, equipment=["screen-reader"])
    day = datetime.strptime(at, "%Y%m%dT%H%MZ").date().isoformat()
    plan = f"/console/centres/{equipped.centre}/day?day={day}"
    one = re.search(r"/console/centres/bookings/[0-9a-f-]{36}", clerk.get(plan).text)[0]
    for path, told in ((plan, "иска оборудване"), (one, "Човекът иска оборудване")):
        page = clerk.get(path).text
        assert told in page and READER not in page
    said = {"purpose": "welcome", "request_id": uuid4()}
    assert clerk.post(plan, said).status_code == 303
    for path in (plan, one):
        assert READER in clerk.get(path).text
    assert met == {}
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(one).status_code == 404


def test_the_board_says_it_of_the_times_that_are_near(
    visitor, equipped, clerk, uow_in, app, monkeypatch
):
    met = {}
    monkeypatch.setitem(app.extensions, UNRECORDED, met.__setitem__)
    at = visitor.times(equipped.computer)[0]
    visitor.book(equipped.computer, at, equipment=["screen-reader"])
    board = f"/console/centres/{equipped.centre}/board"
    with uow_in(VILLAGE) as uow:  # now, whatever the clock says
        now = text("UPDATE bookings_slot SET starts_at = now(), ends_at = now() + interval '1 h'")
        uow.session.execute(now)
        uow.commit()
    page = clerk.get(board).text
    assert "иска оборудване" in page and READER not in page
    plan = f"/console/centres/{equipped.centre}/day"
    clerk.post(plan, {"purpose": "welcome", "request_id": uuid4()})
    page = clerk.get(board).text
    assert READER in page and "иска оборудване" not in page and met == {}


def test_it_is_asked_on_the_phone_and_stands_in_the_reminder(equipped, visitor, clerk, uow_in):
    at = visitor.times(equipped.computer)[0]
    path = f"/console/centres/book/{equipped.computer}?at={at}"
    assert KEYBOARD in clerk.get(path).text
    typed = {"name": "Проба Пробова", "email": "a@villages.example", "channel": "counter"}
    typed |= {"equipment": ["large-keyboard", "screen-reader"], "slots": "1"}
    assert clerk.post(path, {**typed, "request_id": uuid4()}).status_code == 303
    with uow_in(VILLAGE) as uow:
        made = uow.session.scalars(select(Booking)).one()
        payload = {"subject_id": str(made.id), "part": "centres"}
        write_letters(uow, fact="bookings:booking.due", payload=payload, cause=str(uuid4()))
        letters = uow.session.scalars(select(Message)).all()
        due = [one for one in letters if "Напомняме" in one.subject]
        assert len(due) == 1 and f"Поискахте: {KEYBOARD}, {READER}" in due[0].text
        assert KEYBOARD not in due[0].subject


def test_it_lies_encrypted_and_leaves_with_the_name(equipped, sign_in, visitor, uow_in):
    me = sign_in(VILLAGE)
    at = visitor.times(equipped.computer)[0]
    typed = {"name": "Проба Пробова", "slots": "1", "equipment": ["screen-reader"]}
    me.post(f"/centres/book/{equipped.computer}?at={at}", {**typed, "request_id": uuid4()})
    with uow_in(VILLAGE) as uow:
        booking = uow.session.scalars(select(Booking)).one()
        lying = uow.session.scalar(text("SELECT equipment FROM bookings_booking"))
        assert b"screen-reader" not in bytes(lying)
        [told] = COMPONENT.privacy.export(uow, booking.person_id)["bookings"]
        assert told["equipment"] == ["screen-reader"]
        COMPONENT.privacy.erase(uow, booking.person_id)
        assert uow.session.scalar(text("SELECT equipment FROM bookings_booking")) is None
