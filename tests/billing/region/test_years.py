"""The account of a year: entered, taken back, published for everybody."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import pytest

from obshto.billing.invoices.issuance import credit_invoice, issue_month
from obshto.billing.years.errors import YearIsToCome
from obshto.billing.years.services import (
    Entry,
    book_outlay,
    figures_of,
    publish_year,
    take_back_outlay,
)
from obshto.platform.clock import today

YEAR = today().year


def entry(cents, **more):
    told = {"day": date(YEAR, 1, 1), "is_income": False, "programme": "Мярка 7", **more}
    return Entry(purpose="Обучение", cents=cents, **told)


def test_what_was_taken_back_is_not_in_the_account(region, sharing):
    with region() as uow:
        book_outlay(uow, entry(500), request_id=uuid4())
        slip = book_outlay(uow, entry(900), request_id=uuid4())
        book_outlay(uow, entry(2000, is_income=True), request_id=uuid4())
        once = uuid4()
        for _ in range(2):
            take_back_outlay(uow, slip.id, request_id=once)
        found = figures_of(uow, YEAR)
        assert (found.funding, found.spending) == ({"Мярка 7": 2000}, {"Мярка 7": 500})
        assert found.result_cents == 1500
        assert figures_of(uow, YEAR - 1).programmes == []


def test_income_is_what_was_invoiced_less_credit_notes(region, sharing, last_month):
    with region() as uow:
        issued = issue_month(uow, last_month)
        told = {"reason": "Грешка", "request_id": uuid4()}
        credit_invoice(uow, issued[0], net_cents=1_000, **told)
        assert figures_of(uow, YEAR).income_cents == 2 * 10_000 - 1_000


def test_the_year_to_come_has_no_account(region):
    with region() as uow, pytest.raises(YearIsToCome):
        publish_year(uow, YEAR + 1, request_id=uuid4())


def test_everybody_reads_what_was_published_and_that_it_was_corrected(operator, client, at, region):
    page, anybody = f"/costs/{YEAR}", {"base_url": at()}
    assert client.get(page, **anybody).status_code == 404
    typed = {"kind": "spending", "programme": "Мярка 7", "purpose": "=1+1", "cents": "12,50"}
    typed["day"] = ["1", "1", str(YEAR)]
    assert operator.send("/costs/year/new", **typed | {"cents": "нищо"}).status_code == 422
    assert operator.send("/costs/year/new", **typed).status_code == 303
    assert client.get(page, **anybody).status_code == 404, "entered is not published"
    publish(operator)
    told = client.get(page, **anybody).text
    assert "12,50\u00a0€" in told
    assert "поправен отчет" not in told
    assert page in client.get("/costs/", **anybody).text
    body = client.get(f"{page}.csv", **anybody).get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert rows[1] == ["Разходи", "Мярка 7", "'=1+1", "12,50"]
    assert b"pdfuaid" in client.get(f"{page}.pdf", **anybody).data
    publish(operator)
    assert "поправен отчет" in client.get(page, **anybody).text


def publish(operator):
    html = operator.get("/costs/year/").text
    form = html.partition('action="/costs/year/publish"')[2]
    data = {
        name: re.search(rf'name="{name}" value="([^"]+)"', form)[1]
        for name in ("csrf_token", "request_id", "year")
    }
    for _ in range(2):
        answer = operator.client.post("/costs/year/publish", data=data, base_url=operator.base)
        assert answer.status_code == 303


def test_the_formula_is_open_data(client, at, sharing):
    told = client.get("/costs/formula.json", base_url=at()).get_json()
    [version] = told["versions"]
    assert version["base_cents"] == 240_000
    assert version["modules"] == {"news": 1200, "pages": 500}
    page = client.get("/costs/", base_url=at()).text
    assert "2\u00a0400,00\u00a0€" in page
    assert "Горно село" in page
    assert page.count('class="part"') == 2
    told = client.get("/costs/municipalities.json", base_url=at()).get_json()
    shares = {one["municipality"]: one["cents"] for one in told["municipalities"]}
    body = client.get("/costs/municipalities.csv", base_url=at()).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Горно село", "Долно село"]
    assert rows[1][-1] == f"{shares['gorno-selo'] // 100},{shares['gorno-selo'] % 100:02}"
    home = client.get("/", base_url=at()).text
    assert 'href="/costs/"' in home
