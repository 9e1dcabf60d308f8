"""One queue of what awaits an answer: by term, narrowed, one by one, never a neighbour's."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.forum.models import Discussion
from obshto.modules.initiatives.models import Initiative
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR, QUEUE = "gorno-selo", "dolno-selo", "/console/answers/"
BENCH, BUS, QUARRY = "Пейка пред магазина", "Кога тръгва автобусът?", "Да няма кариера"


@pytest.fixture
def waiting(sign_in, uow_in):
    """A proposal due in five days, an initiative tomorrow, a discussion by its promise."""
    admin = sign_in(VILLAGE, Role.ADMIN)
    for slug in ("proposals", "forum", "initiatives"):
        assert admin.press(f"/console/tenants/{slug}", to="/on").status_code == 303
    with uow_in(VILLAGE) as uow:
        sender = ProposalSender(subject="green", name="Проба Авторова", is_final=True)
        words = ProposalWords(title=BENCH, text="Да се сложи пейка.")
        proposal = send_proposal(uow, words, sender, request_id=uuid4())
        proposal.due_on = day_of(uow.now) + timedelta(days=5)
        said = {"request_id": uuid4(), "subject": "transport", "settlement": "", "language": "bg"}
        times = dict.fromkeys(("begun_at", "published_at", "last_at", "awaiting_since"), uow.now)
        uow.session.add(Discussion(**said, title=BUS, **times))
        uow.session.add(
            Initiative(
                request_id=uuid4(),
                addressee="mayor",
                unit="",
                question=QUARRY,
                reasons="Прахът стига до къщите.",
                state="filed",
                channel="counter",
                entered_by="",
                year=2026,
                sequence=1,
                changed_at=uow.now,
                due_on=day_of(uow.now) + timedelta(days=1),
            )
        )
        uow.commit()


def test_what_is_due_first_stands_first_and_leads_to_the_next(waiting, sign_in):
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    assert QUEUE in secretary.get("/console/").text
    page = secretary.get(QUEUE).text
    order = [page.index(title) for title in (QUARRY, BENCH, BUS)]
    assert order == sorted(order)
    first = re.search(rf"{QUEUE}initiative/[0-9a-f-]{{36}}", page)[0]
    shown = secretary.get(first).text
    assert "Прахът стига до къщите." in shown and 'rel="prev"' not in shown
    after = re.search(r'rel="next" href="([^"]+)"', shown)[1]
    second = secretary.get(after).text
    assert BENCH in second and re.search(r'rel="prev" href="[^"]*initiative', second)
    desk = re.search(r'href="(/console/proposals/[0-9a-f-]{36})"', second)[1]
    assert BENCH in secretary.get(desk).text


def test_it_is_narrowed_by_kind_and_village(waiting, sign_in):
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    page = secretary.get(f"{QUEUE}?kind=discussion").text
    assert BUS in page and BENCH not in page
    row = re.search(rf"{QUEUE}discussion/[^\"]+", page)[0].replace("&amp;", "&")
    assert 'rel="next"' not in secretary.get(row).text


def test_who_may_answer_nothing_sees_nothing(waiting, sign_in):
    secretary, neighbour = sign_in(VILLAGE, Role.SECRETARY), sign_in(NEIGHBOUR, Role.SECRETARY)
    row = re.search(rf"{QUEUE}proposal/[0-9a-f-]{{36}}", secretary.get(QUEUE).text)[0]
    assert sign_in(VILLAGE, Role.EDITOR).get(QUEUE).status_code == 403
    assert sign_in(VILLAGE, Role.EDITOR).get(row).status_code == 404
    assert neighbour.get(row).status_code == 404
