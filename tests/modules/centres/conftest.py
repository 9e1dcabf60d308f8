"""A village with a centre and the mayor's office hours, open on every day of the week."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.kinds import COMPUTER, OFFICE, PART
from obshto.modules.centres.services.queries import offered_by
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import spans_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
ALWAYS = Hours(week=(spans_of("8-17"),) * 7, holidays=None)


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/centres", to="/on").status_code == 303


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Служител")


@pytest.fixture
def keeper(sign_in, switched_on):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def uow(uow_in, switched_on):
    with uow_in(VILLAGE) as begun:
        yield begun


def _written(uow, *, kind="centre", name="Дигитален център", hours=ALWAYS):
    entry = CentreEntry(
        kind=kind, name=name, address="пл. Свобода 1", phone="0938 12 345", hours=hours
    )
    centre = write_centre(uow, entry, request_id=uuid4())
    publish_centre(uow, centre, True, expected_version=centre.version)
    uow.session.flush()
    return centre


def _thing(uow, centre, **changed):
    entry = ResourceEntry(**{"kind": COMPUTER, "name": "Компютър", **changed})
    return write_resource(uow, PART, centre.id, entry, request_id=uuid4())


@pytest.fixture
def place(uow_in, switched_on):
    """The centre with one computer, the mayor's hours; ids only, as pages know them."""
    with uow_in(VILLAGE) as uow:
        centre, office = _written(uow), _written(uow, kind=OFFICE, name="Кмет на общината")
        computer = _thing(uow, centre)
        [reception] = offered_by(uow, [office])[office.id]
        found = SimpleNamespace(
            centre=centre.id, office=office.id, computer=computer.id, reception=reception.id
        )
        uow.commit()
    return found


@pytest.fixture
def visitor(switched_on, client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

        def times(self, resource):
            page = self.get(f"/centres/times/{resource}").text
            return re.findall(rf"/centres/book/{resource}\?at=(\d{{8}}T\d{{4}}Z)\"", page)

        def book(self, resource, at, *, wait=False, **changed):
            path = f"/centres/book/{resource}?at={at}{'&wait=1' if wait else ''}"
            typed = {"name": "Проба Пробова", "phone": "0888 123 456", "request_id": uuid4()}
            return self.post(path, {"slots": "1", **typed, **changed})

    return Visitor()


@pytest.fixture
def path_of():
    return _path_of


@pytest.fixture
def version_of():
    return _version_of


@pytest.fixture
def thing():
    return _thing


@pytest.fixture
def written():
    return _written


def _path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def _version_of(page):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
