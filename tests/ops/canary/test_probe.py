"""The three leaks that other platforms had, and two of our own, are found; nothing else is."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint, render_template
from sqlalchemy import select

from obshto.modules.news.models import Item
from obshto.ops.canary.crawler import WHOLE, _rules
from obshto.ops.canary.marks import mark_of
from obshto.ops.canary.probe import look, look_within, plant
from obshto.ops.compose import all_components
from obshto.ops.helpdesk.models import Ticket
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import LEAK_WATCH_NAME, show_control_rows
from obshto.platform.modularity.manifest import Component, NoPersonalData, Unmarked
from obshto.platform.notify.outbox import put_letter
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all, signed_in_surely
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.people.models import OwnRole
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGES = ("gorno-selo", "dolno-selo")
ONE_OF_EACH = WHOLE._replace(of_each=1)
TRACKER = "Контролният номер"  # of a ballot, in the prose of the vote by phone


@pytest.fixture
def both_with_news(put):
    put("UPDATE shared.tenant SET modules = '{news}'")


@pytest.fixture
def looks(uow_in, owner, both_with_news, monkeypatch):
    """looks(app): each village looked, the first one `again` after the other; the row of each."""

    monkeypatch.setattr("obshto.ops.canary.probe.SEARCHES", 1)

    def go(app, reach=ONE_OF_EACH, *, again=True):
        for slug in (*VILLAGES, *VILLAGES[:again]):
            with uow_in(slug, app=app) as uow:
                look_within(uow, reach)
        rows = owner("select municipality, probes, leaks, blind, unplanted from shared.canary_look")
        return {row[0]: row for row in rows}

    return go


def leaky(slug, view, *, is_public=False):
    """A part with one page that somebody wrote in a hurry."""
    pages = Blueprint(f"{slug}_pages", __name__)
    access = open_to_all if is_public else signed_in_surely()
    pages.add_url_rule("/", "page", access(view))
    where = {"citizen": pages} if is_public else {"console": pages}
    return Component(
        slug=slug,
        folder=Path(__file__).parent,
        privacy=NoPersonalData(because="a test plants it"),
        **where,
    )


def titles(uow):
    return list(uow.session.scalars(select(Item.title)))


def cached_statistics():
    """Counted once, kept for everybody."""
    kept = []

    def view():
        if not kept:
            kept.append(", ".join(titles(current_uow())))
        return kept[0]

    return view


def global_list():
    """Of all municipalities, for nobody said of which."""
    with open_uow(None, Principal.system("test")) as region:
        return ", ".join(region.session.scalars(select(Ticket.title)))


def admin_list():
    """Written for the region, opened to a municipality's staff."""
    found = []
    with open_uow(None, Principal.system("test")) as region:
        slugs = region.session.scalars(select(Tenant.slug)).all()
    for slug in slugs:
        with open_uow(scope_named(slug), Principal.system("test")) as uow:
            found += titles(uow)
    return ", ".join(found)


def drafts_for_all():
    """A feed that forgot what is published."""
    return ", ".join(titles(current_uow()))


@pytest.mark.long
def test_a_sound_house_has_no_leaks_and_keeps_nothing_but_what_was_planted(app, looks, owner):
    found = looks(app, again=False)
    for row in found.values():
        assert row.probes > 60
        assert row.leaks == []
        assert row.blind == [] and row.unplanted == []
    assert owner("select 1 from t_gorno_selo.search_day") == []
    assert owner("select count(*) from t_gorno_selo.news_item") == [(1,)]
    acts = "select act, count(*) from t_gorno_selo.audit_entry group by 1 having count(*) > 1"
    assert owner(acts) == []


def test_with_everything_switched_on_each_part_shows_its_own_mark(put, app, uow_in, owner, caplog):
    modules = ",".join(module.slug for module in app.extensions["obshto"].modules())
    put(f"UPDATE shared.tenant SET modules = '{{{modules}}}'")
    with uow_in("dolno-selo") as uow:  # whose marks would be leaks
        plant(uow)
    with uow_in("gorno-selo") as uow:
        plant(uow)
        look_within(uow, ONE_OF_EACH)
    [(probes, *row)] = owner("select probes, leaks, blind, unplanted from shared.canary_look")
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert row == [[], [], []] and probes > 200
    assert owner("select 1 from t_gorno_selo.search_day") == []
    counted = "select count(*) from t_gorno_selo.{}"
    for table in ("feeds_post", "payments_import", "billing_kind"):
        assert owner(counted.format(table)) == [(1,)], table
    noted = counted.format("audit_entry where act = 'audit:control.noted'")
    assert owner(noted) == [(1,)]


def test_by_day_what_the_night_found_where_nobody_looks_stays(
    looks, app, uow_in, put, owner, monkeypatch
):
    monkeypatch.setattr("obshto.ops.canary.probe.NIGHT", None)
    asked = [rule for rule in _rules(app) if rule.startswith(("/console/news", "/console/tenants"))]
    monkeypatch.setattr("obshto.ops.canary.crawler._rules", lambda app: asked)
    leak = '{"address": "/console/news/%s", "of": "dolno-selo", "part": "news", "is_public": false}'
    leaks = f"[{leak % uuid4()}, {leak % ''}]"
    row = f"('gorno-selo', now(), 9, '{leaks}', '{{news,tenants,far}}', '{{}}')"
    put(f"INSERT INTO shared.canary_look VALUES {row}")
    with uow_in("gorno-selo") as uow:
        look(uow)
    [(leaks, blind)] = owner("select leaks, blind from shared.canary_look")
    assert [len(leak["address"]) for leak in leaks] == [len(f"/console/news/{uuid4()}")]
    assert blind == ["far"]


def test_a_part_without_a_mark_says_why():
    unmarked = {part.slug for part in all_components() if isinstance(part.canary, Unmarked)}
    assert unmarked == {
        "accessibility",
        "bookings",
        "council",
        "documents",
        "followers",
        "moderation",
        "notify",
        "oparl",
        "polling",
        "posters",
        "participation",
        "promises",
        "results",
        "selfcheck",
        "settings",
        "thread",
        "dataprotection",
        "retention",
        "accessreview",
        "training",
        "usefulness",
        "voters",
    }


@pytest.mark.long
def test_each_planted_leak_is_found_and_what_is_never_seen_is_blind(make_app, looks, uow_in, app):
    """The three that other platforms had, drafts in public, a neighbour's words in a letter."""
    mark = mark_of(app.config["SECRET_KEY"], "dolno-selo", "news")
    with uow_in("gorno-selo") as uow:
        words = ("Новини", f"Прочетете {mark}")
        to = {"language": "bg", "words": words, "recipient": "a@v.example"}
        put_letter(uow, cause=new_id(), fact="t:t.t", **to)
        uow.session.commit()
    sound = [
        replace(part, canary=lambda uow, mark: None) if part.slug == "tenants" else part
        for part in all_components()
    ]
    planted = [
        leaky("numbers", cached_statistics()),
        leaky("everything", global_list),
        leaky("people", admin_list),
        leaky("feed", drafts_for_all, is_public=True),
    ]
    found = looks(make_app(parts=(*sound, *planted)))
    addresses = {leak["address"] for row in found.values() for leak in row.leaks}
    assert addresses >= {
        *("/console/numbers/", "/console/everything/", "/console/people/", "/feed/", "outbox")
    }
    assert found["gorno-selo"].blind == ["tenants"]


def test_a_queue_kept_for_everybody_is_found(looks, app, put, monkeypatch):
    """The mutant: the list that the first municipality asked for is shown to the second."""
    put("UPDATE shared.tenant SET modules = '{eservices}'")
    kept = {}

    def render_once(name, **shown):
        key = (name, shown["wanted"].list) if "wanted" in shown else (name, uuid4())
        return kept.get(key) or kept.setdefault(key, render_template(name, **shown))

    monkeypatch.setattr("obshto.modules.eservices.console.queue.render_template", render_once)
    monkeypatch.setattr("obshto.ops.canary.crawler._rules", lambda app: ["/console/eservices/"])
    monkeypatch.setattr("obshto.ops.canary.probe.ask_the_region", lambda app, own: [])
    found = looks(app, ONE_OF_EACH._replace(most=90))  # the lists stand among the first
    leaks = [leak for row in found.values() for leak in row.leaks]
    assert {leak["part"] for leak in leaks} == {"eservices"}
    assert "/console/eservices/?list=done" in {leak["address"] for leak in leaks}


def test_nothing_is_held_while_pages_are_asked(make_app, uow_in, migrator, put, monkeypatch):
    """A municipality can be taken back to a moment while the look, which takes long, goes on."""
    taken = []

    def swap():
        with migrator.connect() as connection:
            for table in ("notify_message", "news_item", "audit_entry"):
                lock = f"LOCK TABLE t_gorno_selo.{table} IN ACCESS EXCLUSIVE MODE NOWAIT"
                connection.exec_driver_sql(lock)
            connection.rollback()
        taken.append(True)
        return ""

    put("UPDATE shared.tenant SET modules = '{news}'")
    monkeypatch.setattr("obshto.ops.canary.crawler._rules", lambda app: ["/console/swap/"])
    monkeypatch.setattr("obshto.ops.canary.probe.ask_the_region", lambda app, own: [])
    other = make_app(parts=(*all_components(), leaky("swap", swap)))
    with uow_in("gorno-selo", app=other) as uow:
        look(uow)
    assert taken


def test_the_tile_is_red_yellow_or_green(operator, put):
    def shown(leaks="[]", blind="{}", ago="5 minutes"):
        put("DELETE FROM shared.canary_look")
        for slug in VILLAGES:
            put(
                "INSERT INTO shared.canary_look VALUES"
                f" ('{slug}', now() - interval '{ago}', 90, '{leaks}', '{blind}', '{{}}')"
            )
        return operator.get("/").text

    assert "0 теча в 180 проби, преди 5 мин." in shown().replace("\xa0", " ")
    assert "Няма</strong>" in shown().replace("\n", "").replace("  ", "")
    assert "Не всичко се проверява" in shown(blind="{polls}")
    assert "Не всичко се проверява" in shown(ago="4 hours")
    leak = '[{"address": "/console/news/", "of": "kula", "part": "news", "is_public": false}]'
    assert "Има теч" in shown(leaks=leak)


def test_people_never_read_what_the_watch_planted_and_the_watch_does(put, app, uow_in, sign_in):
    """As a role, a draft, a kind of income, a file, a ticket, an actor of the log."""
    modules = ",".join(module.slug for module in app.extensions["obshto"].modules())
    put(f"UPDATE shared.tenant SET modules = '{{{modules}}}' WHERE slug = 'gorno-selo'")
    with uow_in("gorno-selo") as uow:
        plant(uow)
    staff = sign_in("gorno-selo", *STAFF_ROLES)
    read = 0
    for path in _rules(app):
        answer = staff.get(path)
        read += answer.status_code == 200
        said = answer.get_data().replace(TRACKER.encode(), b"")
        for word in ("Контрол", "canary", LEAK_WATCH_NAME):
            assert word.encode() not in said, (path, word)
    assert read > 50
    with uow_in("gorno-selo") as uow:
        assert uow.session.scalars(select(OwnRole)).all() == []
        with show_control_rows():
            assert len(uow.session.scalars(select(OwnRole)).all()) == 1
