"""Faces and number plates are covered before a photograph is shown; what was there is gone."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from obshto.modules.reports.models import Report, ReportLine, ReportPhoto
from obshto.modules.reports.services.report_actions import take_report
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role
from obshto.platform.storage.models import StoredFile
from obshto.platform.unit_of_work import Principal

HERE, THERE = "gorno-selo", "dolno-selo"
TOLD = ReportWords(kind="lamp", settlement="", words="Не свети", place="до чешмата")


def picture():
    kept = BytesIO()
    Image.new("RGB", (200, 100), "red").save(kept, "JPEG")
    return BytesIO(kept.getvalue())


@pytest.fixture
def clerk(sign_in):
    for village in (HERE, THERE):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/reports", to="/on").status_code == 303
    return sign_in(HERE, Role.REGISTRY_CLERK)


@pytest.fixture
def case(clerk, uow_in):
    """Address of the page where the photograph of a report is covered, and its file."""
    with uow_in(HERE) as uow:
        who = Principal(person_id=clerk.person_id, name="Проба Служител")
        object.__setattr__(uow, "principal", who)
        report = send_report(uow, TOLD, request_id=uuid4(), photos=[picture()])
        uow.session.flush()
        take_report(uow, report, expected_version=report.version)
        report.shows_photos = True
        photo = uow.session.scalars(select(ReportPhoto)).one()
        uow.commit()
        return f"/console/reports/{report.id}/photos/{photo.id}", photo.file_id


def seen(page):
    found = re.findall(r'name="(request_id|expected_version)"[^>]*value="([^"]+)"', page)
    return dict(found)


def colours(answer):
    with Image.open(BytesIO(answer.data)) as image:
        assert image.size == (200, 100)
        return image.getpixel((100, 50)), image.getpixel((10, 10))


def test_what_is_covered_is_covered_for_everybody_and_the_file_of_before_is_gone(
    clerk, case, client, at, uow_in
):
    photo, file_id = case
    desk = clerk.get(photo.partition("/photos/")[0]).text
    assert f'href="{photo}/cover"' in desk
    typed = {"areas": "40 40 20 20\r\n90,5 90 50 50", **seen(clerk.get(f"{photo}/cover").text)}
    assert clerk.post(f"{photo}/cover", typed).status_code == 303
    public = photo.replace("/console", "")
    for answer in (clerk.get(photo), client.get(public, base_url=at(HERE))):
        covered, left = colours(answer)
        assert max(covered) < 90 and left[0] > 200
    with uow_in(HERE) as uow:
        assert uow.session.get(StoredFile, file_id) is None
        lines = [line.name for line in uow.session.scalars(select(ReportLine))]
        assert lines.count("photo-covered") == 1
        kept = uow.session.scalars(select(StoredFile)).one()
        assert kept.is_sealed
    assert clerk.post(f"{photo}/cover", typed).status_code == 303  # the same form again
    late = clerk.post(f"{photo}/cover", {**typed, "request_id": uuid4(), "areas": "0 0 9 9"})
    assert late.status_code in (409, 422) and "0 0 9 9" in late.text
    assert colours(clerk.get(photo))[1][0] > 200


@pytest.mark.parametrize("areas", ["", "10 20", "10 20 0 5", "120 0 5 5", "а б в г"])
def test_what_is_no_rectangle_is_refused_and_stays(clerk, case, uow_in, areas):
    photo, file_id = case
    typed = {"areas": areas, **seen(clerk.get(f"{photo}/cover").text)}
    answer = clerk.post(f"{photo}/cover", typed)
    assert answer.status_code == 422 and areas in answer.text
    with uow_in(HERE) as uow:
        assert uow.session.get(StoredFile, file_id)


def test_only_who_has_the_report_covers_and_only_here(clerk, case, sign_in, uow_in):
    photo, file_id = case
    typed = {"areas": "1 1 9 9", **seen(clerk.get(f"{photo}/cover").text)}
    assert sign_in(HERE, Role.EDITOR).post(f"{photo}/cover", typed).status_code == 403
    colleague = sign_in(HERE, Role.REGISTRY_CLERK)
    assert colleague.post(f"{photo}/cover", typed).status_code in (403, 422)
    neighbour = sign_in(THERE, Role.REGISTRY_CLERK)
    for answer in (neighbour.get(f"{photo}/cover"), neighbour.post(f"{photo}/cover", typed)):
        assert answer.status_code == 404
    with uow_in(HERE) as uow:
        assert uow.session.get(StoredFile, file_id)
        assert uow.session.scalars(select(Report)).one().shows_photos
