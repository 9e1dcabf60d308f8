"""Staff pages of polls: mistakes are said, paper is entered, table and sheet are taken along."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from support.poll_pages import (
    ASKED,
    NEIGHBOUR,
    TYPED,
    VILLAGE,
    answers,
    ask,
    id_of,
    plain,
    press,
    write,
)

from obshto.platform.permissions import Role


def test_back_then_other_words_opens_the_first_poll_with_what_was_typed_now(editor):
    typed = {"request_id": uuid4(), "intro": "Питаме"}
    poll_id = id_of(write(editor, **typed))
    again = write(editor, **typed | {"title": "Пазарът", "closes_at": "2089-05-05T10:00"})
    assert again.status_code == 422 and "Тази анкета вече е запазена" in plain(again)
    [(address, mine)] = [form for form in editor.forms_in(again.text) if "title" in form[1]]
    assert address.endswith(f"{poll_id}/text")
    assert (mine["title"], mine["closes_at"]) == ("Пазарът", "2089-05-05T10:00")
    assert id_of(editor.post(address, mine)) == poll_id
    assert "Пазарът" in plain(editor.get(f"/console/polls/{poll_id}"))
    late = editor.post("/console/polls/new", {**TYPED, **typed})
    assert late.status_code == 422 and 'value="Пазарът"' not in late.text


def test_back_then_other_words_opens_the_first_question_with_what_was_typed_now(editor):
    path = f"/console/polls/{id_of(write(editor))}/questions"
    [(_, fields)] = [form for form in editor.forms(path) if "options" in form[1]]
    assert editor.post(path, fields | ASKED).status_code == 303
    assert editor.post(path, fields | ASKED).status_code == 303
    again = editor.post(path, fields | ASKED | {"title": "Кой ден е добър?"})
    assert again.status_code == 422 and "Този въпрос вече е запазен" in plain(again)
    [(address, mine)] = [form for form in editor.forms_in(again.text) if "options" in form[1]]
    assert mine["title"] == "Кой ден е добър?"
    assert editor.post(address, mine).status_code == 303
    page = plain(editor.get(path.removesuffix("/questions")))
    assert "Кой ден е добър?" in page and "Кой ден?" not in page


def test_a_poll_is_begun_from_ready_made_questions(editor):
    poll_id = id_of(write(editor, ready="service"))
    assert "Колко време чакахте?" in plain(editor.get(f"/console/polls/{poll_id}"))


def test_a_poll_is_extended_with_a_reason_that_everybody_reads(editor, poll_id, visit):
    path = f"/console/polls/{poll_id}/extend"
    early = editor.press(path, closes_at="2089-01-01T17:00", note="Заради снега")
    assert early.status_code == 422 and "след досегашния" in plain(early)
    assert editor.press(path, closes_at="2091-01-01T17:00", note="Заради снега").status_code == 303
    page = plain(visit(f"/polls/{poll_id}"))
    assert "Заради снега" in page and "1 януари 2091 г., 17:00 ч." in page


def test_a_question_with_answers_is_only_corrected(editor, poll_id, citizen, visit):
    citizen().answer(poll_id)
    overview = editor.get(f"/console/polls/{poll_id}").text
    question = re.search(r"/console/polls/questions/([0-9a-f-]{36})", overview)[0]
    page = editor.get(question).text
    assert 'name="correction"' in page and 'name="options"' not in page
    [(_, fields)] = [form for form in editor.forms(question) if "correction" in form[1]]
    typed = {**fields, "correction": "От 7:00 ч.", "correction_en": " …"}
    for _ in range(2):
        assert editor.post(question, typed).status_code == 303
    assert "От 7:00 ч." in plain(visit(f"/polls/{poll_id}"))
    refused = ask(editor, poll_id)
    assert refused.status_code == 422 and "вече има отговори" in plain(refused)


def test_a_clerk_enters_paper_and_no_sheet_twice(editor, poll_id, sign_in, owner):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    path = f"/console/polls/{poll_id}/sheets"
    [(_, fields)] = [form for form in clerk.forms(path) if "number" in form[1]]
    name = next(name for name in fields if name.startswith("q"))
    assert fields["number"] == "1"
    sent = clerk.post(path, {**fields, name: "2"})
    assert sent.status_code == 303
    saved = clerk.get(sent.location)
    assert "Последно записахте лист № 1." in plain(saved) and 'value="2"' in saved.text
    twice = clerk.post(path, {**fields, name: "2"})
    assert twice.status_code == 303 and "entered-before" in twice.location
    again = clerk.post(path, {**fields, name: "1", "request_id": uuid4()})
    assert again.status_code == 422 and "Лист № 1 вече е въведен" in plain(again)
    wrong = clerk.post(path, {**fields, name: "3", "number": "2", "request_id": uuid4()})
    assert wrong.status_code == 422 and "не е номер на отговор" in plain(wrong)
    for number in ("0", "x", "", "9" * 30):
        bad = clerk.post(path, {**fields, "number": number, "request_id": uuid4()})
        assert bad.status_code == 422
    assert answers(owner) == [(0, 1)]


def test_a_form_of_another_sheet_or_of_other_questions_is_not_counted(poll_id, sign_in, owner):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    path = f"/console/polls/{poll_id}/sheets"
    [(_, fields)] = [form for form in clerk.forms(path) if "number" in form[1]]
    typed = fields | {next(name for name in fields if name.startswith("q")): "2"}
    assert clerk.post(path, typed).status_code == 303
    used = clerk.post(path, {**typed, "number": "2"})
    assert used.status_code == 422 and "вече е записан лист № 1" in plain(used)
    [(_, mended)] = [form for form in clerk.forms_in(used.text, path) if "number" in form[1]]
    assert clerk.post(path, mended).status_code == 303
    stale = clerk.post(path, {**typed, "number": "3", "request_id": uuid4(), "mark": "x"})
    assert stale.status_code == 422 and "Въпросите бяха променени" in plain(stale)
    assert answers(owner) == [(0, 2)]


def test_a_clerk_is_offered_what_a_clerk_may_do(poll_id, sign_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    overview = plain(clerk.get(f"/console/polls/{poll_id}"))
    assert "Въведете отговори на хартия" in overview
    for act in ("Вижте резултатите", "Приключете анкетата", "Добавете въпрос"):
        assert act not in overview
    assert clerk.get(f"/console/polls/{poll_id}/results").status_code == 403
    assert clerk.get("/console/polls/new").status_code == 403


def test_the_mayor_sees_channels_and_takes_the_table_along(editor, poll_id, citizen, sign_in):
    mayor = sign_in(VILLAGE, Role.MAYOR)
    path = f"/console/polls/{poll_id}/results"
    assert "Под 10 не ги показваме" in plain(mayor.get(path))
    assert f"/console/polls/{poll_id}" in mayor.get("/console/polls/").text
    overview = plain(mayor.get(f"/console/polls/{poll_id}"))
    assert "Вижте резултатите" in overview and "Променете текста" not in overview
    for _ in range(20):
        citizen().answer(poll_id, 1)
    assert "когато анкетата приключи" in plain(mayor.get(path))
    assert mayor.get(f"{path}.csv").text.splitlines()[2] == "Кой ден?;Петък;10;;"
    press(editor, poll_id, "close")
    assert "По начин на отговаряне" in plain(mayor.get(path))
    table = mayor.get(f"{path}.csv")
    assert table.mimetype == "text/csv"
    assert table.text.splitlines()[1:3] == ["Отговорили;;20;20;0", "Кой ден?;Петък;20;20;0"]
    assert mayor.get(f"/en{path}.csv").text == table.text
    assert mayor.get(f"/console/polls/{poll_id}/text").status_code == 403


def test_staff_are_told_no_more_than_everybody_while_the_poll_is_open(editor, poll_id, citizen):
    page = f"/console/polls/{poll_id}"
    pages = (page, f"{page}/delete", "/console/polls/?list=open")
    for _ in range(9):
        citizen().answer(poll_id, 1)
    below = [plain(editor.get(path)) for path in pages]
    assert all("9 отговора" not in text and "онлайн 9" not in text for text in below)
    assert all("още няма достатъчно отговори" in below[number] for number in (0, 2))
    for _ in range(12):
        citizen().answer(poll_id, 2)
    above = [plain(editor.get(path)) for path in pages]
    assert "онлайн 10, на хартия 0" in above[0]
    assert all("10 отговора" in text and "21 отговор" not in text for text in above[1:])


def test_the_sheet_and_the_report_are_taken_along_as_pdf_by_who_may(editor, poll_id, sign_in):
    clerk, mayor = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.MAYOR)
    page = f"/console/polls/{poll_id}"
    for person, path in ((clerk, f"{page}/paper.pdf"), (mayor, f"{page}/results.pdf")):
        answer = person.get(path)
        assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
        assert "no-store" in answer.headers["Cache-Control"]
    assert clerk.get(f"{page}/results.pdf").status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.MAYOR, Role.REGISTRY_CLERK)
    assert stranger.get(f"{page}/paper.pdf").status_code == 404
    assert stranger.get(f"{page}/results.pdf").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "Въведете заглавие"),
        ("closes_at", "", "Въведете ден и час на края"),
        ("closes_at", "утре", "Напишете деня и часа като 24.11.2026 8:30"),
        ("opens_at", "0001-01-01T00:00", "Напишете деня и часа като"),
        ("closes_at", "9999-12-31T23:59", "Напишете деня и часа като"),
        ("closes_at", "2020-01-01T10:00", "Изберете край, който е след сега"),
        ("who", "кметът", "Изберете кой може да отговори"),
        ("ready", "none", "Изберете отговор от списъка"),
        ("title", "я" * 161, "Съкратете текста до 160 знака"),
    ],
)
def test_what_is_wrong_with_a_poll_is_said(editor, field, typed, said):
    answer = write(editor, **{"intro": "Пазете това", field: typed})
    assert answer.status_code == 422
    assert said in plain(answer) and "Пазете това" in plain(answer)


def test_an_end_is_taken_as_the_advice_writes_it(editor):
    poll_id = id_of(write(editor, closes_at="8.12.2089 17:00"))
    assert 'value="2089-12-08T17:00"' in editor.get(f"/console/polls/{poll_id}/text").text


def test_who_reads_logs_writes_no_polls(sign_in):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    assert officer.get("/console/polls/").status_code == 403
    assert officer.post("/console/polls/new", {**TYPED, "request_id": uuid4()}).status_code == 403


def test_a_late_copy_of_a_button_is_refused(editor, poll_id, config):
    page = f"/console/polls/{poll_id}/close"
    [close] = [form for form in editor.forms(page) if form[0] == page]
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("update t_gorno_selo.polls_poll set version = version + 1"))
    engine.dispose()
    assert editor.post(*close).status_code == 409


def test_an_editor_tries_what_a_branch_does_and_nothing_is_counted(editor, owner):
    poll_id = id_of(write(editor))
    ask(editor, poll_id)
    page = f"/console/polls/{poll_id}/questions"
    [(_, fields)] = [form for form in editor.forms(page) if "options" in form[1]]
    friday = re.search(
        r'value="([0-9a-f-]{36})"[^>]*>[^<]*<label[^>]*>[^<]*Петък', editor.get(page).text
    )
    late = {**fields, **ASKED, "title": "До колко часа?", "options": "15\n18", "only_if": friday[1]}
    assert editor.post(page, late).status_code == 303
    preview = f"/console/polls/{poll_id}/preview"
    shown = plain(editor.get(preview))
    assert "Само за хората, които отговориха:" in shown and f'data-shown-if="{friday[1]}"' in shown
    names = re.findall(r'name="(q[0-9a-f]{32})" type="radio" value="([0-9a-f-]{36})"', shown)
    (first, one), (_, other), *_rest = names
    token = re.search(r'name="request_id"[^>]*value="([^"]+)"', shown)[1]
    missing = editor.post(preview, {"request_id": token, first: one})
    assert missing.status_code == 422 and "Изберете отговор" in plain(missing)
    tried = plain(editor.post(preview, {"request_id": token, first: other}))
    assert "Така щяхме да преброим отговора" in tried
    assert "До колко часа?: <b>не се брои</b>" in tried
    assert answers(owner) == [(0, 0)]
