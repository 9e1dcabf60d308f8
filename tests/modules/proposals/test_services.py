"""Rules of proposals: words that change, support that lands once, decisions in the law's term."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from obshto.modules.proposals.errors import (
    FollowUpNeeded,
    NoSuchProposal,
    ProposalNotFromHere,
    ProposalNotYours,
    StaleProposal,
    SupportClosed,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.notifications.proposals import own_news
from obshto.modules.proposals.services import (
    announcements,
    decisions,
    queries,
    submission,
    supports,
)
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.decisions import ProposalDecision
from obshto.modules.proposals.services.ladder import ladder_of, thresholds_for
from obshto.modules.proposals.services.moderation import hide_proposal
from obshto.modules.proposals.services.overview import asked_for, open_with_most_support
from obshto.modules.proposals.services.queries import PART
from obshto.modules.proposals.services.retention import (
    empty_old_proposals,
    forget_person,
    hand_in_waiting,
    watch_terms,
)
from obshto.modules.proposals.services.states import ACCEPT, PASS_ON, REFUSE
from obshto.modules.proposals.services.submission import ProposalSender, ProposalWords
from obshto.modules.proposals.settings import ProposalsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.legal.terms import received_on, term
from obshto.platform.moderation.services import Reason
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.support.errors import LinkTooOld, SupporterUnknown
from obshto.platform.support.letters import opened_support_link, support_page
from obshto.platform.support.services import Supporter, counts_of, reach_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PROMISE = ProposalDecision(
    words="Ще има пейка", follow_up="Пейка", follow_up_by="отдел", follow_up_on=date(2027, 1, 5)
)


def support(uow, proposal, who=None, **known):
    supporter = Supporter(**(known or {"email": who or f"{uuid4()}@villages.example"}))
    return supports.support_proposal(uow, proposal.id, supporter, request_id=uuid4())


def total(uow, proposal):
    return counts_of(uow, "proposals", [proposal.id])[proposal.id].total


def facts(uow, name):
    return [fact for fact in uow.facts if fact.name == f"proposals:proposal.{name}"]


def taken(uow, make, **changed):
    proposal = make(uow, is_final=True, **changed)
    decisions.take_proposal(uow, proposal, expected_version=proposal.version)
    uow.session.flush()
    return proposal


def decide(uow, proposal, way, decision=PROMISE):
    version = proposal.version
    decisions.decide_proposal(uow, proposal, way, decision, expected_version=version)
    uow.session.flush()


def test_the_same_request_is_one_proposal_with_one_number(uow, make):
    request_id = uuid4()
    first = make(uow, request_id=request_id)
    assert make(uow, request_id=request_id).id == first.id
    assert make(uow).sequence == first.sequence + 1
    assert len(facts(uow, "sent")) == 2


def test_it_is_found_by_its_number_and_code_and_by_no_other(uow, make):
    proposal = make(uow, channel="counter")
    code = code_of(proposal.request_id)
    assert queries.proposal_by_number(uow, proposal.number, code).id == proposal.id
    for number, wrong in ((proposal.number, "1" * 20), ("2026-99999", code), ("", code)):
        with pytest.raises(NoSuchProposal):
            queries.proposal_by_number(uow, number, wrong)


def test_the_author_improves_it_and_old_words_stay_to_be_read(uow, make):
    proposal = make(uow)
    better = ProposalWords(title="Две пейки", text="Да се сложат две пейки.", cost="300 €")
    version = proposal.version
    submission.improve_proposal(uow, proposal, better, expected_version=version)
    submission.improve_proposal(uow, proposal, better, expected_version=version)  # sent twice
    assert [row.title for row in queries.versions_of(uow, proposal)] == [
        "Две пейки",
        "Пейка пред магазина",
    ]
    assert proposal.title == "Две пейки" and len(facts(uow, "changed")) == 1
    with pytest.raises(StaleProposal):
        other = ProposalWords(title="Три", text="Три")
        submission.improve_proposal(uow, proposal, other, expected_version=version)


def test_handed_in_it_stands_and_the_two_months_of_the_law_run(uow, make):
    proposal = make(uow)
    assert proposal.due_on is None
    version = proposal.version
    submission.hand_in(uow, proposal, expected_version=version)
    uow.session.flush()
    submission.hand_in(uow, proposal, expected_version=version)  # pressed twice
    assert len(facts(uow, "handed-in")) == 1
    assert proposal.due_on == term("apk_proposal", starts_on=received_on(uow.now)).due_on
    with pytest.raises(ProposalNotFromHere):
        words = ProposalWords(title="Друго", text="Друго")
        submission.improve_proposal(uow, proposal, words, expected_version=proposal.version)


def test_a_threshold_hands_it_in_and_lands_once_even_after_supports_go(uow, make):
    proposal = make(uow, needs_mayor=2, needs_council=3)
    support(uow, proposal, "a@villages.example")
    assert proposal.state == "collecting" and not facts(uow, "reached")
    support(uow, proposal, "b@villages.example")
    assert proposal.state == "received" and proposal.due_on
    [mayor, council] = ladder_of(uow, proposal)
    assert mayor.reached_at and mayor.due_on == proposal.due_on and council.reached_at is None
    b = Supporter(email="b@villages.example")
    assert supports.take_support_back(uow, proposal.id, b, request_id=uuid4())
    support(uow, proposal, "b@villages.example")
    assert [fact.level for fact in facts(uow, "reached")] == ["mayor"]
    support(uow, proposal, "c@villages.example")
    assert [fact.level for fact in facts(uow, "reached")] == ["mayor", "council"]


def test_sixteen_at_once_land_each_threshold_once(uow_in, uow, make, owner):
    proposal = make(uow, needs_mayor=5, needs_council=12)
    proposal_id = proposal.id
    uow.commit()
    together, new, landed = Barrier(16), [], []

    def press(number):
        with uow_in(VILLAGE) as mine:
            together.wait(120)
            who = Supporter(email=f"{number % 13}@villages.example")
            given = supports.support_proposal(mine, proposal_id, who, request_id=uuid4())
            mine_landed = [fact.level for fact in facts(mine, "reached")]
            mine.commit()
            new.append(given)
            landed.extend(mine_landed)

    threads = [Thread(target=press, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (sum(new), len(new)) == (13, 16)
    assert sorted(landed) == ["council", "mayor"]
    assert owner("select count(*) from t_gorno_selo.proposals_milestone") == [(2,)]
    assert owner("select state from t_gorno_selo.proposals_proposal") == [("received",)]
    assert owner("select online from t_gorno_selo.support_count") == [(13,)]


def test_a_clerk_enters_a_support_that_is_counted_apart_and_once(uow, make):
    proposal = make(uow)
    paper = {"personal_number": "6101057509", "channel": "counter"}
    assert support(uow, proposal, **paper)
    assert not support(uow, proposal, **paper)
    with pytest.raises(SupporterUnknown):
        support(uow, proposal, channel="phone")
    count = counts_of(uow, "proposals", [proposal.id])[proposal.id]
    assert (count.online, count.entered) == (0, 1)


def test_what_is_decided_or_hidden_takes_no_support(uow, make):
    proposal = taken(uow, make)
    decide(uow, proposal, REFUSE)
    with pytest.raises(SupportClosed):
        support(uow, proposal)
    secret = make(uow)
    hide_proposal(uow, secret, Reason(words="Обида"), expected_version=secret.version)
    uow.session.flush()
    with pytest.raises(NoSuchProposal):
        support(uow, secret)


def test_a_letters_link_supports_for_seven_days_and_takes_back_for_ever(uow, make):
    proposal = make(uow)
    supporter = Supporter(email="a@villages.example")
    token = support_page(uow, PART, supports.PATH, proposal.id, supporter).rpartition("/")[2]
    link = opened_support_link(uow, PART, token)
    assert supports.confirm_support(uow, link, request_id=uuid4())
    assert not supports.confirm_support(uow, link, request_id=uuid4())
    object.__setattr__(uow, "now", uow.now + timedelta(days=8))
    old = opened_support_link(uow, PART, token)
    with pytest.raises(LinkTooOld):
        supports.confirm_support(uow, old, request_id=uuid4())
    assert supports.take_support_back(uow, proposal.id, old.supporter, request_id=uuid4())
    assert total(uow, proposal) == 0


def test_what_is_accepted_says_what_follows_who_and_by_when(uow, make):
    proposal = taken(uow, make)
    with pytest.raises(FollowUpNeeded):
        decide(uow, proposal, ACCEPT, ProposalDecision(words="Да"))
    decide(uow, proposal, ACCEPT)
    assert (proposal.state, proposal.follow_up_by, proposal.ended_at) == ("accepted", "отдел", None)
    version = proposal.version
    decisions.carry_out(uow, proposal, "Има пейка", expected_version=version)
    uow.session.flush()
    assert proposal.state == "carried_out" and proposal.ended_at == uow.now


@pytest.mark.parametrize("way", [REFUSE, PASS_ON])
def test_a_decision_is_told_by_letter_at_once_or_by_somebody_in_seven_days(uow, make, way):
    by_mail = taken(uow, make, email="a@villages.example")
    decide(uow, by_mail, way, ProposalDecision(words="Защото"))
    assert by_mail.announced_at == uow.now
    by_phone = taken(uow, make, channel="counter")
    decide(uow, by_phone, way, ProposalDecision(words="Защото"))
    today = uow.now.astimezone(SOFIA).date()
    assert by_phone.announced_at is None
    assert by_phone.announce_by == term("apk_proposal_told", starts_on=today).due_on
    announcements.announce(uow, by_phone, expected_version=by_phone.version)
    assert by_phone.announced_at == uow.now


def test_news_lead_an_author_without_an_account_to_the_page_of_everybody(uow, make, app):
    proposal = make(uow, email="a@villages.example")
    proposal.person_id = None
    with app.test_request_context():
        told = {"subject_id": str(proposal.id)}
        _, text = own_news(uow, told)
        proposal.hidden_at = uow.now
        _, hidden = own_news(uow, told)
    assert f"/proposals/{proposal.id}" in text and "/proposals/open" in text
    assert f"/proposals/{proposal.id}" not in hidden and "/proposals/open" in hidden


def test_the_term_is_extended_once_with_a_reason(uow, make):
    proposal = taken(uow, make)
    version = proposal.version
    decisions.extend_term(uow, proposal, "Проучваме", expected_version=version)
    uow.session.flush()
    assert proposal.due_on == term("apk_proposal_study", starts_on=received_on(uow.now)).due_on
    decisions.extend_term(uow, proposal, "Пак", expected_version=proposal.version)
    assert proposal.extension == "Проучваме" and len(facts(uow, "extended")) == 1


def test_who_did_not_take_it_decides_nothing(uow, make):
    proposal = make(uow, is_final=True)
    with pytest.raises(ProposalNotYours):
        decide(uow, proposal, REFUSE)


def test_alike_open_ones_are_found_by_their_words_and_by_place(uow, make):
    bench = make(uow)
    shelter = make(uow, title="Навес на спирката", text="Навес.", subject="transport")
    closed = taken(uow, make, title="Пейка пред училището", text="Пейка.")
    decide(uow, closed, REFUSE)
    uow.commit()
    found = queries.alike(uow, "Нова пейка до магазина", subject="culture", settlement="")
    assert [row.id for row in found] == [bench.id]
    found = queries.alike(uow, "", subject="transport", settlement="")
    assert [row.id for row in found] == [shelter.id]


def test_thresholds_follow_the_size_of_the_settlement(uow):
    for code in ("", "10971", "24061", "00000"):  # all, Vidin, 2156 residents, of nobody
        assert thresholds_for(uow, code) == (100, 250), code
    for code in ("17645", "00919"):  # 1369 and 503 residents
        assert thresholds_for(uow, code) == (50, 120), code
    assert thresholds_for(uow, "62044") == (20, 50)  # 448 residents


def test_what_was_sent_keeps_the_thresholds_that_it_was_sent_under(uow):
    def sent():
        words = ProposalWords(title="Пейка", text="Да се сложи пейка.")
        sender = ProposalSender(subject="green", settlement="62044", name="Проба Авторова")
        return submission.send_proposal(uow, words, sender, request_id=uuid4())

    first = sent()
    rules = ProposalsSettings(small_mayor=5, small_council=0)
    save_settings(uow, PART, rules, expected_version=version_of(uow, PART))
    later = sent()
    for row, ladder in ((first, [("mayor", 20), ("council", 50)]), (later, [("mayor", 5)])):
        uow.session.refresh(row)
        assert [(rung.level, rung.needed) for rung in ladder_of(uow, row)] == ladder


def test_the_overview_counts_by_place_and_subject_without_a_name(uow, make):
    bench, _other = make(uow), make(uow)
    make(uow, subject="care")
    support(uow, bench)
    first = asked_for(uow)[0]
    assert (first.subject, first.all, first.open, first.decided) == ("green", 2, 2, 0)
    assert open_with_most_support(uow) == [(bench, 1)]


def test_late_ones_are_told_once_a_term_and_waiting_ones_are_handed_in(uow, make):
    late, waiting = make(uow, is_final=True), make(uow)
    late.due_on = date(2026, 1, 5)
    waiting.sent_at = uow.now - timedelta(days=91)
    uow.session.flush()
    for _ in range(2):
        watch_terms(uow)
        hand_in_waiting(uow)
    assert [fact.subject_id for fact in facts(uow, "late")] == [late.id]
    assert [fact.subject_id for fact in facts(uow, "handed-in")] == [late.id, waiting.id]


def test_a_year_after_the_end_no_name_and_no_supporter_stays(uow, make):
    proposal = make(uow, email="a@villages.example", is_named=True)
    support(uow, proposal, "b@villages.example")
    proposal.ended_at = datetime(2020, 1, 1, tzinfo=SOFIA)
    uow.session.flush()
    empty_old_proposals(uow)
    assert (proposal.applicant, proposal.email, proposal.is_named) == ("", None, False)
    assert not list(reach_of(uow, "proposals", proposal.id))
    assert total(uow, proposal) == 1 and proposal.title


def test_who_leaves_takes_the_name_along_and_the_proposal_stays(uow, make, clerk_id):
    proposal = make(uow, is_named=True)
    assert proposal.person_id == clerk_id
    forget_person(uow, clerk_id)
    uow.session.expire_all()
    kept = uow.session.get(CitizenProposal, proposal.id)
    assert (kept.person_id, kept.applicant, kept.title) == (None, "", "Пейка пред магазина")
