"""Polls as editors, clerks, the mayor and citizens meet them, over HTTP."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.tally import tally_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {"title": "Кога да е пазарът", "who": "anyone", "closes_at": "2090-01-01T17:00"}
ASKED = {"kind": "single", "title": "Кой ден?", "options": "Петък\nСъбота\n"}


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


def plain(answer):
    return answer.text.replace("\xa0", " ")


def write(editor, **changed):
    return editor.post("/console/polls/new", {**TYPED, "request_id": uuid4(), **changed})


def id_of(answer):
    assert answer.status_code == 303, answer.text
    return re.search(r"/console/polls/([0-9a-f-]{36})", answer.location)[1]


def ask(editor, poll_id, **changed):
    return editor.press(f"/console/polls/{poll_id}/questions", **{**ASKED, **changed})


def press(editor, poll_id, button):
    page = f"/{button}" if button in ("close", "open") else ""
    return editor.press(f"/console/polls/{poll_id}{page}", to=f"/{button}" if not page else "")


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


@pytest.fixture
def poll_id(editor):
    """Open, with one question."""
    poll_id = id_of(write(editor))
    assert ask(editor, poll_id).status_code == 303
    assert press(editor, poll_id, "open").status_code == 303
    return poll_id


class Citizen:
    """A browser of its own, without a session."""

    def __init__(self, app, base):
        self.client, self.base = app.test_client(), base
        self.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def get(self, path):
        return self.client.get(path, base_url=self.base)

    def ballot(self, poll_id):
        """(request id, name of the first question, values of its options)."""
        page = self.get(f"/polls/{poll_id}").text
        names = re.findall(r'name="(q[0-9a-f]{32})" type="radio" value="([0-9a-f-]{36})"', page)
        request_id = re.search(r'name="request_id"[^>]*value="([^"]+)"', page)
        return (request_id and request_id[1]), names[0][0], [value for _, value in names]

    def send(self, poll_id, fields):
        return self.client.post(f"/polls/{poll_id}", data=fields, base_url=self.base)

    def answer(self, poll_id, number=1):
        request_id, name, values = self.ballot(poll_id)
        return self.send(poll_id, {"request_id": request_id, name: values[number - 1]})


@pytest.fixture
def citizen(app, at):
    return lambda: Citizen(app, at(VILLAGE))


def answers(owner):
    """How many answered online and on paper."""
    return owner("select online, paper from t_gorno_selo.polls_poll")


def test_a_draft_is_seen_by_nobody_and_an_open_poll_at_once(editor, visit):
    poll_id = id_of(write(editor))
    assert visit(f"/polls/{poll_id}").status_code == 404
    ask(editor, poll_id)
    press(editor, poll_id, "open")
    for path in (f"/polls/{poll_id}", "/polls/", "/"):
        assert TYPED["title"] in plain(visit(path)), path
    assert "Събота" in visit("/").text  # one question is asked right on the home page


def test_a_poll_is_begun_from_ready_made_questions(editor):
    poll_id = id_of(write(editor, ready="service"))
    assert "Колко време чакахте?" in plain(editor.get(f"/console/polls/{poll_id}"))


def test_a_citizen_answers_once_without_javascript_or_sign_in(poll_id, citizen, owner):
    somebody = citizen()
    sent = somebody.answer(poll_id, 2)
    assert sent.status_code == 303
    assert "Записахме отговора Ви" in plain(somebody.get(sent.location))
    assert "Вече отговорихте" in plain(somebody.get(f"/polls/{poll_id}"))
    assert answers(owner) == [(1, 0)]
    assert citizen().answer(poll_id).status_code == 303
    assert answers(owner) == [(2, 0)]


def test_an_address_thanks_nobody_who_has_not_answered(poll_id, citizen, owner):
    page = plain(citizen().get(f"/polls/{poll_id}?said=polls.answered"))
    assert "Записахме отговора Ви" not in page and answers(owner) == [(0, 0)]


def test_who_has_answered_is_not_asked_again_on_the_home_page(poll_id, citizen):
    somebody, other = citizen(), citizen()
    somebody.answer(poll_id, 2)
    assert "Вече отговорихте" in plain(somebody.get("/"))
    assert "data-answers" not in somebody.get("/").text
    assert "data-answers" in other.get("/").text


def test_one_press_on_the_home_page_answers_without_javascript_and_counts_once(
    poll_id, citizen, owner
):
    somebody = citizen()
    home = somebody.get("/").text
    form = home.partition("data-answers")[0].rpartition("<form")[2]
    assert 'method="post"' in form and f"/polls/{poll_id}" in form
    _, name, values = somebody.ballot(poll_id)
    again = somebody.send(poll_id, {name: values[0]})
    assert again.status_code == 307 and answers(owner) == [(0, 0)]
    for expected in (303, 422):  # the browser follows; then a second press
        sent = somebody.client.post(again.location, data={name: values[0]}, base_url=somebody.base)
        assert sent.status_code == expected and answers(owner) == [(1, 0)]
    assert "Вече отговорихте" in plain(somebody.get("/"))


def test_where_a_browser_keeps_no_cookies_the_answer_is_sent_from_the_polls_own_page(
    poll_id, app, at, citizen, owner
):
    _, name, values = citizen().ballot(poll_id)
    bare = app.test_client(use_cookies=False)
    bare.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    again = bare.post(f"/polls/{poll_id}", data={name: values[0]}, base_url=at(VILLAGE))
    page = bare.post(again.location, data={name: values[0]}, base_url=at(VILLAGE))
    assert page.status_code == 200 and answers(owner) == [(0, 0)]
    assert "Изборът Ви още не е изпратен" in plain(page)
    assert f'value="{values[0]}" checked' in page.text


def test_the_home_page_answers_a_poll_that_asks_about_the_person_without_asking(
    poll_id, citizen, owner, uow_in
):
    with uow_in(VILLAGE) as uow:
        uow.session.get_one(Poll, UUID(poll_id)).asks_about = True
        uow.commit()
    somebody = citizen()
    assert "data-answers" in somebody.get("/").text
    request_id, name, values = somebody.ballot(poll_id)
    sent = somebody.send(poll_id, {"request_id": request_id, name: values[0]})
    assert sent.status_code == 303 and answers(owner) == [(1, 0)]


def test_a_choice_that_was_only_brought_along_is_said_not_to_be_sent(poll_id, citizen):
    somebody = citizen()
    _, name, values = somebody.ballot(poll_id)
    assert "още не е изпратен" in plain(somebody.get(f"/polls/{poll_id}?{name}={values[1]}"))
    assert "още не е изпратен" not in plain(somebody.get(f"/polls/{poll_id}"))


def test_a_form_sent_twice_is_counted_once_even_before_the_cookie(poll_id, citizen, owner):
    first = citizen()
    request_id, name, values = first.ballot(poll_id)
    fields = {"request_id": request_id, name: values[0]}
    again = citizen().send(poll_id, fields)  # the same form, of a browser that has no cookie yet
    assert again.status_code == 303
    late = first.send(poll_id, fields)
    assert "Вече отговорихте" in plain(late)
    assert answers(owner) == [(1, 0)]


def test_the_choice_made_on_the_home_page_is_made_on_the_polls_own(poll_id, citizen):
    somebody = citizen()
    _, name, values = somebody.ballot(poll_id)
    page = somebody.get(f"/polls/{poll_id}?{name}={values[1]}").text
    assert f'value="{values[1]}" checked' in page
    assert "checked" not in somebody.get(f"/polls/{poll_id}?{name}={uuid4()}").text


def test_no_two_visitors_get_the_same_form_from_the_cache(poll_id, citizen):
    assert citizen().ballot(poll_id)[0] != citizen().ballot(poll_id)[0]
    assert "no-store" in citizen().get(f"/polls/{poll_id}").headers["Cache-Control"]


def test_what_is_missing_is_asked_for(poll_id, citizen, owner):
    request_id, name, _ = citizen().ballot(poll_id)
    for given in ({}, {name: ""}, {name: str(uuid4())}, {name: "1' or '1'='1"}):
        answer = citizen().send(poll_id, {"request_id": request_id, **given})
        assert answer.status_code == 422
        assert re.search("Изберете отговор", plain(answer)) and "<title>Грешка" in answer.text
    assert answers(owner) == [(0, 0)]


def test_boxes_that_hold_nothing_of_ours_are_no_answer(editor, visit, citizen, owner):
    poll_id = id_of(write(editor))
    ask(editor, poll_id, kind="several", is_optional="y")
    press(editor, poll_id, "open")
    name = re.search(r'name="(q[0-9a-f]{32})" type="checkbox"', visit(f"/polls/{poll_id}").text)[1]
    for given in ("", "x", str(uuid4())):
        answer = citizen().send(poll_id, {"request_id": str(uuid4()), name: given})
        assert answer.status_code == 422
    assert answers(owner) == [(0, 0)]


def test_a_poll_may_ask_for_age_and_place_and_nobody_has_to_say(
    editor, citizen, visit, territory, uow_in
):
    poll_id = id_of(write(editor, asks_about="y"))
    ask(editor, poll_id)
    press(editor, poll_id, "open")
    page = plain(visit(f"/polls/{poll_id}"))
    assert "На колко години сте? (по желание)" in page and "село Малко" in page
    citizen().answer(poll_id, 1)
    other = citizen()
    request_id, name, values = other.ballot(poll_id)
    fields = {"request_id": request_id, name: values[0], "age": "65+", "place": "00002"}
    assert other.send(poll_id, {**fields, "place": "99999"}).status_code == 422
    assert other.send(poll_id, fields).status_code == 303
    with uow_in(VILLAGE) as uow:
        poll = uow.session.get_one(Poll, UUID(poll_id))
        tally = tally_of(poll)
        assert tally.said("by_age", poll.id) == {"65+": 1}
        assert tally.said("by_place", poll.id) == {"00002": 1}
    assert 'name="age"' in editor.get(f"/console/polls/{poll_id}/sheets").text
    assert "65 и повече години" in plain(editor.get(f"/console/polls/{poll_id}/paper"))


def test_a_stale_page_is_told_that_the_poll_is_over_and_keeps_what_was_typed(
    editor, poll_id, citizen, owner
):
    somebody = citizen()
    request_id, name, values = somebody.ballot(poll_id)
    assert press(editor, poll_id, "close").status_code == 303
    answer = somebody.send(poll_id, {"request_id": request_id, name: values[1]})
    assert answer.status_code == 422
    assert "Анкетата приключи, докато я попълвахте" in plain(answer)
    assert f'value="{values[1]}" checked' in answer.text
    assert "Изпратете отговора" not in answer.text
    assert answers(owner) == [(0, 0)]


def test_where_one_must_sign_in_a_visitor_is_led_there(editor, citizen, sign_in, owner):
    poll_id = id_of(write(editor, who="signed-in"))
    ask(editor, poll_id)
    press(editor, poll_id, "open")
    visitor, somebody = citizen(), sign_in(VILLAGE)
    page = visitor.get(f"/polls/{poll_id}")
    assert "Влезте, за да отговорите" in plain(page) and 'type="radio"' not in page.text
    shown = somebody.get(f"/polls/{poll_id}").text
    name, value = re.search(r'name="(q[0-9a-f]{32})" type="radio" value="([^"]+)"', shown).groups()
    values = [value]
    refused = visitor.send(poll_id, {"request_id": uuid4(), name: value})
    assert refused.status_code == 422 and "Влезте в профила си" in plain(refused)
    assert f'value="{value}" checked' in refused.text and "Изпратете отговора" in refused.text
    fields = {"request_id": uuid4(), name: values[0]}
    assert somebody.post(f"/polls/{poll_id}", fields).status_code == 303
    again = somebody.post(f"/polls/{poll_id}", {**fields, "request_id": uuid4()})
    assert again.status_code == 422
    assert answers(owner) == [(1, 0)]


def test_what_was_chosen_does_not_stand_in_the_way_back_from_signing_in(editor, citizen, visit):
    """It would be kept beside the person until they are back."""
    poll_id = id_of(write(editor, who="signed-in"))
    ask(editor, poll_id)
    press(editor, poll_id, "open")
    assert 'type="radio"' not in visit("/").text
    page = citizen().get(f"/polls/{poll_id}?q{uuid4().hex}={uuid4()}").text
    ways = re.findall(r'href="(/sign-in[^"]*)"', page)
    assert ways and all(way.endswith(f"/sign-in?next=/polls/{poll_id}") for way in ways)


def test_a_stale_page_with_a_mistake_in_it_is_told_that_it_is_over_and_keeps_the_rest(
    editor, citizen
):
    poll_id = id_of(write(editor))
    ask(editor, poll_id)
    ask(editor, poll_id, kind="text", title="Още нещо?", options="")
    press(editor, poll_id, "open")
    somebody = citizen()
    request_id, _, _ = somebody.ballot(poll_id)
    box = re.search(
        r'<textarea[^>]* name="(q[0-9a-f]{32})"', somebody.get(f"/polls/{poll_id}").text
    )
    press(editor, poll_id, "close")
    answer = somebody.send(poll_id, {"request_id": request_id, box[1]: "Дълго мнение"})
    assert answer.status_code == 422 and "приключи, докато я попълвахте" in plain(answer)
    assert "Дълго мнение" in answer.text


def test_results_come_ten_answers_behind_with_numbers_and_a_table(poll_id, citizen, visit):
    for number in range(19):
        citizen().answer(poll_id, number % 2 + 1)
    assert "на хартия станат 20" in plain(visit(f"/polls/{poll_id}"))
    citizen().answer(poll_id, 1)
    page = plain(visit(f"/polls/{poll_id}"))
    assert "10 отговора" in page and "50 % (5)" in page and "<table" in page


def test_beyond_thirty_from_one_neighbourhood_a_sum_is_asked_and_nothing_is_lost(
    poll_id, citizen, owner
):
    for _ in range(30):
        assert citizen().answer(poll_id).status_code == 303
    somebody = citizen()
    request_id, name, values = somebody.ballot(poll_id)
    fields = {"request_id": request_id, name: values[1]}
    asked = somebody.send(poll_id, fields)
    assert asked.status_code == 422 and f'value="{values[1]}" checked' in asked.text
    one, other = map(int, re.search(r"(\d+) плюс (\d+)", plain(asked)).groups())
    token = re.search(r'name="sum_token"[^>]*value="([^"]+)"', asked.text)[1]
    answered = {**fields, "sum_token": token, "sum_answer": str(one + other)}
    assert somebody.send(poll_id, answered).status_code == 303
    assert answers(owner) == [(31, 0)]


def test_what_came_of_it_stands_above_the_results(editor, poll_id, visit):
    press(editor, poll_id, "close")
    path = f"/console/polls/{poll_id}/outcome"
    assert editor.press(path, outcome="Пазарът е в събота.\nБез пейки.").status_code == 303
    page = plain(visit(f"/polls/{poll_id}"))
    assert "Вие казахте – ние направихме" in page and "<p>Без пейки.</p>" in page


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


def test_the_paper_twin_asks_the_same(editor, poll_id):
    page = plain(editor.get(f"/console/polls/{poll_id}/paper"))
    assert "Кой ден?" in page and "Събота" in page and "Не пишете името си" in page


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


@pytest.mark.parametrize("poison", ["a\0b", "я" * 100_000])
@pytest.mark.parametrize("field", ["title", "intro", "closes_at", "who", "request_id"])
def test_no_input_breaks_the_house(editor, field, poison):
    assert write(editor, **{field: poison}).status_code in (303, 400, 413, 422)


def test_html_stays_text(editor, visit):
    poison = "<script>alert(1)</script>"
    poll_id = id_of(write(editor, title=poison, intro=poison))
    ask(editor, poll_id, title=poison, options=f"{poison}\nдруго")
    press(editor, poll_id, "open")
    for path in (f"/polls/{poll_id}", "/polls/", "/"):
        assert "<script>alert" not in visit(path).text


def test_a_poll_is_read_in_other_languages_else_marked_as_bulgarian(editor, visit):
    poll_id = id_of(write(editor, title_en="When should the market be"))
    ask(editor, poll_id, title_en="Which day?", options_en="Friday\nSaturday")
    press(editor, poll_id, "open")
    english = plain(visit(f"/en/polls/{poll_id}"))
    assert "When should the market be" in english and "Saturday" in english
    assert '<span lang="bg">Събота</span>' in visit(f"/ro/polls/{poll_id}").text
    found = re.sub("<[^>]+>", "", plain(visit("/en/search?q=markets")))
    assert "When should the market be" in found


def test_a_poll_of_one_village_does_not_exist_in_the_other(editor, poll_id, client, at, sign_in):
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    there = at(NEIGHBOUR)
    assert client.get(f"/polls/{poll_id}", base_url=there).status_code == 404
    assert client.post(f"/polls/{poll_id}", base_url=there).status_code == 404
    for path in ("", "/results", "/results.csv", "/paper", "/sheets", "/preview"):
        assert stranger.get(f"/console/polls/{poll_id}{path}").status_code == 404


def test_a_deleted_poll_takes_no_answers_and_comes_back(editor, poll_id, citizen):
    request_id, name, values = citizen().ballot(poll_id)
    assert editor.press(f"/console/polls/{poll_id}/delete").status_code == 303
    gone = citizen().send(poll_id, {"request_id": request_id, name: values[0]})
    assert gone.status_code == 404
    deleted = "/console/polls/?list=deleted"
    assert editor.press(deleted, to=f"{poll_id}/restore").status_code == 303
    assert citizen().answer(poll_id).status_code == 303


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


def test_the_home_page_can_take_the_answer_itself_where_one_press_is_all(editor, poll_id, visit):
    assert "data-answers" in visit("/").text
    assert 'name="request_id"' not in visit("/").text  # it comes out of the cache


def test_who_wants_to_hear_of_it_is_led_to_the_letters(poll_id, visit):
    link = re.search(r'href="([^"]*topic=polls:outcome[^"]*)"', visit(f"/polls/{poll_id}").text)[1]
    page = visit(link.replace("&amp;", "&")).text
    assert re.search(r'value="polls:outcome"[^>]* checked', page)
