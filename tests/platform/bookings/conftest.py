"""A toy part with one thing to book: open from eight to five on every day of the week."""

from pathlib import Path
from uuid import uuid4

import pytest

from obshto.platform.bookings.kinds import BookingKind, Description
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
ALWAYS = Hours(week=(spans_of("8-17"),) * 7, holidays=None)


class Toy:
    """Its hours can be changed by a test."""

    hours = ALWAYS


@pytest.fixture
def toy(app, monkeypatch):
    found = Toy()
    kind = BookingKind(
        part="toy",
        page="/toy/{ref}",
        hours=lambda uow, resource: found.hours,
        describe=lambda uow, resource: Description(
            what=resource.name, where="Горно село", phone="0938 12 345"
        ),
    )
    because = NoPersonalData(because="it is a toy")
    part = Component(slug="toy", folder=Path(__file__).parent, privacy=because, bookings=(kind,))
    monkeypatch.setitem(app.extensions["obshto"].parts, "toy", part)
    return found


@pytest.fixture
def resource(uow, toy):
    entry = ResourceEntry(kind="seat", name="Компютър")
    return write_resource(uow, "toy", uuid4(), entry, request_id=uuid4())


@pytest.fixture
def uow(uow_in, toy):
    with uow_in(VILLAGE) as begun:
        yield begun
