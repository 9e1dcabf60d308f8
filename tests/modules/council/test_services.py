"""Majorities, counts that are only appended, numbers of decisions, terms."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from tests.modules.council.conftest import VILLAGE

from obshto.modules.council.errors import (
    CorrectionNeedsReason,
    DecisionNumberTaken,
    SessionNotBegun,
    StaleCouncil,
    StaleVote,
    VoteMissing,
)
from obshto.modules.council.events import InquiryLate
from obshto.modules.council.models import RollCall
from obshto.modules.council.services.inquiries import (
    InquiryDetails,
    answer_inquiry,
    enter_inquiry,
    watch_inquiries,
)
from obshto.modules.council.services.majorities import (
    ABSENT,
    ABSTAINED,
    AGAINST,
    FOR,
    majority_on,
    reckon,
)
from obshto.modules.council.services.members import (
    CommitteeDetails,
    add_committee,
    edit_committee,
    seats_of,
)
from obshto.modules.council.services.sessions import meetings, note_attendance
from obshto.modules.council.services.votes import (
    Motion,
    correct_vote,
    counted,
    record_vote,
    vote_of,
)
from obshto.modules.meetings.models import Decision
from obshto.platform.clock import day_of

DAY = date(2026, 11, 28)
LEASE = Motion(motion="Мелницата се дава под наем.", majority="absolute", decision="Дава се.")


def ballots(members, words):
    """„+++-o“: for, against, abstained; a dot is absent."""
    signs = {"+": FOR, "-": AGAINST, "o": ABSTAINED, ".": ABSENT}
    return dict(
        zip((one.id for one in members.values()), (signs[word] for word in words), strict=True)
    )


@pytest.mark.parametrize(
    ("word", "votes", "needed", "is_adopted"),
    [
        ("simple", "++-", 2, True),
        ("simple", "+-oo", 3, False),
        ("simple", "++--", 3, False),  # half is not more than half
        ("absolute", "+++....", 4, False),
        ("absolute", "++++...", 4, True),
        ("two_thirds", "++++++ooo", 6, True),  # of nine, six are just enough
        ("two_thirds", "+++++++----", 8, False),  # of eleven, 7.33 are eight
        ("simple", "+++...", 2, False),  # three of six are no quorum
    ],
)
def test_a_majority_is_reckoned_in_whole_people(word, votes, needed, is_adopted):
    signs = {"+": FOR, "-": AGAINST, "o": ABSTAINED, ".": ABSENT}
    result = reckon(majority_on(word, DAY), (signs[one] for one in votes), seats=len(votes))
    assert (result.needed, result.is_adopted) == (needed, is_adopted)


def test_a_decision_takes_the_next_number_and_stands_in_the_minutes(uow, sit):
    session, points, members = sit(uow)
    first = Motion(motion="А", majority="simple", decision="Приема се.", number=41)
    record_vote(uow, session, points[0], first, ballots(members, "+++--"), request_id=uuid4())
    once = uuid4()
    for _ in range(2):
        row = record_vote(
            uow, session, points[1], LEASE, ballots(members, "+++o."), request_id=once
        )
    lost = record_vote(
        uow, session, points[1], LEASE, ballots(members, "++---"), request_id=uuid4()
    )
    assert (row.number, lost.number) == (42, None)
    with pytest.raises(DecisionNumberTaken):
        record_vote(uow, session, points[1], first, ballots(members, "+++--"), request_id=uuid4())
    uow.session.rollback()


def test_minutes_tell_who_voted_how_and_a_correction_is_the_next_edition(uow, sit):
    session, points, members = sit(uow)
    choices = ballots(members, "+++o.")
    row = record_vote(uow, session, points[0], LEASE, choices, request_id=uuid4())
    note_attendance(uow, session.id, list(choices)[:4], expected_version=0)
    port = meetings()
    port.publish_minutes(uow, session.id, why="", request_id=uuid4())
    assert uow.session.scalars(select(Decision.number)).all() == ["1"]
    assert not port.session_of(uow, session.id, is_public=False).is_stale
    told = {"seen": 1, "request_id": uuid4()}
    with pytest.raises(CorrectionNeedsReason):
        correct_vote(uow, row, points[0], ballots(members, "++oo."), why="", **told)
    for _ in range(2):
        correct_vote(uow, row, points[0], ballots(members, "++oo."), why="Чута грешка", **told)
    vote = counted(uow, row)
    assert [one.edition for one in vote.editions] == [2, 1]
    assert not vote.result.is_adopted
    assert port.session_of(uow, session.id, is_public=False).is_stale
    port.publish_minutes(uow, session.id, why="Поправен вот", request_id=uuid4())
    assert uow.session.scalars(select(Decision.number)).all() == []
    assert row.number == 1  # stays taken


def test_who_is_left_out_is_named_and_nothing_is_recorded(uow, sit):
    session, points, members = sit(uow)
    choices = ballots(members, "+++--")
    del choices[members["Галя"].id]
    with pytest.raises(VoteMissing, match="Галя"):
        record_vote(uow, session, points[0], LEASE, choices, request_id=uuid4())
    assert uow.session.scalars(select(RollCall)).all() == []


@pytest.mark.parametrize("how", [{"ahead": timedelta(days=1)}, {"is_public": False}])
def test_nobody_votes_before_the_session_or_in_a_draft(uow, sit, how):
    session, points, members = sit(uow, **how)
    with pytest.raises(SessionNotBegun):
        record_vote(uow, session, points[0], LEASE, ballots(members, "+++++"), request_id=uuid4())


def test_of_two_secretaries_at_once_one_is_refused(uow_in, sit):
    with uow_in(VILLAGE) as uow:
        session, points, members = sit(uow)
        row = record_vote(
            uow, session, points[0], LEASE, ballots(members, "+++--"), request_id=uuid4()
        )
        vote_id, point, ids = row.id, points[0], [one.id for one in members.values()]
        uow.session.commit()
    together = Barrier(4)

    def correct(number):
        together.wait(timeout=120)
        try:
            with uow_in(VILLAGE) as uow:
                row = vote_of(uow, vote_id, to_change=True)
                choices = dict.fromkeys(ids, AGAINST) | {ids[number]: FOR}
                told = {"why": f"Секретар {number}", "seen": 1, "request_id": uuid4()}
                correct_vote(uow, row, point, choices, **told)
                uow.session.commit()
            return number
        except StaleVote:
            return None

    with ThreadPoolExecutor(4) as threads:
        won = [one for one in threads.map(correct, range(4)) if one is not None]
    assert len(won) == 1
    with uow_in(VILLAGE) as uow:
        vote = counted(uow, vote_of(uow, vote_id))
        assert [one.edition for one in vote.editions] == [2, 1]
        assert vote.choices[ids[won[0]]] == FOR


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM council_edition",
        "UPDATE council_edition SET why = ''",
        "DELETE FROM council_ballot",
        "UPDATE council_ballot SET choice = 'for'",
    ],
)
def test_a_count_can_be_neither_changed_nor_deleted(uow, sit, act):
    session, points, members = sit(uow)
    record_vote(uow, session, points[0], LEASE, ballots(members, "+++--"), request_id=uuid4())
    with pytest.raises(ProgrammingError, match="permission denied"):
        uow.session.execute(text(act))


def test_attendance_is_not_written_over(uow, sit):
    session, _, members = sit(uow)
    note_attendance(uow, session.id, [members["Ана"].id], expected_version=0)
    with pytest.raises(StaleCouncil):
        note_attendance(uow, session.id, [members["Вера"].id], expected_version=0)


def test_a_seat_in_a_committee_ends_and_stays(uow, sit):
    _, _, members = sit(uow)
    ana, vera, galya = (members[name].id for name in ("Ана", "Вера", "Галя"))
    told = CommitteeDetails(title="Бюджет", members=frozenset((ana, vera)), chair=ana)
    row = add_committee(uow, told, request_id=uuid4())
    now = CommitteeDetails(title="Бюджет", members=frozenset((vera, galya)), chair=vera)
    edit_committee(uow, row, now, expected_version=row.version)
    running = seats_of(uow, [row.id], is_running=True)[row.id]
    assert {(one.councillor_id, one.is_chair) for one in running} == {(vera, True), (galya, False)}
    assert len(seats_of(uow, [row.id], is_running=False)[row.id]) == 4
    with pytest.raises(StaleCouncil):
        edit_committee(uow, row, told, expected_version=row.version - 1)


def test_a_question_has_a_term_and_being_late_is_told_once(uow, sit):
    _, _, members = sit(uow)
    asked_on = day_of(uow.now) - timedelta(days=40)
    told = InquiryDetails(
        councillor_id=members["Ана"].id,
        title="Пътят",
        words="Кога?",
        addressee="Кметът",
        asked_on=asked_on,
    )
    row = enter_inquiry(uow, told, request_id=uuid4())
    assert row.due_on >= asked_on + timedelta(days=14)
    for _ in range(2):
        watch_inquiries(uow)
        uow.session.flush()
    assert sum(isinstance(one, InquiryLate) for one in uow.facts) == 1
    day = day_of(uow.now)
    answer_inquiry(uow, row, answer="Напролет.", answered_on=day, expected_version=row.version)
    with pytest.raises(StaleCouncil):
        answer_inquiry(uow, row, answer="Друго", answered_on=day, expected_version=0)
