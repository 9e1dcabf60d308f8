"""A report and the work upon it without a network: both wait on a phone, and land once."""

import time
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.modules.reports.models import Report, ReportLine, ReportPhoto
from obshto.modules.reports.services.report_actions import take_report
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE, PATIENCE = "gorno-selo", 120


@pytest.fixture
def phone(browser, site):
    site.switch(VILLAGE)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def rows_of(site, column, number):
    """As soon as there are so many."""
    end = time.monotonic() + PATIENCE
    while True:
        with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("t")) as uow:
            rows = uow.session.scalars(select(column)).all()
        if len(rows) >= number or time.monotonic() > end:
            return rows
        time.sleep(0.05)


def test_a_report_waits_on_the_phone_with_its_photo_and_sends_itself_once(phone, site):
    phone.goto(f"{site.at(VILLAGE)}/reports/new/tell?kind=lamp&settlement=")
    expect(phone.get_by_text("сигналът чака в телефона")).to_be_visible()
    phone.get_by_label("Какво се е случило?").fill("Не свети лампата")
    phone.get_by_label("Къде точно?").fill("до чешмата")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": sample_picture().read()}
    phone.locator("input[name=photos]").set_input_files(photo)
    phone.context.set_offline(True)
    with phone.expect_event("requestfailed", timeout=PATIENCE * 1000):  # it was tried in vain
        phone.get_by_role("button", name="Подайте сигнала").click()
    expect(phone.locator("[data-queue-said]")).to_contain_text("Записано е в телефона")
    phone.context.set_offline(False)
    assert len(rows_of(site, ReportPhoto.id, 1)) == 1
    phone.get_by_role("link", name="Отворете сигнала").click(timeout=PATIENCE * 1000)
    expect(phone.locator("main")).to_contain_text("Запишете си номера и кода")
    assert len(rows_of(site, Report.id, 1)) == 1


KEPT = """() => caches.open('forms').then(saved => saved.match('/reports/new/saved'))
  .then(copy => Boolean(copy && navigator.serviceWorker.controller))"""


def see_once(phone, site, path="/"):
    """A page of the portal, until the phone has its copy of the form; then the network goes."""
    phone.goto(f"{site.at(VILLAGE)}{path}")
    end = time.monotonic() + PATIENCE
    while not phone.evaluate(KEPT):
        assert time.monotonic() < end
        phone.wait_for_timeout(50)
    phone.context.set_offline(True)


def tell_without_a_network(phone, site):
    """In the copy, with a photograph."""
    phone.goto(f"{site.at(VILLAGE)}/reports/new")
    expect(phone.locator("main")).to_contain_text("Дотогава общината не го е получила")
    phone.get_by_label("Вид", exact=True).select_option("lamp")
    phone.get_by_label("Какво се е случило?").fill("Не свети лампата")
    phone.get_by_label("Къде точно?").fill("до чешмата")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": sample_picture().read()}
    phone.locator("input[name=photos]").set_input_files(photo)
    with phone.expect_event("requestfailed", timeout=PATIENCE * 1000):
        phone.get_by_role("button", name="Подайте сигнала").click()
    expect(phone.locator("[data-queue-said]")).to_contain_text("Записано е в телефона")
    assert rows_of(site, Report.id, 0) == []


def test_who_saw_only_the_first_page_tells_in_airplane_mode_and_it_comes_once(phone, site):
    see_once(phone, site)
    tell_without_a_network(phone, site)
    phone.context.set_offline(False)
    phone.get_by_role("link", name="Отворете сигнала").click(timeout=PATIENCE * 1000)
    expect(phone.locator("main")).to_contain_text("Запишете си номера и кода")
    phone.goto(f"{site.at(VILLAGE)}/")
    phone.goto(f"{site.at(VILLAGE)}/reports/")
    assert len(rows_of(site, Report.id, 1)) == len(rows_of(site, ReportPhoto.id, 1)) == 1


def test_a_report_whose_page_was_closed_goes_with_the_next_page_that_is_seen(phone, site):
    see_once(phone, site)
    tell_without_a_network(phone, site)
    phone.close()
    (other := phone.context.new_page()).context.set_offline(False)
    other.goto(f"{site.at(VILLAGE)}/contact")
    assert len(rows_of(site, Report.id, 1)) == 1
    other.goto(f"{site.at(VILLAGE)}/reports/")
    other.get_by_role("link", name="Отворете сигнала").click(timeout=PATIENCE * 1000)
    expect(other.locator("main")).to_contain_text("Запишете си номера и кода")
    assert len(rows_of(site, Report.id, 1)) == len(rows_of(site, ReportPhoto.id, 1)) == 1


def test_what_was_chosen_before_the_network_went_is_chosen_in_the_copy(phone, site):
    see_once(phone, site, "/reports/new")
    phone.goto(f"{site.at(VILLAGE)}/reports/new/tell?kind=water&settlement=")
    expect(phone.get_by_label("Вид", exact=True)).to_have_value("water")
    phone.goto(f"{site.at(VILLAGE)}/contact")
    phone.get_by_role("link", name="Подайте сигнал").click()
    expect(phone.get_by_role("button", name="Подайте сигнала")).to_be_visible()


def test_the_copy_on_the_phone_of_somebody_signed_in_holds_nobody(phone, site):
    token = site.token(VILLAGE, Role.REGISTRY_CLERK)
    phone.context.add_cookies([site.cookie(VILLAGE, token)])
    see_once(phone, site, "/reports/")
    tell_without_a_network(phone, site)
    assert phone.locator("[name=csrf_token]").count() == 0
    assert phone.get_by_role("link", name="Вход").count() == 1
    phone.context.set_offline(False)
    assert rows_of(site, Report.person_id, 1) == [None]


def test_a_worker_shows_what_is_mended_without_a_network(phone, site):
    token = site.token(VILLAGE, Role.REGISTRY_CLERK)
    phone.context.add_cookies([site.cookie(VILLAGE, token)])
    with site.app.app_context():
        me = Principal(person_id=session_behind(token).person_id, name="Проба Работникова")
        with open_uow(scope_named(VILLAGE), me) as uow:
            told = ReportWords(kind="lamp", settlement="", words="Не свети", place="до чешмата")
            report = send_report(uow, told, request_id=uuid4())
            uow.session.flush()
            take_report(uow, report, expected_version=report.version)
            uow.commit()
    phone.goto(f"{site.at(VILLAGE)}/console/reports/day")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": sample_picture().read()}
    phone.get_by_label("Снимка след ремонта").set_input_files(photo)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Готово").click()
    expect(phone.locator("[data-queue-said]")).to_contain_text("Записано е в телефона")
    phone.context.set_offline(False)
    expect(phone.locator("main")).to_contain_text("Няма сигнали", timeout=PATIENCE * 1000)
    assert rows_of(site, Report.state, 1) == ["fixed"]


def test_a_worker_without_a_network_says_what_cannot_be_done_and_what_is_not_ours(phone, site):
    token = site.token(VILLAGE, Role.REGISTRY_CLERK)
    phone.context.add_cookies([site.cookie(VILLAGE, token)])
    with site.app.app_context():
        me = Principal(person_id=session_behind(token).person_id, name="Проба Работникова")
        with open_uow(scope_named(VILLAGE), me) as uow:
            for place in ("до чешмата", "до моста"):
                told = ReportWords(kind="lamp", settlement="", words="Не свети", place=place)
                report = send_report(uow, told, request_id=uuid4())
                uow.session.flush()
                take_report(uow, report, expected_version=report.version)
            uow.commit()
    phone.goto(f"{site.at(VILLAGE)}/console/reports/day")
    phone.context.set_offline(True)
    high = phone.locator("li", has=phone.get_by_role("heading", name="до чешмата"))
    high.get_by_label("Бележка").fill("Няма вишка")
    high.get_by_role("button", name="Не може").click()
    expect(phone.locator("[data-queue-said]")).to_contain_text("Записано е в телефона")
    other = phone.locator("li", has=phone.get_by_role("heading", name="до моста"))
    other.get_by_role("button", name="Не е наше").click()
    expect(other.get_by_role("button", name="Не е наше")).to_be_disabled()
    phone.context.set_offline(False)
    expect(phone.locator("main")).to_contain_text("Няма сигнали", timeout=PATIENCE * 1000)
    said = dict.fromkeys(rows_of(site, ReportLine.name, 1))
    assert {"cannot", "not-ours"} <= said.keys()


def large_photo():
    """Of a phone: larger than a form should carry, taken at Kula."""
    kept, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 53.0, 16.8), 3: "E", 4: (22.0, 31.0, 12.0)})
    noise = Image.effect_noise((1200, 900), 90).convert("RGB").resize((2400, 1800))
    noise.save(kept, "JPEG", quality=90, exif=exif)
    assert len(kept.getvalue()) > 1_500_000
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def test_the_phone_tells_its_place_and_sends_a_smaller_photo(phone, site):
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 43.9911, "longitude": 22.8725})
    phone.goto(f"{site.at(VILLAGE)}/reports/new/tell?kind=lamp&settlement=")
    point = phone.get_by_label("Точка от картата на телефона")
    phone.get_by_role("button", name="Аз съм на мястото").click()
    expect(point).to_have_value("43.99110, 22.87250")
    expect(phone.locator("[data-capture-said]")).to_contain_text("Взехме мястото")
    phone.locator("input[name=photos]").set_input_files(photo := large_photo())
    expect(phone.locator("[data-photos-said]")).to_contain_text("Смалихме снимките")
    phone.get_by_role("button", name="Вземете мястото от снимката").click()
    expect(point).to_have_value("43.88800, 22.52000")
    size = "document.querySelector('input[type=file]').files[0].size"
    assert phone.evaluate(size) < len(photo["buffer"])
    phone.get_by_label("Какво се е случило?").fill("Не свети лампата")
    phone.get_by_label("Къде точно?").fill("до чешмата")
    phone.get_by_role("button", name="Подайте сигнала").click()
    expect(phone.locator("main")).to_contain_text("Запишете си номера и кода")
    assert len(rows_of(site, ReportPhoto.id, 1)) == 1


TYPE = "document.querySelector('input[name=photos]').files[0].type"
COVERED = """async () => {
  const [file] = document.querySelector('input[name=photos]').files
  const bitmap = await createImageBitmap(file)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const pen = canvas.getContext('2d')
  pen.drawImage(bitmap, 0, 0)
  return [...pen.getImageData(bitmap.width / 2, bitmap.height / 2, 1, 1).data.slice(0, 3)]
}"""


def is_soon(phone, kind):
    """Whether the file that is chosen is drawn anew as this kind."""
    end = time.monotonic() + PATIENCE
    while phone.evaluate(TYPE) != kind and time.monotonic() < end:
        phone.wait_for_timeout(50)
    return phone.evaluate(TYPE) == kind


def test_a_face_is_covered_by_finger_and_never_leaves_the_phone(phone, site):
    phone.goto(f"{site.at(VILLAGE)}/reports/new/tell?kind=lamp&settlement=")
    kept = BytesIO()
    Image.new("RGB", (300, 200), "red").save(kept, "PNG")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": kept.getvalue()}
    phone.locator("input[name=photos]").set_input_files(photo)
    picture = phone.locator("[data-cover] svg")
    expect(picture).to_have_count(1)
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    begin, end = (
        (box["x"] + box["width"] * share, box["y"] + box["height"] * share) for share in (0.3, 0.7)
    )
    phone.mouse.move(*begin)
    phone.mouse.down()
    phone.mouse.move(*end, steps=3)
    phone.mouse.up()
    expect(phone.locator("[data-cover] rect")).to_have_count(1)
    assert is_soon(phone, "image/jpeg")
    assert max(phone.evaluate(COVERED)) < 90
    phone.get_by_role("button", name="Махнете последното").click()
    assert is_soon(phone, "image/png")
    assert phone.evaluate(COVERED)[0] > 200
