"""Proposals as tests need them: somebody who handles them, and one that is there."""

from uuid import uuid4

import pytest

from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/proposals", to="/on").status_code == 303


@pytest.fixture
def clerk_id(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK).person_id


@pytest.fixture
def uow(uow_in, clerk_id):
    with uow_in(VILLAGE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=clerk_id, name="Проба Служител"))
        yield begun


@pytest.fixture
def make():
    """make(uow, needs_mayor=2, …): a proposal with what is given otherwise."""

    def made(uow, *, needs_mayor=20, needs_council=50, request_id=None, **changed):
        said = {"title": "Пейка пред магазина", "text": "Да се сложи пейка."}
        words = {name: changed.pop(name) for name in (*said, "reason", "cost") if name in changed}
        sender = {"subject": "green", "name": "Проба Авторова"} | changed
        proposal = send_proposal(
            uow,
            ProposalWords(**(said | words)),
            ProposalSender(**sender),
            request_id=request_id or uuid4(),
        )
        proposal.needs_mayor, proposal.needs_council = needs_mayor, needs_council
        uow.session.flush()
        return proposal

    return made
