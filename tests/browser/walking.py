"""Finds every state of every page by walking over links, routes, rows, buttons.

Nothing here names a module. A page is a new state when it is built of an element that no page of
its view had before.
"""

import re
import time
from collections import Counter, defaultdict, deque
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import uuid4

from browser_anatomy import Page
from flask import g
from PIL import Image
from sqlalchemy import create_engine, text
from support.contract import ONLY
from support.thorough import IS_THOROUGH
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from obshto.billing.region.seeds import seed_region
from obshto.ops.compose import all_components
from obshto.ops.incidents.models import IncidentKind
from obshto.ops.incidents.services import Announcement, announce
from obshto.ops.onboarding.services import ask_for_portal
from obshto.ops.seed import every_module, furnish_together
from obshto.platform.db.base import TenantModel
from obshto.platform.selfcheck.services import look
from obshto.platform.storage.services import copies_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import Open, access_of
from obshto.platform.web.hosts import NOWHERE, Host
from obshto.platform.web.language import LANGUAGES
from obshto.platform.web.redirects import said_by
from obshto.tenants.api import find_municipality, scope_named
from obshto.tenants.appearance.emblems import put_emblem
from obshto.tenants.appearance.photos import add_photo, cut_photo
from obshto.tenants.people.roles import STAFF_ROLES

FULL, BARE = "gorno-selo", "dolno-selo"
NAME = "Проба Пробова"
# Views that no link leads to, or that only lead on; and those that a code opens which stands in a
# letter or on paper alone.
ELSEWHERE = ("tenants_region.nowhere", "sso_front.arrive", "sso_desk.arrive")
ELSEWHERE += ("sso_login.start", "sso_login.callback", "sso_login.bye")
ELSEWHERE += (
    "notify_citizen.show",
    "notify_citizen.ask_to_stop",
    "documents_front.verify",
    "documents_citizen.verify",
)
ELSEWHERE += ("eservices_citizen.comment", "eservices_citizen.speed")
ELSEWHERE += ("eservices_citizen.draft_file", "posters_console.sheet", "posters_front.go")
# What a search finds and what it does not, spelled alike in every language.
QUESTIONS = ("2026", "987654")
OWN = ("/console", "/eservices/cases/", "/eservices/drafts/")  # open to whoever has the code, too
# Looks at so many pages of one view before it believes that they are all alike: of a house that
# was used, where pages differ more, at more.
DEEP, DEEPER = (4, 16) if IS_THOROUGH else (2, 8)
OF_EACH = 1000 if IS_THOROUGH else 10  # rows of a table that are tried where no link leads


@dataclass(frozen=True)
class Address:
    """Where a state is: host, path in Bulgarian, who looks, how the place is furnished."""

    label: str
    path: str
    who: str
    furnished: str

    def url(self, site, language):
        return site.at(self.label) + ("" if language == "bg" else f"/{language}") + self.path


@dataclass(frozen=True)
class Seen:
    """What a state answered when it was found; of which elements within which others."""

    answer: TestResponse
    joints: set


class Walker:
    """Follows links as a visitor and as somebody who holds every role."""

    def __init__(self, site):
        self.site = site
        self.tokens = {slug: site.token(slug, *STAFF_ROLES, name=NAME) for slug in (FULL, BARE)}
        self.tokens[Host.OPS.value] = site.operator(name=NAME)
        self.states, self.anatomies, self.reached = {}, defaultdict(set), {*ELSEWHERE}
        self.errors, self.presses, self.seen = set(), [], set()
        self.stays_until = 0
        self.asking = set()  # forms that ask for something: where they lead, what they ask for

    def walk(self, furnished, *starts, on=False, deep=DEEP):
        """Everything that links lead to from these (label, path).

        `on` from the walk before, when nothing has changed since: what that one has found is not
        looked at again.
        """
        self.seen = self.seen if on else set()
        waiting, looked = deque(start for start in starts if start not in self.seen), Counter()
        self.seen.update(starts)
        while waiting:
            self.stay()
            label, path = waiting.popleft()
            endpoint = self.endpoint_of(label, path)
            kind = (label, endpoint, tuple(sorted(parse_qs(urlsplit(path).query))))
            if endpoint is None or not is_asked(endpoint) or looked[kind] >= deep:
                continue
            looked[kind] += 1
            for found in self.look(Address(label, path, self.who_looks(label, path), furnished)):
                if found not in self.seen:
                    self.seen.add(found)
                    waiting.append(found)

    def look(self, address):
        """Keep the state if it is a new one; answers where its links lead."""
        answer = self.get(address)
        endpoint = self.endpoint_of(address.label, address.path)
        if answer.status_code == 200:
            self.reached.add(endpoint)
        if answer.mimetype != "text/html" or not answer.text.startswith("<!DOCTYPE html>"):
            return []
        page = Page(answer.text)
        known = self.anatomies[address.label in (FULL, BARE), endpoint]
        if not page.elements <= known:
            known |= page.elements
            self.states[address] = Seen(answer, page.joints)
            asking = {self.sort_of(address, form) for form in page.forms if form.typed}
            self.errors |= {address} if asking - self.asking else set()
            self.asking |= asking
            self.presses += [(address, form) for form in page.forms if not form.typed]
        return filter(None, (self.target(address, link) for link in page.links))

    def sort_of(self, address, form):
        """The same for forms that differ in their rows alone."""
        led_to = self.target(address, form.action or address.path) or (address.label, "")
        return address.label, self.endpoint_of(*led_to, "POST"), *sorted(set(form.typed))

    def add(self, address):
        """A state that no link leads to."""
        answer = self.get(address)
        self.states[address] = Seen(answer, Page(answer.text).joints)

    def press(self):
        """Every button that asks for nothing more, except those that change who or what is here."""
        presses, self.presses = self.presses, []
        for address, form in presses:
            # Asked for anew: the press before may have changed what this form has seen.
            forms = Page(self.get(address).text).forms
            hidden = next((one.hidden for one in forms if one.action == form.action), {})
            label, path = self.target(address, form.action or address.path)
            endpoint = self.endpoint_of(label, path, "POST") or ""
            # Whoever acts for somebody meets nothing but what that person allowed.
            changes = endpoint == "mandates_console.act"
            if endpoint.split("_")[0] not in ("sso", "tenants") and not changes:
                client = self.client(Address(label, path, FULL, ""))
                client.post(path, data=hidden, base_url=self.site.at(label))

    def send_nothing(self, address, form):
        """A form that asks for something, as somebody sends it who typed nothing."""
        label, path = address.label, urljoin(address.path, form.action or address.path)
        client = self.client(replace(address, path=path))
        empty = {name: "" for name in form.typed if name not in form.boxes}
        return client.post(path, data={**empty, **form.hidden}, base_url=self.site.at(label))

    def stay(self):
        """However long the walk takes, who walks has shown just now who they are."""
        if time.monotonic() > self.stays_until:
            self.site.renew_sessions()
            self.stays_until = time.monotonic() + 60

    def get(self, address):
        return self.client(address).get(address.path, base_url=self.site.at(address.label))

    def client(self, address):
        client = self.site.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if address.who:
            client.set_cookie(
                "session", self.tokens[address.who], domain=f"{address.who}.localhost"
            )
        if word := said_by(address.path):
            flash = self.site.flash(address.label, word)
            client.set_cookie(flash["name"], flash["value"], domain=f"{address.label}.localhost")
        return client

    def who_looks(self, label, path):
        """Nobody where everybody may look, unless what is shown belongs to somebody."""
        view = self.site.app.view_functions.get(self.endpoint_of(label, path))
        is_personal = path.startswith(OWN) or (view and access_of(view).who != Open.TO_ALL)
        return label if is_personal else ""

    def endpoint_of(self, label, path, method="GET"):
        """The view behind an address; None for files, for other houses, for nothing."""
        adapter = self.site.app.url_map.bind(
            self.site.base.partition("://")[2], subdomain=label, default_method=method
        )
        try:
            return adapter.match(urlsplit(path).path)[0]
        except HTTPException:
            return None

    def target(self, address, link):
        base = self.site.base.partition("://")[2]
        parts = urlsplit(urljoin(self.site.at(address.label) + address.path, link))
        host, dot, rest = parts.netloc.partition(".")
        label = "" if parts.netloc == base else host if dot and rest == base else None
        here = label == address.label
        if not here or parts.scheme not in ("http", "https"):
            return None
        if re.match(r"/(en|ro)(/|$)", parts.path):
            return None
        return label, f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_asked(endpoint):
    """With CONTRACT_OF the walk stays within that part."""
    return not ONLY or endpoint.startswith(f"{ONLY}_")


def rules_to_reach(app):
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    return [rule for rule in rules if is_asked(rule.endpoint)]


def try_the_rows(walker):
    """Views that no link leads to are tried with the id of every row of their own part."""
    engine = create_engine(walker.site.app.extensions["obshto.config"].migrator)
    ids = defaultdict(list)
    with engine.connect() as connection:
        for table in TenantModel.metadata.sorted_tables:
            if "id" in table.c:
                asked = f'select id from t_gorno_selo."{table.name}" order by id limit {OF_EACH}'
                rows = connection.execute(text(asked))
                ids[table.name] = [row[0] for row in rows]
                ids[table.name.partition("_")[0]] += ids[table.name]
    engine.dispose()
    for rule in rules_to_reach(walker.site.app):
        if rule.arguments == {"slug"} and rule.endpoint not in walker.reached:
            walker.walk("normal", (rule.subdomain, rule.rule.replace("<slug>", FULL)), on=True)
        is_secret = "code" in rule.arguments  # of its own, beside the id
        if "<uuid:" in rule.rule and rule.endpoint not in walker.reached and not is_secret:
            for path in paths_of(rule, ids):
                # One that is not there would lead through the whole house for nothing.
                if walker.get(Address(FULL, path, FULL, "")).status_code == 200:
                    walker.walk("normal", (FULL, path), on=True)
                    break


def paths_of(rule, ids):
    """A rule's addresses: one for each row of its own table; of its part if none is called so."""
    part, name = rule.endpoint.partition("_")[0], re.search(r"<uuid:(\w+)_id>", rule.rule)
    own = ids.get(f"{part}_{name[1]}", ()) if name else ()
    for found in own or ids[part]:
        path = re.sub(r"<uuid:\w+>", str(found), rule.rule)
        yield re.sub(r"<any\((\w+),.*?\):\w+>", r"\1", path)


def furnish(walker):
    """The house with contents of every part, as the seeds left it."""
    walker.site.switch(FULL, BARE)
    walker.site.fill_by(FULL, token=walker.tokens[FULL])
    walker.site.offer(FULL, BARE)
    furnish_together(walker.site.app, [FULL, BARE])
    walker.walk("full", *front_doors(walker.site.app))
    add_what_nothing_leads_to(walker)


def use(walker):
    """What becomes of the furnished house when every button was pressed."""
    walker.press()
    fill_the_board(walker.site)
    judge(walker.site)
    walker.walk("used", *front_doors(walker.site.app), deep=DEEPER)
    try_the_rows(walker)


def lay_bare(walker):
    """The board of operations after a day, a coat of arms; then a municipality where nobody has
    written anything, then one with everything switched off.

    Yields after each: what it found must be looked at before the next one changes it.
    """
    site, starts = walker.site, list(front_doors(walker.site.app))
    site.switch(FULL, BARE)
    fill_the_board(site)
    judge(site)
    walker.walk("busy", *(start for start in starts if start[0] == Host.OPS.value))
    dress(walker)
    yield
    bare = [(BARE, path) for label, path in starts if label == FULL]
    walker.walk("empty", *bare)
    yield
    switch_off(walker, bare)
    yield


def add_what_nothing_leads_to(walker):
    """Pages that are missing, notices, the same page for others."""
    for label in ("nobody", Host.LOGIN.value, FULL, "", Host.OPS.value):
        walker.add(Address(label, "/no-such-page", "", "missing"))
    walker.add(Address(FULL, "/console/no-such-page", FULL, "missing"))
    walker.add(Address(FULL, "/", FULL, "as staff"))
    walker.add(Address(Host.LOGIN.value, "/callback", "", "used"))
    walker.add(Address(FULL, "/sign-in/finish", "", "used"))
    walker.add(Address(FULL, "/sign-in?level=2&within=1", FULL, "once more"))
    said = {word: str(told) for part in all_components() for word, told in part.notices.items()}
    longest = max(said, key=lambda word: len(said[word]))  # `test_notices` reads all of them
    walker.add(Address(FULL, f"/console/?said={longest}", FULL, "notice"))


def switch_off(walker, bare):
    """Nothing is on: what is left, what is missed."""
    walker.site.switch(BARE, on=False)
    walker.walk("off", *bare)
    for module in walker.site.app.extensions["obshto"].modules():
        for path in (f"/{module.slug}/", f"/console/{module.slug}/"):
            walker.add(Address(BARE, path, walker.who_looks(BARE, path), "off"))


BOARD = (
    """INSERT INTO shared.request_hour SELECT 'gorno-selo', date_trunc('hour', now())
    - n * interval '1 hour', 'news_citizen.index', 50 + n, n % 3, '{9,9,9,9,9,9,1,1,1,1,1,1}'
    FROM generate_series(0, 30) n ON CONFLICT DO NOTHING""",
    """INSERT INTO shared.request_minute VALUES ('gorno-selo', date_trunc('minute', now()), 9, 2,
    '{9,0,0,0,0,0,0,0,0,0,0,0}') ON CONFLICT DO NOTHING""",
    """INSERT INTO shared.reading SELECT 'gorno-selo', word, current_date - n, 1048576 + n, now()
    FROM unnest(ARRAY['storage.bytes', 'letters.refused', 'people.admins', 'site.score']) word,
    generate_series(0, 3) n ON CONFLICT DO NOTHING""",
    """INSERT INTO shared.backup_run (id, at, municipality, kind, taken_at, is_good, trouble, rows,
    size, ms) SELECT gen_random_uuid(), now(), slug, kind, now(), kind = 'taken',
    CASE kind WHEN 'taken' THEN '' ELSE 'It is not a whole backup' END, 9, 9, 9
    FROM unnest(ARRAY['gorno-selo', '_region', 'left-long-ago']) slug,
    unnest(ARRAY['taken', 'rehearsed']) kind""",
    """INSERT INTO shared.restoration (id, municipality, taken_at, begun_at, state, schema, found,
    by) VALUES ('aaaaaaaa-0000-4000-8000-000000000001', 'gorno-selo', now(), now(), 'ready', 'r_x',
    '{"tables": [{"table": "news_item", "here": null, "there": 9, "is_same": false}]}', 'Проба')""",
    """INSERT INTO shared.backup_order (id, request_id, municipality, what, moment, reason,
    asked_at, asked_by, begun_at, done_at, progress, trouble, said) SELECT id::uuid,
    gen_random_uuid(),
    'gorno-selo', what, now(), 'Изтрити новини', now(), 'Проба', now(), done_at, at::jsonb, trouble,
    said FROM (VALUES
    ('aaaaaaaa-0000-4000-8000-000000000001', 'restore', now(), '{}', '', ''),
    ('aaaaaaaa-0000-4000-8000-000000000002', 'take', now(), '{}', 'no-room', 'Full'),
    ('aaaaaaaa-0000-4000-8000-000000000003', 'restore', NULL,
    '{"step": "fill", "done": 30, "of": 100}', '', '')) made (id, what, done_at, at, trouble,
    said)""",
    """INSERT INTO queue.procrastinate_jobs (queue_name, task_name, args, status, attempts)
    SELECT 'default', 'notify:send', '{"municipality": "gorno-selo"}', 'todo', 8
    FROM generate_series(1, 25)""",
    """UPDATE queue.procrastinate_jobs SET status = 'doing' WHERE attempts = 8""",
    """UPDATE queue.procrastinate_jobs SET status = 'failed' WHERE attempts = 8 AND id % 2 = 0""",
)


def judge(site):
    """The night has come, and each site was judged."""
    with site.app.app_context():
        g.modules = every_module()
        with open_uow(scope_named(FULL), Principal.system(NAME)) as uow:
            look(uow)


def dress(walker):
    """The municipality wears a coat of arms and has a photograph of its own: its home page, the
    pages to change them, the pictures."""
    content = BytesIO()
    Image.new("RGB", (200, 240), "#7c2d12").save(content, "PNG")
    content.seek(0)
    with walker.site.app.app_context():
        edits = find_municipality(FULL).edits
        with open_uow(None, Principal.system(NAME)) as region:
            put_emblem(region, FULL, content, expected_version=edits)
        tag = find_municipality(FULL).emblem
    walker.add(Address(FULL, "/", "", "dressed"))
    walker.add(Address(FULL, "/console/tenants/appearance/emblem/", FULL, "dressed"))
    walker.look(Address(FULL, f"/emblem.{tag}.96.png", "", "dressed"))
    show_photo(walker)


def show_photo(walker):
    content, photos = BytesIO(), "/console/tenants/appearance/photo/"
    Image.new("RGB", (1200, 900), "#7c2d12").save(content, "PNG")
    told = {"name": "a.png", "alt_text": "Площадът", "words": {}, "request_id": uuid4()}
    with ExitStack() as work:
        work.enter_context(walker.site.app.app_context())
        uow = work.enter_context(open_uow(scope_named(FULL), Principal.system(NAME)))
        photo = add_photo(uow, content, **told)
        cut_photo(uow, str(photo.id))
        [crop, *_] = copies_of(uow, [photo.file_id])[photo.file_id]
    for path in (photos, f"{photos}{photo.id}"):
        walker.add(Address(FULL, path, FULL, "dressed"))
    walker.look(Address(FULL, f"{photos}{photo.id}/file", FULL, "dressed"))
    walker.look(Address(FULL, f"/photo/{crop.id}", "", "dressed"))


def fill_the_board(site):
    """What the operations host has to show after a day with some troubles."""
    engine = create_engine(site.app.extensions["obshto.config"].migrator)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL search_path = queue"))  # its triggers name no schema
        for statement in BOARD:
            connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()
    with site.app.app_context(), open_uow(None, Principal.system(NAME)) as region:
        seed_region(region)
        told = {"bg": "Профилактика", "en": "Maintenance", "ro": "Mentenanță"}
        begins = region.now + timedelta(days=2)
        ends = begins + timedelta(hours=1)
        announce(
            region,
            Announcement(
                kind=IncidentKind.MAINTENANCE,
                texts=told,
                municipalities=(BARE,),
                starts_at=begins,
                ends_at=ends,
                is_read_only=False,
            ),
            request_id=uuid4(),
        )
        names = {language: "Горно село" for language in LANGUAGES}
        given = {"names": names, "titles": names, "modules": [], "phone": "", "email": ""}
        given |= {"admin_name": NAME, "admin_email": "admin@villages.example"}
        ask_for_portal(region, "novo-selo", given, reason="Проба", request_id=uuid4())


def front_doors(app):
    """Every address without a variable, once."""
    for rule in rules_to_reach(app):
        if not rule.arguments - {"municipality"} and rule.rule not in ("/readyz", NOWHERE):
            yield FULL if rule.subdomain == Host.MUNICIPALITY else rule.subdomain, rule.rule
    for question in QUESTIONS:
        yield from ((label, f"/search?q={question}") for label in (FULL, ""))
