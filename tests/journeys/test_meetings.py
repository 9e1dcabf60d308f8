"""Meetings: a session of eleven points with two votes by name; a village that reads by SMS."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting
from obshto.platform.notify.job_names import PHONES
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.sms.port import Receipt
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE, WHO = "gorno-selo", Principal.system("test")


class Phones:
    """A gateway that takes everything and remembers it."""

    names = ("infobip",)

    def __init__(self):
        self.heard = []

    def send(self, message, *, but=""):
        self.heard.append(message.text)
        return Receipt(gateway="infobip", remote_id=str(len(self.heard)))


@pytest.fixture
def arranged(site):
    """arranged(kind, points): the id of a meeting that began an hour ago, announced."""

    def begin(kind, points):
        with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
            start = uow.now - timedelta(hours=1)
            plan = MeetingPlan(
                title="Среща за журнала",
                kind=kind,
                starts_at=start,
                ends_at=start + timedelta(hours=4),
                contact="0938 12 345",
            )
            meeting = write_meeting(uow, plan, request_id=uuid4())
            for number in range(1, points + 1):
                point = AgendaPoint(title=f"Предложение {number}")
                add_item(uow, meeting, point, request_id=uuid4())
            publish_meeting(uow, meeting, expected_version=meeting.version)
            uow.commit()
            return meeting.id

    return begin


@pytest.fixture
def village(furnish):
    return furnish("meetings", "council")


@pytest.fixture
def secretary(village, site, visit):
    page = visit(js=False, phone=False)
    page.context.add_cookies([site.cookie(VILLAGE, site.token(VILLAGE, Role.SECRETARY))])
    return page


def vote(page, number, sign):
    """By name at a point: all councillors alike, the last one against the others."""
    page.get_by_role(
        "link", name=re.compile(rf"Запишете поименно гласуване Предложение {number}$")
    ).click()
    page.fill("#motion", f"Приема се предложение {number}.")
    page.locator("input[name=majority]").first.check()
    boxes = page.locator("fieldset", has_text="Отсъства")
    other = {"За": "Против", "Против": "За"}[sign]
    for box in boxes.all()[:-1]:
        box.get_by_label(sign, exact=True).check()
    boxes.last.get_by_label(other, exact=True).check()
    page.fill("#decision", f"Предложение {number} е прието.")
    page.get_by_role("button", name="Запишете гласуването").click()


def test_a_session_of_eleven_points_with_two_votes_by_name(village, arranged, secretary, visit):
    session = arranged("council", 11)
    secretary.goto(f"{village}/console/council/sessions/{session}")
    vote(secretary, 3, "За")
    vote(secretary, 11, "Против")
    expect(secretary.locator("main")).to_contain_text("Предложението не е прието")
    secretary.get_by_role("button", name="Публикувайте протокола и решенията").click()
    reader = visit(js=False)
    reader.goto(f"{village}/council/sessions/{session}")
    expect(reader.locator("main")).to_contain_text("11. Предложение 11")
    expect(reader.locator("main")).to_contain_text("Предложение 3 е прието.")
    expect(reader.get_by_text("Предложение 11 е прието.")).to_have_count(0)
    reader.goto(f"{village}/meetings/{session}/minutes")
    expect(reader.locator("main")).to_contain_text("Измислена Примерова")


def subscribe(reader, village, phones, work_off):
    """By the page for phones and the code that comes."""
    reader.goto(f"{village}/notify/phone")
    reader.fill("#phone", "0888 123 456")
    reader.locator("input[name=topics][value='meetings:meeting']").check()
    reader.get_by_label("Цялата община").check()
    reader.locator("form[method=post] button.govuk-button").last.click()
    work_off()
    [code] = re.findall(r"Код (\d{6})", "\n".join(phones.heard))
    reader.fill("#code", code)
    reader.locator("form[method=post] button.govuk-button").first.click()
    expect(reader.locator("main")).to_contain_text("888")


def test_a_village_without_a_network_reads_the_decision_by_sms(
    village, arranged, secretary, visit, site, work_off, monkeypatch
):
    phones = Phones()
    monkeypatch.setitem(site.app.extensions, PHONES, phones)
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        settings = NotifySettings(sms_sender="GORNO")
        save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
        uow.commit()
    subscribe(visit(js=False), village, phones, work_off)
    meeting = arranged("discussion", 1)
    secretary.goto(f"{village}/console/meetings/{meeting}/minutes")
    secretary.get_by_role("link", name="Добавете запис").click()
    secretary.fill("#decision", "Чешмата се ремонтира до май")
    secretary.locator("main form[method=post] button").last.click()
    secretary.get_by_role("button", name="Публикувайте протокола").click()
    expect(secretary.locator("main")).to_contain_text("Публикуван")
    phones.heard.clear()
    work_off()
    [text] = [one for one in phones.heard if "Решено" in one]
    assert "Чешмата се ремонтира до май." in text and "0938 12 345" in text
