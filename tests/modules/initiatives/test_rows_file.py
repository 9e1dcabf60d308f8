"""The structured file of the signatures of an initiative: what it holds, who opens it."""

import csv
import io
import re

import pytest
from stdnum.bg import egn

from obshto.platform.clock import today
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {"addressee": "council", "unit": "", "question": "Без кариера", "reasons": "Прах"}
MINUTES = {
    **{"meeting_at": f"{today().isoformat()}T00:01", "meeting_place": "Читалището"},
    **{"meeting_chair": "Проба Водеща", "attended": "63", "places": "Пред магазина"},
    "collects_until": today().isoformat(),
}


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/initiatives", to="/on").status_code == 303


@pytest.fixture
def citizen(sign_in, switched_on):
    return sign_in(VILLAGE, email="chair@villages.example")


@pytest.fixture
def desk(citizen):
    """One that collects, with a sheet."""
    desk = path_of(citizen.press("/initiatives/new", **TYPED))
    for order in range(3):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        path_of(citizen.press(f"{desk}/members", **typed, **({} if order else {"is_chair": "y"})))
    path_of(citizen.press(f"{desk}/steps/meet", **MINUTES))
    path_of(citizen.press(f"{desk}/sheets", count="1"))
    return desk


def test_the_file_has_each_row_as_it_was_entered_after_a_purpose(citizen, desk, sign_in):
    entered = (("Проба Първа", number_of(11)), ("Проба Втора", number_of(12)))
    for line, (name, number) in enumerate((*entered, entered[0]), start=1):
        typed = {"sheet": "1", "line": str(line), "name": name, "egn": number}
        path_of(citizen.press(f"{desk}/rows/enter", **typed, address="ул. Втора 2"))
    assert number_of(11) not in citizen.get(f"{desk}/rows.csv").text
    path_of(citizen.press(f"{desk}/rows", to="/look", purpose="check"))
    file = citizen.get(f"{desk}/rows.csv")
    assert file.mimetype == "text/csv"
    assert "nepotvurden-format.csv" in file.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";")
    assert len(head) == len(rows[0]) == 6
    assert [row[:5] for row in rows] == [  # the same person twice stands in it once
        ["1", str(line), name, number, "ул. Втора 2"]
        for line, (name, number) in enumerate(entered, start=1)
    ]
    neighbour = sign_in(NEIGHBOUR, Role.SECRETARY)
    console = f"/console/initiatives/{desk.rpartition('/')[2]}/rows.csv"
    assert neighbour.get(console).status_code == 404
    assert sign_in(VILLAGE, Role.MAYOR).get(console).status_code == 403
