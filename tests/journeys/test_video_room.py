"""Rooms of a hearing, of an office hour: Chromiums with invented cameras meet by a real LiveKit."""

import re
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g
from livekit.protocol.models import ConnectionQuality
from livekit.protocol.rtc import (
    ConnectionQualityInfo,
    ConnectionQualityUpdate,
    SignalResponse,
)
from playwright.sync_api import TimeoutError, expect
from sqlalchemy import select, update
from support.livekit.server import KEY, SECRET, running_server

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.kinds import OFFICE
from obshto.modules.meetings.services.plans import MeetingPlan, write_meeting
from obshto.modules.meetings.services.publication import publish_meeting
from obshto.modules.videos.models import VideoUpload
from obshto.modules.videos.services.live_recordings import SILENT, end_lost_recordings
from obshto.platform.bookings.models import Slot
from obshto.platform.opening_hours.hours import Hours, Span
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = [pytest.mark.browser, pytest.mark.livekit]
VILLAGE = "gorno-selo"
PATIENCE = 60_000  # ms: two browsers code pictures on a machine that may be busy
FIRST_PICTURE = 180_000  # a picture that nobody has coded yet comes last
GLANCE = 5_000
DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
MOVES = """name => [...document.querySelectorAll('figure')].some(tile =>
    tile.textContent.includes(name) &&
    tile.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > 5)"""
SHOW = """name => [...document.querySelectorAll('figure')]
    .find(tile => tile.textContent.includes(name))?.scrollIntoView({ block: 'center' })"""
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
# A film that was cut does not say how long it is: a browser finds its end.
LENGTH = """async () => {
    const film = document.querySelector('video')
    await new Promise(done => { film.onloadedmetadata = done; film.load() })
    if (film.duration === Infinity) {
        await new Promise(done => { film.ondurationchange = done; film.currentTime = 1e6 })
    }
    return film.duration
}"""
LEAST_LOST = 10  # seconds that may be lost with a tab
ALWAYS = Hours(week=((Span(0, 24 * 60),),) * 7, holidays=None)


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


class Line:
    """What the video server tells one page. What the line is like the test says alone: on a busy
    machine each of them is poor now and then.
    """

    def __init__(self, page):
        page.route_web_socket(re.compile("/rtc"), self._between)

    def _between(self, page):
        server, self._page = page.connect_to_server(), page
        page.on_message(server.send)
        server.on_message(self._pass_on)

    def _pass_on(self, message):
        told = SignalResponse.FromString(message)
        if told.HasField("join"):
            self._who = told.join.participant.sid
        if not told.HasField("connection_quality"):
            self._page.send(message)

    def becomes(self, *qualities):
        for quality in qualities:
            one = ConnectionQualityInfo(participant_sid=self._who, quality=quality)
            told = ConnectionQualityUpdate(updates=[one])
            self._page.send(SignalResponse(connection_quality=told).SerializeToString())


def ask_for_pictures(page):
    """Where the video server calls the line poor, the page has gone over to sound by itself."""
    if button(page, "Звук и картина").is_visible():
        button(page, "Звук и картина").click()


def sees(page, name):
    """A moving picture stands there under the name; out of sight it would stand still."""
    for _ in range(FIRST_PICTURE // GLANCE):
        ask_for_pictures(page)
        page.evaluate(SHOW, name)
        with suppress(TimeoutError):
            return page.wait_for_function(MOVES, arg=name, timeout=GLANCE)
    pytest.fail(f"no picture of {name}: {page.locator('[data-room]').inner_text()}")


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
    guest.line = Line(guest)
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
    on_a_poor_line(guest)
    sees(guest, "Секретар Пробов")
    assert guest.evaluate(IS_LOUD)
    expect(button(guest, "Включете микрофона")).to_be_hidden()


def on_a_poor_line(guest):
    """Sound alone, and how to have the picture; who asked for it keeps it, however poor it is."""
    expect(button(guest, "Излезте от видеото")).to_be_visible(timeout=PATIENCE)
    guest.line.becomes(ConnectionQuality.POOR)
    expect(guest.get_by_text("За картината натиснете „Звук и картина“")).to_be_visible()
    button(guest, "Звук и картина").click()
    guest.line.becomes(ConnectionQuality.EXCELLENT, ConnectionQuality.LOST)
    expect(guest.get_by_text("Ако звукът прекъсва, натиснете „Само звук“")).to_be_visible()
    expect(button(guest, "Само звук")).to_be_visible()


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
    ask_for_pictures(guest)
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
    """Muted, then without the word: the picture goes and cannot be turned on again.

    A video server that is busy may say nothing in its time: who leads is told so and presses again.
    """
    for _ in range(PATIENCE // GLANCE):
        button(host, "Спрете микрофона Мария").click()
        with suppress(AssertionError):
            expect(button(guest, "Включете микрофона")).to_be_visible(timeout=GLANCE)
            break
    expect(button(guest, "Включете микрофона")).to_be_visible()
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


@pytest.fixture
def in_village(site):
    """in_village(act): what only time would do; `act(uow)` is committed."""

    def begin(act):
        with site.app.app_context():
            g.modules = frozenset({"meetings", "videos", "centres"})
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                return act(uow)

    return begin


def silence(uow):
    """Ten minutes without a word of the tab, then the job that ends what was lost."""
    uow.session.execute(update(VideoUpload).values(last_at=uow.now - SILENT * 2))
    end_lost_recordings(uow)


def test_a_tab_lost_in_the_middle_of_a_recording_leaves_all_but_its_last_seconds(
    hearing, site, person, in_village
):
    host, _ = hearing
    with host.expect_response(lambda answer: answer.url.endswith("/recordings")) as begun:
        button(host, "Започнете запис").click()
    host.evaluate("window.begun = performance.now()")
    desk_path = begun.value.json()["desk"]
    expect(host.get_by_text("Записва се.")).to_be_visible(timeout=PATIENCE)
    for _ in range(2):  # pieces of five seconds
        with host.expect_response(lambda answer: answer.url.endswith("/parts"), timeout=PATIENCE):
            pass
    recorded = host.evaluate("(performance.now() - window.begun) / 1000")
    host.close()  # as a browser that breaks down: nothing is asked, nothing is said
    desk = person(site.cookie(VILLAGE, site.token(VILLAGE, Role.SECRETARY)))
    desk.goto(f"{site.at(VILLAGE)}{desk_path}")
    expect(desk.get_by_text("Записва се на живо")).to_be_visible()
    in_village(silence)
    desk.reload()
    expect(desk.get_by_text("Записва се на живо")).to_have_count(0)
    assert desk.evaluate(PLAYS)
    assert recorded - desk.evaluate(LENGTH) < LEAST_LOST


@pytest.fixture
def office(site, in_village):
    """The id of the mayor's office hours, at which people are received at any hour."""
    site.switch(VILLAGE)

    def write(uow):
        told = {"name": "Кмет за журнала", "address": "пл. Свобода 1", "phone": "0938 12 345"}
        entry = CentreEntry(kind=OFFICE, hours=ALWAYS, **told)
        found = write_centre(uow, entry, request_id=uuid4())
        publish_centre(uow, found, True, expected_version=found.version)
        return found.id

    return in_village(write)


def begins(office):
    """The only booked hour of that office is now."""

    def act(uow):
        slot = uow.session.scalars(select(Slot).where(Slot.resource.has(object_id=office))).one()
        slot.starts_at, slot.ends_at = uow.now, uow.now + timedelta(minutes=15)

    return act


def test_an_office_hour_by_video_from_a_booking_to_two_who_see_each_other(
    office, site, person, in_village
):
    citizen, here = person(), site.at(VILLAGE)
    citizen.goto(f"{here}/centres/{office}")
    button(citizen, "Изберете час").click()
    citizen.locator("main details[open] a[href*='/book/']").first.click()
    citizen.fill("#name", "Проба Пробова")
    citizen.fill("#phone", "0888 123 456")
    citizen.get_by_label("Ще се видим по видео").check()
    button(citizen, "Запазете час").click()
    expect(citizen.locator("h1")).to_have_text("Запазен час")
    in_village(begins(office))
    mayor = person(site.cookie(VILLAGE, site.token(VILLAGE, Role.MAYOR, name="Кмет Пробов")))
    mayor.goto(f"{here}/console/centres/video")
    expect(mayor.locator("main")).to_contain_text("отворена")
    mayor.locator("main table a").first.click()
    citizen.reload()
    button(citizen, "Влезте във видео стаята").click()
    for page in (mayor, citizen):
        for act in ("Включете видеото и звука", "Включете камерата", "Включете микрофона"):
            button(page, act).click()
    sees(citizen, "Кмет Пробов")
    sees(mayor, "Гражданин")
    assert citizen.evaluate(IS_LOUD) and mayor.evaluate(IS_LOUD)
    expect(mayor.get_by_text("Проба Пробова")).to_have_count(0)  # names open for a purpose alone
