"""A vote on paper that was held yesterday, in two sections."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.polling.models import PollingSection
from obshto.modules.referendum.models import Referendum
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TEXTS = ("unit", "decision", "entered_by", "yes_means", "no_means", "reasons")


@pytest.fixture
def vote_id(uow_in, sign_in):
    """The list has 500 and 1,233 voters, as many as Belashtitsa had."""
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        for part in ("referendum", "polling", "results"):
            assert admin.press(f"/console/tenants/{part}", to="/on").status_code == 303
    with uow_in(VILLAGE) as uow:
        row = Referendum(
            request_id=uuid4(),
            year=2026,
            sequence=9,
            proposer="councillors",
            question="Съгласни ли сте?",
            decider="council",
            signers=3,
            state="called",
            vote_on=day_of(uow.now) - timedelta(days=1),
            changed_at=uow.now,
            channel="counter",
            **dict.fromkeys(TEXTS, ""),
        )
        uow.session.add(row)
        for number, voters in ((1, 500), (2, 1_233)):
            uow.session.add(
                PollingSection(
                    request_id=uuid4(),
                    number=number,
                    place="Читалището",
                    address="ул. Първа 1",
                    settlement="",
                    is_accessible=True,
                    entrance="",
                    voters=voters,
                )
            )
        uow.commit()
        return row.id
