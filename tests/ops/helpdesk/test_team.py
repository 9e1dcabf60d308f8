"""The team answers, assigns, counts its minutes, sees who waits."""

import pytest

from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters


def test_an_answer_with_its_minutes_counts_for_the_month(ticket, operator, owner):
    asked = ticket()
    page = f"/tickets/{asked.number}"
    went = operator.send(page, to="/answer", text="Ето как", minutes="25", closes="y")
    assert went.status_code == 303
    assert owner("select state, minutes, assignee_name from shared.ticket") == [
        ("closed", 25, "Десислава Митова")
    ]
    hours = operator.get("/tickets/hours").text
    assert "25" in hours and "gorno-selo" in operator.get("/tickets/hours.csv").text
    acts = [row[0] for row in owner("select act from shared.audit_entry order by id")]
    assert "helpdesk:help.given" in acts


def test_one_answer_is_given_once_and_counted_once(ticket, operator, owner):
    asked = ticket()
    page = operator.get(f"/tickets/{asked.number}").text
    same = page.split("/answer", 1)[1].partition('name="request_id" type="hidden" value="')[2][:36]
    for _ in range(2):
        operator.send(
            f"/tickets/{asked.number}", to="/answer", text="Ето", minutes="10", request_id=same
        )
    assert owner("select minutes from shared.ticket") == [(10,)]
    shared = "select municipality, word, number from shared.billing_use"
    assert owner(shared) == [("gorno-selo", "help", 10)]


@pytest.mark.parametrize("minutes", ["-1", "1441", "много"])
def test_minutes_that_are_none_are_refused_and_the_answer_stays(ticket, operator, owner, minutes):
    asked = ticket()
    went = operator.send(f"/tickets/{asked.number}", to="/answer", text="Ето как", minutes=minutes)
    assert went.status_code == 422 and "Ето как" in went.text
    assert owner("select minutes from shared.ticket") == [(0,)]


def test_a_ticket_is_assigned_with_a_term_and_a_late_form_undoes_nothing(ticket, operator, owner):
    asked = ticket()
    page = f"/tickets/{asked.number}"
    sent = {"priority": "urgent", "due_at": "2030-01-02T10:00", "assignee": ""}
    assert operator.send(page, to="/arrange", **sent).status_code == 303
    assert owner("select priority from shared.ticket") == [("urgent",)]
    late = operator.send(page, to="/arrange", **sent | {"priority": "low", "expected_version": "1"})
    assert late.status_code == 409
    assert "Спешно" in operator.get(page).text


def test_nobody_without_the_role_sees_the_tickets(client, at, clerk):
    assert client.get("/tickets", base_url=at("ops")).status_code == 302
    assert clerk.get("/tickets", base_url="http://ops.localhost:8000").status_code in (302, 403)


def test_who_waits_stands_on_the_board_and_in_the_list(ticket, operator, put):
    ticket()
    assert "1 запитване чака отговор" in operator.get("/municipalities/gorno-selo").text
    put("UPDATE shared.ticket SET due_at = now() - interval '1 hour'")
    assert "1 просрочено запитване" in operator.get("/municipalities/gorno-selo").text
    assert "Не мога да кача герба" in operator.get("/tickets?state=open&place=gorno-selo").text
    assert "Не мога да кача герба" not in operator.get("/tickets?state=closed").text


def test_the_team_gets_a_letter_with_the_way_to_the_ticket(uow_in, ticket, operator, put, queued):
    put("UPDATE shared.person SET email = 'it@v.example' WHERE subject = 'it'")
    ticket()
    [job] = [args for name, args in queued() if name == "notify:write"]
    job.pop("municipality")
    with uow_in("gorno-selo") as uow:
        write_letters(uow, **job)
        [letter] = uow.session.query(Message).all()
        assert "ops.localhost:8000/tickets/" in letter.text
        assert "герба" not in letter.text + letter.subject
