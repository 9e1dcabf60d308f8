"""Posters of a month and pocket timetables are the sheets of paper that they say they are."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest

from obshto.modules.events.services.edits import Details, Text, write_event
from obshto.modules.events.services.publication import publish_event
from obshto.platform.clock import SOFIA, now

VILLAGE = "gorno-selo"
DAY = timedelta(days=1)
POINT = 72 / 25.4  # of a millimetre


@pytest.fixture
def printed(site, visit):
    """printed(path): sizes in millimetres of the pages that a browser prints of it."""

    def begin(path):
        page = visit(js=False, phone=False)
        page.goto(site.at(VILLAGE) + path)
        with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
            boxes = [[float(number) for number in one.mediabox] for one in pdf.pages]
        return [(round(box[2] / POINT), round(box[3] / POINT)) for box in boxes]

    return begin


@pytest.fixture
def furnished(site):
    site.switch_to(VILLAGE, ["news", "events", "transit"])
    site.fill(VILLAGE)
    yield site.at(VILLAGE)
    site.switch_to(VILLAGE, ["news"])


def test_a_month_is_one_sheet_of_the_size_that_was_chosen(furnished, visit, printed):
    page = visit(js=False)
    page.goto(f"{furnished}/events/")
    page.get_by_role("link", name="По месеци").click()
    path = page.url.removeprefix(furnished)
    assert printed(f"{path}/poster") == [(210, 297)]
    assert printed(f"{path}/poster?size=a3") == [(297, 420)]


def test_a_full_month_is_one_sheet_too_and_says_what_is_left(furnished, visit, printed, uow_in):
    start = (now() + 62 * DAY).astimezone(SOFIA).replace(day=3, hour=18, minute=0)
    with uow_in(VILLAGE) as uow:
        for number in range(48):
            at = start + number % 24 * DAY
            told = Details(starts_at=at, ends_at=at + DAY / 12, address="салонът на читалището")
            words = Text(title=f"Вечер {number} на старите градски песни и на хорото")
            event = write_event(uow, words, told, request_id=uuid4())
            publish_event(uow, event, expected_version=event.version)
        uow.commit()
    for size, sheet in (("a4", (210, 297)), ("a3", (297, 420))):
        path = f"/events/month/{start:%Y-%m}/poster?size={size}"
        assert printed(path) == [sheet]
        page = visit(js=False)
        page.goto(furnished + path)
        assert "И още" in page.locator("main").inner_text()


def test_a_pocket_timetable_is_one_side_of_a_sheet(furnished, visit, printed):
    page = visit(js=False)
    page.goto(f"{furnished}/transit/")
    page.locator("a[href*='/transit/lines/']").first.click()
    page.get_by_role("link", name="Джобно разписание за печат").click()
    assert printed(page.url.removeprefix(furnished)) == [(210, 297)]
