"""A hearing by video before a real LiveKit: two Chromiums with invented cameras meet in a room."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g
from playwright.sync_api import expect
from support.livekit.server import KEY, SECRET, running_server

from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = [pytest.mark.browser, pytest.mark.livekit]
VILLAGE = "gorno-selo"
PATIENCE = 60_000  # ms: two browsers code pictures on a machine that may be busy
DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
MOVES = """name => [...document.querySelectorAll('figure')].some(tile =>
    tile.textContent.includes(name) &&
    tile.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > 5)"""
IS_LOUD = """async () => {
    const sound = new AudioContext()
    const meter = sound.createAnalyser()
    for (const it of document.querySelectorAll('audio')) {
        sound.createMediaStreamSource(it.srcObject).connect(meter)
    }
    const level = new Float32Array(meter.fftSize)
    for (let turn = 0; turn < 200; turn++) {
        meter.getFloatTimeDomainData(level)
        if (Math.max(...level.map(Math.abs)) > 0.01) return true
        await new Promise(done => setTimeout(done, 50))
    }
    return false
}"""

PLAYS = """async () => {
    const film = document.querySelector('video')
    await film.play()
    await new Promise(done => { film.ontimeupdate = () => film.currentTime > 0.5 && done() })
    return film.videoWidth === 1280 && film.webkitAudioDecodedByteCount > 0
}"""


@pytest.fixture(scope="module")
def site(serve, free_port, tmp_path_factory):
    """The house beside a video server of its own."""
    with running_server(free_port(), tmp_path_factory.mktemp("livekit")) as rooms:
        told = {"livekit_url": rooms.address, "livekit_key": KEY, "livekit_secret": SECRET}
        with serve(**told) as site:
            yield site


@pytest.fixture(scope="module")
def person(chromium):
    """person(*cookies): a page of somebody with a browser, a camera and a microphone of theirs."""
    browsers = []

    def begin(*cookies, width=390):
        browsers.append(chromium(*DEVICES))
        size = {"width": width, "height": 844}
        context = browsers[-1].new_context(service_workers="block", viewport=size)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(list(cookies))
        return context.new_page()

    yield begin
    for browser in browsers:
        browser.close()


@pytest.fixture
def announced(site):
    """announced(**changed): the id of a meeting in half an hour, with a room."""
    site.switch(VILLAGE)

    def begin(**changed):
        with site.app.app_context():
            g.modules = frozenset({"meetings"})
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                start = uow.now + timedelta(minutes=30)
                plan = {"title": "Водата", "kind": "hearing", "phone_bridge": "0800 00 000"}
                times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
                plan = MeetingPlan(**plan | times | changed, has_room=True)
                meeting = write_meeting(uow, plan, request_id=uuid4())
                uow.session.flush()
                publish_meeting(uow, meeting, expected_version=meeting.version)
                return meeting.id

    return begin


def button(page, name):
    return page.get_by_role("button", name=name)


def sees(page, name):
    """A moving picture stands there under the name; out of sight it would stand still."""
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(MOVES, arg=name, timeout=PATIENCE)


def forbidden(page):
    """A list that fills: scripts that broke, what the policy of the page refused.

    What the library says of lines that close is no fault.
    """
    told = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda said: told.append(said.text) if "Policy" in said.text else None)
    return told


@pytest.fixture
def hearing(site, person, announced):
    """Two pages: who leads, with picture and sound on; a guest who waits before an open room."""
    meeting_id, here = announced(), site.at(VILLAGE)
    guest = person()
    guest.goto(f"{here}/meetings/{meeting_id}/room")
    guest.get_by_label("Вашето име").fill("Мария")
    button(guest, "Влезте").click()
    expect(guest.get_by_text("Стаята още не е отворена")).to_be_visible()
    secretary = site.token(VILLAGE, Role.SECRETARY, name="Секретар Пробов")
    host = person(site.cookie(VILLAGE, secretary), width=1280)
    host.goto(f"{here}/console/meetings/{meeting_id}/room")
    button(host, "Отворете стаята").click()
    for act in ("Включете видеото и звука", "Включете камерата", "Включете микрофона"):
        button(host, act).click()
    sees(host, "Секретар Пробов")
    return host, guest


def test_a_hearing_from_the_waiting_room_to_the_end(hearing):
    host, guest = hearing
    faults = [*map(forbidden, hearing)]
    let_in(host, guest)
    speak_by_turn(host, guest)
    hear_only(guest)
    record(host)
    end_the_turn(host, guest)
    send_out(host, guest)
    close_the_room(host)
    expect(button(host, "Отворете стаята")).to_be_visible()
    assert faults == [[], []]


def let_in(host, guest):
    """The guest waits without pressing anything, then sees and hears, and may not speak."""
    expect(guest.get_by_text("Водещият вижда, че чакате")).to_be_visible(timeout=PATIENCE)
    button(host, "Пуснете").click()
    button(guest, "Включете видеото и звука").click(timeout=PATIENCE)
    sees(guest, "Секретар Пробов")
    assert guest.evaluate(IS_LOUD)
    expect(button(guest, "Включете микрофона")).to_be_hidden()


def speak_by_turn(host, guest):
    """A hand, the word, picture and voice the other way; no page is loaded anew."""
    button(guest, "Вдигнете ръка").click()
    expect(guest.get_by_text("Ръката Ви е вдигната")).to_be_visible()
    expect(host.get_by_text("Искат думата")).to_be_visible(timeout=PATIENCE)
    button(host, "Дайте думата").click()
    expect(guest.get_by_text("Думата е Ваша")).to_be_visible(timeout=PATIENCE)
    button(guest, "Включете микрофона").click()
    button(guest, "Включете камерата").click()
    sees(host, "Мария")
    assert host.evaluate(IS_LOUD)
    expect(guest.locator("[data-room-clock]")).to_have_text(re.compile(r"[0-2]:\d\d"))


def hear_only(guest):
    """Sound alone, and the picture again."""
    button(guest, "Само звук").click()
    expect(guest.locator("figure", has_text="Секретар Пробов")).to_have_count(0)
    button(guest, "Звук и картина").click()
    sees(guest, "Секретар Пробов")


def record(host):
    """It stands among the drafts, and picture and voice can be played."""
    button(host, "Започнете запис").click()
    expect(host.get_by_text("Записва се.")).to_be_visible(timeout=PATIENCE)
    host.wait_for_timeout(2_000)  # of film
    button(host, "Спрете записа").click()
    link = host.get_by_role("link", name="Прегледайте го и го публикувайте")
    expect(link).to_be_visible(timeout=PATIENCE)
    desk = host.context.new_page()
    desk.goto(link.evaluate("link => link.href"))
    expect(desk.get_by_text("Чернова")).to_be_visible()
    assert desk.evaluate(PLAYS)
    desk.close()


def end_the_turn(host, guest):
    """Muted, then without the word: the picture goes and cannot be turned on again."""
    button(host, "Спрете микрофона Мария").click()
    expect(button(guest, "Включете микрофона")).to_be_visible(timeout=PATIENCE)
    button(host, "Край на изказването").click()
    expect(guest.get_by_text("Вие сте в стаята и слушате")).to_be_visible(timeout=PATIENCE)
    expect(host.locator("figure", has_text="Мария")).to_have_count(0, timeout=PATIENCE)
    expect(button(guest, "Включете камерата")).to_be_hidden()


def close_the_room(host):
    """It is asked once."""
    button(host, "Затворете стаята за всички").click()
    host.get_by_text("Всички излизат веднага").wait_for()
    button(host, "Затворете стаята за всички").click()


def send_out(host, guest):
    """With a reason that they read."""
    host.get_by_role("link", name="Отстранете Мария").click()
    host.get_by_label("Защо отстранявате човека").fill("Обижда хората")
    button(host, "Отстранете човека").click()
    expect(guest.get_by_text("Обижда хората")).to_be_visible(timeout=PATIENCE)
    sees(host, "Секретар Пробов")  # who leads has not left for it
    host.get_by_label("Кой се обажда по телефона").fill("Дядо Пробан")
    button(host, "Добавете").click()
    expect(host.get_by_text("Дядо Пробан").first).to_be_visible(timeout=PATIENCE)
    sees(host, "Секретар Пробов")


def test_a_viewer_of_the_council_watches_and_nobody_sees_them(site, person, announced):
    meeting_id, here = announced(kind="council", title="Сесия"), site.at(VILLAGE)
    host = person(site.cookie(VILLAGE, site.token(VILLAGE, Role.SECRETARY, name="Водещ")))
    host.goto(f"{here}/console/meetings/{meeting_id}/room")
    button(host, "Отворете стаята").click()
    button(host, "Включете видеото и звука").click()
    button(host, "Включете камерата").click()
    viewer = person()
    viewer.goto(f"{here}/meetings/{meeting_id}/room")
    button(viewer, "Гледайте").click()
    button(viewer, "Включете видеото и звука").click()
    sees(viewer, "Водещ")
    expect(viewer.get_by_text("Вие сте зрител")).to_be_visible()
    expect(button(viewer, "Вдигнете ръка")).to_have_count(0)
    close_the_room(host)
    expect(viewer.get_by_text("Стаята е затворена")).to_be_visible(timeout=PATIENCE)
