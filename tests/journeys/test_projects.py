"""A stage of a project: told by phone with a photo, read by who follows it."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TITLE = "Нова настилка и тротоари на улица Дунавска"
TOLD = "Тротоарът е готов до училището."


@pytest.fixture
def village(furnish):
    return furnish("projects")


def photo():
    kept = BytesIO()
    Image.new("RGB", (640, 480), (120, 130, 140)).save(kept, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def test_a_stage_told_by_phone_with_a_photo_reaches_a_follower(
    visit, village, enter_as, site, work_off
):
    reader = visit(js=False)
    enter_as(reader, village, "/", "citizen")
    reader.goto(f"{village}/projects/")
    reader.get_by_role("link", name=TITLE).click()
    project = reader.url.partition("?")[0]
    reader.get_by_role("link", name="Получавайте имейл").click()
    reader.get_by_role("button", name="Искам писма").click()
    official = visit(js=False)
    path = "/console/projects/" + project.rpartition("/")[2]
    enter_as(official, village, path, "editor")
    official.get_by_role("link", name=re.compile("Кажете какво става Тротоари")).click()
    official.fill("#text", TOLD)
    official.set_input_files("input[type=file]", photo())
    official.fill("#seen", "Новият тротоар пред училището")
    official.check("input[name=is_reached]")
    official.get_by_role("button", name="Запишете новината").click()
    expect(official.locator(".govuk-notification-banner__heading")).to_contain_text("Записано е")
    reader.goto(project)
    expect(reader.get_by_text(TOLD)).to_be_visible()
    expect(reader.get_by_role("img", name="Новият тротоар пред училището")).to_be_visible()
    work_off()
    reader.goto(f"{site.at('ops')}/letters")
    letter = reader.locator("article", has_text=TITLE).first
    expect(letter).to_contain_text(TOLD)
    expect(letter).to_contain_text("Готов етап: Тротоари")
