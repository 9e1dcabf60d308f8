"""A visitor in a village without a network: the day stays on the phone, acts wait and land once."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from time import monotonic
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect
from sqlalchemy import func, select

from obshto.modules.assistants.models import CheckIn, HomeVisit
from obshto.modules.assistants.services.check_ins import watch_check_ins
from obshto.modules.assistants.services.staff_records import AssistantEntry, write_assistant
from obshto.modules.assistants.services.submission import HelpWords, send_request
from obshto.modules.assistants.services.visit_plans import VisitPlan, plan_visit
from obshto.platform.cases.channels import PHONE
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE, DAY = "gorno-selo", "/console/assistants/day"
PATIENCE = 120  # seconds until a test gives up
WHO = Principal.system("test")
KEPT = "() => caches.open('day').then(day => day.keys()).then(all => all.length)"
KEEPS = """() => new Promise(resolve => {
  indexedDB.open('offline', 1).onsuccess = ({ target }) => {
    target.result.transaction('acts').objectStore('acts').count().onsuccess = counted =>
      resolve(counted.target.result)
  }
})"""
# What the script of 0.12 left behind: the arrival, pressed and not yet sent.
OLD_LIST = """() => {
  const form = document.querySelector('form[data-act] [value=arrived]').form
  const { csrf_token, ...fields } = Object.fromEntries(new FormData(form))
  Object.assign(fields, { at: new Date().toISOString(), queued: '1' })
  const act = { url: form.action, what: 'Пристигнах', fields }
  const who = document.querySelector('[data-queue]').dataset.queue.replace('visits-', '')
  localStorage.setItem(`visit-acts-${who}`, JSON.stringify([act]))
}"""
QUARTER = timedelta(minutes=15)
YESTERDAY = """async () => {
  const day = await caches.open('day')
  for (const request of await day.keys()) {
    const kept = await day.match(request)
    const headers = new Headers(kept.headers)
    headers.set('Keep-Until', Date.now() - 1000)
    await day.put(request, new Response(await kept.blob(), { headers }))
  }
}"""
WORKER = """() => navigator.serviceWorker.ready
  .then(() => navigator.serviceWorker.controller !== null)"""


@pytest.fixture
def phone(browser, site):
    """A phone of an assistant who visits somebody in a moment."""
    site.switch(VILLAGE)
    token = site.token(VILLAGE, Role.REGISTRY_CLERK)
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        me = session_behind(token).person_id
        entry = AssistantEntry(person_id=me, name="Проба Помощникова", settlement="", languages=())
        who = write_assistant(uow, entry, request_id=uuid4())
        told = HelpWords(name="Проба Първанова", settlement="", address="ул. Тайна 17")
        row = send_request(uow, replace(told, channel=PHONE), request_id=uuid4())
        plan = VisitPlan(starts_at=uow.now + timedelta(seconds=20))
        plan_visit(uow, row, who, plan, request_id=uuid4())
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([site.cookie(VILLAGE, token)])
    yield context.new_page()
    context.close()


def until(page, script, is_so):
    """Wait until the script answers so; a page that is just being loaded anew answers nothing."""
    end = monotonic() + PATIENCE
    while answer_of(page, script) != is_so:
        assert monotonic() < end, script
        page.wait_for_timeout(50)


def answer_of(page, script):
    try:
        return page.evaluate(script)
    except Error as error:
        assert "context was destroyed" in str(error), error
        return None


def rows_of(site, column):
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        return uow.session.scalars(select(column)).all()


def test_the_day_is_read_and_worked_without_a_network(phone, site):
    host = site.at(VILLAGE)
    phone.goto(f"{host}{DAY}")
    until(phone, WORKER, True)
    phone.reload()
    until(phone, KEPT, 1)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Тайна")
    phone.get_by_role("button", name="Пристигнах").click()
    phone.get_by_role("button", name="Край на посещението").click()
    expect(phone.locator("[data-queue-said]")).to_contain_text("Записано е в телефона")
    until(phone, KEEPS, 2)
    assert rows_of(site, CheckIn.kind) == []
    phone.context.set_offline(False)  # what was kept is sent, and the page loaded anew
    expect(phone.locator("main")).to_contain_text("Състоя се", timeout=PATIENCE * 1000)
    until(phone, KEEPS, 0)
    expect(phone.locator("main")).not_to_contain_text("Тайна")
    assert sorted(rows_of(site, CheckIn.kind)) == ["arrived", "ended"]
    phone.get_by_role("button", name="Излезте").click()
    until(phone, KEPT, 0)


@pytest.fixture
def offline(phone, site):
    """The day of the assistant, opened and then left without a network."""
    phone.goto(f"{site.at(VILLAGE)}{DAY}")
    until(phone, WORKER, True)
    phone.reload()
    until(phone, KEPT, 1)
    phone.context.set_offline(True)
    phone.reload()
    return phone


def test_after_the_day_the_phone_has_no_address_any_more_with_or_without_a_network(offline):
    expect(offline.locator("main")).to_contain_text("Тайна")
    offline.evaluate(YESTERDAY)
    offline.reload()
    expect(offline.locator("body")).not_to_contain_text("Тайна")
    until(offline, KEPT, 0)


def test_what_was_shown_without_a_network_goes_along_with_the_arrival(offline, site):
    offline.locator("summary", has_text="Какво показах").click()
    offline.get_by_label("Приемане на видео разговор").check()
    offline.get_by_role("button", name="Пристигнах").click()
    until(offline, KEEPS, 2)
    offline.get_by_label("Разпознаване на измама").check()
    offline.get_by_role("button", name="Запишете какво показахте").click()
    until(offline, KEEPS, 3)
    offline.context.set_offline(False)
    until(offline, KEEPS, 0)
    assert rows_of(site, HomeVisit.taught) == [["video-answer", "fraud"]]


def test_a_next_visit_agreed_without_a_network_is_planned_or_says_why_not(offline, site):
    def agree(day):
        offline.locator("summary", has_text="Следващо посещение").click()
        offline.get_by_label("Ден и час").fill(f"{day}T10:00")
        offline.get_by_role("button", name="Насрочете посещението").click()

    agree("2020-01-01")
    until(offline, KEEPS, 1)
    offline.context.set_offline(False)
    main = offline.locator("main")
    expect(main).to_contain_text("Този час вече мина", timeout=PATIENCE * 1000)
    expect(main).to_contain_text("60 минути")  # what was typed stays with the reason
    offline.reload()
    with offline.expect_response(lambda answer: answer.url.endswith("/next")) as sent:
        agree(f"{datetime.now(SOFIA) + timedelta(days=7):%Y-%m-%d}")
    assert sent.value.status == 204
    assert sorted(rows_of(site, HomeVisit.state)) == ["ahead", "ahead"]


def test_what_a_phone_kept_before_the_queue_is_sent_once(phone, site):
    phone.goto(f"{site.at(VILLAGE)}{DAY}")
    phone.evaluate(OLD_LIST)
    phone.reload()
    main = phone.locator("main")
    expect(main).to_contain_text("Помощникът е при човека", timeout=PATIENCE * 1000)
    until(phone, KEEPS, 0)
    assert rows_of(site, CheckIn.kind) == ["arrived"]
    until(phone, "() => Object.keys(localStorage).some(key => key.startsWith('visit-acts'))", False)


def test_a_missed_check_in_calls_the_coordinator_at_six_in_the_evening(phone, site, visit):
    """The visit was to begin at a quarter past five; no word of it came in half an hour."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        six = datetime.combine(datetime.now(SOFIA).date(), time(18), SOFIA)
        missed = uow.session.scalars(select(HomeVisit)).one()
        missed.starts_at, missed.ends_at = six - QUARTER * 3, six + QUARTER
        uow.session.flush()
        watch_check_ins(replace(uow, now=six - QUARTER * 2))
        assert missed.alarm == ""
        watch_check_ins(replace(uow, now=six))
        assert missed.alarm_at == six
    desk = visit(phone=False, cookies=[site.cookie(VILLAGE, site.token(VILLAGE, Role.SECRETARY))])
    desk.goto(f"{site.at(VILLAGE)}/console/assistants/")
    expect(desk.locator("main")).to_contain_text("Няма вест от 1")
    desk.get_by_role("link", name="Отворете ги").click()
    desk.get_by_role("button", name="Отворете адреса").click()
    expect(desk.locator("main")).to_contain_text("Тайна")
    desk.go_back()
    desk.get_by_role("button", name="Обади се, всичко е наред").click()
    expect(desk.locator("main")).to_contain_text("обадили навреме")
    assert rows_of(site, func.count(HomeVisit.alarm_ended_at)) == [1]


def test_a_note_not_yet_sent_goes_along_with_the_arrival(phone, site):
    phone.goto(f"{site.at(VILLAGE)}{DAY}")
    phone.get_by_label("Бележка").fill("Телефонът е без батерия")
    phone.get_by_role("button", name="Пристигнах").click()
    main = phone.locator("main")
    expect(main).to_contain_text("Помощникът е при човека", timeout=PATIENCE * 1000)
    assert rows_of(site, HomeVisit.notes) == ["Телефонът е без батерия"]


def test_a_refused_note_stays_on_the_phone_with_its_reason_and_goes_once_there_is_room(phone, site):
    def fill(words):
        with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
            uow.session.scalars(select(HomeVisit)).one().notes = words
            uow.commit()

    fill("х" * 2000)
    phone.goto(f"{site.at(VILLAGE)}{DAY}")
    phone.get_by_label("Бележка").fill("Телефонът е без батерия")
    phone.get_by_role("button", name="Пристигнах").click()
    main = phone.locator("main")
    expect(main).to_contain_text("Помощникът е при човека", timeout=PATIENCE * 1000)
    expect(main).to_contain_text("повече от 2000 знака")
    expect(main).to_contain_text("Телефонът е без батерия")
    phone.get_by_role("link", name="Отворете посещението").click()
    expect(phone.get_by_label("Бележка за следващия път")).to_be_visible()
    fill("")
    phone.go_back()
    phone.get_by_role("button", name="Изпратете отново").click()
    until(phone, KEEPS, 0)
    assert rows_of(site, HomeVisit.notes) == ["Телефонът е без батерия"]
