"""What a page of somebody signed in sends to the database, with BEGIN, SET and COMMIT counted."""

from uuid import uuid4

import pytest

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.modules.news import services as news
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"
MOST = 6
FORM = "2071"
# The queue counts its lists, reads the page, then names of colleagues, who are the region's; on the
# console's home each part whose days follow from more than one table looks for them by itself.
WORK = {f"/eservices/{FORM}/form": 6, "/console/eservices/": 14, "/console/": 13}


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
