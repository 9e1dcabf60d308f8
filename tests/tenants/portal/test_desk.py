"""Home page of the console: what waits for whom, the week, shortcuts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.eservices.models import Case
from obshto.modules.news import services as news
from obshto.ops.seed import every_module
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE, OTHER = "gorno-selo", "dolno-selo"


@pytest.fixture
def everything_on(migrator):
    with migrator.begin() as connection:
        row = {"modules": list(every_module())}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)


@pytest.fixture
def work(app, everything_on):
    """An application that is late, one due in two days, a draft of news."""
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        for sequence, away in ((1, -3), (2, 2)):
            uow.session.add(case(uow, sequence, day_of(uow.now) + timedelta(days=away)))
        words = news.Text(title="Заглавие", summary="Накратко", markdown="Текст")
        news.write_item(uow, words, request_id=uuid4())


def case(uow, sequence, due_on):
    row = Case(
        **{"id": new_id(), "request_id": uuid4(), "year": 2026, "sequence": sequence},
        **{"service": "1998", "definition_version": 1, "applicant": "Проба Пробова"},
        **{"channel": "portal", "entered_by": "", "state": "sent", "sent_at": uow.now},
        **{"starts_on": day_of(uow.now), "due_on": due_on, "assignee": ""},
    )
    row.keep({})
    return row


def home_of(sign_in, slug, *roles):
    return sign_in(slug, *roles).get("/console/").get_data(as_text=True)


def test_a_clerk_sees_what_is_late_what_is_new_and_when_the_next_is_due(work, sign_in):
    page = home_of(sign_in, VILLAGE, Role.REGISTRY_CLERK)
    late, new = page.index("Просрочено"), page.index(">Ново<")
    assert "<b>1</b>" in page[late:new] and "?list=late" in page[late:new]
    assert "<b>2</b>" in page[new:] and "?list=new" in page[new:]
    assert "Срок на заявление</a>" in page[page.index("Следващите седем дни") :]
    assert "/console/eservices/enter" in page[page.index("Започнете") :]
    assert "Чернови" not in page  # an editor's


def test_an_editor_sees_drafts_and_nothing_of_applications(work, sign_in):
    page = home_of(sign_in, VILLAGE, Role.EDITOR)
    assert "/console/news/?list=drafts" in page
    assert "/console/eservices" not in page


def test_nothing_waits_at_the_neighbour_who_was_sent_nothing(work, sign_in):
    page = home_of(sign_in, OTHER, Role.REGISTRY_CLERK)
    assert "Нищо не Ви чака" in page and "Просрочено" not in page


def test_what_is_switched_off_does_not_wait(work, sign_in, migrator):
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{news}'"))
    assert "/console/eservices" not in home_of(sign_in, VILLAGE, Role.REGISTRY_CLERK)


def test_all_that_waits_and_the_week_are_one_statement(work, sign_in, statements_of):
    clerk = sign_in(VILLAGE, *STAFF_ROLES)
    clerk.get("/console/")
    asked = statements_of(lambda: clerk.get("/console/"))
    assert len([one for one in asked if "eservices_case" in one]) == 1
