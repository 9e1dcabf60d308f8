"""Registering: once, listed and shown; the queue, the list, letters, the person's page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.browsing import SignedIn

from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.notifications import accepted, refused, who_registered
from obshto.modules.voters.services.retention import ENDED_KEPT, forget_old
from obshto.platform.permissions import Role
from obshto.tenants.api import STAFF, Proof, open_session

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FIRST, SECOND, THIRD, UNLISTED = "5003150019", "5507220025", "6101040039", "9012120082"


def plain(answer):
    return answer.text.replace("\xa0", " ")


def ask(person, number, **typed):
    told = {"egn": number, "name": "Опитка Опитова", "delivery": "office", **typed}
    return person.press("/voters/new", "/new", **told)


@pytest.fixture
def resident(on, sign_in):
    return sign_in(VILLAGE)


@pytest.fixture
def weak(resident):
    """The same person, signed in with a password alone."""
    app = resident.app
    with app.app_context():
        proof = Proof(is_member=True, assurance=1)
        person_id = resident.person_id
        token = open_session(person_id, municipality=VILLAGE, term=STAFF, proof=proof)
    return SignedIn(app, VILLAGE, resident.base, token, person_id)


def test_who_is_listed_and_came_with_a_passkey_is_accepted_at_once(bring, resident, found):
    assert bring().status_code == 303
    assert ask(resident, FIRST).status_code == 303
    assert found() == [("accepted", "signin", "")]
    page = plain(resident.get("/voters/mine"))
    assert "Регистрирани сте" in page and FIRST not in page
    assert '<span lang="bg">Български</span>' in page
    assert resident.get("/voters/new").status_code == 303  # there is nothing to ask twice


def test_a_password_alone_leaves_it_to_a_passkey_or_the_counter(bring, weak, resident, found):
    bring()
    assert ask(weak, FIRST).status_code == 303
    assert found() == [("asked", "", "")]
    assert weak.get("/voters/confirm").status_code == 302  # asks for more first
    page = resident.forms("/voters/confirm")
    fields = next(fields for _, fields in page if "expected_version" in fields)
    for _ in range(2):  # the same form twice
        assert resident.post("/voters/confirm", fields).status_code == 303
    assert found() == [("accepted", "signin", "")]


def test_the_counter_finishes_what_began_online(bring, weak, clerk, found, uow_in):
    bring()
    ask(weak, FIRST)
    answer = clerk.press("/console/voters/find", "/find", egn=FIRST)
    assert answer.status_code == 303
    assert clerk.press(answer.location, to="/confirm").status_code == 303
    assert found() == [("accepted", "document", "")]


def test_who_is_in_no_list_waits_for_the_next_one(bring, enter, found, clerk):
    bring()
    assert enter(UNLISTED).status_code == 303
    assert found() == [("asked", "document", "")]
    bring(f"Населено място,ЕГН\nс. Ново,{UNLISTED}\n")
    assert found() == [("accepted", "document", "")]
    page = plain(clerk.get("/console/voters/?list=accepted&settlement=с. Ново"))
    assert "№ 1" in page and "Опитка" not in page  # names wait for a reason


def test_one_number_and_one_account_register_once(bring, resident, sign_in, enter, found):
    bring()
    ask(resident, FIRST)
    other = sign_in(VILLAGE)
    answer = ask(other, FIRST, name="Чужда Ръка")
    assert answer.status_code == 422 and "вече има регистрация" in plain(answer)
    assert "Чужда Ръка" in answer.text  # what was typed stays
    assert enter(FIRST).status_code == 422
    assert enter(FIRST, replaces="y").status_code == 303  # who has the document is right
    assert found() == [("refused", "signin", "replaced"), ("accepted", "document", "")]
    assert ask(resident, SECOND).status_code == 303  # an ended one stands in nobody's way


def test_the_same_form_twice_is_one_registration(bring, resident, enter, found):
    bring()
    once = str(uuid4())
    assert ask(resident, FIRST, request_id=once).status_code == 303
    fields = {"egn": FIRST, "name": "Опитка Опитова", "delivery": "office", "request_id": once}
    assert resident.post("/voters/new", fields).status_code == 303
    other = str(uuid4())
    pages = {enter(SECOND, request_id=other).location for _ in range(2)}
    assert len(pages) == 1 and len(found()) == 2


def test_wrong_answers_are_asked_for_again(resident, clerk):
    answer = ask(resident, "5003150010", delivery="post")
    assert answer.status_code == 422
    assert 'href="#egn"' in answer.text and 'href="#address"' in answer.text
    told = {"egn": FIRST, "name": "Опитка Опитова", "delivery": "office"}
    answer = clerk.press("/console/voters/new", "/new", **told)
    assert answer.status_code == 422 and "срещу документ" in plain(answer)


def test_no_personal_number_lies_anywhere(bring, enter, owner):
    bring()
    enter(FIRST)
    for table in ("registration", "listed", "upload"):
        rows = owner(f"select t::text from t_gorno_selo.voters_{table} t")
        assert rows and not any(FIRST in str(row) or "Опитка" in str(row) for row in rows)
    told = owner("select t::text from t_gorno_selo.audit_entry t")
    assert not any(FIRST in str(row) for row in told)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (f"ЕГН;Населено място\n{FIRST};А\n5003150010;Б\n", "на ред: 3"),
        (f"ЕГН;Населено място\n{FIRST};А\n{FIRST};Б\n", "на ред: 3"),
        ("Име;Адрес\nА;Б\n", "Файлът не се чете"),
        (b"\xff\xfe\x00", "Файлът не се чете"),
    ],
)
def test_a_wrong_list_changes_nothing(bring, table, said, owner):
    bring()
    answer = bring(table)
    assert answer.status_code == 422 and said in plain(answer)
    assert owner("select count(*) from t_gorno_selo.voters_listed") == [(3,)]


def test_a_spreadsheet_may_have_dropped_zeros(bring, enter, found):
    bring("ЕГН;Населено място\n103129994;А\n")
    # Of somebody born in 1901: the zero is what the table lost.
    assert enter("0103129994").status_code == 303
    assert found()[0][0] == "accepted"


def test_a_refusal_says_why_and_the_letter_too(bring, weak, clerk, found, uow_in, resident):
    bring()
    ask(weak, FIRST)
    page = clerk.press("/console/voters/find", "/find", egn=FIRST).location
    refusal = f"{page.partition('?')[0]}/refuse"
    assert clerk.press(refusal, "/refuse").status_code == 422
    assert clerk.press(refusal, "/refuse", reason="another").status_code == 303
    assert found() == [("refused", "", "another")]
    assert "ЕГН е на друг човек" in plain(weak.get("/voters/mine"))
    with uow_in(VILLAGE) as uow:
        row = uow.session.scalars(select(VoterRegistration)).one()
        fact = {"subject_id": str(row.id), "number": row.number}
        assert who_registered(uow, fact) == {resident.person_id}
        assert "ЕГН е на друг човек" in refused(uow, fact)[1]
        assert "с код" in accepted(uow, fact)[1]


def test_who_withdraws_is_forgotten_after_the_term(bring, resident, found, uow_in):
    bring()
    ask(resident, FIRST)
    assert resident.press("/voters/withdraw", "/withdraw").status_code == 303
    assert found()[0][0] == "withdrawn"
    with uow_in(VILLAGE) as uow:
        row = uow.session.scalars(select(VoterRegistration)).one()
        row.ended_at = uow.now - ENDED_KEPT - timedelta(days=1)
        uow.session.flush()
        forget_old(uow)
        assert uow.session.scalars(select(VoterRegistration)).all() == []


def test_a_look_at_somebody_is_told_to_them(bring, resident, clerk, owner):
    bring()
    ask(resident, FIRST)
    clerk.get(clerk.press("/console/voters/find", "/find", egn=FIRST).location)
    [(purpose,)] = owner("select purpose from t_gorno_selo.purposes_look where part = 'voters'")
    assert purpose == "check"


def test_who_may_do_what(on, sign_in, bring, enter, resident, client, at):
    bring()
    page = enter(FIRST).location.partition("?")[0]
    mayor, admin = sign_in(VILLAGE, Role.MAYOR), sign_in(VILLAGE, Role.ADMIN)
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert mayor.get("/console/voters/").status_code == 403
    assert admin.get(page).status_code == 403  # looks after the portal, not after people
    assert admin.get("/console/voters/list").status_code == 200
    assert clerk.get("/console/voters/list").status_code == 403
    assert clerk.get(page).status_code == 200
    stranger = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert stranger.get(page).status_code == 404
    assert "Нямате регистрация" in plain(resident.get("/voters/withdraw"))
    fields = {"expected_version": "1"}  # of somebody else's
    assert resident.post("/voters/withdraw", fields).status_code == 404
    assert client.get("/voters/new", base_url=at(VILLAGE)).status_code == 302
    assert client.get("/voters/", base_url=at(VILLAGE)).status_code == 200


def test_registration_is_read_aloud(resident):
    for path in ("/voters/", "/voters/new", "/voters/mine"):
        page = resident.get(path).text
        assert 'data-aloud="main"' in page and 'id="main"' in page
