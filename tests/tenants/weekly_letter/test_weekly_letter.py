"""The letter of the week: to whom, once, with what, stopped by its reader."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.states import SIGNING
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.directory import change_contact
from obshto.tenants.people.own_roles import make_role
from obshto.tenants.weekly_letter.events import WeeklyLetterWritten
from obshto.tenants.weekly_letter.permissions import WeeklyLetterPermission
from obshto.tenants.weekly_letter.services import write_weekly_letters

HERE, THERE = "gorno-selo", "dolno-selo"
PAGE = "/console/tenants/weekly-letter/"


@pytest.fixture
def services_on(migrator):
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{eservices,promises,news}'"))


@pytest.fixture
def mayor(sign_in, services_on):
    roles = Role.MAYOR, Role.SECRETARY  # who signs, too
    return sign_in(HERE, *roles, name="Кметица Проба", email="kmet@villages.example")


@pytest.fixture
def to_sign(app, mayor):
    """One decision that waits for a second signature, of somebody with a name."""
    return waits(app, 1)


def work(slug):
    return open_uow(scope_named(slug), Principal.system("test"))


def waits(app, *numbers):
    with app.app_context(), work(HERE) as uow:
        rows = [case(uow, number) for number in numbers]
        uow.session.add_all(rows)
        return [row.id for row in rows]


def case(uow, sequence):
    row = Case(
        **{"id": new_id(), "request_id": uuid4(), "year": 2026, "sequence": sequence},
        **{"service": "1998", "definition_version": 1, "applicant": "Гражданка Тайнова"},
        **{"channel": "portal", "entered_by": "", "state": SIGNING, "sent_at": uow.now},
        **{"starts_on": day_of(uow.now), "due_on": day_of(uow.now) + timedelta(3)},
        assignee="",
    )
    row.keep({})
    return row


def write(app, slug=HERE):
    with app.app_context(), work(slug) as uow:
        write_weekly_letters(uow)


def letters(app, slug=HERE):
    with app.app_context(), work(slug) as uow:
        rows = select(Message).where(Message.fact == WeeklyLetterWritten.name)
        return [(row.recipient, row.subject, row.text) for row in uow.session.scalars(rows)]


def test_the_mayor_gets_one_letter_that_leads_to_the_act_and_names_nobody(app, mayor, to_sign):
    write(app)
    [(recipient, subject, words)] = letters(app)
    assert recipient == "kmet@villages.example"
    # The yearly review of access waits in every municipality that never had one.
    assert subject == "Тази седмица Ви чакат 2 задачи – Община Горно село"
    assert "ЧАКА ОДОБРЕНИЕ:" in words and "Тайнова" not in words
    [link] = [line for line in words.splitlines() if line.endswith("/proposal")]
    assert link == f"http://{HERE}.localhost:8000/console/eservices/{to_sign[0]}/proposal"


def test_of_several_the_letter_leads_to_their_list(app, mayor, to_sign):
    waits(app, 2)
    write(app)
    words = letters(app)[0][2]
    assert "Заявления: 2\n" in words and "/console/eservices/?list=sign" in words


def test_it_is_written_once_a_week_though_two_run_at_once(app, mayor, to_sign):
    with ThreadPoolExecutor(2) as two:
        list(two.map(write, [app, app]))
    write(app)
    assert len(letters(app)) == 1


def test_a_worker_that_was_killed_before_the_end_leaves_the_letter_to_the_next(app, mayor, to_sign):
    with app.app_context(), pytest.raises(ZeroDivisionError), work(HERE) as uow:
        write_weekly_letters(uow)
        raise ZeroDivisionError
    assert letters(app) == []
    write(app)
    assert len(letters(app)) == 1


def test_where_nothing_waits_one_sentence_says_so_also_to_who_has_the_word_alone(app, sign_in):
    words = {"name": "Чете писмото", "words": [WeeklyLetterPermission.RECEIVE.value]}
    with app.app_context(), work(HERE) as uow:
        role = make_role(uow, request_id=uuid4(), **words)
    sign_in(HERE, role.value, email="kmet@villages.example")
    write(app)
    [(_to, subject, words)] = letters(app)
    assert subject == "Тази седмица нищо не Ви чака – Община Горно село"
    assert "Нищо не чака решение" in words


def test_who_reads_english_has_english_words_and_pages(app, mayor, to_sign):
    with app.app_context():
        change_contact(mayor.person_id, phone=None, language="en")
    write(app)
    [(_to, subject, words)] = letters(app)
    assert subject == "2 tasks wait for you this week – Gorno-Selo Municipality"
    assert f"http://{HERE}.localhost:8000/en/console/eservices/" in words


def test_others_and_the_neighbour_get_none(app, mayor, to_sign, sign_in):
    sign_in(HERE, Role.SECRETARY, name="Друг", email="drug@villages.example")
    write(app)
    write(app, THERE)
    assert [one[0] for one in letters(app)] == ["kmet@villages.example"]
    assert letters(app, THERE) == []


def test_the_page_shows_what_would_come_and_stops_it(app, mayor, to_sign):
    page = mayor.get(PAGE).text
    assert "Тази седмица Ви чакат 2 задачи" in page and f"{to_sign[0]}/proposal" in page
    assert "Тайнова" not in page.partition("<main")[2]
    assert mayor.press(PAGE, to="/stop").status_code == 303
    write(app)
    assert letters(app) == []
    assert "Спряхте писмото" in mayor.get(PAGE).text
    assert mayor.press(PAGE, to="/resume", expected_version=1).status_code == 409, "a late copy"
    assert mayor.press(PAGE, to="/resume").status_code == 303
    write(app)
    assert len(letters(app)) == 1


def test_the_page_is_of_who_gets_the_letter(mayor, sign_in):
    assert sign_in(HERE, Role.EDITOR).get(PAGE).status_code == 403
    assert sign_in(THERE, Role.EDITOR).get(PAGE).status_code == 403
