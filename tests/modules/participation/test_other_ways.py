"""A year of ways whose people sign on paper, vote or ask: sums by hand, and no small group told."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.initiatives.models import Initiative, InitiativeStep
from obshto.modules.initiatives.services import year_figures as initiatives
from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.services import year_figures as opendata
from obshto.modules.projects.models import Project, ProjectQuestion
from obshto.modules.projects.seeds import seed as seed_projects
from obshto.modules.projects.services import year_figures as projects
from obshto.modules.referendum.models import ProposalStep, Referendum
from obshto.modules.referendum.services import year_figures as referendum
from obshto.modules.results.models import VoteNight
from obshto.modules.results.services import year_figures as results
from obshto.modules.voting.models import Election
from obshto.modules.voting.services import year_figures as voting
from obshto.modules.voting.services.queries import PUBLIC
from obshto.platform.participation.figures import period_of

VILLAGE, YEAR = "gorno-selo", 2025
NOON, DAY = datetime(YEAR, 6, 1, 12, tzinfo=UTC), date(YEAR, 6, 1)
LATER = datetime(YEAR + 1, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def put(uow, *rows):
    uow.session.add_all(rows)
    uow.session.flush()


def of(part, uow, year=YEAR):
    return part.figures_of(uow, period_of(year))


def night(participants, is_adopted, announced_on=DAY):
    return VoteNight(
        vote_id=uuid4(),
        vote_on=announced_on,
        state="announced",
        announced_on=announced_on,
        participants=participants,
        is_adopted=is_adopted,
        changed_at=NOON,
    )


def test_votes_on_paper_are_those_announced_in_the_year(uow):
    put(uow, night(700, True), night(276, False), night(900, True, date(YEAR + 1, 1, 1)))
    told = of(results, uow)
    assert (told.things, told.voices, told.ends) == (2, 976, {"adopted": 1})
    assert told.by_mode == {"assisted": 976} and told.by_age is None


def election(voters, paper, **more):
    said = {"slug": uuid4().hex, "uuid": uuid4().hex, "is_trial": False, "title": "Площадът"}
    said |= dict.fromkeys(("intro", "places", "decision"), "Текст")
    said |= {"opens_at": NOON, "closes_at": NOON, "stage": min(PUBLIC), "questions": []}
    said |= {"voters": voters, "paper_voters": paper, **more}
    return Election(request_id=uuid4(), **said)


def test_votes_by_phone_are_those_that_ended_with_a_result_and_were_no_trial(uow):
    put(
        uow,
        election(200, 40, outcome="Мести се"),
        election(30, None),
        election(500, 1, is_trial=True),
        election(None, None),
        election(9, 9, closes_at=LATER),
    )
    told = of(voting, uow)
    assert (told.things, told.voices, told.ends) == (2, 270, {"followed": 1})
    assert told.by_mode == {"online": 230, "assisted": 40}
    assert of(voting, uow, YEAR + 1).by_mode == {}  # nine and nine


def question(project_id, channel, is_public, decided_at=NOON):
    return ProjectQuestion(
        request_id=uuid4(),
        project_id=project_id,
        channel=channel,
        words="Кога?",
        email="",
        language="bg",
        answer="Скоро",
        asked="Кога?",
        sent_at=NOON,
        decided_at=decided_at,
        is_public=is_public,
    )


def test_questions_about_projects_are_those_decided_in_the_year(uow):
    seed_projects(uow)
    uow.session.flush()
    one, other = uow.session.scalars(select(Project.id).order_by(Project.id).limit(2)).all()
    put(uow, *(question(one, "portal", number < 5) for number in range(12)))
    put(uow, *(question(other, "counter", False) for _ in range(3)))
    put(uow, question(one, "portal", True, None), question(one, "portal", True, LATER))
    told = of(projects, uow)
    assert (told.things, told.voices, told.ends) == (2, 15, {"public": 5})
    assert told.by_mode == {}  # three at the counter, and twelve would tell of them


def request(number, state, channel="portal", answered_at=NOON):
    """What the law asks of a row, and nothing else."""
    said = {"kind": "data", "form": "electronic", "language": "bg", "state": state}
    said |= {"request_id": uuid4(), "code_index": uuid4().bytes, "year": YEAR, "sequence": number}
    said |= {"starts_on": DAY, "answered_at": answered_at, "channel": channel}
    row = InformationRequest(**said)
    for column in InformationRequest.__table__.columns:
        needed = not column.nullable and column.default is None and column.server_default is None
        if needed and getattr(row, column.key, None) is None:
            setattr(row, column.key, NOON if "TIME" in str(column.type) else "")
    return row


def test_requests_are_those_decided_in_the_year(uow):
    rows = [request(number, "answered") for number in range(1, 12)]
    rows += [request(number, "refused", "counter") for number in range(20, 30)]
    put(uow, *rows, request(40, "withdrawn"), request(41, "answered", answered_at=LATER))
    told = of(opendata, uow)
    assert (told.things, told.voices) == (21, 21)
    assert told.ends == {"answered": 11, "refused": 10}
    assert told.by_mode == {"online": 11, "assisted": 10}


BY_NOBODY = {"by_name": "", "words": ""}


def petition(row, unit, sequence):
    said = {"year": YEAR, "sequence": sequence, "unit": unit, "question": "Да?", "reasons": "Така"}
    said |= {"changed_at": NOON, "channel": "counter", "entered_by": "", "request_id": uuid4()}
    if row is Initiative:
        return row(**said, addressee="council", state="answered", outcome="accepted")
    said |= dict.fromkeys(("yes_means", "no_means", "decision"), "")
    return row(**said, proposer="citizens", state="debate", decider="council", signers=0)


@pytest.mark.parametrize(
    ("part", "name", "row", "step"),
    [
        (initiatives, "answer", Initiative, InitiativeStep),
        (referendum, "file", Referendum, ProposalStep),
    ],
)
def test_signatures_on_paper_are_told_where_they_are_many(uow, monkeypatch, part, name, row, step):
    """Three places: of the one with four signatures nothing is told, nor what would tell of it."""
    signed = {}
    for unit, number in (("00001", 61), ("00002", 4), ("", 30)):
        one = petition(row, unit, len(signed) + 1)
        put(uow, one)
        signed[one.id] = SimpleNamespace(counted=number)
        put(uow, step(petition_id=one.id, name=name, happened_on=DAY, at=NOON, **BY_NOBODY))
    counts = SimpleNamespace(counts=lambda _uow, one: signed[one.id])
    monkeypatch.setattr(part, "PETITION", counts)
    told = of(part, uow)
    assert (told.things, told.voices, told.by_mode) == (3, 95, {"assisted": 95})
    assert "00002" not in told.by_place and min(told.by_place.values(), default=10) >= 10
    assert of(part, uow, YEAR + 1).things == 0
