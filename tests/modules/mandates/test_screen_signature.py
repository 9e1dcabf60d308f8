"""A mandate signed with a finger: what is kept, who sees it, when it goes."""

import re
from dataclasses import replace

import pytest

from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.lifecycle import sign_mandate
from obshto.modules.mandates.services.retention import forget_person
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/mandates"
OWN, FIRST, SECOND = (
    "M" + " ".join(f"{10 * step + shift} {shift}" for step in range(9)) for shift in (1, 2, 3)
)
WRITTEN = {
    "own_strokes": OWN,
    "first_witness": "Един Свидетел",
    "first_strokes": FIRST,
    "second_witness": "Два Свидетел",
    "second_strokes": SECOND,
    "is_read": "y",
}


@pytest.fixture
def draft(uow_in, clerk, assistant, person, make):
    with uow_in(VILLAGE) as begun:
        row = make.prepared(begun, assistant)
        found = row.id
        begun.commit()
    return found


def _paths(page):
    return [path for path in re.findall(r'<path d="([^"]*)" fill="none"', page) if path]


def _form(client, path):
    [(_, fields)] = [one for one in client.forms(path) if one[0].endswith("/sign-here")]
    return fields


def test_three_fingers_put_it_in_force_and_the_drawings_are_for_staff_and_the_person(
    clerk, person, draft, client, at
):
    path = f"{DESK}/{draft}/sign-here"
    page = clerk.get(path).text
    assert "Аз," in page and "Отпечатайте листа и подпишете на хартия" in page
    fields = _form(clerk, path)
    for _ in range(2):  # the same form twice is one signature
        assert clerk.post(path, fields | WRITTEN).status_code == 303
    shown = clerk.get(f"{DESK}/{draft}").text
    assert _paths(shown) == [OWN, FIRST, SECOND] and "подписано на екрана" in shown
    assert _paths(clerk.get(f"{DESK}/{draft}/sheet").text) == [OWN, FIRST, SECOND]
    assert _paths(person.get(f"/mandates/mandate/{draft}").text) == [OWN, FIRST, SECOND]
    letter = clerk.get(f"{DESK}/{draft}/letter").text
    code = re.sub(r"\D", "", re.findall(r'ob-number">([\d\s\xa0]+)<', letter)[0])
    by_code = client.get(f"/mandates/mandate/{code}", base_url=at(VILLAGE))
    assert by_code.status_code == 200 and not _paths(by_code.text)


WRONG = (
    ({"own_strokes": ""}, "Подпишете се в полето"),
    ({"own_strokes": "M1 1 2 2"}, "Подпишете се в полето"),
    ({"own_strokes": f'{OWN}"><script>'}, "Подпишете се в полето"),
    ({"second_strokes": f"{SECOND} 1" * 5_000}, "Подпишете се в полето"),
    ({"is_read": ""}, "Без прочитане на глас"),
    ({"second_witness": "един свидетел"}, "двама различни хора"),
    ({"expected_version": "99"}, "променено"),
)


def test_what_is_wrong_is_told_and_what_was_drawn_stays(clerk, draft):
    path = f"{DESK}/{draft}/sign-here"
    fields = _form(clerk, path)
    for changed, told in WRONG:
        answer = clerk.post(path, fields | WRITTEN | changed)
        assert answer.status_code in (409, 422) and told in answer.text, told
        assert FIRST in _paths(answer.text) and "<script>" not in answer.text.split("<main")[1]
    assert "Чака подпис" in clerk.get(f"{DESK}/{draft}").text


def test_nobody_else_signs_here(clerk, assistant, person, sign_in, draft):
    path = f"{DESK}/{draft}/sign-here"
    fields = _form(clerk, path)
    assert person.get(path).status_code == 403
    assert assistant.post(path, _form(assistant, path) | WRITTEN).status_code in (403, 422)
    neighbour = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед Съседов", email="n@v.example")
    assert neighbour.get(path).status_code == 404
    assert clerk.post(path, fields | WRITTEN).status_code == 303


def test_the_drawings_lie_encrypted_and_go_with_the_person(uow, make, assistant, person, owner):
    row = make.prepared(uow, assistant)
    paper = replace(make.signature(uow), sheet="", strokes=(OWN, FIRST, SECOND))
    sign_mandate(uow, row, paper, expected_version=row.version)
    uow.commit()
    [(lies,)] = owner("SELECT strokes FROM t_gorno_selo.mandates_mandate")
    assert bytes(lies) and OWN.encode() not in bytes(lies)
    forget_person(uow, person.person_id)
    assert uow.session.get(Mandate, row.id).strokes is None
