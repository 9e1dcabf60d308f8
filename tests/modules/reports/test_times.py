"""Statistics as files: what is proven, at the centre of its village and at no other point."""

import json
from uuid import uuid4

from tests.modules.reports.conftest import NEIGHBOUR, VILLAGE

from obshto.modules.reports.services.states import CONFIRMED
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.tenants.api import points_of_settlements

VIDIN, HOUSE = "10971", (43.99, 22.87)


def test_the_statistics_are_a_table_and_a_map_of_villages(visitor, uow_in, app):
    told = ReportWords(kind="lamp", settlement=VIDIN, words="Не свети", place="№ 1", point=HOUSE)
    with uow_in(VILLAGE) as uow:
        report = send_report(uow, told, request_id=uuid4())
        report.state, report.fixed_at = CONFIRMED, uow.now
        uow.commit()
        latitude, longitude = points_of_settlements()[VIDIN]
    page = visitor.get("/reports/times").text
    assert "/reports/times.csv" in page and "/reports/times.geojson" in page
    table = visitor.get("/reports/times.csv").data.decode("utf-8-sig")
    assert "Доказано решени" in table.splitlines()[0] and "Осветление" in table
    [feature] = json.loads(visitor.get("/reports/times.geojson").data)["features"]
    assert feature["geometry"]["coordinates"] == [longitude, latitude]
    assert feature["properties"] == {"kind": "lamp", "place": VIDIN, "proven": 1, "days": 0.0}
    there = json.loads(visitor.get("/reports/times.geojson", village=NEIGHBOUR).data)
    assert there["features"] == []
