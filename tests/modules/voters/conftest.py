"""Fixtures of voters: a village with the module on, its list, a draft of a vote."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest

from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.services.registrations import accept_listed
from obshto.modules.voting.models import Election
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
LISTED = ("5003150019", "5507220025", "6101040039")
UNLISTED = "9012120082"
TABLE = "ЕГН;Населено място\n" + "".join(f"{number};с. Опитово\n" for number in LISTED)


@pytest.fixture
def on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        for module in ("voting", "voters"):
            assert admin.press(f"/console/tenants/{module}", to="/on").status_code == 303


@pytest.fixture
def secretary(on, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def clerk(on, sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def bring(secretary, uow_in):
    """Upload a list, then let the worker do its part."""

    def upload(table=TABLE, **typed):
        file = (BytesIO(table if isinstance(table, bytes) else table.encode()), "spisak.csv")
        answer = secretary.press("/console/voters/list", "/list", file=file, **typed)
        with uow_in(VILLAGE) as uow:
            accept_listed(uow)
            uow.commit()
        return answer

    return upload


@pytest.fixture
def enter(clerk):
    """Somebody registers at the counter; answers the page of the registration."""

    def register(number, name="Опитка Опитова", **typed):
        told = {"egn": number, "name": name, "delivery": "office", "has_seen": "y", **typed}
        return clerk.press("/console/voters/new", "/new", **told)

    return register


@pytest.fixture
def found(uow_in):
    """The registrations by number."""

    def rows():
        with uow_in(VILLAGE) as uow:
            wanted = uow.session.query(VoterRegistration).order_by(VoterRegistration.number)
            return [(row.state, row.proof, row.reason) for row in wanted]

    return rows


@pytest.fixture
def vote_id(on, uow_in):
    return write_vote(uow_in)


def write_vote(uow_in, **more) -> UUID:
    with uow_in(VILLAGE) as uow:
        said = {"slug": "o", "uuid": "AbcdefghijkLmn", "is_trial": False, "title": "Площадът"}
        texts = dict.fromkeys(("intro", "places", "decision"), "Текст")
        days = {"opens_at": uow.now + timedelta(days=1), "closes_at": uow.now + timedelta(days=3)}
        row = Election(request_id=uuid4(), questions=[], **{**said, **texts, **days, **more})
        uow.session.add(row)
        uow.commit()
        return row.id
