"""Style page: everything is on it in development, and it is nowhere else."""

import re

import pytest

from obshto.platform.permissions import Role
from obshto.tenants.portal.frame import IS_DEMO
from obshto.tenants.style.console import STYLES

PAGE = "/console/style/"
PIECES = (
    *("govuk-button--warning", "govuk-error-summary", "govuk-tag--red", "govuk-pagination"),
    *("ob-queue", "ob-map", "ob-chart", "ob-timeline", "ob-switch", "ob-empty", "ob-card"),
)


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


def test_sizes_of_type_are_named_in_one_stylesheet():
    sheets = {path.name: path.read_text("utf-8") for path in STYLES.glob("*.scss")}
    sheets.pop("_sizes.scss")
    assert {
        name for name, text in sheets.items() if re.search(r"font-size: [\d.]+rem", text)
    } == set()
