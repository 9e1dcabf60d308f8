"""Style page: everything is on it in development, and it is nowhere else."""

import re
from pathlib import Path

import pytest

import obshto.platform.web as web
import obshto.tenants.style as style
from obshto.platform.permissions import Role
from obshto.tenants.portal.frame import IS_DEMO
from obshto.tenants.style.console import STYLES

PAGE = "/console/style/"
PIECES = (
    *("govuk-button--warning", "govuk-error-summary", "govuk-tag--red", "govuk-pagination"),
    *("ob-queue", "ob-map", "ob-chart", "ob-timeline", "ob-switch", "ob-empty", "ob-card"),
    *("ob-areas", "ob-focus", "ob-pick", "ob-signature", "ob-room", "ob-diff", "ob-editor"),
    *("data-capture", "data-cover", "data-queue", 'id="useful"', 'id="buses"', "live=1"),
)
TEMPLATES = Path(web.__path__[0]) / "templates"
OWN = Path(style.__path__[0]) / "templates"
MACRO = re.compile(r"{%-?\s*macro (\w+)\((.*?){%-?\s*endmacro", re.DOTALL)
CALL = re.compile(r"\b(\w+)\(")
# A page with its heading, a form that is sent, what follows the version of a form that is sent,
# the same panel with the address where one is asked, the other of two ways back, the addresses of
# a picture that was kept.
ELSEWHERE = {"in_a_phone", "purpose_form", "expected_version", "useful", "breadcrumbs", "sized"}


@pytest.fixture
def official(sign_in):
    return sign_in("gorno-selo", Role.ADMIN)


def test_whoever_develops_sees_every_piece_with_its_errors(official):
    page = official.get(PAGE)
    assert page.status_code == 200
    assert [piece for piece in PIECES if piece not in page.text] == []
    assert page.text.count('class="govuk-error-message"') == 8
    assert "$space-4: 16px" in page.text and "--ob-fill" in page.text


def test_it_is_not_found_where_the_platform_serves_people(app, official, monkeypatch):
    monkeypatch.setitem(app.config, IS_DEMO, False)
    assert official.get(PAGE).status_code == 404


def test_every_macro_stands_on_it():
    """Whoever writes a new one shows it there, by itself or within another that is shown."""
    macros = {}
    for path in (TEMPLATES / "ui").glob("*.html"):
        found = MACRO.findall(path.read_text("utf-8"))
        macros |= {name: set(CALL.findall(body)) - {name} for name, body in found}
    assert len(macros) > 80
    waiting = {name for sheet in sheets() for name in CALL.findall(sheet)} & set(macros)
    shown = set()
    while waiting:
        name = waiting.pop()
        shown.add(name)
        waiting |= (macros[name] & set(macros)) - shown
    assert set(macros) - shown == ELSEWHERE


def sheets():
    """The templates that the page is drawn of."""
    return [path.read_text("utf-8") for path in (*OWN.glob("*.html"), *TEMPLATES.glob("*.html"))]


def test_sizes_of_type_are_named_in_one_stylesheet():
    sheets = {path.name: path.read_text("utf-8") for path in STYLES.glob("*.scss")}
    sheets.pop("_sizes.scss")
    assert {
        name for name, text in sheets.items() if re.search(r"font-size: [\d.]+rem", text)
    } == set()
