"""What begins or ends by the clock alone is on the page at that moment, whatever caches keep."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.news import services as news
from obshto.modules.notices.services.edits import Draft, publish_notice, write_notice
from obshto.platform.clock import now
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web import page_cache, request_uow
from obshto.platform.web.formats import clock
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
HOUR = timedelta(hours=1)
NEWS, NOTICE = "Концерт на площада", "Спира водата"


@pytest.fixture
def moment(monkeypatch):
    """A clock for pages, that stands until it is set."""
    stopped = [now().replace(second=0, microsecond=0)]
    for module in (request_uow, page_cache):
        monkeypatch.setattr(module, "now", lambda: stopped[0])
    return stopped


@pytest.fixture
def planned(app, everything_on, moment):
    """News that show between one hour and two from now, a notice that holds for as long."""
    begin, end = moment[0] + HOUR, moment[0] + 2 * HOUR
    words = news.Text(title=NEWS, summary="Накратко", markdown="Текст")
    draft = Draft(kind="water", title=NOTICE, text="Текст", starts_at=begin, ends_at=end)
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        item = news.write_item(uow, words, request_id=uuid4())
        news.publish_item(uow, item, expected_version=item.version, at=begin, until=end)
        notice = write_notice(uow, draft, request_id=uuid4())
        publish_notice(uow, notice, expected_version=notice.version)


@pytest.mark.parametrize("path", ["/", "/news/"])
@pytest.mark.parametrize("is_signed", [False, True], ids=["stranger", "signed in"])
def test_news_show_from_their_moment_to_their_end(
    planned, moment, client, at, sign_in, path, is_signed
):
    visitor = sign_in(VILLAGE) if is_signed else client
    shown = []
    for _ in range(6):
        page = visitor.get(path, **({} if is_signed else {"base_url": at(VILLAGE)}))
        shown.append(NEWS in page.text)
        moment[0] += HOUR / 2
    assert shown == [False, False, True, True, False, False]


@pytest.mark.parametrize("is_signed", [False, True], ids=["stranger", "signed in"])
def test_a_notice_comes_into_force_and_goes(planned, moment, client, at, sign_in, is_signed):
    visitor = sign_in(VILLAGE) if is_signed else client
    shown, begin = [], moment[0] + HOUR
    for _ in range(6):
        text = visitor.get("/", **({} if is_signed else {"base_url": at(VILLAGE)})).text
        begins = f"Без вода днес от {clock(begin)}" in text or "Без вода на " in text
        shown.append((begins, "Без вода до " in text, NOTICE in text))
        moment[0] += HOUR / 2
    coming, in_force, over = (True, False, True), (False, True, True), (False, False, False)
    assert shown == [coming, coming, in_force, in_force, over, over]
