"""Moderation of proposals: what readers report as personal data is away before staff read it."""

import re
from datetime import date
from uuid import uuid4

import pytest

from obshto.modules.proposals.errors import NoSuchProposalQuestion, ProposalHiddenBefore
from obshto.modules.proposals.notifications import proposals as notifications
from obshto.modules.proposals.notifications.questions import question_hidden
from obshto.modules.proposals.services import decisions, queries, questions
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.moderation import (
    flag_proposal,
    hide_proposal,
    show_proposal,
)
from obshto.modules.proposals.services.question_moderation import (
    flag_question,
    hide_question,
    release_question,
)
from obshto.modules.proposals.services.states import MERGED, REFUSE, UNDER_WAY
from obshto.modules.proposals.services.submission import ProposalWords, improve_proposal
from obshto.modules.proposals.stations import entries_of as stations_of
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role

VILLAGE, TODAY = "gorno-selo", date(2026, 1, 5)
PRIVATE, MENDED = "Болният Иван Пробов иска пейка", "Пейка пред магазина"


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def told(switched_on, uow_in, make):
    """One of somebody without an account: its id and its code."""
    with uow_in(VILLAGE) as uow:
        row = make(uow, title=PRIVATE, email="author@villages.example")
        row.person_id = None
        found = row.id, code_of(row.request_id)
        uow.commit()
    return found


@pytest.fixture
def visitor(client, at):
    class Visitor:
        def get(self, path):
            return client.get(path, base_url=at(VILLAGE))

        def post(self, path, data):
            return client.post(path, data=data, base_url=at(VILLAGE))

        def send(self, path, **typed):
            names = r'name="(expected_version|request_id)"[^>]*value="([^"]+)"'
            return self.post(path, dict(re.findall(names, self.get(path).text)) | typed)

    return Visitor()


def test_personal_data_are_away_at_once_wherever_it_stood(visitor, told, sign_in, uow_in, owner):
    public = f"/proposals/{told[0]}"
    with uow_in(VILLAGE) as uow:
        row = queries.proposal_of(uow, told[0])
        row.state, row.due_on = UNDER_WAY[0], TODAY
        uow.commit()
    mayor, late = sign_in(VILLAGE, Role.MAYOR), "/console/proposals/late"
    assert public in visitor.get("/search?q=пейка").text
    assert PRIVATE in mayor.get(late).text.replace("\xa0", " ")
    assert visitor.send(f"{public}/flag", rule="personal").status_code == 303
    page = visitor.get(public).text.replace("\xa0", " ")
    assert "Правило 3" in page and "0 подкрепи" in page and "подкрепите остават" in page
    for path in (public, "/proposals/", "/moderation/"):
        assert PRIVATE not in visitor.get(path).text, path
    assert public not in visitor.get("/search?q=пейка").text
    for path in (late, "/console/proposals/overview"):
        assert PRIVATE not in mayor.get(path).text.replace("\xa0", " "), path
    with uow_in(VILLAGE) as uow:
        assert list(stations_of(uow, None)) == []


def test_the_author_hears_why_and_mends_it_before_staff_show_it(visitor, told, clerk, uow_in):
    public, own = f"/proposals/{told[0]}", f"/proposals/case/{told[1]}"
    visitor.send(f"{public}/flag", rule="personal")
    assert "махнете ги сега" in visitor.get(own).text
    mended = visitor.send(f"{own}/improve", title=MENDED, text="Да се сложи пейка.")
    assert mended.status_code == 303
    assert MENDED not in visitor.get(public).text, "staff read it first"
    with uow_in(VILLAGE) as uow:
        fact = {"subject_id": str(told[0])}
        _subject, letter = notifications.hidden(uow, fact)
        assert "Подобрете текста" in letter and PRIVATE not in letter
        assert notifications.mended(uow, fact)
    desk = f"/console{public}"
    assert desk in clerk.get("/console/proposals/?list=flagged").text
    assert clerk.press(desk, to="/show-again").status_code == 303
    assert MENDED in visitor.get(public).text
    versions = visitor.get(f"{public}/versions").text
    assert MENDED in versions and PRIVATE not in versions
    assert visitor.send(f"{public}/flag", rule="personal").status_code == 303
    assert MENDED in visitor.get(public).text, "a moderator has read these words"


def test_a_moderator_confirms_with_a_reason_that_everybody_reads(visitor, told, clerk):
    public = f"/proposals/{told[0]}"
    visitor.send(f"{public}/flag", rule="personal")
    assert "Потвърдете скриването" in clerk.get(f"/console{public}").text
    hide = f"/console{public}/hide"
    assert clerk.press(hide, hide, rule="personal", words="Пише за болест.").status_code == 303
    for path in (public, "/moderation/"):
        assert "Пише за болест." in visitor.get(path).text.replace("\xa0", " ")
    assert f"/console{public}" not in clerk.get("/console/proposals/?list=flagged").text
    assert "Възразете" in visitor.get(f"/proposals/case/{told[1]}").text


def test_the_term_runs_and_the_supporters_stay_while_it_is_hidden(uow, make):
    row = make(uow, is_final=True)
    due_on = row.due_on
    flag_proposal(uow, row, "insult", request_id=uuid4())
    assert row.hidden_at is None
    once = uuid4()
    for _ in range(2):
        flag_proposal(uow, row, "personal", request_id=once)
    assert row.hidden_at and (row.due_on, row.state) == (due_on, "received")
    lines = [line for line in queries.lines_of(uow, row) if line.name == "hidden"]
    assert [line.by_name for line in lines] == [""], "who reports is nobody"
    hide_proposal(uow, row, Reason(rule="personal", words="Болест"), expected_version=row.version)
    uow.session.flush()
    with pytest.raises(ProposalHiddenBefore):
        other = Reason(rule="insult", words="Обида")
        hide_proposal(uow, row, other, expected_version=row.version)


def test_what_staff_took_up_or_decided_stays_seen_and_the_flag_waits(uow, make):
    row = make(uow, is_final=True)
    decisions.take_proposal(uow, row, expected_version=row.version)
    flag_proposal(uow, row, "personal", request_id=uuid4())
    assert row.hidden_at is None
    uow.session.flush()
    why = decisions.ProposalDecision(words="Няма средства.")
    decisions.decide_proposal(uow, row, REFUSE, why, expected_version=row.version)
    flag_proposal(uow, row, "personal", request_id=uuid4())
    uow.session.flush()
    assert row.hidden_at is None
    waiting = queries.ProposalFilter(list="flagged")
    assert uow.session.scalars(queries.queue(uow, waiting, today=TODAY)).all() == [row]


def test_a_link_to_another_site_waits_for_a_moderator(uow, make):
    spam = make(uow, text="Евтино: https://spam.example/a")
    counter = make(uow, text="Виж https://spam.example/a", channel="counter")
    own = make(uow, text=f"Както в {uow.scope.address}/forum/")
    shown = [row.id for row in uow.session.scalars(queries.public())]
    assert sorted(shown) == sorted([counter.id, own.id])
    checked = queries.ProposalFilter(list="flagged")
    assert list(uow.session.scalars(queries.queue(uow, checked, today=TODAY))) == [spam]
    show_proposal(uow, spam, expected_version=spam.version)
    uow.session.flush()
    assert queries.public_proposal(uow, spam.id) == spam
    assert not uow.session.scalars(queries.queue(uow, checked, today=TODAY)).all()
    words = ProposalWords(title=own.title, text="Вече www.spam.example")
    improve_proposal(uow, own, words, expected_version=own.version)
    assert own.hidden_at


def test_a_question_with_a_link_is_seen_once_a_moderator_let_it(uow, make):
    row = make(uow)
    asked = questions.AskedWords(words="Вижте www.spam.example", addressee="author")
    question = questions.ask_question(uow, row, asked, request_id=uuid4())
    assert question.is_held and questions.questions_under(uow, [row.id]) == []
    assert uow.session.scalars(questions.queue("flagged")).all() == [question]
    assert not uow.session.scalars(questions.queue("author")).all()
    with pytest.raises(NoSuchProposalQuestion):
        questions.public_question(uow, question.id)
    for _ in range(2):
        release_question(uow, question, expected_version=question.version)
        uow.session.flush()
    assert questions.questions_under(uow, [row.id]) == [question]
    assert not uow.session.scalars(questions.queue("flagged")).all()
    told = [fact.name for fact in uow.facts if ":question." in fact.name]
    assert told == ["proposals:question.held", "proposals:question.asked"]


def test_who_asked_is_told_of_an_appeal_only_once_staff_have_read_it(uow, make):
    row = make(uow)
    asked = questions.AskedWords(words=PRIVATE, addressee="author")
    question = questions.ask_question(uow, row, asked, request_id=uuid4())
    fact = {"subject_id": str(row.id), "question_id": str(question.id)}
    flag_question(uow, question, "personal", request_id=uuid4())
    told = question_hidden(uow, fact)[1]
    assert "ще Ви пишем какво е решил" in told and "възраз" not in told
    reason = Reason(rule="personal", words="Болест")
    hide_question(uow, question, reason, request_id=uuid4())
    assert "възразете" in question_hidden(uow, fact)[1]


def test_what_was_merged_is_flagged_where_its_words_are_read(visitor, told, uow_in, make):
    with uow_in(VILLAGE) as uow:
        stays = make(uow, title=MENDED)
        row = queries.proposal_of(uow, told[0])
        row.state, row.merged_into = MERGED, stays.id
        uow.commit()
    public = f"/proposals/{told[0]}"
    versions = visitor.get(f"{public}/versions").text
    assert PRIVATE in versions and f"{public}/flag" in versions
    flagged = visitor.send(f"{public}/flag", rule="personal")
    assert flagged.status_code == 303 and f"{public}/versions" in flagged.location
    for path in (public, f"{public}/versions"):
        page = visitor.get(path).text.replace("\xa0", " ")
        assert "Правило 3" in page and PRIVATE not in page, path
