"""Before and after a vote: the council's decision, what followed, who took part where."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.voting.errors import NotAStep, VillagesDoNotAgree
from obshto.modules.voting.models import Election
from obshto.modules.voting.paper import paper_of
from obshto.modules.voting.seeds import seed
from obshto.modules.voting.services.village_turnout import (
    VillageTurnout,
    put_villages,
    turnout_by_village,
)
from obshto.modules.voting.stations import entries_of
from obshto.platform.clock import SOFIA, day_of, now
from obshto.platform.modularity.council_sessions import (
    CouncilSession,
    CouncilSessions,
    SessionDecision,
)
from obshto.platform.permissions import Role
from obshto.platform.posters.layout import LETTERS, Size

VILLAGE = "gorno-selo"
DESK = "/console/voting"


@pytest.fixture
def seeded(uow_in, staff):
    """A village with one vote in each state."""
    with uow_in(VILLAGE) as begun:
        seed(begun)
        begun.session.commit()


@pytest.fixture
def uow(uow_in, seeded):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def counted(uow_in, seeded):
    """counted(voters=100): id and address of the vote that is counted, changed so."""

    def change(**values):
        with uow_in(VILLAGE) as begun:
            election = in_stage(begun, "Result")
            for name, value in values.items():
                setattr(election, name, value)
            begun.session.commit()
            return SimpleNamespace(
                id=election.id, page=f"/voting/{election.slug}", desk=f"{DESK}/{election.id}"
            )

    return change


def in_stage(uow, stage):
    rows = select(Election).where(Election.stage == stage, Election.is_trial.is_(False))
    return uow.session.scalars(rows).first()


def of(name, listed, voted):
    return VillageTurnout(name=name, listed=listed, voted=voted)


def test_turnout_by_village_hides_the_few_and_who_could_be_reckoned_from_them(uow):
    election = in_stage(uow, "Result")
    election.voters, election.paper_voters = 190, 10
    uow.session.flush()
    typed = [
        *(of("Алфа", 100, 60), of("Бета", 90, 50), of("Гама", 45, 30)),
        *(of("Делта", 12, 11), of("Зета", 60, 49)),
    ]
    put_villages(uow, election, typed, expected_version=election.version)
    uow.session.flush()
    told = turnout_by_village(election)
    named = {one.name: one for one in told.villages}
    assert {"Алфа", "Бета"} <= set(named) and "Делта" not in named
    assert len(told.together) >= 2 and set(told.together) | set(named) == {o.name for o in typed}
    assert told.others.voted >= 10 and told.others.listed - told.others.voted >= 10
    assert sum(o.voted for o in told.villages) + told.others.voted == 200
    assert [12, 11] not in [line[1:] for line in election.villages["told"]]
    assert "11" not in str(election.villages)  # nor is it kept


def test_villages_must_add_up_and_few_voters_tell_nothing(uow):
    election = in_stage(uow, "Result")
    version, voters = election.version, election.voters + election.paper_voters
    with pytest.raises(VillagesDoNotAgree):
        put_villages(uow, election, [of("Алфа", 100, voters - 1)], expected_version=version)
    put_villages(uow, election, [of("Алфа", 100, voters)], expected_version=version)
    assert turnout_by_village(election) is None
    running = in_stage(uow, "EncryptedTally")
    with pytest.raises(NotAStep):
        put_villages(uow, running, [of("Алфа", 9, 9)], expected_version=running.version)


def test_the_commission_types_villages_and_reads_which_line_is_wrong(counted, staff, client, at):
    vote = counted(voters=100, paper_voters=0)
    page = f"{vote.desk}/villages"
    for line in ("Алфа; 40", "Алфа; 40; 41", "Алфа;40;30\nалфа;40;30", "; 4; 4"):
        wrong = staff.press(page, "/villages", villages=line)
        assert wrong.status_code == 422 and "Не разбираме реда" in wrong.text
        assert line.split("\n")[0] in wrong.text
    short = staff.press(page, "/villages", villages="Алфа; 90; 60")
    assert short.status_code == 422 and "числа трябва да са еднакви" in short.text
    lines = "Алфа; 90; 60\nБета\t80\t40"
    assert staff.press(page, "/villages", villages=lines).status_code == 303
    public = client.get(vote.page, base_url=at(VILLAGE)).text
    assert "Участие по села" in public and "Алфа" in public


def test_what_follows_is_a_promise_until_it_is_carried_out(counted, uow_in, staff, client, at):
    def stations():
        with uow_in(VILLAGE) as begun:
            [entry] = entries_of(begun, [vote.id])
            return {one.word: one for one in entry.stations}

    vote = counted(outcome="", outcome_at=None, carry_by=None)
    assert stations()["outcome"].is_promise and stations()["outcome"].reached_on is None
    by = day_of(now()) + timedelta(days=30)
    day = [str(by.day), str(by.month), str(by.year)]
    sent = {"outcome": "Решение № 97: площадът е без коли.", "carry_by": day}
    assert staff.press(f"{vote.desk}/outcome", "/outcome", **sent).status_code == 303
    found = stations()
    assert found["outcome"].reached_on and found["carried-out"].due_on == by
    assert found["carried-out"].is_promise and found["carried-out"].reached_on is None
    public = client.get(vote.page, base_url=at(VILLAGE)).text
    assert "Срок:" in public and "площадът е без коли" in public.replace("\xa0", " ")
    done = staff.press(f"{vote.desk}/outcome", "/outcome", **sent, is_carried_out="y")
    assert done.status_code == 303
    assert stations()["carried-out"].reached_on == day_of(now())


def test_no_trial_and_no_draft_has_stations(uow):
    titles = {one.title for one in entries_of(uow, None)}
    hidden = select(Election.title).where(Election.is_trial | (Election.stage == ""))
    assert titles and not titles & set(uow.session.scalars(hidden))


def test_a_vote_is_linked_to_the_decision_in_the_councils_minutes(
    app, seeded, uow_in, staff, monkeypatch
):
    start = datetime(2026, 10, 12, 10, tzinfo=SOFIA)
    session = CouncilSession(
        id=uuid4(),
        title="Заседание",
        address="",
        starts_at=start,
        ends_at=start,
        announced_at=start,
        is_cancelled=False,
        path="/meetings/x",
        minutes_path="/meetings/x/minutes",
    )
    taken = SessionDecision(
        item_id=uuid4(),
        number="84",
        text="Да се проведе допитване",
        owner="",
        due_on=None,
        state="open",
        outcome="",
        path="/meetings/decisions/x",
    )
    council = SimpleNamespace(
        sessions=lambda uow, is_public, most: [session], decisions_of=lambda uow, one: [taken]
    )
    parts = app.extensions["obshto"].parts
    monkeypatch.setitem(parts, "hours", replace(parts["hours"], offers={CouncilSessions: council}))
    with uow_in(VILLAGE) as begun:
        draft = in_stage(begun, "").id
    page = f"{DESK}/{draft}/text"
    assert "Решение № 84 от 12 октомври 2026" in staff.get(page).text.replace("\xa0", " ")
    key = f"{taken.item_id}.84"
    assert staff.press(page, "/text", decision_from="nobody").status_code == 422
    assert staff.press(page, "/text", decision_from=key).status_code == 303
    shown = staff.get(f"{DESK}/{draft}").text.replace("\xa0", " ")
    assert "/meetings/x/minutes" in shown and "Решение № 84 от 12" in shown
    assert 'value="kept" selected' in staff.get(page).text
    assert staff.press(page, "/text", decision_from="kept").status_code == 303
    assert "/meetings/x/minutes" in staff.get(f"{DESK}/{draft}").text


def test_a_leaflet_fits_one_page_and_is_there_while_people_vote(uow):
    paper = paper_of(uow, in_stage(uow, "Setup").id)
    assert sum(map(len, paper.text)) <= LETTERS[Size.A4] and len(paper.facts) == 2
    assert paper_of(uow, in_stage(uow, "Result").id) is None
    assert paper_of(uow, in_stage(uow, "").id) is None


def test_the_model_decision_is_for_staff_and_villages_are_for_the_commission(
    counted, staff, sign_in
):
    text = staff.get(f"{DESK}/model-decision").text.replace("\xa0", " ")
    assert "Допитването не е референдум" in text and "пример, не правен съвет" in text
    mayor, editor = sign_in(VILLAGE, Role.MAYOR), sign_in(VILLAGE, Role.EDITOR)
    assert mayor.get(f"{DESK}/model-decision").status_code == 200
    assert editor.get(f"{DESK}/model-decision").status_code == 403
    assert mayor.get(f"{counted().desk}/villages").status_code == 403
    other = sign_in("dolno-selo", Role.SECRETARY)
    assert other.get(f"{counted().desk}/villages").status_code in (403, 404)
