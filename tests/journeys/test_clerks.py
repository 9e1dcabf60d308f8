"""Clerks: one helps the neighbours with one account; one asks a builder for papers, twice."""

import io
import re
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect
from pyhanko.pdf_utils.reader import PdfFileReader

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.fees import catch_up
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
OWN, NEIGHBOUR = "gorno-selo", "dolno-selo"
TURNS = ("тече", "спрян", "отначало", "спрян", "отначало")
CLERK, PERMIT = "Мая Тошева", "2112"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n" + b"deed of the house " * 40


@pytest.fixture
def villages(site):
    """Both have demonstration applications; the demonstration clerk works in each."""
    site.switch(OWN, NEIGHBOUR)
    site.fill(OWN, NEIGHBOUR, only=("billing", "eservices"))
    return site


@pytest.fixture
def staff(visit, villages):
    """staff(slug, role): somebody new with this role, at a desk."""

    def come(slug, role):
        return visit(phone=False, cookies=[villages.cookie(slug, villages.token(slug, role))])

    return come


def said(page):
    return expect(page.locator("main"))


def take(page, host, service):
    """Take the one application for this service that nobody has."""
    page.goto(f"{host}/console/eservices/")
    page.get_by_role("row").filter(has_text=service).get_by_role("link").first.click()
    page.get_by_role("button", name="Поемете заявлението").click()
    said(page).to_contain_text("Заявлението вече е Ваше")


def ask(page, words):
    page.get_by_role("link", name="Поискайте още данни").click()
    page.locator("textarea").fill(words)
    page.get_by_role("button", name="Изпратете искането").click()
    said(page).to_contain_text(re.compile("рокът спря"))


def acts_of(name, page, host):
    """What the log says that somebody did with applications, newest first; each with its number."""
    page.goto(f"{host}/console/audit/")
    rows = page.locator("tbody tr").filter(has_text=name).filter(has_text=re.compile(r"\d-\d{5}$"))
    return [row.locator("td").nth(1).inner_text() for row in rows.all()]


def test_a_clerk_helps_the_neighbours_until_the_role_is_taken_back(
    visit, villages, staff, enter_as
):
    """One person with one account: what is held in one municipality opens nothing in the other."""
    home, host = villages.at(OWN), villages.at(NEIGHBOUR)
    clerk, queue = visit(phone=False), "/console/eservices/"
    enter_as(clerk, home, queue, "clerk")
    expect(clerk.locator("h1")).to_have_text("Заявления")
    clerk.goto(f"{host}/sign-in?next={queue}&level=2")  # the same account: nobody is asked again
    clerk.get_by_role("button", name="Продължете").click()
    expect(clerk).to_have_url(f"{host}{queue}")
    take(clerk, host, catalogue_services()["1998"].said("bg"))
    case = clerk.url.partition("?")[0]
    ask(clerk, "Снимайте и приложете пълномощното.")
    assert clerk.goto(case.replace(host, home)).status == 404
    mayor, at_home = staff(NEIGHBOUR, Role.ADMIN), staff(OWN, Role.ADMIN)
    assert acts_of(CLERK, mayor, host) == [
        "Поискани данни по заявление",
        "Преглед на заявление",
        "Поето заявление",
    ]
    assert acts_of(CLERK, at_home, home) == []
    mayor.goto(f"{host}/console/tenants/people/")
    mayor.get_by_role("link", name=CLERK).click()
    mayor.get_by_label("деловодител").uncheck()
    mayor.get_by_role("button", name="Запазете").click()
    assert clerk.goto(case).status == 403
    assert clerk.goto(f"{home}{queue}").status == 200


@pytest.fixture
def builder(visit, villages):
    """A citizen at a phone, who sent an application for a permit that two officials sign."""
    token = villages.token(OWN)
    with villages.app.app_context():
        me = session_behind(token).person_id
        with open_uow(scope_named(OWN), Principal(person_id=me, name="Пена Пробова")) as uow:
            offer_of(uow, PERMIT).needs_second = True
            ref = start_draft(uow, catalogue_services()[PERMIT], request_id=uuid4())
            draft = draft_at(uow, ref)
            draft.keep(latest(PERMIT).cases[0]["answers"])
            uow.session.flush()
            send_application(uow, ref, expected_version=draft.version)
    page = visit(cookies=[villages.cookie(OWN, token)])
    page.goto(f"{villages.at(OWN)}/eservices/mine")
    page.get_by_role("link", name=catalogue_services()[PERMIT].said("bg")).click()
    return page


def photo():
    """As a phone takes it, more than the line of a village likes."""
    drawn = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).save(drawn, "JPEG", quality=95)
    return drawn.getvalue()


def until_smaller(page, size):
    """The device has drawn it anew."""
    for _ in range(600):
        if page.evaluate("document.querySelector('input[type=file]').files[0].size") < size:
            return
        page.wait_for_timeout(100)
    raise AssertionError("it is as large as it came")


def answer(page, words, name, kind, content):
    """Give what was asked for."""
    page.reload()
    said(page).to_contain_text("Нужно е още нещо от Вас")
    page.locator("textarea").fill(words)
    page.set_input_files("input[type=file]", {"name": name, "mimeType": kind, "buffer": content})
    if kind == "image/jpeg":  # it leaves smaller than it came
        until_smaller(page, len(content))
    page.get_by_role("button", name="Изпратете отговора").click()
    said(page).to_contain_text("Срокът започна отначало")


def printed_address(pdf):
    """The address in the code on the document, as it is read out to who does not see it."""
    file = PdfFileReader(io.BytesIO(pdf))
    everything = (file.get_object(ref) for ref in file.xrefs.explicit_refs_in_revision(0))
    [spoken] = [it["/Alt"] for it in everything if isinstance(it, dict) and "/Alt" in it]
    return spoken.partition(": ")[2]


def issued(clerk, chief):
    """The permit, as the clerk prepares it and the chief signs it."""
    clerk.get_by_role("button", name="Издайте документа").click()
    clerk.locator("[name=permit_no]").fill("31")
    clerk.locator("input[name=category][value='5']").check()
    clerk.get_by_role("button", name="Прегледайте документа").click()
    clerk.get_by_role("button", name="Дайте за втори подпис").click()
    said(clerk).to_contain_text("Решението чака втори подпис")
    chief.goto(clerk.url.partition("?")[0] + "/proposal")
    said(chief).to_contain_text("РАЗРЕШЕНИЕ ЗА СТРОЕЖ № 31")
    chief.get_by_role("button", name="Подпишете и издайте").click()
    said(chief).to_contain_text("Документът е издаден")


def paid(clerk, site):
    """The fee, in cash."""
    clerk.reload()
    clerk.get_by_role("link", name="Приемете плащането на гише").click()
    clerk.get_by_role("button", name="Приемете").click()
    with site.app.app_context(), open_uow(scope_named(OWN), Principal(name="Проба")) as uow:
        catch_up(uow)  # what the worker does once it hears of the money


def test_a_builders_permit_with_a_second_request_for_papers(visit, villages, staff, builder):
    host = villages.at(OWN)
    clerk, chief = staff(OWN, Role.REGISTRY_CLERK), staff(OWN, Role.SECRETARY)
    take(clerk, host, catalogue_services()[PERMIT].said("bg"))
    ask(clerk, "Снимайте скицата с двете страни.")
    answer(builder, "Ето я.", "скица.jpg", "image/jpeg", photo())
    clerk.reload()
    ask(clerk, "Приложете и нотариалния акт.")
    answer(builder, "Прилагам го.", "акт.pdf", "application/pdf", PDF)
    turns = builder.locator("h2", has_text="Как тече срокът").locator("+ ol > li")
    expect(turns).to_have_count(len(TURNS))
    for turn, way in zip(turns.all(), TURNS, strict=True):
        expect(turn).to_contain_text(way)
    clerk.reload()
    expect(clerk.get_by_role("link", name="Отговор на искане")).to_have_count(2)
    issued(clerk, chief)
    builder.reload()
    said(builder).to_contain_text("Ще го получите, след като платите таксата")
    paid(clerk, villages)
    builder.reload()
    with builder.expect_download() as download:
        builder.get_by_role("button", name="Изтеглете документа").click()
    stranger = visit()
    stranger.goto(printed_address(download.value.path().read_bytes()))
    said(stranger).to_contain_text("Разрешение за строеж")
    said(stranger).to_contain_text("Валиден")
    said(stranger).not_to_contain_text("Пена")
