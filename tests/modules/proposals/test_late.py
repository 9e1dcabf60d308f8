"""What comes after a proposal has ended: refused plainly, what was typed stays, with a way on."""

import re
from uuid import uuid4

import pytest

from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.moderation import flag_proposal
from obshto.modules.proposals.services.states import REFUSED, WITHDRAWN

VILLAGE = "gorno-selo"
WORDS, MAIL = "Може ли пейката да е до чешмата?", "a@villages.example"


@pytest.fixture
def told(switched_on, uow_in, make):
    with uow_in(VILLAGE) as uow:
        row = make(uow)
        row.person_id, row.state = None, REFUSED
        found = row.id, code_of(row.request_id)
        uow.commit()
    return found


@pytest.fixture
def send(client, at):
    def sent(path, **typed):
        return client.post(path, data={"request_id": uuid4()} | typed, base_url=at(VILLAGE))

    return sent


def test_a_question_that_comes_too_late_becomes_a_proposal(told, send):
    ask = f"/proposals/{told[0]}/questions/new"
    late = send(ask, words=WORDS, addressee="author", email=MAIL)
    assert late.status_code == 409 and WORDS in late.text
    assert "Не е прието" in late.text and "/proposals/new/moved" in late.text
    moved = send("/proposals/new/moved", words=WORDS, email=MAIL)
    assert moved.status_code == 200 and WORDS in moved.text
    typed = {"words": WORDS, "email": MAIL, "title": "Пейка до чешмата"}
    assert send("/proposals/new/moved", subject="", **typed).status_code == 422
    form = send("/proposals/new/moved", subject="green", settlement="", **typed).text
    assert WORDS in form and MAIL in form and "data-draft" not in form
    action = re.search(r'<form method="post" action="([^"]+)"', form)[1].replace("&amp;", "&")
    made = send(action, title="Пейка до чешмата", text=WORDS, name="Проба Авторова")
    assert made.status_code == 303


def test_a_proposal_hidden_meanwhile_keeps_what_was_typed(told, send, uow_in, client, at):
    with uow_in(VILLAGE) as uow:
        row = queries.proposal_of(uow, told[0], to_change=True)
        row.state = WITHDRAWN  # nobody of the staff has read it
        flag_proposal(uow, row, "personal", request_id=uuid4())
        title = row.title
        uow.commit()
    ask = f"/proposals/{told[0]}/questions/new"
    late = send(ask, words=WORDS, addressee="author", email=MAIL)
    assert late.status_code == 409 and WORDS in late.text
    assert title not in late.text.replace("\xa0", " ")
    assert client.get(ask, base_url=at(VILLAGE)).status_code == 404


def test_a_support_or_an_improvement_that_comes_too_late_is_said_plainly(told, send):
    late = send(f"/proposals/{told[0]}/support", email=MAIL)
    assert late.status_code == 409 and "не събира подкрепа" in late.text
    own = f"/proposals/case/{told[1]}"
    typed = {"title": "Пейка", "text": WORDS, "expected_version": "1"}
    late = send(f"{own}/improve", **typed)
    assert late.status_code == 409 and WORDS in late.text and "/new/moved" in late.text
    assert send(f"{own}/coauthors", email=MAIL).status_code == 409
