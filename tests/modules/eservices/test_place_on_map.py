"""A place on the map: told by a tap or by numbers, read back, never far from here."""

import re

import pytest
from support.designer_pages import text

SCRIPT = re.compile(r'src="[^"]*\bplace\b[^"]*js').search


@pytest.fixture
def asked(hall):
    step = hall.step("Дърво")
    hall.ask(step, "Къде е дървото?", "point")
    hall.publish()
    return hall


def test_the_clerk_asks_and_the_citizen_tells_a_place(asked, citizen, walking):
    ref = walking.begin(citizen, asked.key)
    path = f"/eservices/drafts/{ref}/step-3"
    shown = citizen.get(path)
    assert "Къде е дървото?" in text(shown) and SCRIPT(shown.text)
    assert not SCRIPT(citizen.get(f"/eservices/drafts/{ref}/step-1").text)
    name = re.search(r'<input [^>]*name="(k\w+to)"', shown.text)[1]
    seen = walking.seen_on(shown)
    for typed in ("до чешмата", "43.9"):
        told = citizen.post(path, {name: typed, "expected_version": seen})
        assert told.status_code == 422 and typed in told.text and "43.888, 22.520" in text(told)
    kept = citizen.post(path, {name: "43,7312 22,52", "expected_version": seen})
    assert kept.status_code == 303, text(kept)
    assert "43.7312, 22.52" in text(citizen.get(f"/eservices/drafts/{ref}"))


def test_an_official_is_asked_for_no_place(hall):
    page = hall.person.get(f"{hall.path}/add/decision")
    assert 'value="point"' not in page.text
