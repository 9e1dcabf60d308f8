"""Polls as citizens meet them, over HTTP: once each, without scripts, nothing typed is lost."""

import re
from uuid import UUID, uuid4

import pytest
from support.poll_pages import (
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

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.tally import tally_of
from obshto.platform.permissions import Role


def test_a_draft_is_seen_by_nobody_and_an_open_poll_at_once(editor, visit):
    poll_id = id_of(write(editor))
    assert visit(f"/polls/{poll_id}").status_code == 404
    ask(editor, poll_id)
    press(editor, poll_id, "open")
    for path in (f"/polls/{poll_id}", "/polls/", "/"):
        assert TYPED["title"] in plain(visit(path)), path
    assert "Събота" in visit("/").text  # one question is asked right on the home page


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


def test_the_paper_twin_asks_the_same(editor, poll_id):
    page = plain(editor.get(f"/console/polls/{poll_id}/paper"))
    assert "Кой ден?" in page and "Събота" in page and "Не пишете името си" in page


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


def test_the_home_page_can_take_the_answer_itself_where_one_press_is_all(editor, poll_id, visit):
    assert "data-answers" in visit("/").text
    assert 'name="request_id"' not in visit("/").text  # it comes out of the cache


def test_who_wants_to_hear_of_it_is_led_to_the_letters(poll_id, visit):
    link = re.search(r'href="([^"]*topic=polls:outcome[^"]*)"', visit(f"/polls/{poll_id}").text)[1]
    page = visit(link.replace("&amp;", "&")).text
    assert re.search(r'value="polls:outcome"[^>]* checked', page)
