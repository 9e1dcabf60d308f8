"""Posters and leaflets of a centre and of office hours, from the page of whoever keeps them."""

import re
from io import BytesIO

import pikepdf
import pytest

from obshto.modules.centres.services.kinds import CENTRE, OFFICE
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.mark.parametrize(
    ("kind", "title"), [(CENTRE, "Дигитален център"), (OFFICE, "Кмет на общината")]
)
def test_a_page_leads_to_its_poster_and_its_leaflet(sign_in, keeper, uow_in, written, kind, title):
    with uow_in(VILLAGE) as uow:
        centre_id = written(uow, kind=kind, name=title).id
        uow.commit()
    printer = sign_in(VILLAGE, Role.EDITOR, Role.SECRETARY)
    page = printer.get(f"/console/centres/{centre_id}").text
    [link] = re.findall(r'href="([^"]*/console/posters/centres/[^"]*)"', page)
    for size in ("a4", "a5"):
        sheet = printer.get(printer.press(link, size=size, language="bg").location)
        assert sheet.mimetype == "application/pdf"
        with pikepdf.open(BytesIO(sheet.data)) as document:
            assert title in str(document.docinfo["/Title"])
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(link).status_code == 404


def test_a_draft_has_nothing_to_print(sign_in, keeper, uow_in, written):
    with uow_in(VILLAGE) as uow:
        centre = written(uow)
        centre_id = centre.id
        uow.commit()
    printer = sign_in(VILLAGE, Role.EDITOR, Role.SECRETARY)
    path = f"/console/centres/{centre_id}"
    assert printer.press(path, f"{path}/hide").status_code == 303
    assert "/console/posters/centres" not in printer.get(path).text
