"""A place told on the map: a tap, or arrows and Enter, with scripts under the portal's policy."""

import json
import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.reports.services.submission import ReportWords, send_report

VILLAGES = (("40525", "Кула", "a"), ("69002", "Старопатица", "b"))


@pytest.fixture
def settled(site, config):
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES (:code, 'gorno-selo', 'село', cast(:names AS jsonb), true, :key)"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
        for code, name, key in VILLAGES:
            names = json.dumps({"bg": name, "en": name})
            connection.execute(add, {"code": code, "names": names, "key": key})
    yield site.at("gorno-selo")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


def test_a_tap_and_the_arrows_tell_a_place(settled, visit):
    page = visit()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{settled}/reports/new/tell?kind=lamp&settlement=69002")
    field, chart = page.locator("[name=point]"), page.locator("svg[role=application]")
    said = page.locator("[data-pick-said]")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.3})
    tapped = field.input_value()
    assert tapped.startswith("43.8")
    assert "Старопатица" in said.inner_text() and "североизток" in said.inner_text()
    for _ in range(3):
        chart.press("ArrowLeft")
    assert field.input_value() == tapped
    chart.press("Enter")
    moved = field.input_value()
    assert moved.split(", ")[0] == tapped.split(", ")[0] and moved < tapped
    field.fill("43.8880, 22.5220")
    page.locator("[name=place]").focus()
    assert said.inner_text().startswith("Кула")
    assert not faults


def test_what_was_told_near_the_tap_is_offered_to_be_followed(settled, visit, uow_in):
    told = ReportWords(
        kind="lamp", settlement="69002", words="Не свети", point=(43.8304, 22.4897), place="тук"
    )
    with uow_in("gorno-selo") as uow:
        number = send_report(uow, told, request_id=uuid4()).number
        uow.commit()
    page = visit()
    page.goto(f"{settled}/reports/new/tell?kind=lamp&settlement=69002")
    page.locator("[name=words]").fill("Не свети")
    page.locator("[name=point]").fill("43.8306, 22.4897")
    offered = page.locator("[data-nearby] li")
    offered.wait_for()
    assert number in offered.inner_text() and "Осветление" in offered.inner_text()
    page.locator("[name=point]").fill("43.9000, 22.6000")
    offered.wait_for(state="detached")


def test_editors_tell_the_point_of_an_event_and_of_a_stop_by_keyboard(
    settled, site, visit, enter_as
):
    site.switch_to("gorno-selo", ["events", "transit"])
    site.fill("gorno-selo")
    page = visit(phone=False)
    enter_as(page, settled, "/console/", "editor")
    page.wait_for_url(f"{settled}/console/")
    for path, opens in (("events/new", True), ("transit/stops/new", False)):
        page.goto(f"{settled}/console/{path}")
        if opens:
            page.locator("summary", has_text="билети").press("Enter")
        page.select_option("[name=settlement]", "69002")
        chart = page.locator("svg[role=application]")
        chart.focus()
        for key in ("+", "ArrowRight", "ArrowUp", "Enter"):
            page.keyboard.press(key)
        typed = page.locator("[name=point]").input_value()
        assert re.fullmatch(r"43\.\d{5}, 22\.\d{5}", typed), path
        assert "Старопатица" in page.locator("[data-pick-said]").inner_text()
