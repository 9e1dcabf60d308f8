"""Alike proposals become one when both authors agree: asked, answered, counted once for each."""

import re
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from obshto.modules.proposals.errors import MergeClosed, MergeOver, MergeRefused, MergeWaits
from obshto.modules.proposals.notifications.proposals import author, followers, supporters
from obshto.modules.proposals.services import decisions, merges, queries, submission, supports
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.ladder import hand_in_now
from obshto.modules.proposals.services.states import REFUSE
from obshto.platform.permissions import Role
from obshto.platform.support.services import Supporter, counts_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


def support(uow, proposal, *emails, **known):
    for who in [Supporter(email=f"{name}@villages.example") for name in emails] or [
        Supporter(**known)
    ]:
        supports.support_proposal(uow, proposal.id, who, request_id=uuid4())


def version_of(owner):
    return owner("select version from t_gorno_selo.proposals_merge")[0][0]


def total(uow, proposal):
    return counts_of(uow, "proposals", [proposal.id])[proposal.id].total


@pytest.fixture
def make(make):
    """Of people without an account: each an author of their own."""

    def made(uow, **changed):
        proposal = make(uow, **changed)
        proposal.person_id = None
        uow.session.flush()
        return proposal

    return made


def two(uow, make, **changed):
    return make(uow, title="Пейка до магазина", **changed), make(uow, email="a@villages.example")


def asked(uow, goes, stays, asked_from=None):
    from_id = asked_from.id if asked_from else None
    return merges.ask_to_merge(uow, goes.id, stays.id, request_id=uuid4(), asked_from=from_id)


def answer(uow, question, one, *, agrees):
    version = question.version
    return merges.answer_merge(uow, question.id, one.id, agrees=agrees, expected_version=version)


def merged(uow, goes, stays):
    question = asked(uow, goes, stays, goes)
    assert answer(uow, question, stays, agrees=True) == "merged"


def test_with_both_consents_one_stays_with_the_people_of_both(uow, make):
    goes, stays = two(uow, make, email="b@villages.example")
    support(uow, goes, "one", "two")
    support(uow, goes, personal_number="6101057509", channel="counter")
    support(uow, stays, "two", "three")
    support(uow, stays, personal_number="6101057509", channel="counter")
    merged(uow, goes, stays)
    assert (total(uow, stays), goes.state, goes.merged_into) == (4, "merged", stays.id)
    assert goes not in uow.session.scalars(queries.public()).all()
    assert queries.public_proposal(uow, goes.id) is stays
    support(uow, goes, "one", "three", "five")
    assert total(uow, stays) == 5, "who presses behind an old link supports what stays, once"
    told = {"subject_id": str(stays.id), "other": goes.number}
    reached = {one.email for to in (author, followers, supporters) for one in to(uow, told)}
    names = ("a", "b", "one", "two", "three", "five")
    assert reached == {f"{name}@villages.example" for name in names}


def test_only_the_author_who_did_not_ask_is_asked_and_no_changes_nothing(uow, make):
    goes, stays = two(uow, make)
    question = asked(uow, goes, stays, goes)
    facts = [(fact.name, fact.subject_id) for fact in uow.facts if "merge." in fact.name]
    assert facts == [("proposals:merge.agreed", goes.id), ("proposals:merge.asked", stays.id)]
    for _ in range(2):
        assert answer(uow, question, stays, agrees=False) == "declined"
    declined = [fact.subject_id for fact in uow.facts if fact.name.endswith("merge.declined")]
    assert declined == [goes.id]
    assert (goes.state, stays.state) == ("collecting", "collecting")
    with pytest.raises(MergeOver):
        answer(uow, question, stays, agrees=True)
    with pytest.raises(MergeRefused):
        asked(uow, stays, goes, goes)


def test_a_clerk_needs_both_and_may_write_down_what_they_said(uow, make):
    goes, stays = two(uow, make)
    question = asked(uow, goes, stays)
    assert answer(uow, question, goes, agrees=True) == ""
    assert goes.state == "collecting"
    for _ in range(2):
        assert answer(uow, question, stays, agrees=True) == "merged"
    absorbed = [fact for fact in uow.facts if fact.name.endswith("absorbed")]
    assert len(absorbed) == 1 and absorbed[0].other == goes.number


def test_after_a_decision_or_the_end_it_is_too_late_and_said(uow, make):
    goes, stays = two(uow, make)
    question = asked(uow, goes, stays, goes)
    hand_in_now(uow, stays)
    uow.session.flush()
    decisions.take_proposal(uow, stays, expected_version=stays.version)
    uow.session.flush()
    why = decisions.ProposalDecision(words="Не може")
    decisions.decide_proposal(uow, stays, REFUSE, why, expected_version=stays.version)
    uow.session.flush()
    with pytest.raises(MergeClosed, match="Не е прието"):
        answer(uow, question, stays, agrees=True)
    other = make(uow)
    submission.withdraw_proposal(uow, other, expected_version=other.version)
    uow.session.flush()
    with pytest.raises(MergeClosed, match="Оттеглено"):
        asked(uow, make(uow), other)


def test_an_author_asks_one_at_a_time_and_open_questions_lapse_with_what_goes(uow, make):
    goes, stays = two(uow, make)
    third = make(uow, title="Трета пейка")
    question = asked(uow, goes, stays, goes)
    with pytest.raises(MergeWaits):
        asked(uow, goes, third, goes)
    lapsing = asked(uow, third, goes, third)
    assert answer(uow, question, stays, agrees=True) == "merged"
    uow.session.refresh(lapsing)
    assert lapsing.outcome == "lapsed"


def test_the_earlier_term_and_the_thresholds_hold_for_both(uow, make):
    goes, stays = make(uow), make(uow, needs_mayor=3)
    support(uow, goes, "one", "two")
    support(uow, stays, "three")
    hand_in_now(uow, goes)
    uow.session.flush()
    due_on = goes.due_on
    merged(uow, goes, stays)
    assert (stays.state, stays.due_on) == ("received", due_on)
    reached = [fact for fact in uow.facts if fact.name.endswith("proposal.reached")]
    assert [fact.subject_id for fact in reached] == [stays.id]


def test_what_was_merged_goes_along_when_that_is_merged_again(uow, make):
    first, second, third = make(uow), make(uow), make(uow)
    support(uow, first, "one")
    merged(uow, first, second)
    merged(uow, second, third)
    uow.session.refresh(first)
    assert first.merged_into == third.id and total(uow, third) == 1
    support(uow, first, "one")
    assert total(uow, third) == 1


def test_six_who_say_yes_and_six_who_press_at_once_count_once(uow_in, uow, make, owner):
    goes, stays = two(uow, make)
    for number in range(4):
        support(uow, goes, f"{number}")
    question = asked(uow, goes, stays, goes)
    goes_id, stays_id, question_id = goes.id, stays.id, question.id
    uow.commit()
    together, ends = Barrier(12), []

    def press(number):
        with uow_in(VILLAGE) as mine:
            together.wait(120)
            if number % 2:
                merges.answer_merge(mine, question_id, stays_id, agrees=True, expected_version=1)
            else:
                who = Supporter(email=f"{number // 2}@villages.example")
                there = goes_id if number % 4 else stays_id
                supports.support_proposal(mine, there, who, request_id=uuid4())
            mine.commit()
            ends.append(number)

    threads = [Thread(target=press, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(ends) == 12
    counts = owner("select object_id, online from t_gorno_selo.support_count")
    assert dict(counts) == {goes_id: 0, stays_id: 6}
    lines = owner("select count(*) from t_gorno_selo.proposals_line where name = 'absorbed'")
    assert lines == [(1,)]


@pytest.fixture
def visitor(sign_in, client, at):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/proposals", to="/on").status_code == 303

    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, village=VILLAGE, **typed):
            page = client.get(path, base_url=at(village)).text
            form = dict(
                re.findall(r'name="(request_id|expected_version)"[^>]*value="([^"]+)"', page)
            )
            return client.post(path, data=form | typed, base_url=at(village))

    return Visitor()


@pytest.fixture
def own(visitor, uow_in, make):
    """Two proposals by their authors' codes."""
    with uow_in(VILLAGE) as uow:
        both = two(uow, make)
        found = (*(code_of(one.request_id) for one in both), *(one.id for one in both))
        uow.commit()
    return found


def test_authors_ask_and_answer_on_their_pages_and_the_old_address_leads_on(visitor, own):
    mine, theirs, goes, stays = own
    empty = visitor.post(f"/proposals/case/{mine}/merge", stays="other")
    assert empty.status_code == 422 and "Изберете предложение" in empty.text
    wrong = visitor.post(f"/proposals/case/{mine}/merge", stays="other", number="999")
    assert wrong.status_code == 422 and 'value="999"' in wrong.text
    there = visitor.post(f"/proposals/case/{mine}/merge", stays="other", alike=str(stays))
    assert there.status_code == 303
    assert "Чака се отговор" in visitor.get(f"/proposals/case/{mine}").text
    page = visitor.get(f"/proposals/case/{theirs}").text
    answer = re.search(r"/proposals/case/\d+/merge/[0-9a-f-]{36}", page)[0]
    assert visitor.get(answer, village=NEIGHBOUR).status_code == 404
    assert visitor.get(answer.replace(theirs, "1" * 20)).status_code == 404
    assert visitor.post(answer).status_code == 422
    assert visitor.post(answer, answer="yes").status_code == 303
    moved = visitor.get(f"/proposals/{goes}")
    assert moved.status_code == 303 and str(stays) in moved.location
    assert str(goes) not in visitor.get("/proposals/").text
    assert f"/proposals/{goes}/versions" in visitor.get(f"/proposals/{stays}").text
    history = visitor.get(f"/proposals/{goes}/versions").text
    assert "Пейка до магазина" in history and "Обедини се с друго" in history
    assert "Подкрепите се събраха там" in visitor.get(f"/proposals/case/{mine}").text


def test_staff_ask_and_write_down_and_a_neighbour_reaches_nothing(visitor, own, sign_in, owner):
    mine, _, goes, stays = own
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    desk = f"/console/proposals/{goes}"
    typed = {"stays": "other", "alike": str(stays), "request_id": uuid4()}
    for _ in range(2):
        assert clerk.post(f"{desk}/merge", typed).status_code == 303
    [(key,)] = owner("select id from t_gorno_selo.proposals_merge")
    other = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    editor = sign_in(VILLAGE, Role.EDITOR)
    for path in (f"{desk}/merge", f"{desk}/merge/{key}"):
        assert other.get(path).status_code == 404 and editor.get(path).status_code == 403
    assert clerk.get(f"/console/proposals/{uuid4()}/merge/{key}").status_code == 404
    for one in (goes, stays):
        said = clerk.post(
            f"/console/proposals/{one}/merge/{key}",
            {"answer": "yes", "expected_version": version_of(owner)},
        )
        assert said.status_code == 303
    assert "Обединено с друго" in clerk.get(desk).text
    late = visitor.post(f"/proposals/case/{mine}/merge", stays="other", alike=str(stays))
    assert late.status_code == 422 and "не може да се обедини" in late.text
    assert UUID(str(key))


def test_who_asked_takes_it_back(visitor, own):
    mine, theirs, _, stays = own
    visitor.post(f"/proposals/case/{mine}/merge", stays="this", alike=str(stays))
    page = visitor.get(f"/proposals/case/{mine}").text
    back = re.search(r"/proposals/case/\d+/merge/[0-9a-f-]{36}/take-back", page)[0]
    assert visitor.post(back.replace(mine, theirs), expected_version="1").status_code == 404
    for _ in range(2):
        assert visitor.post(back, expected_version="1").status_code == 303
    assert "Питат Ви" not in visitor.get(f"/proposals/case/{theirs}").text
