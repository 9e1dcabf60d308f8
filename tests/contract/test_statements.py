"""What a page of somebody signed in sends to the database, with BEGIN, SET and COMMIT counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.modules.news import services as news
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import end_session, scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"
MOST = 4
FORM = "2071"
QUEUE, DESK = "/console/eservices/", "/console/"
# Beside the four of every page: the queue reads its lists with a page of rows, and names of
# colleagues, who are the region's, or lists alone where no row is; the home all that waits.
WORK = {f"/eservices/{FORM}/form": 4, QUEUE: 6, DESK: 5}


@pytest.fixture
def published(app, everything_on):
    """Something to show."""
    words = news.Text(title="Заглавие", summary="Накратко", markdown="Текст")
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        item = news.write_item(uow, words, request_id=uuid4())
        news.publish_item(uow, item, expected_version=item.version)


@pytest.mark.parametrize("path", ["/", "/news/", "/eservices/"])
@pytest.mark.parametrize("roles", [(), (Role.EDITOR,)], ids=["citizen", "editor"])
def test_a_page_of_somebody_signed_in_is_made_of_few_statements(
    sign_in, sent, published, path, roles
):
    visitor = sign_in(VILLAGE, *roles)
    visitor.get(path)  # what may be kept is kept
    sent.clear()
    assert visitor.get(path).status_code == 200
    assert 2 <= len(sent) <= MOST, "\n".join(sent)


@pytest.fixture
def offered(app, everything_on):
    """A service that has a form."""
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        terms = Terms(is_online=True, fee_cents=250, official="Проба Подписваща")
        change_offer(uow, catalogue_services()[FORM], terms, expected_version=UNWRITTEN)


@pytest.mark.parametrize(("path", "most"), WORK.items())
def test_a_page_of_work_has_a_bound_of_its_own(sign_in, sent, offered, path, most):
    worker = sign_in(VILLAGE, *STAFF_ROLES)
    worker.get(path)
    sent.clear()
    assert worker.get(path).status_code == 200
    assert 2 <= len(sent) <= most, "\n".join(sent)


def test_a_transaction_of_a_municipality_begins_in_one_round_trip(app, sent):
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        sent.clear()
        roles = [uow.session.scalar(text("SELECT current_user")) for _ in range(2)]
    assert roles == ["t_gorno_selo"] * 2
    begun = ['BEGIN; SET LOCAL ROLE "t_gorno_selo"', "SELECT current_user", "SELECT current_user"]
    assert sent[:3] == begun


def test_a_cookie_is_read_with_its_host_and_for_that_host_alone(
    app, sign_in, everything_on, at, sent
):
    worker = sign_in(VILLAGE, *STAFF_ROLES)
    token = worker.client.get_cookie("session", domain=f"{VILLAGE}.localhost").value
    worker.client.set_cookie("session", token, domain="dolno-selo.localhost")
    worker.get(DESK)  # that somebody was seen is written once a minute
    for slug, status in ((VILLAGE, 200), ("dolno-selo", 302), (VILLAGE, 200)):
        sent.clear()
        assert worker.get(DESK, base_url=at(slug)).status_code == status
        assert "shared.tenant" in sent[0] and "shared.session" in sent[0]
        assert not any("shared.session" in one for one in sent[1:])
    with app.app_context():
        end_session(token)
    assert worker.get(DESK).status_code == 302


def case_of(uow, sequence, away, **changed):
    """An application that nobody has taken, due in so many days."""
    today = day_of(uow.now)
    told = {
        **{"id": new_id(), "request_id": uuid4(), "year": 2026, "sequence": sequence},
        **{"service": FORM, "definition_version": 1, "applicant": "Сия Подателка"},
        **{"channel": "portal", "entered_by": "", "state": "sent", "sent_at": uow.now},
        **{"starts_on": today, "due_on": today + timedelta(days=away), "assignee": ""},
    }
    case = Case(**told | changed)
    case.keep({})
    return case


@pytest.fixture
def sent_in(offered, app):
    """sent_in(person): a late application, one in time, one that this person works on."""

    def send(person):
        own = {"assignee_id": person.person_id, "assignee": "Проба Пробова", "state": "in_work"}
        with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
            uow.session.add_all([case_of(uow, 1, -3), case_of(uow, 2, 2)])
            uow.session.add(case_of(uow, 3, 2, **own))

    return send


# One's own are a look: whether it is recorded already is a statement more. So are the services that
# a clerk of a department works on, for who does not oversee the others.
@pytest.mark.parametrize(
    ("path", "roles", "most", "shows"),
    [
        (QUEUE, STAFF_ROLES, 6, "2026-00001"),
        (f"{QUEUE}?list=late", STAFF_ROLES, 6, "2026-00001"),
        (f"{QUEUE}?list=late&page=9", STAFF_ROLES, 8, "2026-00001"),
        (f"{QUEUE}?list=mine", STAFF_ROLES, 7, "Сия Подателка"),
        (QUEUE, (Role.REGISTRY_CLERK,), 7, "2026-00001"),
        (DESK, STAFF_ROLES, 5, "?list=late"),
    ],
)
def test_where_something_waits_hardly_more_is_asked(
    sign_in, sent, sent_in, path, roles, most, shows
):
    worker = sign_in(VILLAGE, *roles)
    sent_in(worker)
    assert shows in worker.get(path).text
    sent.clear()
    assert worker.get(path).status_code == 200
    assert 2 <= len(sent) <= most, "\n".join(sent)
