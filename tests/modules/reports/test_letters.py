"""Letters to an address that somebody typed: one that asks, no other without a yes."""

import json
import re
from base64 import urlsafe_b64encode
from io import BytesIO
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image
from sqlalchemy import create_engine, select, text

from obshto.modules.reports.models import Report
from obshto.platform.notify.models import Channel, Message, Subscriber
from obshto.platform.notify.push.payload import note_of
from obshto.platform.notify.push.subscriptions import subscribe_browser
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.subscribers import Wishes
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
EMAIL = "neznayna@example.org"


@pytest.fixture
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
    engine.dispose()


@pytest.fixture
def clerk(switched_on, sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def tell(switched_on, client, at):
    def go(kind="lamp", village=VILLAGE, **typed):
        told = {"words": "Не свети", "place": "до чешмата", "request_id": uuid4(), **typed}
        path = f"/reports/new/tell?kind={kind}&settlement="
        return client.post(path, data=told, base_url=at(village))

    return go


@pytest.fixture
def letters(uow_in, app, queued):
    """What has been written to the address until now, in order."""
    written = set()

    def go():
        with uow_in(VILLAGE) as uow:
            for _, args in queued():
                if "fact" in args and args["cause"] not in written:
                    written.add(args["cause"])
                    told = {name: args[name] for name in ("fact", "payload", "cause")}
                    write_letters(uow, **told)
            uow.commit()
        with uow_in(VILLAGE) as uow:
            sent = uow.session.scalars(select(Message).order_by(Message.id)).all()
            return [letter.text for letter in sent if letter.recipient == EMAIL]

    return go


def version_at(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def take(clerk):
    """The newest one is somebody's work: news for who told it."""
    desk = re.search(r"/console/reports/[0-9a-f-]{36}", clerk.get("/console/reports/").text)[0]
    version = version_at(clerk, desk)
    assert clerk.post(f"{desk}/take", {"expected_version": version}).status_code == 303
    return desk


def page_in(letter):
    return re.search(r"/reports/by-email/[\w-]+", letter)[0]


def test_a_stranger_gets_one_letter_that_asks_and_no_other(tell, clerk, letters):
    own = tell(email=EMAIL)
    [asked] = letters()
    assert "няма да Ви пишем повече" in asked
    take(clerk)
    assert letters() == [asked]
    assert own.status_code == 303


def test_who_says_yes_hears_of_it_and_stops_by_a_press(tell, clerk, letters, client, at):
    tell(email=EMAIL)
    page = page_in(letters()[0])
    assert "Да, пишете ми" in client.get(page, base_url=at(VILLAGE)).text
    for _ in range(2):
        assert client.post(f"{page}/confirm", base_url=at(VILLAGE)).status_code == 303
    desk = take(clerk)
    [news] = [letter for letter in letters() if "Има новина по сигнал" in letter]
    stop = page_in(news)
    assert "Спрете писмата" in client.get(stop, base_url=at(VILLAGE)).text
    for _ in range(2):
        assert client.post(f"{stop}/stop", base_url=at(VILLAGE)).status_code == 303
    assert "не пишем за сигнала" in client.get(stop, base_url=at(VILLAGE)).text
    assert clerk.get(desk).text.count("Писмата до имейла на подателя са спрени") == 1
    assert client.post(f"{stop}/confirm", base_url=at(VILLAGE)).status_code == 404
    path = f"{desk}/ask"
    asks = {"words": "Коя лампа?", "expected_version": version_at(clerk, path)}
    assert clerk.post(path, asks).status_code == 303
    assert len(letters()) == 2


def test_opening_the_letter_says_nothing(tell, letters, client, at, uow_in):
    tell(email=EMAIL)
    client.get(page_in(letters()[0]), base_url=at(VILLAGE))
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(Report.email_confirmed_at)).all() == [None]


def test_the_letter_opens_nothing_at_the_neighbours(tell, letters, client, at):
    tell(email=EMAIL)
    page = page_in(letters()[0])
    assert client.get(page, base_url=at(NEIGHBOUR)).status_code == 404
    assert client.post(f"{page}/confirm", base_url=at(NEIGHBOUR)).status_code == 404
    assert client.get(f"{page[:-4]}AAAA", base_url=at(VILLAGE)).status_code == 404


def test_the_sender_and_the_clerk_read_that_nobody_is_written_to(tell, clerk, client, at):
    own = tell(email=EMAIL).location.partition("?")[0]
    assert "дотогава не пишем на този имейл" in client.get(own, base_url=at(VILLAGE)).text
    desk = take(clerk)
    look = {"purpose": "contact", "request_id": uuid4()}
    assert clerk.post(f"{desk}/look", look).status_code == 303
    assert "непотвърден: писма не отиват" in clerk.get(desk).text


def test_who_gave_it_to_staff_has_said_yes(switched_on, clerk, letters):
    typed = {"words": "Не свети", "place": "до чешмата", "request_id": uuid4(), "email": EMAIL}
    told = clerk.post("/console/reports/enter", {**typed, "kind": "lamp", "channel": "phone"})
    assert told.status_code == 303
    take(clerk)
    assert len(letters()) == 2


def test_a_kind_that_needs_an_account_keeps_what_was_typed(tell, clerk, sign_in, client, at):
    admin = sign_in(VILLAGE, Role.ADMIN)
    settings = "/console/settings/reports"
    page = admin.get(settings).text
    tags = re.findall(r"<input[^>]*>", page)
    drawn = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in tags]
    filled = {one["name"]: one["value"] for one in drawn if one["type"] == "number"}
    kept = {
        **filled,
        "expected_version": version_at(admin, settings),
        "with_account": ["noise", "dog"],
        "ready_answers": "Първи отговор\nВтори отговор",
    }
    assert admin.post(settings, kept).status_code == 303
    refused = tell(kind="noise", words="Музика до три часа")
    assert refused.status_code == 422
    assert "Музика до три часа" in refused.text and "Влезте в нов прозорец" in refused.text
    unknown = "/reports/new/tell?kind=dog&settlement="
    first = client.get(unknown, base_url=at(VILLAGE)).text
    assert "Влезте, за да подадете сигнала" in first and "<textarea" not in first
    copy = client.get("/reports/new/saved", base_url=at(VILLAGE)).text
    assert 'value="dog"' not in copy and 'value="lamp"' in copy and "иска профил" in copy
    assert "Подава се с профил." in client.get("/reports/new", base_url=at(VILLAGE)).text
    assert tell(kind="lamp").status_code == 303
    assert tell(kind="noise", village=NEIGHBOUR).status_code == 303
    known = {"words": "Лаят", "place": "до чешмата", "request_id": uuid4()}
    assert sign_in(VILLAGE).post(unknown, known).status_code == 303


BROWSER = '{"endpoint": "https://push.example/%s", "keys": {"p256dh": "%s", "auth": "%s"}}'


def browser_of(uow, person_id, name):
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = [urlsafe_b64encode(one).decode().rstrip("=") for one in (raw, b"0123456789abcdef")]
    wishes = Wishes(topics=("notices:water",), places=())
    subscribe_browser(uow, BROWSER % (name, *keys), wishes, person_id=person_id)


def test_who_follows_or_told_it_hears_in_their_browsers_too_and_nobody_else(
    clerk, sign_in, letters, uow_in, config
):
    sender, follower, stranger = (sign_in(VILLAGE) for _ in range(3))
    with create_engine(config.migrator).begin() as connection:  # letters reach them as well
        connection.execute(text("UPDATE shared.person SET email = 'p' || id || '@x.example'"))
    typed = {"words": "Не свети", "place": "до чешмата", "request_id": uuid4()}
    assert sender.post("/reports/new/tell?kind=lamp&settlement=", typed).status_code == 303
    with uow_in(VILLAGE) as uow:
        report_id = uow.session.scalars(select(Report.id)).one()
        for n, one in enumerate((sender, follower, follower, stranger)):
            browser_of(uow, one.person_id, f"{n}")
        uow.commit()
    follow = f"/reports/{report_id}/letters"
    assert follower.post(follow, {"wants": "y", "request_id": uuid4()}).status_code == 303
    take(clerk)
    letters()
    with uow_in(VILLAGE) as uow:
        told = uow.session.scalars(select(Message).where(Message.channel == Channel.PUSH)).all()
        readers = [uow.session.get(Subscriber, one.subscriber_id).person_id for one in told]
        assert sorted(readers) == sorted([sender.person_id, *[follower.person_id] * 2])
        for one in told:
            assert "Новина по сигнал" in one.subject and "Не свети" not in one.text
            reader = uow.session.get(Subscriber, one.subscriber_id)
            note = json.loads(note_of(uow, one, reader=reader, text=None).content)
            own = f"/case/{report_id}" if reader.person_id == sender.person_id else f"/{report_id}"
            assert note["url"].endswith(f"/reports{own}")


def test_what_is_mended_in_part_is_shown_and_not_counted(tell, clerk, client, at, uow_in):
    own = tell().location.partition("?")[0]
    desk = take(clerk)
    path = f"{desk}/close"
    typed = {"words": "Остава бордюрът", "expected_version": version_at(clerk, path)}
    refused = clerk.post(path, {**typed, "outcome": "half"})
    assert refused.status_code == 422 and "дори отчасти" in refused.text
    photo = BytesIO()
    Image.new("RGB", (60, 40), "red").save(photo, "JPEG")
    photo.seek(0)
    shown = {**typed, "outcome": "half", "photos": (photo, "a.jpg")}
    assert clerk.post(path, shown).status_code == 303
    public = client.get(desk.removeprefix("/console"), base_url=at(VILLAGE)).text
    assert "Решен отчасти" in public and "каза какво остава" in public
    assert "оспорете резултата" in client.get(own, base_url=at(VILLAGE)).text
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(Report.fixed_at)).all() == [None]
