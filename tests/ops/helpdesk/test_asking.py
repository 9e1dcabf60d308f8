"""Staff ask from the page at hand, follow the answer, say how the help was."""

from uuid import uuid4

from obshto.ops.helpdesk.services import answer, ticket_numbered
from obshto.platform.permissions import Role
from obshto.platform.privacy.services import erase_person, export_person
from obshto.platform.unit_of_work import Principal, open_uow

TEAM = Principal(person_id=uuid4(), name="Десислава Митова")


def told(app, number, **more):
    with app.app_context(), open_uow(None, TEAM) as region:
        given = {"text": "Вижте размера", "minutes": 15, "closes": False} | more
        answer(region, ticket_numbered(region, number), request_id=uuid4(), **given)


def test_a_question_goes_from_any_page_and_takes_the_page_along(clerk, owner):
    page = clerk.get("/console/news/").text
    assert 'href="/console/helpdesk/ask?from=/console/news/"' in page
    asked = {"title": "Новината не излиза", "text": "Публикувах я, а я няма"}
    address, fields = next(
        form
        for form in clerk.forms("/console/helpdesk/ask?from=/console/news/")
        if "title" in form[1]
    )
    went = clerk.post(
        address, fields | asked, headers={"User-Agent": "Mozilla Firefox/140 Windows"}
    )
    assert went.status_code == 303
    rows = owner("select municipality, page, module, browser, author_name from shared.ticket")
    expected = ("gorno-selo", "/console/news/", "news", "Firefox, Windows", "Мария Писарска")
    assert [tuple(row) for row in rows] == [expected]


def test_what_was_searched_for_on_the_page_does_not_travel(clerk):
    page = clerk.get("/console/helpdesk/ask?from=/console/news/%3Fq%3D%D0%95%D0%93%D0%9D").text
    assert 'value="/console/news/"' in page and 'ЕГН"' not in page


def test_an_empty_question_says_what_is_missing_and_keeps_the_rest(clerk, owner):
    went = clerk.press("/console/helpdesk/ask", title="Герб", text=" ")
    assert went.status_code == 422
    assert "Опишете какво се случи" in went.text and 'value="Герб"' in went.text
    assert owner("select 1 from shared.ticket") == []


def test_one_form_asks_once(clerk, owner):
    [(address, fields)] = [f for f in clerk.forms("/console/helpdesk/ask") if "title" in f[1]]
    for _ in range(2):
        assert clerk.post(address, fields | {"title": "Т", "text": "т"}).status_code == 303
    assert owner("select count(*) from shared.ticket_entry") == [(1,)]


def test_another_municipality_has_no_such_ticket(ticket, sign_in):
    neighbour = sign_in("dolno-selo", Role.ADMIN)
    theirs = f"/console/helpdesk/{ticket().id}"
    assert neighbour.get(theirs).status_code == 404
    assert neighbour.post(f"{theirs}/reply", {"text": "х"}).status_code == 404
    assert (
        neighbour.post(f"{theirs}/rate", {"mark": "1", "expected_version": "1"}).status_code == 404
    )
    assert "герба" not in neighbour.get("/console/helpdesk/").text


def test_a_colleague_sees_it_only_where_they_may_see_all(ticket, sign_in):
    theirs = f"/console/helpdesk/{ticket().id}"
    assert sign_in("gorno-selo", Role.EDITOR).get(theirs).status_code == 404
    assert sign_in("gorno-selo", Role.ADMIN).get(theirs).status_code == 200


def test_both_sides_read_the_same_history(app, ticket, clerk, operator):
    asked = ticket()
    told(app, asked.number)
    clerk.press(f"/console/helpdesk/{asked.id}", to="/reply", text="Благодаря, стана")
    for page in (
        clerk.get(f"/console/helpdesk/{asked.id}").text,
        operator.get(f"/tickets/{asked.number}").text,
    ):
        assert "Пише грешка" in page and "Вижте размера" in page
        assert "Благодаря, стана" in page and "15 минути помощ" in page


def test_a_reply_to_a_closed_ticket_opens_it_again(app, ticket, clerk, owner):
    asked = ticket()
    told(app, asked.number, closes=True)
    clerk.press(f"/console/helpdesk/{asked.id}", to="/reply", text="Пак не става")
    assert owner("select state, closed_at from shared.ticket") == [("open", None)]


def test_how_the_help_was_is_asked_after_closing_only(app, ticket, clerk, owner):
    asked = ticket()
    page = f"/console/helpdesk/{asked.id}"
    assert "Помогнахме ли Ви" not in clerk.get(page).text
    assert clerk.post(f"{page}/rate", {"mark": "5", "expected_version": "1"}).status_code == 403
    told(app, asked.number, closes=True)
    assert clerk.press(page, to="/rate", mark="4", words="По-бързо").status_code == 303
    assert owner("select mark, mark_words from shared.ticket") == [(4, "По-бързо")]


def test_letters_go_to_the_team_and_back_without_what_was_written(
    app, ticket, clerk, operator, queued
):
    asked = ticket()
    told(app, asked.number)
    facts = [args["fact"] for name, args in queued() if name == "notify:write"]
    assert facts == ["helpdesk:ticket.asked", "helpdesk:ticket.answered"]
    assert all("Пише грешка" not in str(args) and "Мария" not in str(args) for _, args in queued())


def test_who_is_erased_leaves_the_question_without_a_name(uow_in, ticket, clerk, owner):
    ticket()
    with uow_in("gorno-selo") as uow:
        assert export_person(uow, clerk.person_id)["helpdesk"][0]["text"] == "Пише грешка"
        erase_person(uow, clerk.person_id)
        uow.commit()
    for table in ("ticket", "ticket_entry"):
        assert owner(f"select author_name from shared.{table}") == [("",)]
