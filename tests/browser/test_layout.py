"""How long lists are, how many columns there are, how a page prints, how large figures are."""

from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.browser
VILLAGE, MOST = "gorno-selo", 4
FAR = 48  # px of a figure that is read from two metres: 16 minutes of arc of a screen of 24 inches
LISTS = """() => [...document.querySelectorAll('.ob-cols > div ul, .ob-cols > div ol')]
  .map(list => list.children.length)"""
COLUMNS = """() => [...document.querySelectorAll('.ob-cols > div')]
  .map(column => Math.round(column.getBoundingClientRect().left))"""
FIGURES = """() => [...document.querySelectorAll('.ob-stats b')].map(figure => {
  const drawn = getComputedStyle(figure)
  return [parseFloat(drawn.fontSize), drawn.color]
})"""
ERROR = """INSERT INTO shared.request_minute VALUES ('gorno-selo', date_trunc('minute', now()),
    9, 2, array_fill(0, ARRAY[12])) ON CONFLICT (municipality, minute) DO UPDATE SET errors = 2"""


@pytest.fixture
def home(site):
    site.switch(VILLAGE)
    site.fill(VILLAGE)
    return site.at(VILLAGE) + "/"


def test_no_list_of_the_home_page_is_longer_than_four(home, visit):
    page = visit()
    page.goto(home)
    lengths = page.evaluate(LISTS)
    assert len(lengths) > 3 and max(lengths) <= MOST, lengths


@pytest.mark.parametrize(("width", "columns"), [(899, 1), (900, 2), (1280, 2)])
def test_a_wide_home_page_has_two_columns(home, visit, width, columns):
    page = visit(js=False)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(home)
    assert len(set(page.evaluate(COLUMNS))) == columns


def test_on_paper_the_foot_says_the_phone_and_spills_over_no_page(home, visit):
    page = visit(js=False, phone=False)
    page.goto(f"{home}contact")
    page.emulate_media(media="print")
    foot = page.locator(".ob-foot")
    expect(foot).to_contain_text("Обадете се на")
    assert "бисквитк" not in foot.inner_text()
    assert foot.evaluate("it => getComputedStyle(it).breakInside") == "avoid"
    with pikepdf.open(BytesIO(page.pdf(format="A4"))) as pdf:
        assert len(pdf.pages) == 1


@pytest.fixture
def board(site, visit):
    """board(phone=False): the board of operations as it is drawn."""

    def begin(**said):
        page = visit(cookies=[site.cookie("ops", site.operator())], **said)
        page.goto(site.at("ops") + "/")
        return page

    return begin


def put(site, statement):
    engine = create_engine(site.app.extensions["obshto.config"].migrator)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_four_figures_of_the_board_are_read_from_two_metres(board):
    figures = board(phone=False).evaluate(FIGURES)
    assert len(figures) == 4
    assert min(size for size, _colour in figures) >= FAR


def test_a_figure_of_the_board_is_red_once_a_hand_is_needed(site, board):
    """Requests never are, whatever their number."""
    put(site, ERROR)
    page = board(phone=False)
    red = page.evaluate(
        "() => { const it = document.createElement('b'); document.body.append(it);"
        " it.style.color = 'var(--govuk-error-colour)'; return getComputedStyle(it).color }"
    )
    grave, errors, requests, _failed = (colour for _size, colour in page.evaluate(FIGURES))
    assert (grave, errors) == (red, red) and requests != red
