"""A village that posts, and a stand-in of Mastodon over real HTTP."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine, select, text, update
from tests.modules.feeds import stand_ins

from obshto.modules.feeds.models import Delivery
from obshto.modules.feeds.services.channels import connect_channel
from obshto.modules.feeds.services.delivery import deliver
from obshto.modules.feeds.services.networks import NETWORKS
from obshto.modules.feeds.services.posts import Draft, Picture, submit_post, write_post
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import now
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TEXT = {"mastodon": "status", "facebook": "message"}
# They know no keys and let nobody look: of a question without an answer a person decides.
SILENT = ("telegram", "viber")
# No quiet hours, nobody else to look: what a test does not speak of shall not stand in its way.
PLAIN = {"second_eyes_region": False, "quiet_from": 0, "quiet_until": 0}


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    modules = "UPDATE shared.tenant SET modules = array['news', 'notices', 'feeds']"
    with engine.begin() as connection:
        connection.execute(text(f"{modules} WHERE slug = '{VILLAGE}'"))
    engine.dispose()


@pytest.fixture
def uow(switched_on, uow_in):
    with uow_in(VILLAGE) as begun:
        set_to(begun)
        begun.commit()
        yield begun


def set_to(uow, **changed):
    values = FeedsSettings(**(PLAIN | changed))
    save_settings(uow, "feeds", values, expected_version=version_of(uow, "feeds"))
    uow.session.flush()


@pytest.fixture
def sent():
    """sent(work, **changed): a short post that left, as far as the commit goes."""

    def begin(uow, **changed):
        told = {"title": "Чешмата тече", "summary": "Сменихме помпата."} | changed
        post = write_post(uow, Draft(**told), request_id=uuid4())
        uow.session.flush()
        submit_post(uow, post, expected_version=post.version)
        uow.commit()
        return post

    return begin


@pytest.fixture
def apart():
    """apart(do, …): in a thread of its own, as a request that comes while work is open."""

    def run(do, *args, **more):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(do, *args, **more).result()

    return run


@pytest.fixture
def visit(apart, client, at):
    """visit(path, place): a page as anybody sees it; no place is the region."""
    return lambda path, place=VILLAGE: apart(client.get, path, base_url=at(place))


@pytest.fixture
def picture():
    """picture("red"): what an editor chose, of one colour."""

    def draw(colour):
        content = BytesIO()
        Image.new("RGB", (60, 40), colour).save(content, "PNG")
        content.seek(0)
        return Picture(stream=content, name="a.png")

    return draw


class Mastodon:
    """What Mastodon documents of statuses, media, credentials and idempotency keys.

    `fails` answers the next requests of a kind otherwise: a status, „lost“ for an answer that
    never arrives though the server did as it was asked, or what is called instead of it.
    """

    LIMIT = 500

    def __init__(self, elsewhere):
        self.address, self.pages = elsewhere.address, elsewhere.pages
        self.token, self.statuses, self.keys, self.media = "right", {}, {}, {}
        self.fails, self.puts = {}, 0
        self.pages |= {
            "/api/v1/accounts/verify_credentials": self.verify,
            "/api/v2/instance": self.instance,
            "/api/v2/media": self.upload,
            ("POST", "/api/v1/statuses"): self.put,
        }

    def verify(self, handler, body):
        return self.answer(handler, "verify", lambda: {"id": "1", "acct": "kula"})

    def instance(self, handler, body):
        limit = {"max_characters": self.LIMIT}
        return self.answer(handler, "instance", lambda: {"configuration": {"statuses": limit}})

    def upload(self, handler, body):
        media_id = f"m{len(self.media)}"
        self.media[media_id] = body
        return self.answer(handler, "media", lambda: {"id": media_id, "url": "x"})

    def put(self, handler, body):
        def keep():
            key = handler.headers["Idempotency-Key"]
            if key not in self.keys:
                self.puts += 1
                status_id = str(100 + self.puts)
                self.keys[key] = status_id
                self.statuses[status_id] = told(body)
                self.pages[f"/api/v1/statuses/{status_id}"] = self.one(status_id)
            return self.shown(self.keys[key])

        return self.answer(handler, "put", keep, told(body)["status"])

    def one(self, status_id):
        def act(handler, body):
            def change():
                if handler.command == "PUT":
                    self.statuses[status_id] = told(body)
                    return self.shown(status_id)
                return self.statuses.pop(status_id, None) or {"error": "Record not found"}

            return self.answer(handler, handler.command.casefold(), change)

        return act

    def shown(self, status_id):
        return {"id": status_id, "url": f"{self.address}/@kula/{status_id}"}

    def answer(self, handler, kind, do, status=""):
        planned = self.fails.get(kind, [])
        failure = planned.pop(0) if planned else None
        if handler.headers["Authorization"] != f"Bearer {self.token}":
            return said(401, {"error": "The access token is invalid"})
        if isinstance(failure, int):
            return said(failure, {"error": "as it was planned"})
        if len(status) > self.LIMIT + 200:
            return said(422, {"error": "Validation failed: Text character limit exceeded"})
        done = do()
        return None if stand_ins.is_unheard(failure) else said(200, done)


class Facebook:
    """What Meta documents of pages: me, debug_token, photos, feed, posts; errors by their codes.

    It keeps no keys: the same question twice makes two posts. `fails` answers the next requests of
    a kind otherwise: a code of an error, „lost“ for an answer that never arrives though it was
    done, or what is called instead of it.
    """

    def __init__(self, elsewhere):
        self.address, self.pages, self.heard = elsewhere.address, elsewhere.pages, elsewhere.heard
        self.token, self.statuses, self.media = "right", {}, {}
        self.fails, self.puts, self.name, self.ends = {}, 0, "Община Горно село", {}
        self.pages |= {
            "/v25.0/me?fields=id,name": self.me,
            "/v25.0/debug_token?input_token=right": self.debug,
            ("POST", "/v25.0/me/photos"): self.upload,
            ("POST", "/v25.0/me/feed"): self.put,
        }

    def me(self, handler, body):
        return self.answer(handler, "verify", lambda: {"id": "100", "name": self.name})

    def debug(self, handler, body):
        return self.answer(handler, "debug", lambda: {"data": {"is_valid": True, **self.ends}})

    def upload(self, handler, body):
        media_id = f"m{len(self.media)}"
        self.media[media_id] = body
        return self.answer(handler, "media", lambda: {"id": media_id})

    def put(self, handler, body):
        def keep():
            self.puts += 1
            status_id = f"100_{self.puts}"
            self.statuses[status_id] = told(body)
            self.pages[f"/v25.0/{status_id}"] = self.one(status_id)
            return {"id": status_id}

        return self.answer(handler, "put", keep)

    def one(self, status_id):
        def act(handler, body):
            def change():
                if status_id not in self.statuses:
                    return fault(100, 33)
                if handler.command == "DELETE":
                    del self.statuses[status_id]
                else:
                    self.statuses[status_id] |= told(body)
                return {"success": True}

            kind = {"POST": "change", "DELETE": "delete"}[handler.command]
            return self.answer(handler, kind, change)

        return act

    def found(self, handler, body):
        rows = [{"id": key, "message": one["message"]} for key, one in self.statuses.items()]
        return self.answer(handler, "find", lambda: {"data": rows})

    def answer(self, handler, kind, do):
        planned = self.fails.get(kind, [])
        failure = planned.pop(0) if planned else None
        if handler.headers["Authorization"] != f"Bearer {self.token}":
            return said(400, fault(190))
        if isinstance(failure, int):
            return said(500 if failure in (1, 2) else 400, fault(failure))
        done = do()
        return (
            None if stand_ins.is_unheard(failure) else said(400 if "error" in done else 200, done)
        )


def fault(code, subcode=None):
    error = {"message": "as it was planned", "type": "OAuthException", "code": code}
    return {"error": error | ({"error_subcode": subcode} if subcode else {})}


def said(status, body):
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


def told(body):
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


@pytest.fixture
def mastodon(elsewhere):
    return Mastodon(elsewhere)


@pytest.fixture
def channel(uow, mastodon):
    made = connect_channel(
        uow, kind="mastodon", address=mastodon.address, token="right", request_id=uuid4()
    )
    uow.commit()
    return made


@pytest.fixture
def facebook(elsewhere):
    """The stand-in; a search of the page has the moment in its address."""
    made = Facebook(elsewhere)

    class Pages(dict):
        def get(self, key, other=None):
            path = key[1] if isinstance(key, tuple) else key
            if path.startswith("/v25.0/me/feed?"):
                return made.found
            return super().get(key, other)

    elsewhere.pages = made.pages = Pages(made.pages)
    return made


@pytest.fixture
def telegram(elsewhere):
    return stand_ins.Telegram(elsewhere)


@pytest.fixture
def viber(elsewhere):
    return stand_ins.Viber(elsewhere)


@pytest.fixture
def bluesky(elsewhere):
    return stand_ins.Bluesky(elsewhere)


@pytest.fixture
def page(uow, facebook):
    made = connect_channel(
        uow, kind="facebook", address=facebook.address, token="right", request_id=uuid4()
    )
    uow.commit()
    return made


@pytest.fixture
def stand(uow):
    """stand(post): how it stands on its channel."""

    def look(post):
        rows = select(Delivery).where(Delivery.post_id == post.id)
        return uow.session.scalars(rows.execution_options(populate_existing=True)).one()

    return look


@pytest.fixture
def again(uow, delivered):
    """again(): the hour of the next try has come."""

    def run():
        due = update(Delivery).where(Delivery.due_at.is_not(None)).values(due_at=now())
        uow.session.execute(due)
        uow.commit()
        delivered()

    return run


@pytest.fixture
def delivered(uow):
    """delivered(): run the job as often as it asks for itself."""

    def run():
        for _ in range(6):
            deliver(uow)

    return run


@pytest.fixture(params=sorted(NETWORKS))
def network(request, uow):
    """network: its stand-in, `texts()` of the posts there, a connected `channel`."""
    kind = request.param
    made = request.getfixturevalue(kind)
    made.told = {"kind": kind, "address": made.address, "account": stand_ins.ACCOUNT.get(kind, "")}
    made.channel = connect_channel(uow, **made.told, token="right", request_id=uuid4())
    uow.commit()
    if kind in TEXT:
        made.texts = lambda: [one[TEXT[kind]] for one in made.statuses.values()]
    made.kind, made.can, made.is_silent = kind, NETWORKS[kind], kind in SILENT
    return made
