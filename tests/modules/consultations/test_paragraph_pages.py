"""A draft out of Word, said of by paragraphs, answered in groups, changed with who moved it."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.modules.consultations.test_pages import (
    NEIGHBOUR,
    VILLAGE,
    WRITTEN,
    ended,
    enter,
    opened,
    path_of,
    secretary,
    switched_on,
    visitor,
)
from tests.platform.storage.test_word_documents import run, word

from obshto.modules.consultations.models import OpinionGroup
from obshto.modules.consultations.services.groups import propose_groups
from obshto.platform.permissions import Role

__all__ = ["ended", "opened", "secretary", "switched_on", "visitor"]  # fixtures


def plain(answer):
    return answer.text.replace("\xa0", " ")


def test_a_draft_out_of_word_is_read_before_it_is_saved(secretary):
    file = word(
        f"<w:p>{run('Чл. 1. Едно.')}</w:p><w:p>{run('Чл. 2. Две.')}<w:r><w:pict/></w:r></w:p>"
    )
    typed = {**WRITTEN, "draft": "", "request_id": uuid4(), "document": (file, "draft.docx")}
    page = secretary.post("/console/consultations/new", typed)
    assert page.status_code == 200 and "Чл. 1. Едно.\nЧл. 2. Две." in page.text
    assert "изображения" in page.text and WRITTEN["reasons"] in page.text
    scan = word("<w:p><w:r><w:drawing/></w:r></w:p>")
    for file, why in ((BytesIO(b"%!PS"), "DOCX"), (scan, "В документа няма текст")):
        typed |= {"document": (file, "draft.docx"), "draft": "Моят текст"}
        refused = secretary.post("/console/consultations/new", typed)
        assert refused.status_code == 422 and "Моят текст" in refused.text
        assert why in plain(refused) and "Текстът е взет" not in plain(refused)


def test_a_tapped_paragraph_shows_what_others_say_of_it(sign_in, secretary, opened, visitor):
    page = plain(visitor.get(f"/consultations/{opened}"))
    here = f"/consultations/{opened}/say?paragraph=2"
    assert here in page
    _, opinion = enter(secretary, opened, words="Да остане", paragraph="2", stance="refuse")
    told = plain(visitor.get(here))
    assert "Втори абзац" in told and "Да остане" in told and "Да отпадне" in told
    assert "Да остане" not in plain(visitor.get(f"/consultations/{opened}/say?paragraph=1"))
    person = sign_in(VILLAGE, name="Проба Гражданинова", email="citizen@villages.example")
    path = f"/consultations/{opened}/opinions/{opinion}/support"
    for _ in range(2):
        assert path in person.get(here).text
        answer = person.post(path, {"give": "y", "paragraph": "2"})
        assert "paragraph=2" in answer.location
    assert "Подкрепя го 1 човек" in plain(person.get(here))
    typed = {"words": "", "author": "Проба", "behalf": "own", "request_id": uuid4()}
    agreed = {**typed, "paragraph": "1", "stance": "support"}
    receipt = person.get(path_of(person.post(f"/consultations/{opened}/say", agreed)))
    assert "Подкрепям го" in plain(receipt) and "Първи абзац" in receipt.text


@pytest.fixture
def grouped(secretary, opened, ended, uow_in):
    """The group of two alike opinions after the end, and their ids."""
    said = [
        enter(secretary, opened, words=words, author=author, paragraph="2", stance="change")[1]
        for words, author in (("Две години поливане", "Проба"), ("Поливане две години", "Проби"))
    ]
    ended()
    base = f"/console/consultations/{opened}"
    assert path_of(secretary.press(f"{base}/groups")) == f"{base}/groups"
    with uow_in(VILLAGE) as uow:
        propose_groups(uow, consultation_id=opened)
        group = uow.session.scalars(select(OpinionGroup.id)).one()
        uow.session.commit()
    return group, said


@pytest.fixture
def answered(secretary, opened, grouped):
    """One of the two was chosen and accepted."""
    group, said = grouped
    base = f"/console/consultations/{opened}"
    assert f"group={group}" in secretary.get(f"{base}/groups").text
    assert secretary.get(f"{base}/answer?group={group}").text.count(" checked>") == 2
    told = {"group": group, "outcome": "accepted", "reason": "Да.", "request_id": uuid4()}
    assert secretary.post(f"{base}/answer", {**told, "chosen": said[:1]}).status_code == 303
    return base


def test_whom_nobody_chose_still_waits(secretary, answered):
    assert "Без отговор: 1" in plain(secretary.get(f"{answered}/groups"))


def test_the_new_text_is_seen_then_published_beside_the_old(secretary, opened, answered, visitor):
    page = f"{answered}/version"
    file = (BytesIO(b"%!PS"), "draft.docx")
    wrong = secretary.post(page, {"draft": "Моят текст", "follows": "1", "document": file})
    assert wrong.status_code == 422 and "DOCX" in wrong.text and "Моят текст" in wrong.text
    text = {"draft": "Първи абзац\nВтори абзац, две години", "follows": "1", "request_id": uuid4()}
    shown = secretary.post(page, {**text, "step": "publish"})
    assert "Публикувайте новия текст" in shown.text, "nobody publishes what they have not seen"
    number = re.search(r'name="because_1" value="([\d-]+)"', shown.text)[1]
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)[1]
    typed = {**text, "seen": seen, "step": "publish", "because_1": f"{number}, 2020-3"}
    refused = secretary.post(page, typed)
    assert refused.status_code == 422 and "2020-00003" in plain(refused)
    typed["because_1"] = number
    assert path_of(secretary.post(page, typed)) == answered
    changes = plain(visitor.get(f"/consultations/{opened}/changes"))
    assert number in changes and "<ins>" in changes
    assert "две години" in plain(visitor.get(f"/consultations/{opened}"))


def test_others_see_none_of_it(sign_in, opened, grouped, visitor):
    for path in (f"/consultations/{opened}/changes", f"/consultations/{opened}/say?paragraph=1"):
        assert visitor.get(path, village=NEIGHBOUR).status_code == 404
    other = sign_in(NEIGHBOUR, Role.SECRETARY)
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    base = f"/console/consultations/{opened}"
    for path in (f"{base}/groups", f"{base}/version", f"{base}/answer?group={grouped[0]}"):
        assert other.get(path).status_code == 404
        assert clerk.get(path).status_code == 403
