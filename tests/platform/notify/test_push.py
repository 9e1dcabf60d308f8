"""Notifications: encrypted for one browser, signed by us; gone browsers are forgotten."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import uuid4

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import create_engine, select, text

from obshto.platform.clock import now
from obshto.platform.notify.address import Address
from obshto.platform.notify.delivery import drain_letters
from obshto.platform.notify.job_names import ADDRESS_BOOK, PUSHER
from obshto.platform.notify.models import Channel, Message, State, Subscriber, Text
from obshto.platform.notify.push.subscription_keys import read_subscription
from obshto.platform.notify.push.subscriptions import subscribe_browser
from obshto.platform.notify.push.web_push import Note, WebPush
from obshto.platform.notify.subscribers import Wishes, subscribe_person
from obshto.platform.notify.transport import Refused, Unreachable

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WATER = Wishes(topics=("notices:water",), places=())
AUTH = b"0123456789abcdef"
TYPED = {"topics": "notices:water", "places": "all", "pace": "at once", "language": "bg"}


def b64(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unb64(said):
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


@pytest.fixture(scope="module")
def browser_key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def subscription(browser_key, elsewhere):
    """What a browser gives whose push service is the stand-in."""
    point = browser_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": b64(point), "auth": b64(AUTH)}
    elsewhere.pages["/push/1"] = (201, {}, b"")
    return json.dumps(
        {"endpoint": f"{elsewhere.address}/push/1", "expirationTime": None, "keys": keys}
    )


@pytest.fixture
def pusher():
    return WebPush("secret", "obshto@obshto.example")


@pytest.fixture
def note(subscription):
    return Note(
        message_id=uuid4().hex, to=read_subscription(subscription), content="Вода".encode(),
        is_urgent=True, lasts=timedelta(hours=1),
    )  # fmt: skip


def opened(body, key):
    return http_ece.decrypt(body, private_key=key, auth_secret=AUTH, version="aes128gcm")


def test_only_the_browser_itself_can_read_it(pusher, note, elsewhere, browser_key, app):
    with app.app_context():
        pusher.send(note)
    ((method, path, headers, body),) = elsewhere.heard
    assert (method, path) == ("POST", "/push/1") and "Вода".encode() not in body
    assert opened(body, browser_key).decode() == "Вода"
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "3600")
    assert (headers["Urgency"], headers["Topic"]) == ("high", note.message_id)


def test_the_service_can_check_who_sent_it(pusher, note, elsewhere, app):
    with app.app_context():
        pusher.send(note)
    scheme, _, told = elsewhere.heard[0][2]["Authorization"].partition(" ")
    given = dict(one.strip().split("=", 1) for one in told.split(","))
    assert scheme == "vapid" and given["k"].rstrip("=") == pusher.public_key
    head, claims, signature = given["t"].split(".")
    said = json.loads(unb64(claims))
    assert said["aud"] == elsewhere.address and said["sub"] == "mailto:obshto@obshto.example"
    assert 0 < said["exp"] - now().timestamp() < 24 * 3600
    raw = unb64(signature)
    der = utils.encode_dss_signature(
        int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    )
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(pusher.public_key))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))


def test_the_same_secret_keeps_browsers_subscribed():
    assert WebPush("a", "x@y.bg").public_key == WebPush("a", "x@y.bg").public_key
    assert WebPush("a", "x@y.bg").public_key != WebPush("b", "x@y.bg").public_key


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Refused), (410, Refused), (400, Refused), (413, Refused), (401, Unreachable),
     (403, Unreachable), (429, Unreachable), (500, Unreachable), (503, Unreachable)],
)  # fmt: skip
def test_what_the_service_answers_is_understood(pusher, note, elsewhere, app, status, error):
    elsewhere.pages["/push/1"] = (status, {}, b"no")
    with app.app_context(), pytest.raises(error):
        pusher.send(note)


@pytest.mark.parametrize("place", ["http://127.0.0.1:1/", "https://10.0.0.1/x", "https://[::1]/"])
def test_an_endpoint_inside_our_walls_is_never_asked(pusher, note, subscription, app, place):
    told = json.loads(subscription) | {"endpoint": place}
    to = read_subscription(json.dumps(told))
    inside = Note(message_id="1" * 32, to=to, content=b"x", is_urgent=False, lasts=timedelta(1))
    with app.app_context(), pytest.raises(Refused, match="gone"):
        pusher.send(inside)


@pytest.mark.parametrize(
    "broken",
    ["", "{}", "[]", "null", "[" * 9000, '{"endpoint": "https://a.bg"}',
     '{"endpoint": 1, "keys": {}}',
     '{"endpoint": "ftp://a.bg", "keys": {"p256dh": "AA", "auth": "AA"}}',
     '{"endpoint": "https://a.bg", "keys": {"p256dh": "я", "auth": "AA"}}'],
)  # fmt: skip
def test_what_no_browser_made_is_no_subscription(broken):
    assert read_subscription(broken) is None


# -- the outbox ------------------------------------------------------------------------------


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def tell(uow):
    """tell(reader): a message waits for that browser."""

    def go(reader, until=None):
        said = Text(
            cause=uuid4(), language="bg", topic="notices:water", places=[], until=until,
            subject="Вода: авария", text="Целият текст",
        )  # fmt: skip
        uow.session.add(said)
        uow.session.flush()
        row = Message(
            cause=said.cause, fact="test", subscriber_id=reader.id, channel=Channel.PUSH,
            language="bg", text_id=said.id, is_bulk=True, state=State.ACCEPTED,
            accepted_at=uow.now,
        )  # fmt: skip
        uow.session.add(row)
        uow.session.flush()
        return row

    return go


def test_a_notification_says_what_is_public_and_where_it_is_stopped(
    uow, tell, subscription, elsewhere, browser_key
):
    reader = subscribe_browser(uow, subscription, WATER, person_id=None)
    row = tell(reader)
    drain_letters(uow)
    assert row.state == State.HANDED_OVER
    told = json.loads(opened(elsewhere.heard[0][3], browser_key))
    assert (told["title"], told["body"]) == ("Община Горно село", "Вода: авария")
    assert told["url"].startswith(f"{uow.scope.address}/notify/") and told["tag"] == row.id.hex


def test_a_browser_that_is_gone_is_forgotten(uow, tell, subscription, elsewhere):
    row = tell(subscribe_browser(uow, subscription, WATER, person_id=None))
    elsewhere.pages["/push/1"] = (410, {}, b"")
    drain_letters(uow)
    assert row.state == State.REFUSED
    assert uow.session.scalars(select(Subscriber)).all() == []


@pytest.fixture
def book(app):
    """Knows one person by their address."""
    person = Address(uuid4(), "Иванка", "ivanka@example.org", "bg")

    class Book:
        def people(self, ids):
            return [person] if person.person_id in ids else []

        def holders(self, uow, permission):
            return ()

        staff = holders

    before, app.extensions[ADDRESS_BOOK] = app.extensions[ADDRESS_BOOK], Book()
    yield person
    app.extensions[ADDRESS_BOOK] = before


@pytest.mark.parametrize(("has_letters", "written"), [(False, 1), (True, 0)])
def test_its_owner_hears_by_letter_instead(
    uow, tell, subscription, elsewhere, book, has_letters, written
):
    if has_letters:
        subscribe_person(uow, book.person_id, book.email, WATER, expected_version=0)
    tell(subscribe_browser(uow, subscription, WATER, person_id=book.person_id))
    elsewhere.pages["/push/1"] = (404, {}, b"")
    drain_letters(uow)
    letters = uow.session.scalars(select(Message).where(Message.person_id.is_not(None))).all()
    assert [(one.recipient, one.subject) for one in letters] == [
        (book.email, "Вода: авария")
    ] * written


def test_a_key_that_is_on_no_curve_is_forgotten_too(uow, tell, subscription):
    told = json.loads(subscription)
    told["keys"]["p256dh"] = b64(b"\x04" + bytes(64))
    row = tell(subscribe_browser(uow, json.dumps(told), WATER, person_id=None))
    drain_letters(uow)
    assert row.state == State.REFUSED and uow.session.scalars(select(Subscriber)).all() == []


def test_a_service_that_is_away_is_asked_later(uow, tell, subscription, elsewhere):
    row = tell(subscribe_browser(uow, subscription, WATER, person_id=None))
    elsewhere.pages["/push/1"] = (503, {}, b"")
    drain_letters(uow)
    assert row.state == State.HANDING_OVER and row.due_at > now()


# -- pages -----------------------------------------------------------------------------------


@pytest.fixture
def switched_on(config, house):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['notices']"))
    engine.dispose()


def test_one_tap_is_enough(client, at, switched_on, subscription, uow_in, app):
    page = client.get("/notify/push", base_url=at(VILLAGE)).text
    assert f'data-push="{app.extensions[PUSHER].public_key}"' in page
    assert page.count("checked") >= 4  # everything is ticked
    form = TYPED | {"subscription": subscription}
    for _ in range(2):  # a second tap changes nothing
        done = client.post("/notify/push", data=form, base_url=at(VILLAGE))
        assert done.status_code == 303
    mine = client.get(done.location, base_url=at(VILLAGE)).text
    assert "на това устройство" in mine.replace("\xa0", " ") and "/push/1" not in mine
    with uow_in(VILLAGE) as uow:
        (row,) = uow.session.scalars(select(Subscriber)).all()
        assert row.confirmed_at and row.channel == Channel.PUSH
    with uow_in(NEIGHBOUR) as uow:
        assert uow.session.scalars(select(Subscriber)).all() == []
    token = done.location.split("/notify/")[1].partition("?")[0]
    assert client.get(f"/notify/{token}", base_url=at(NEIGHBOUR)).status_code == 404


@pytest.mark.parametrize("wrong", [{"subscription": "{}"}, {"topics": ""}, {"pace": "daily"}])
def test_what_cannot_be_is_said(client, at, switched_on, subscription, uow_in, wrong):
    form = TYPED | {"subscription": subscription} | wrong
    page = client.post("/notify/push", data=form, base_url=at(VILLAGE))
    assert page.status_code == 422
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(Subscriber)).all() == []
