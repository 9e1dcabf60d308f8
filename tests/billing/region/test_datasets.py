"""Data set of what the portal costs: a municipality tells its own invoices alone."""

from uuid import uuid4

from obshto.billing.invoices.datasets import DATASETS
from obshto.billing.invoices.issuance import credit_invoice, issue_month
from obshto.platform.datasets.rows import stream


def test_a_municipality_tells_its_own_invoices_and_what_was_credited(
    region, sharing, last_month, uow_in
):
    with uow_in("gorno-selo") as uow:
        assert list(stream(uow, DATASETS[0])) == []
    with region() as uow:
        issued = {one.municipality: one for one in issue_month(uow, last_month)}
        note = {"net_cents": 1_000, "reason": "Грешка", "request_id": uuid4()}
        credit_invoice(uow, issued["gorno-selo"], **note)
    with uow_in("gorno-selo") as uow:
        rows = list(stream(uow, DATASETS[0]))
    month = f"{last_month:%Y-%m}"
    assert [row[1:3] for row in rows] == [("invoice", month), ("credit", month)]
    assert [row[4] for row in rows] == [100.0, -10.0]
    with uow_in("dolno-selo") as uow:
        [row] = stream(uow, DATASETS[0])
    assert row[0] == issued["dolno-selo"].written_number
