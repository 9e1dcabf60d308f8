"""Referenda from draft to date: guards of law, the count, the committee, retention."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from stdnum.bg import egn

from obshto.modules.referendum.errors import (
    DayImpossible,
    LawSaysNo,
    QuestionRefused,
    ReferendumNotFromHere,
    SameDay,
    StaleReferendum,
    VotersUnknown,
)
from obshto.modules.referendum.models import Member, Referendum, Signature
from obshto.modules.referendum.seeds import seed
from obshto.modules.referendum.services import petition, proposals, queries
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.outcome import VoteNumbers
from obshto.modules.referendum.services.petition import PETITION
from obshto.modules.referendum.services.proposal_acts import ActWords, take_step
from obshto.modules.referendum.services.proposals import ReferendumWords
from obshto.modules.referendum.services.retention import (
    empty_old_petitions,
    forget_person,
    watch_terms,
)
from obshto.modules.referendum.services.states import (
    ACTS,
    CITIZENS,
    COUNCILLORS,
    DEMAND,
)
from obshto.modules.referendum.services.voting_days import voting_days, window_of
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of
from obshto.platform.petitions.errors import CommitteeNotWhole, MemberKnown, WrongSeatCode
from obshto.platform.petitions.signatures import SignatureWords
from obshto.platform.settings.services import save_settings
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WORDS = ReferendumWords(
    proposer=CITIZENS,
    question="Съгласни ли сте общината да запази старото училище за център?",
    yes_means="Остава",
    no_means="Продава се",
    reasons="Няма зала",
    decider="council",
)


def number_of(order, born="800101"):
    """A right personal number: someone born on a day, the so-maniest."""
    start = f"{born}{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


@pytest.fixture
def uow(uow_in, sign_in):
    person = sign_in(VILLAGE, "secretary").person_id
    with uow_in(VILLAGE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=person, name="Проба Пробова"))
        yield begun


def write(uow, **changed):
    told = {name: getattr(WORDS, name) for name in ReferendumWords.__slots__} | changed
    proposal = proposals.write_proposal(uow, ReferendumWords(**told), request_id=uuid4())
    uow.session.flush()
    return proposal


def step(uow, proposal, name, on=None, **more):
    act = ACTS[name]
    if act.words:
        more = {"words": "Протокол № 1", **more}
    said = ActWords(happened_on=on or day_of(uow.now), **more)
    take_step(uow, proposal, name, said, expected_version=proposal.version)
    uow.session.flush()


def add_members(uow, proposal, number=3):
    for order in range(number):
        COMMITTEE.add_member(
            uow,
            proposal,
            name=f"Проба Член {order}",
            egn=number_of(order),
            address="ул. Първа 1",
            is_chair=order == 0,
            is_me=order == 0,
            request_id=uuid4(),
        )
    uow.session.flush()


def count_voters(uow, proposal, number, *, is_at_filing=False):
    proposals.count_voters(
        uow,
        proposal,
        number,
        on=day_of(uow.now),
        source="писмо",
        is_at_filing=is_at_filing,
        expected_version=proposal.version,
    )
    uow.session.flush()


def collecting(uow, voters=61, since=None, **changed):
    proposal = write(uow, **changed)
    add_members(uow, proposal)
    count_voters(uow, proposal, voters)
    on = since or day_of(uow.now)
    step(uow, proposal, "form", on)
    step(uow, proposal, "start", on)
    PETITION.print_sheets(uow, proposal, 8, request_id=uuid4())
    uow.session.flush()
    return proposal


def sign(uow, proposal, order, *, place=None, **changed):
    told = {"name": "Проба Подписал", "egn": number_of(order), "address": "ул. Втора 2", **changed}
    where = place or (order // 10 + 1, order % 10 + 1)
    words = SignatureWords(**told)
    row = PETITION.enter_row(uow, proposal, words, place=where, request_id=uuid4())
    uow.session.flush()
    return row


def filed(uow, signatures, voters):
    proposal = collecting(uow, voters)
    for order in range(signatures):
        sign(uow, proposal, order)
    step(uow, proposal, "file")
    step(uow, proposal, "send")
    return proposal


def debated(uow, **changed):
    proposal = write(uow, proposer=COUNCILLORS, signers=4, **changed)
    step(uow, proposal, "submit")
    return proposal


def first_day(uow):
    return voting_days(window_of(day_of(uow.now)))[0].day


def test_a_committee_in_gramada_goes_the_whole_way(uow):
    # 1 220 voters: a twentieth is 61. Sixty-one sign, one of them is no voter, one more signs.
    proposal = filed(uow, signatures=62, voters=1_220)
    version = proposal.version
    PETITION.enter_protocol(uow, proposal, [(1, 3)], confirms_rest=True, expected_version=version)
    uow.session.refresh(proposal)
    step(uow, proposal, "confirm")
    assert (proposal.state, proposal.ground) == ("debate", "twentieth")
    assert PETITION.counts(uow, proposal).counted == 61
    step(uow, proposal, "call", vote_on=first_day(uow))
    assert proposal.state == "called" and proposal.number == f"Р-{uow.now.year}-1"
    names = [one.name for one in queries.steps_of(uow, proposal)]
    assert names == ["form", "start", "file", "send", "confirm", "call"]


def test_one_signature_less_is_told_with_its_number_and_two_protocols_are_one(uow):
    proposal = collecting(uow, voters=1_220)
    for order in range(60):
        sign(uow, proposal, order)
    with pytest.raises(LawSaysNo) as refused:
        step(uow, proposal, "file")
    assert [number for _, number in refused.value.why.inputs] == [1_220, 61, 60]
    sign(uow, proposal, 60)
    step(uow, proposal, "file")
    version = proposal.version
    said = ActWords(happened_on=day_of(uow.now))
    for _ in range(2):  # the same form twice
        take_step(uow, proposal, "send", said, expected_version=version)
        uow.session.flush()
    assert [one.name for one in queries.steps_of(uow, proposal)].count("send") == 1


def test_rows_struck_by_the_protocol_lead_to_a_cure(uow):
    proposal = filed(uow, signatures=4, voters=80)
    PETITION.enter_protocol(
        uow, proposal, [(1, 1)], confirms_rest=False, expected_version=proposal.version
    )
    uow.session.refresh(proposal)
    with pytest.raises(LawSaysNo):
        step(uow, proposal, "confirm")
    step(uow, proposal, "fault", words="Един ред не е на гласоподавател")
    assert proposal.due_on > day_of(uow.now) + timedelta(days=27)
    sign(uow, proposal, 9)
    step(uow, proposal, "cure")
    step(uow, proposal, "confirm")
    assert proposal.state == "debate"


def test_without_the_number_of_voters_nothing_is_enough(uow):
    proposal = write(uow)
    add_members(uow, proposal)
    step(uow, proposal, "form")
    step(uow, proposal, "start")
    PETITION.print_sheets(uow, proposal, 1, request_id=uuid4())
    sign(uow, proposal, 0)
    with pytest.raises(VotersUnknown):
        step(uow, proposal, "file")


def test_a_tenth_binds_the_council_by_the_larger_number_of_voters(uow):
    # 40 voters at the entry: a tenth is 4. 50 at the filing: a tenth is 5.
    proposal = collecting(uow, voters=40)
    for order in range(4):
        sign(uow, proposal, order)
    count_voters(uow, proposal, 50, is_at_filing=True)
    step(uow, proposal, "file")
    step(uow, proposal, "send")
    step(uow, proposal, "confirm")
    assert proposal.ground == "twentieth"
    settings = ReferendumSettings(tenth_by_entry=True)
    save_settings(uow, "referendum", settings, expected_version=0)
    uow.session.flush()
    on = day_of(uow.now)
    assert petition.ground_of(uow, proposal, 4, on=on) == "tenth"
    proposal.ground = "tenth"
    uow.session.flush()
    with pytest.raises(LawSaysNo) as refused:
        step(uow, proposal, "reject")
    assert "чл. 31, ал. 2" in refused.value.why.article
    step(uow, proposal, "reject", is_unlawful=True)
    assert proposal.state == "rejected"


def test_a_council_that_refuses_is_appealed_annulled_and_calls(uow):
    proposal = debated(uow)
    step(uow, proposal, "reject")
    with pytest.raises(LawSaysNo):
        step(uow, proposal, "lapse")  # the seven days are not over
    step(uow, proposal, "appeal")
    step(uow, proposal, "annul")
    with pytest.raises(LawSaysNo):
        step(uow, proposal, "call", vote_on=day_of(uow.now) + timedelta(days=30))
    step(uow, proposal, "call", vote_on=first_day(uow))
    assert proposal.state == "called" and proposal.ended_on is None


def test_what_the_council_leaves_goes_to_the_governor_only_after_the_month(uow):
    proposal = filed(uow, signatures=4, voters=61)
    step(uow, proposal, "confirm")
    with pytest.raises(LawSaysNo):
        step(uow, proposal, "turn")
    object.__setattr__(uow, "now", uow.now + timedelta(days=45))
    step(uow, proposal, "turn")
    step(uow, proposal, "order", vote_on=first_day(uow))
    assert proposal.state == "called"


def test_a_demand_gets_its_date_from_the_mayor_and_nobody_refuses_it(uow):
    on = day_of(uow.now)
    proposal = collecting(uow, voters=40, proposer=DEMAND, decision="Решение № 5", decision_on=on)
    for order in range(4):
        sign(uow, proposal, order)
    step(uow, proposal, "file")
    step(uow, proposal, "send")
    step(uow, proposal, "confirm-demand")
    assert proposal.state == "dating"
    with pytest.raises(ReferendumNotFromHere):
        step(uow, proposal, "reject")
    step(uow, proposal, "set-date", vote_on=first_day(uow))
    assert proposal.state == "called"


def test_two_referenda_share_a_day_only_on_purpose(uow):
    first, second = debated(uow), debated(uow, question="Искате ли пазарът да е в събота?")
    step(uow, first, "call", vote_on=first_day(uow))
    with pytest.raises(SameDay):
        step(uow, second, "call", vote_on=first_day(uow))
    step(uow, second, "call", vote_on=first_day(uow), is_common_date=True)
    assert first.vote_on == second.vote_on


def test_a_result_decides_by_the_rule_and_only_after_the_day(uow):
    proposal = debated(uow)
    step(uow, proposal, "call", vote_on=first_day(uow))
    numbers = VoteNumbers(voters=1_733, participants=276, yes=270, no=6)
    with pytest.raises(DayImpossible):
        step(uow, proposal, "adopt", numbers=numbers)
    proposal.vote_on = day_of(uow.now)
    uow.session.flush()
    step(uow, proposal, "adopt", numbers=numbers)
    assert proposal.state == "failed" and proposal.ended_on == day_of(uow.now)
    again = [why for why in queries.checks_here(uow, write(uow)) if not why.holds]
    assert [why.article for why in again] == ["ЗПУГДВМС чл. 41, ал. 4"]


def test_an_excluded_question_waits_for_the_lawyer_and_a_new_question_asks_again(uow):
    proposal = write(uow, proposer=COUNCILLORS, signers=4, question="Искате ли нов бюджет?")
    with pytest.raises(QuestionRefused):
        step(uow, proposal, "submit")
    version = proposal.version
    proposals.uphold_question(uow, proposal, "Думата е в име на улица", expected_version=version)
    uow.session.flush()
    told = {name: getattr(proposal, name) for name in ReferendumWords.__slots__}
    words = ReferendumWords(**{**told, "question": "Искате ли друг бюджет?"})
    proposals.edit_proposal(uow, proposal, words, expected_version=proposal.version)
    uow.session.flush()
    with pytest.raises(QuestionRefused):
        step(uow, proposal, "submit")
    version = proposal.version
    proposals.uphold_question(uow, proposal, "Пак същото", expected_version=version)
    uow.session.flush()
    step(uow, proposal, "submit")
    assert proposal.state == "debate"


def test_a_committee_is_three_to_seven_with_a_chair_and_each_once(uow):
    proposal = write(uow)
    add_members(uow, proposal, 2)
    with pytest.raises(CommitteeNotWhole):
        step(uow, proposal, "form")
    told = {"name": "Проба", "address": "тук", "is_chair": False, "is_me": False}
    with pytest.raises(MemberKnown):
        COMMITTEE.add_member(uow, proposal, egn=number_of(1), request_id=uuid4(), **told)
    COMMITTEE.add_member(uow, proposal, egn=number_of(5), request_id=uuid4(), **told)
    uow.session.flush()
    step(uow, proposal, "form")
    with pytest.raises(ReferendumNotFromHere):
        COMMITTEE.add_member(uow, proposal, egn=number_of(6), request_id=uuid4(), **told)


def test_a_code_is_one_persons_place(uow, sign_in):
    proposal = write(uow)
    add_members(uow, proposal)
    free = next(one for one in COMMITTEE.members_of(uow, proposal) if one.person_id is None)
    code, other = COMMITTEE.codes_of([free])[free.id], sign_in(VILLAGE).person_id
    with pytest.raises(WrongSeatCode):
        COMMITTEE.join(uow, "0" * 20)
    object.__setattr__(uow, "principal", Principal(person_id=other, name="Друг"))
    assert COMMITTEE.join(uow, code).id == proposal.id
    assert queries.own_proposal(uow, proposal.id).id == proposal.id
    third = sign_in(VILLAGE).person_id
    object.__setattr__(uow, "principal", Principal(person_id=third, name="Трети"))
    with pytest.raises(WrongSeatCode):
        COMMITTEE.join(uow, code)


def test_the_petition_ends_by_its_term_and_not_before(uow):
    proposal = collecting(uow)
    with pytest.raises(LawSaysNo):
        step(uow, proposal, "end")
    assert proposal.due_on > day_of(uow.now) + timedelta(days=85)


def test_a_stale_form_changes_nothing(uow):
    proposal = debated(uow)
    said = ActWords(happened_on=day_of(uow.now), words="Решение № 1")
    with pytest.raises(StaleReferendum):
        take_step(uow, proposal, "reject", said, expected_version=proposal.version - 1)


def test_a_term_that_passed_is_told_once(uow):
    proposal = debated(uow)
    proposal.due_on = day_of(uow.now) - timedelta(days=1)
    uow.session.flush()
    uow.facts.clear()
    watch_terms(uow)
    watch_terms(uow)
    assert [fact.name for fact in uow.facts] == ["referendum:term.passed"]


def test_names_go_by_the_term_and_the_count_stays(uow):
    proposal = collecting(uow)
    for order in range(3):
        sign(uow, proposal, order)
    sign(uow, proposal, 4, egn="1234567890")
    before = PETITION.counts(uow, proposal)
    proposal.state, proposal.ended_on = "terminated", day_of(uow.now) - timedelta(days=400)
    uow.session.flush()
    for _ in range(3):
        empty_old_petitions(uow)
        uow.session.flush()
    assert PETITION.counts(uow, proposal) == before
    rows = uow.session.scalars(select(Signature)).all()
    assert {(row.name, row.egn, row.address, row.egn_index) for row in rows} == {(None,) * 4}
    assert [member.egn for member in COMMITTEE.members_of(uow, proposal)] == [None] * 3
    assert proposal.is_emptied


def test_a_person_forgotten_leaves_the_proposal(uow):
    proposal = collecting(uow)
    me = uow.principal.person_id
    forget_person(uow, me)
    uow.session.flush()
    uow.session.expire_all()
    assert proposal.person_id is None and proposal.sequence
    assert uow.session.scalar(select(Member).where(Member.person_id == me)) is None


def test_the_same_person_entered_by_eight_clerks_at_once_counts_once(app, uow):
    proposal = collecting(uow)
    uow.session.commit()
    words = SignatureWords(name="Проба Подписал", egn=number_of(77), address="тук")

    def enter(line):
        with (
            app.app_context(),
            open_uow(scope_named(VILLAGE), Principal.system("test")) as own,
        ):
            row = own.session.get(Referendum, proposal.id)
            PETITION.enter_row(own, row, words, place=(1, line), request_id=uuid4())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(1, 9)))
    found = PETITION.counts(uow, proposal)
    assert (found.total, found.counted, found.faults) == (8, 1, {"double": 7})


def test_the_demonstration_has_each_kind_of_page_and_is_told_once(uow):
    for _ in range(2):
        seed(uow)
        uow.session.flush()
    states = [row.state for row in uow.session.scalars(select(Referendum))]
    assert sorted(states) == [*["called"] * 3, "checking", "collecting", "draft"]
