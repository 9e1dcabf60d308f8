"""Contracts out of OCDS files: packages of releases and of records, and what is none of them."""

import json
from io import BytesIO

import pytest

from obshto.platform.storage.errors import NoContracts, NothingInside, TooBig, TooManyContracts
from obshto.platform.storage.ocds_contracts import LARGEST, contracts_of

OCID = "ocds-h4zjbe-00012-2026-0001"
AWARD = {"id": "A-1", "title": "Ремонт", "suppliers": [{"id": "BG-EIK-1", "name": "Пътстрой АД"}]}
CONTRACT = {
    "id": "Д-77",
    "awardID": "A-1",
    "status": "active",
    "dateSigned": "2026-03-24T10:00:00+02:00",
    "value": {"amount": 12345.60, "currency": "EUR"},
    "documents": [{"id": "1", "url": "ftp://no"}, {"id": "2", "url": "https://eop.example/77"}],
}


def release(date="2026-04-01T00:00:00Z", **parts):
    return {"ocid": OCID, "id": date, "date": date, "tag": ["contract"], **parts}


def read(told):
    return contracts_of(BytesIO(told if isinstance(told, bytes) else json.dumps(told).encode()))


def test_a_package_of_releases_tells_its_contract_with_the_supplier_of_its_award():
    [found] = read({"releases": [release(awards=[AWARD], contracts=[CONTRACT])]})
    assert (found.ocid, found.number, found.title) == (OCID, "Д-77", "Ремонт")
    assert (found.amount, found.currency) == ("12345.6", "EUR")
    assert found.suppliers == ("Пътстрой АД",) and found.url == "https://eop.example/77"


def test_a_later_release_has_the_last_word():
    award = release("2026-03-01T00:00:00Z", awards=[AWARD])
    begun = release("2026-03-02T00:00:00Z", contracts=[CONTRACT])
    changed = {"id": "Д-77", "value": {"amount": 99, "currency": "EUR"}}
    last = release("2026-05-01T00:00:00Z", contracts=[changed])
    [found] = read({"releases": [last, award, begun]})
    assert (found.amount, found.suppliers) == ("99", ("Пътстрой АД",))


def test_a_package_of_records_is_read_by_what_is_compiled_else_by_its_releases():
    whole = release(awards=[AWARD], contracts=[CONTRACT])
    [compiled] = read({"records": [{"ocid": OCID, "compiledRelease": whole, "releases": []}]})
    [embedded] = read({"records": [{"ocid": OCID, "releases": [whole]}]})
    [alone] = read(whole)
    assert compiled == embedded == alone


def test_a_supplier_may_be_named_among_the_parties_alone():
    award = {"id": "A-1", "suppliers": [{"id": "BG-EIK-1"}]}
    parties = [{"id": "BG-EIK-1", "name": "Пътстрой АД"}]
    [found] = read({"releases": [release(awards=[award], contracts=[CONTRACT], parties=parties)]})
    assert found.suppliers == ("Пътстрой АД",)


@pytest.mark.parametrize(
    "told",
    [
        b"PK\x03\x04",
        b"[" * 100_000,
        b"[]",
        b'{"releases": "none"}',
        {"releases": []},
        {"projects": []},
        {"records": [{"ocid": OCID, "releases": [{"url": "https://eop.example/1"}]}]},
    ],
)
def test_what_holds_no_contract_is_refused(told):
    with pytest.raises(NoContracts):
        read(told)


def test_an_empty_a_large_and_an_endless_file_are_refused():
    for content, refusal in ((b"", NothingInside), (b" " * (LARGEST + 1), TooBig)):
        with pytest.raises(refusal):
            read(content)
    many = [{**CONTRACT, "id": str(number)} for number in range(101)]
    with pytest.raises(TooManyContracts):
        read({"releases": [release(contracts=many)]})
