"""Notifications in a real Chromium: asked after a press, shown by the worker, opened by a tap."""

import json
import time

import pytest
from sqlalchemy import text

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PATIENCE = 120  # seconds until a test gives up
# The push service of a browser's maker is out of reach of tests: what it would give stands in.
GIVEN = """() => {
  const point = new Uint8Array(65).fill(7); point[0] = 4
  const signs = { '+': '-', '/': '_', '=': '' }
  const text = bytes => btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, sign => signs[sign])
  PushManager.prototype.getSubscription = async () => null
  PushManager.prototype.subscribe = async options => ({ toJSON: () => ({
    endpoint: 'https://push.example/1', asked: options.applicationServerKey.length,
    keys: { p256dh: text(point), auth: text(new Uint8Array(16)) } }) })
}"""


@pytest.fixture
def village(site, migrator):
    site.fill(VILLAGE)
    with migrator.begin() as connection:
        add = (
            "UPDATE shared.tenant SET modules = array_append(modules, 'notices') WHERE slug = :slug"
        )
        connection.execute(text(add), {"slug": VILLAGE})
    return site.at(VILLAGE)


@pytest.fixture
def phone(chromium, village):
    browser = chromium(is_whole=True)
    size = {"width": 390, "height": 844}
    yield browser.new_page(viewport=size, permissions=["notifications"])
    browser.close()


def test_a_press_asks_and_subscribes(phone, village, owner):
    phone.goto(f"{village}/notify/push")
    phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    phone.evaluate(GIVEN)
    phone.get_by_role("button", name="Показвайте ми известия").click()
    phone.wait_for_url("**/notify/*said=notify.confirmed")
    assert "на това устройство" in phone.locator("main").inner_text().replace("\xa0", " ")
    [(number,)] = owner(
        "SELECT count(*) FROM t_gorno_selo.notify_subscriber WHERE channel = 'push'"
    )
    assert number == 1


def test_who_says_no_is_told_what_else_there_is(browser, village):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{village}/notify/push")
    page.evaluate("() => { Notification.requestPermission = async () => 'denied' }")
    page.get_by_role("button", name="Показвайте ми известия").click()
    page.get_by_role("alert").filter(has_text="не позволи").wait_for()
    context.close()


def test_what_is_pushed_is_shown(phone, village):
    devtools, found = phone.context.new_cdp_session(phone), []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    devtools.send("ServiceWorker.enable")
    phone.goto(f"{village}/")
    phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    said = {"title": "Община Горно село", "body": "Вода: авария", "lang": "bg", "tag": "1"}
    pushed = {
        "origin": village,
        "registrationId": found[-1]["registrationId"],
        "data": json.dumps(said | {"url": f"{village}/notify/x"}),
    }
    devtools.send("ServiceWorker.deliverPushMessage", pushed)
    shown, end = [], time.monotonic() + PATIENCE
    while not shown:
        assert time.monotonic() < end, "nothing was shown"
        phone.wait_for_timeout(100)
        shown = phone.evaluate(
            """() => navigator.serviceWorker.ready.then(worker => worker.getNotifications())
              .then(all => all.map(one => [one.title, one.body, one.lang, one.data.url]))"""
        )
    assert shown == [[said["title"], said["body"], "bg", f"{village}/notify/x"]]
