"""Without scripts the sender asks staff to cover faces: the report waits in a list of theirs."""

from uuid import UUID

from tests.modules.reports.conftest import NEIGHBOUR, VILLAGE, id_of, picture, take, version_of

from obshto.modules.reports.models import Report


def test_who_cannot_cover_faces_asks_for_it_and_staff_find_it(visitor, clerk, sign_in, uow_in):
    page = visitor.get(f"/reports/new/tell?kind=lamp&settlement={visitor.place()}").text
    assert "закрийте ги вместо мен" in page and "data-cover hidden" in page
    visitor.tell(wants_cover="y")  # without a photograph there is nothing to cover
    visitor.tell(wants_cover="y", photos=picture())
    listed = clerk.get("/console/reports/?list=cover").text
    assert listed.count('class="ob-number"') == 1
    report_id = id_of(clerk, "/console/reports/?list=cover")
    take(clerk, report_id)
    assert "помоли да закриете" in clerk.get(f"/console/reports/{report_id}").text
    path = f"/console/reports/{report_id}/sort"
    typed = {"kind": "lamp", "due_on": "2030-01-02", "shows_photos": "y"}
    typed["expected_version"] = version_of(clerk, path)
    assert clerk.post(path, typed).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert not uow.session.get(Report, UUID(report_id)).wants_cover
    with uow_in(NEIGHBOUR) as theirs:
        assert theirs.session.get(Report, UUID(report_id)) is None
