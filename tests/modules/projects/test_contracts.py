"""A contract out of an OCDS file: every fault is told, and one contract is taken whole or not."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from obshto.modules.projects.services.contracts import judged_contracts
from obshto.modules.projects.services.edits import details_of, edit_project, text_of
from obshto.modules.projects.services.queries import project_of
from obshto.platform.permissions import Role
from obshto.platform.storage.ocds_contracts import OcdsContract

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TODAY = date(2026, 11, 28)
GOOD = {
    "ocid": "ocds-1",
    "number": "Д-77",
    "title": "Ремонт",
    "status": "active",
    "signed": "2026-03-24T23:30:00Z",
    "amount": "12345.60",
    "currency": "EUR",
    "suppliers": ("Пътстрой АД", "Мостове ООД"),
    "url": "https://eop.example/77",
}


def judged(**changed):
    [row] = judged_contracts([OcdsContract(**(GOOD | changed))], today=TODAY)
    return row


def package(*contracts):
    """A release package as it is sent."""
    award = {"id": "1", "suppliers": [{"id": "x", "name": "Пътстрой АД"}]}
    release = {"ocid": "ocds-1", "id": "1", "date": "2026-04-01T00:00:00Z", "awards": [award]}
    told = {"releases": [{**release, "contracts": list(contracts)}]}
    return io.BytesIO(json.dumps(told).encode()), "договор.json"


def contract(number="Д-77", **changed):
    value = {"amount": 12345.6, "currency": "EUR"}
    told = {"id": number, "awardID": "1", "dateSigned": "2026-03-24T00:00:00Z", "value": value}
    return told | changed


def test_a_whole_contract_becomes_its_terms_by_the_day_of_sofia():
    terms = judged().terms
    assert terms.contractor == "Пътстрой АД, Мостове ООД"
    assert (terms.signed_on, terms.amount.cents) == (date(2026, 3, 25), 1234560)
    leva = judged(currency="BGN", signed="2025-03-24").terms
    assert (leva.amount.given, leva.amount.cents) == (1234560, 631221)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("number", ""),
        ("number", "9" * 81),
        ("suppliers", ()),
        ("suppliers", ("А" * 201,)),
        ("signed", ""),
        ("signed", "вчера"),
        ("signed", "1900-01-01"),
        ("signed", (TODAY + timedelta(days=2)).isoformat()),
        ("amount", ""),
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "1.234"),
        ("amount", "NaN"),
        ("amount", "Infinity"),
        ("amount", "много"),
        ("status", "cancelled"),
        ("status", "pending"),
    ],
)
def test_each_fault_stands_at_its_field(name, told):
    row = judged(**{name: told})
    assert [where for where, _ in row.wrong] == [name]
    assert row.terms is None


def test_another_currency_and_leva_after_the_euro_came_are_faults_of_the_sum():
    for currency in ("USD", "", "BGN"):
        assert [where for where, _ in judged(currency=currency).wrong] == ["amount"]


@pytest.fixture
def page(standing):
    """Where the contract of a project is brought."""
    project_id, _ = standing(number="П-1")
    return f"/console/projects/{project_id}/contract"


@pytest.fixture
def officer(sign_in, page):
    return sign_in(VILLAGE, Role.FINANCE_OFFICER)


def decision(officer, shown, page):
    [found] = [form for form in officer.forms_in(shown.text, page) if form[1].get("rows")]
    return found


def kept(owner):
    told = "SELECT contractor, contract_number, contract_cents, contract_on FROM"
    return [tuple(row) for row in owner(f"{told} t_gorno_selo.projects_project")]


def test_the_officer_looks_chooses_and_the_project_has_its_contract(officer, page, owner, client):
    bad = contract("Д-78", value={"amount": 5, "currency": "USD"})
    shown = officer.press(page, page, file=package(contract(), contract("Д-79"), bad))
    assert shown.status_code == 200 and "Не е в евро или в лева" in shown.text
    address, fields = decision(officer, shown, page)
    again = officer.post(address, fields)
    assert again.status_code == 422 and "Изберете договор" in again.text
    assert kept(owner) == [("", "", None, None)]
    assert officer.post(address, fields | {"chosen": "3"}).status_code == 422
    for _ in range(2):
        assert officer.post(address, fields | {"chosen": "2"}).status_code == 303
    assert kept(owner) == [("Пътстрой АД", "Д-79", 1234560, date(2026, 3, 24))]
    assert "Сега е записано" in officer.get(page).text
    [project] = client.get("/projects/oc4ids.json", base_url=officer.base).json["projects"]
    summary = project["contractingProcesses"][0]["summary"]
    assert (summary["externalReference"], summary["ocid"]) == ("Д-79", "ocds-1")


def test_a_file_of_faults_is_told_row_by_row_and_nothing_is_written(officer, page, owner):
    wrong = [contract("", awardID="9"), contract("Д-2", dateSigned="2087-01-01")]
    shown = officer.press(page, page, file=package(*wrong))
    assert shown.status_code == 422
    assert "договор 1" in shown.text and "Тази дата още не е дошла" in shown.text
    assert "Запишете договора" not in shown.text
    assert officer.press(page, page, file=(io.BytesIO(b"{}"), "a.json")).status_code == 422
    assert officer.press(page, page).status_code == 422
    assert kept(owner) == [("", "", None, None)]


def test_who_changed_the_project_meanwhile_is_named_and_what_was_read_stays(
    officer, page, owner, uow_in
):
    shown = officer.press(page, page, file=package(contract()))
    assert " checked" in shown.text  # the only one
    address, fields = decision(officer, shown, page)
    with uow_in(VILLAGE) as uow:
        row = project_of(uow, UUID(page.split("/")[3]), to_change=True)
        text = replace(text_of(row), title="Друго име")
        edit_project(uow, row, text, details_of(row), expected_version=row.version)
        uow.commit()
    late = officer.post(address, fields | {"chosen": "1"})
    assert late.status_code == 422 and "промени този проект" in late.text
    assert kept(owner) == [("", "", None, None)]
    address, fields = decision(officer, late, page)
    assert officer.post(address, fields | {"chosen": "1"}).status_code == 303
    assert officer.post(address, fields | {"rows": "[1]"}).status_code == 422


def test_contracts_are_brought_by_the_officer_of_that_municipality(officer, page, sign_in):
    assert sign_in(VILLAGE, Role.EDITOR).get(page).status_code == 403
    other = sign_in(NEIGHBOUR, Role.FINANCE_OFFICER)
    assert other.get(page).status_code == 404
    assert other.post(page, {"expected_version": 1, "rows": "[]"}).status_code == 404
