"""Questions under a proposal: asked with and without an account, answered, flagged, forgotten."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.proposals.errors import QuestionsShut
from obshto.modules.proposals.forms.question import ProposalQuestionForm
from obshto.modules.proposals.models import ProposalQuestion
from obshto.modules.proposals.notifications import questions as notifications
from obshto.modules.proposals.services import queries, questions
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.states import CARRIED_OUT
from obshto.modules.proposals.todo import TODO
from obshto.platform.permissions import Role
from obshto.platform.rate_limit.services import RateLimit

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WORDS, PRIVATE = "Няма ли да пречи на доставката?", "Съседът Иван е болен, знае ли?"
ASKER = "asker@villages.example"


@pytest.fixture
def visitor(sign_in, client, at):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/proposals", to="/on").status_code == 303

    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, typed=None):
            data = {"request_id": uuid4()} | (typed or {})
            return client.post(path, data=data, base_url=at(VILLAGE))

    return Visitor()


@pytest.fixture
def proposal(visitor, uow_in, make):
    """One of somebody without an account: its id and its code."""
    with uow_in(VILLAGE) as uow:
        row = make(uow)
        row.person_id = None
        found = row.id, code_of(row.request_id)
        uow.commit()
    return found


@pytest.fixture
def clerk(sign_in, visitor):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


def press(person, path, **typed):
    """Fill in a form as it stands."""
    page = person.get(path).text
    names = r'name="(expected_version|request_id)"[^>]*value="([^"]+)"'
    answer = person.post(path, {**dict(re.findall(names, page)), **typed})
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)


@pytest.fixture
def asked(visitor, proposal, uow_in):
    """A confirmed question to the author: the page of the proposal, the page of who asked."""
    page, once = f"/proposals/{proposal[0]}", uuid4()
    typed = {"words": PRIVATE, "addressee": "author", "email": ASKER, "request_id": once}
    for _ in range(2):
        assert visitor.post(f"{page}/questions/new", typed).status_code == 303
    with uow_in(VILLAGE) as uow:
        own = f"/proposals/question/{code_of(once)}"
        [row] = uow.session.scalars(select(ProposalQuestion))
        fact = {"subject_id": str(row.proposal_id), "question_id": str(row.id)}
        assert [one.email for one in notifications.asker(uow, fact)] == [ASKER]
        assert own in notifications.question_awaits(uow, fact)[1]
    assert PRIVATE not in visitor.get(page).text
    for _ in range(2):
        assert visitor.post(f"{own}/confirm").status_code == 303
    return page, own


def the_question(visitor, page):
    return re.search(r"/proposals/questions/([0-9a-f-]{36})/flag", visitor.get(page).text)[1]


def test_an_account_that_asks_a_lot_is_asked_for_a_sum(proposal, sign_in, monkeypatch):
    limit = RateLimit(thing="proposals:question.ask", most=1)
    monkeypatch.setattr(ProposalQuestionForm, "rate_limit", limit)
    page, me = f"/proposals/{proposal[0]}/questions/new", sign_in(VILLAGE)
    typed = {"words": WORDS, "addressee": "municipality"}
    answers = [me.post(page, typed | {"request_id": uuid4()}) for _ in range(2)]
    assert [it.status_code for it in answers] == [303, 422]
    assert WORDS in answers[1].text and 'name="sum_answer"' in answers[1].text


def test_who_has_an_account_asks_and_staff_answer(visitor, proposal, clerk, sign_in, uow_in):
    page = f"/proposals/{proposal[0]}"
    me = sign_in(VILLAGE)
    typed = {"words": WORDS, "addressee": "municipality", "request_id": uuid4()}
    for _ in range(2):
        assert me.post(f"{page}/questions/new", typed).status_code == 303
    assert visitor.get(page).text.count(WORDS) == 1
    queue = clerk.get("/console/proposals/questions").text
    desk = re.search(r"/console/proposals/questions/[0-9a-f-]{36}", queue)[0]
    press(clerk, desk, words="Камионът спира отляво.")
    shown = visitor.get(page).text
    assert "Камионът спира отляво." in shown and "Общината отговори на" in shown
    assert WORDS in me.get("/proposals/mine").text
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.scalars(select(ProposalQuestion))
        fact = {"subject_id": str(row.proposal_id), "question_id": str(row.id)}
        assert notifications.asker(uow, fact) == [me.person_id]
        assert notifications.asked_authors(uow, fact) == []
        assert "Камионът" in notifications.question_answered(uow, fact)[1]


def test_without_an_account_a_letter_comes_first_and_the_author_answers(visitor, proposal, asked):
    page, own = asked
    assert PRIVATE in visitor.get(page).text
    case = f"/proposals/case/{proposal[1]}"
    answer = re.search(rf"{case}/questions/[0-9a-f-]{{36}}", visitor.get(case).text)[0]
    press(visitor, answer, words="Не пречи.")
    assert "Авторът отговори на" in visitor.get(page).text
    assert "Не пречи." in visitor.get(own).text
    assert visitor.get(answer, village=NEIGHBOUR).status_code == 404
    assert visitor.get(own, village=NEIGHBOUR).status_code == 404


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(visitor, proposal):
    new = f"/proposals/{proposal[0]}/questions/new"
    assert "Изберете кого питате" in visitor.post(new, {"words": WORDS, "email": ASKER}).text
    answer = visitor.post(new, {"words": WORDS, "addressee": "author"})
    assert answer.status_code == 422 and WORDS in answer.text and 'href="#email"' in answer.text
    answer = visitor.post(new, {"words": "а" * 601, "addressee": "author", "email": ASKER})
    assert answer.status_code == 422 and "600" in answer.text


def test_personal_data_are_hidden_at_once_and_the_asker_appeals(
    visitor, asked, clerk, sign_in, owner
):
    page, own = asked
    question = the_question(visitor, page)
    press(visitor, f"/proposals/questions/{question}/flag", rule="personal")
    assert PRIVATE not in visitor.get(page).text
    kept = owner(f"select words from t_gorno_selo.proposals_question where id = '{question}'")
    assert kept == [("",)]
    desk = f"/console/proposals/questions/{question}"
    assert PRIVATE in clerk.get(desk).text  # recorded: who asked reads that
    press(clerk, f"{desk}/hide", rule="personal", words="Здравето на съсед.")
    assert "Здравето на съсед." in visitor.get(page).text
    told = visitor.get(own).text
    assert "Здравето на съсед." in told and "Кой е чел скритите думи" in told
    press(visitor, f"{own}/appeal", words="Той сам го каза.")
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    review = re.search(
        r"/console/moderation/[0-9a-f-]{36}", secretary.get("/console/moderation/").text
    )[0]
    assert PRIVATE in secretary.get(review).text
    press(secretary, review, outcome="restored", words="Казал го е на събрание.")
    assert PRIVATE in visitor.get(page).text


def test_what_readers_flag_waits_for_staff_and_may_be_left(visitor, asked, clerk, uow_in):
    page, _own = asked
    question = the_question(visitor, page)
    press(visitor, f"/proposals/questions/{question}/flag", rule="insult")
    assert PRIVATE in visitor.get(page).text
    flagged = "/console/proposals/questions?list=flagged"
    assert question in clerk.get(flagged).text
    version = re.search(
        r'release".*?name="expected_version"[^>]*value="(\d+)"',
        clerk.get(f"/console/proposals/questions/{question}").text,
        re.S,
    )[1]
    desk = f"/console/proposals/questions/{question}"
    assert clerk.post(f"{desk}/release", {"expected_version": version}).status_code == 303
    assert question not in clerk.get(flagged).text
    with uow_in(VILLAGE) as uow:
        waiting = [todo for todo in TODO if "questions" in todo.endpoint]
        assert [len(uow.session.scalars(todo.rows(uow)).all()) for todo in waiting] == [0, 0]


def test_a_question_of_the_counter_stands_under_the_proposal(visitor, proposal, clerk):
    enter = f"/console/proposals/{proposal[0]}/questions/enter"
    press(clerk, enter, words=WORDS, addressee="municipality", channel="phone")
    assert WORDS in visitor.get(f"/proposals/{proposal[0]}").text


def test_who_may_not_is_kept_out_and_a_neighbour_sees_nothing(visitor, asked, sign_in, clerk):
    page, _own = asked
    desk = f"/console/proposals/questions/{the_question(visitor, page)}"
    assert sign_in(VILLAGE, Role.EDITOR).get(desk).status_code == 403
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(desk).status_code == 404
    flag = f"/proposals/questions/{the_question(visitor, page)}/flag"
    assert visitor.get(flag, village=NEIGHBOUR).status_code == 404


def test_after_the_end_nobody_asks_and_in_time_nobody_is_known(uow, make):
    row = make(uow)
    said = questions.AskedWords(words=WORDS, email=ASKER)
    kept = questions.ask_question(uow, row, said, request_id=uuid4())
    never = questions.ask_question(uow, row, said, request_id=uuid4())
    never.confirmed_at = None
    for question in (kept, never):
        question.asked_at = uow.now - timedelta(days=366)
    uow.session.flush()
    questions.forget_old_questions(uow)
    [left] = uow.session.scalars(select(ProposalQuestion)).all()
    assert (left.email, left.person_id, left.code_index) == ("", None, None)
    assert [one.words for one in questions.questions_under(uow, [row.id])] == [WORDS]
    row.state = CARRIED_OUT
    with pytest.raises(QuestionsShut):
        questions.ask_question(uow, row, said, request_id=uuid4())
    assert queries.proposals_by(uow, [row.id])[row.id].state == CARRIED_OUT
