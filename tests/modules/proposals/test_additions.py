"""Additions to a proposal: others suggest words, the author takes them up or says why not."""

import re
from uuid import uuid4

import pytest

from obshto.modules.proposals.errors import (
    AdditionsShut,
    StaleProposalQuestion,
    TooLongWithAddition,
)
from obshto.modules.proposals.notifications import questions as notifications
from obshto.modules.proposals.services import additions, questions
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.merges import answer_merge, ask_to_merge, waiting_merges
from obshto.modules.proposals.services.submission import hand_in

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WORDS = "И кошче до нея."


def add(uow, row, words=WORDS, **more):
    said = questions.AskedWords(words=words, addressee=questions.ADDITION, **more)
    return questions.ask_question(uow, row, said, request_id=uuid4())


def test_a_reader_adds_and_the_author_takes_it_up(switched_on, uow_in, make, sign_in, client, at):
    with uow_in(VILLAGE) as uow:
        row = make(uow)
        row.person_id = None
        public, own = f"/proposals/{row.id}", f"/proposals/case/{code_of(row.request_id)}"
        uow.commit()
    reader = sign_in(VILLAGE)
    typed = {"words": WORDS, "addressee": "addition", "request_id": uuid4()}
    for _ in range(2):
        assert reader.post(f"{public}/questions/new", typed).status_code == 303
    page = client.get(own, base_url=at(VILLAGE)).text
    link = re.search(rf"{own}/questions/[0-9a-f-]{{36}}", page)[0]
    answer = client.get(link, base_url=at(VILLAGE)).location
    version = re.search(
        r'name="expected_version"[^>]*value="(\d+)"', client.get(answer, base_url=at(VILLAGE)).text
    )[1]
    given = {"expected_version": version, "outcome": "declined"}
    refused = client.post(answer, data=given, base_url=at(VILLAGE))
    assert refused.status_code == 422 and "Напишете защо" in refused.text
    for _ in range(2):
        given["outcome"] = "accepted"
        assert client.post(answer, data=given, base_url=at(VILLAGE)).status_code == 303
    shown = reader.get(public).text.replace("\xa0", " ")
    assert shown.count(WORDS) == 2 and "влезе във версия 2" in shown
    assert shown.count("Приемам допълнението.") == 1
    assert client.get(answer, base_url=at(NEIGHBOUR)).status_code == 404


def test_the_one_that_stays_answers_what_was_added_to_the_one_it_absorbed(
    switched_on, uow_in, make, client, at
):
    with uow_in(VILLAGE) as uow:
        goes, stays = make(uow), make(uow, title="Две пейки")
        for row in (goes, stays):
            row.person_id = None
        taken, declined = (add(uow, goes, said, channel="counter") for said in (WORDS, "И чешма."))
        ask_to_merge(uow, goes.id, stays.id, request_id=uuid4(), asked_from=goes.id)
        [(merge, _other)] = waiting_merges(uow, stays)
        answer_merge(uow, merge.id, stays.id, agrees=True, expected_version=merge.version)
        own, public = f"/proposals/case/{code_of(stays.request_id)}", f"/proposals/{stays.id}"
        ids = taken.id, declined.id
        uow.commit()
    for key, outcome in zip(ids, ("accepted", "declined"), strict=True):
        assert f"{own}/questions/{key}" in client.get(own, base_url=at(VILLAGE)).text
        page = f"{own}/additions/{key}"
        form = client.get(page, base_url=at(VILLAGE)).text
        version = re.search(r'name="expected_version"[^>]*value="(\d+)"', form)[1]
        given = {"expected_version": version, "outcome": outcome, "words": "Ето защо."}
        assert client.post(page, data=given, base_url=at(VILLAGE)).status_code == 303
    shown = client.get(public, base_url=at(VILLAGE)).text.replace("\xa0", " ")
    assert f"{public}/versions" in re.search(r'<a href="([^"]+)">Прието: влезе', shown)[1]
    assert shown.count(WORDS) == 2 and "Авторът не го прие." in shown


def test_an_addition_enters_once_within_the_length_of_a_proposal(uow, make):
    row = make(uow)
    long = add(uow, row, "а" * 600)
    row.text = "б" * 1_500
    with pytest.raises(TooLongWithAddition):
        additions.accept_addition(uow, row, long, "", expected_version=long.version)
    short = add(uow, row)
    for _ in range(2):
        additions.accept_addition(uow, row, short, "", expected_version=short.version)
    assert row.text.endswith(WORDS) and row.text.count(WORDS) == 1
    seen = long.version
    additions.decline_addition(uow, long, "Дълго е.", expected_version=seen)
    with pytest.raises(StaleProposalQuestion):
        additions.accept_addition(uow, row, long, "", expected_version=long.version)
    told = {"subject_id": str(row.id)}
    taken = notifications.question_answered(uow, told | {"question_id": str(short.id)})
    refused = notifications.question_answered(uow, told | {"question_id": str(long.id)})
    assert "прие допълнението" in taken[1] and "Дълго е." in refused[1]


def test_what_is_handed_in_takes_no_addition(uow, make):
    row = make(uow)
    waiting = add(uow, row)
    assert uow.session.scalars(questions.queue("author")).all() == [waiting]
    assert not uow.session.scalars(questions.queue("waiting")).all()
    hand_in(uow, row, expected_version=row.version)
    uow.session.flush()
    with pytest.raises(AdditionsShut):
        add(uow, row)
