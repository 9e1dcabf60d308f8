"""The worker: in whose name, how often, what survives a kill -9."""

import asyncio
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from obshto.ops.compose import all_components, conninfo
from obshto.ops.worker import serve, worker_of
from obshto.platform.jobs.services import MADE_UP, job_counts, jobs_of
from obshto.platform.jobs.worker import MOST_LEFT, in_turn
from obshto.platform.modularity.manifest import (
    Component,
    Job,
    ModuleManifest,
    NoPersonalData,
    QueueSlot,
    RegionalScheduledJob,
)
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow

PATIENCE = 120  # seconds until a test gives up
HERE, THERE = "gorno-selo", "dolno-selo"
COMMON = {"folder": Path(), "privacy": NoPersonalData(because="a test")}
AN_HOUR_LATER = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"


class Diary:
    """A job that notes where it ran, and with how many beside it; it waits for those a while."""

    def __init__(self):
        self.seen, self.at_once, self.most, self.wait = [], 0, 0, 0.1
        self.lock = threading.Condition()

    def run(self, uow, **ids):
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.lock.notify_all()
        role = uow.session.scalar(text("SELECT current_user"))
        with self.lock:
            self.lock.wait_for(lambda: self.most > 1, timeout=self.wait)
            self.at_once -= 1
            self.seen.append((uow.scope.slug, role, uow.principal.name, ids))


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
def planted(make_app, diary):
    """An app with the diary as a job of a part, or of a module that nobody has switched on."""

    def make(kind=Component, **more):
        jobs = (Job(name="planted:note", run=diary.run, every="0 0 1 1 *"),)
        part = kind(slug="planted", jobs=jobs, **COMMON, **more)
        return make_app(parts=(*all_components(), part))

    return make


@pytest.fixture
def later(uow_in):
    """later(app, slug, …): ask for the diary's job in a municipality's transaction."""

    def ask(app, slug=HERE, **how):
        with uow_in(slug, app=app) as uow:
            uow.defer("planted:note", **how)
            uow.commit()

    return ask


def test_a_job_runs_in_the_scope_and_the_role_of_its_municipality(planted, later, drain, diary):
    app = planted()
    later(app, HERE, number=1)
    later(app, THERE, number=2)
    drain(app)
    assert sorted(diary.seen) == [
        (THERE, "t_dolno_selo", "planted:note", {"number": 2}),
        (HERE, "t_gorno_selo", "planted:note", {"number": 1}),
    ]


def test_a_municipality_cannot_ask_for_a_job_of_another(planted, later, drain, diary):
    app = planted()
    later(app, HERE, municipality=THERE)
    drain(app)
    assert [slug for slug, *_ in diary.seen] == [HERE]


def test_what_nobody_waits_for_runs_after_what_somebody_does(make_app, uow_in, drain, queue, diary):
    slow = Job(name="planted:tidy", run=diary.run, is_low_priority=True)
    jobs = (slow, Job(name="planted:note", run=diary.run))
    app = make_app(parts=(*all_components(), Component(slug="planted", jobs=jobs, **COMMON)))
    with uow_in(HERE, app=app) as uow:
        for name in ("planted:tidy", "planted:note", "planted:tidy", "planted:note"):
            uow.defer(name)
        first = '[{"task": "planted:tidy", "args": {"number": 5}, "priority": 9}]'
        uow.session.execute(text("SELECT queue.enqueue(CAST(:jobs AS jsonb))"), {"jobs": first})
        uow.commit()
    asked = "SELECT priority FROM procrastinate_jobs WHERE task_name = %s ORDER BY id"
    assert queue(asked, "planted:tidy") == [(0,), (-1,), (-1,)]  # no higher by asking for it
    drain(app)
    tidy, note = "planted:tidy", "planted:note"
    assert [name for _, _, name, _ in diary.seen] == [tidy, note, note, tidy, tidy]


def test_a_job_of_a_module_that_is_off_is_let_go(planted, later, drain, diary, jobs):
    app = planted(ModuleManifest, title="Planted", summary="…")
    later(app)
    drain(app)
    assert diary.seen == []
    assert jobs("planted:note") == [("succeeded", 1)]


def test_a_job_of_a_municipality_that_left_is_let_go(planted, drain, diary, queue):
    app = planted()
    queue(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        """ VALUES ('planted:note', 'default', '{"municipality": "left-long-ago"}')"""
    )
    drain(app)
    assert diary.seen == []


def test_what_a_job_did_is_dropped_when_it_fails_and_tried_again_later(
    make_app, later, drain, jobs, owner, queue
):
    written = []

    def fail(uow):
        insert = "INSERT INTO t_gorno_selo.settings_value VALUES ('news', '{}') RETURNING part"
        written.append(uow.session.scalar(text(insert)))
        raise ZeroDivisionError

    part = Component(slug="planted", jobs=(Job(name="planted:note", run=fail),), **COMMON)
    app = make_app(parts=(*all_components(), part))
    later(app)
    drain(app)
    assert written == ["news"]
    assert owner("SELECT * FROM t_gorno_selo.settings_value") == []
    assert jobs("planted:note") == [("todo", 1)]
    ((waits,),) = queue(
        "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs"
        " WHERE task_name = 'planted:note'"
    )
    assert 0 < waits < 60


# -- keys --------------------------------------------------------------------------------------


def test_while_one_waits_another_with_its_key_is_not_added(planted, later, drain, diary, jobs):
    app = planted()
    for slug in (HERE, HERE, THERE):
        later(app, slug, once="key")
    later(app, HERE, once="another")
    assert len(jobs("planted:note")) == 3
    drain(app)
    later(app, HERE, once="key")
    drain(app)
    assert sorted(slug for slug, *_ in diary.seen) == [THERE, HERE, HERE, HERE]


def test_a_job_that_was_left_is_rescued_although_its_twin_waits(
    planted, later, drain, diary, jobs, queue
):
    """A killed worker's job blocks all that go in turn after it until it is tried again."""
    app = planted()
    later(app, HERE, once="key", in_turn="turn")
    queue("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'planted:note'")
    later(app, HERE, once="key", in_turn="turn")
    queue(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        """ VALUES ('jobs:rescue', 'default', '{"timestamp": 0}')"""
    )
    drain(app)
    assert [state for state, _ in jobs("planted:note")] == ["succeeded", "succeeded"]
    assert len(diary.seen) == 2


def test_a_job_that_takes_every_worker_with_it_is_set_aside_and_shown(
    planted, config, later, drain, diary, jobs, queue
):
    app = planted()
    later(app, HERE)
    for _ in range(MOST_LEFT):
        assert jobs("planted:note")[-1][0] == "todo"
        # As a worker leaves it that was killed while it tried.
        queue("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'planted:note'")
        queue(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
            """ VALUES ('jobs:rescue', 'rescue', '{"timestamp": 0}')"""
        )
        with worker_of(app, config).open() as worker:
            worker.run_worker(queues=["rescue"], wait=False)
    assert jobs("planted:note")[-1][0] == "failed"
    drain(app)
    assert diary.seen == []
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        [shown], _ = jobs_of(region, status="failed", place=HERE, size=10, skip=0)
        assert (shown.name, shown.attempts) == ("planted:note", MOST_LEFT)


@pytest.mark.parametrize(("key", "most"), [("key", 1), (None, 2)])
def test_jobs_that_go_in_turn_never_meet(planted, later, drain, diary, key, most):
    app = planted()
    diary.wait = PATIENCE if most > 1 else diary.wait
    for _ in range(4):
        later(app, in_turn=key)
    drain(app, concurrency=2)
    assert (len(diary.seen), diary.most) == (4, most)


def test_the_next_in_turn_does_not_wait_for_the_clock(planted, config, later, diary):
    """A worker that looks once an hour by itself does all of them, one after the other."""
    app = planted()
    for _ in range(3):
        later(app, in_turn="key")

    async def uow():
        worker = worker_of(app, config)
        async with worker.open_async(), asyncio.timeout(PATIENCE):
            open_uow = asyncio.create_task(
                worker.run_worker_async(
                    concurrency=2, fetch_job_polling_interval=3600, install_signal_handlers=False
                )
            )
            while len(diary.seen) < 3:
                await asyncio.sleep(0.05)
            open_uow.cancel()
            with suppress(asyncio.CancelledError):
                await open_uow

    asyncio.run(uow())
    assert (len(diary.seen), diary.most) == (3, 1)


def test_one_municipality_does_not_wait_for_the_turn_of_another(planted, later, drain, diary):
    app = planted()
    diary.wait = PATIENCE
    later(app, HERE, in_turn="key")
    later(app, THERE, in_turn="key")
    drain(app, concurrency=2)
    assert diary.most == 2


# -- the clock ---------------------------------------------------------------------------------


def test_a_tick_asks_once_in_each_municipality_where_the_module_is_on(app, config, queued):
    tick = worker_of(app, config).tasks["news:erase-deleted.tick"]
    tick(timestamp=0)
    tick(timestamp=60)
    assert queued() == [("news:erase-deleted", {"municipality": HERE})]


def test_a_tick_of_a_part_without_a_switch_asks_everywhere(planted, config, queued):
    worker_of(planted(), config).tasks["planted:note.tick"](timestamp=0)
    assert sorted(arguments["municipality"] for _, arguments in queued()) == [THERE, HERE]


def test_within_an_hour_each_municipality_has_one_turn(app, config):
    eleven = [f"village-{n}" for n in range(11)]
    for slugs in ([], ["one"], eleven, [f"v{n:03}" for n in range(265)]):
        rounds = [in_turn(slugs, 7200 + minute * 60, 12) for minute in range(2, 60, 5)]
        assert [slug for turn in rounds for slug in turn] == sorted(slugs)
        assert max(map(len, rounds)) <= -(-len(slugs) // 12)
    assert in_turn(eleven, 12345, 1) == sorted(eleven)


def test_slow_ones_never_hold_up_what_people_wait_for(make_app, uow_in, config, queue, tmp_path):
    """Three looks that do not end, and a letter: the letter goes."""
    held, sent = threading.Event(), threading.Event()
    slow = Job(name="planted:look", run=lambda uow: held.wait(PATIENCE), every="0 0 1 1 *")
    jobs = (
        replace(slow, slot=QueueSlot.SLOW),
        Job(name="planted:note", run=lambda uow: sent.set()),
    )
    app = make_app(parts=(*all_components(), Component(slug="planted", jobs=jobs, **COMMON)))
    worker = worker_of(app, config)
    worker.tasks["planted:look.tick"](timestamp=0)
    asked = "SELECT queue_name, count(*)::int FROM procrastinate_jobs GROUP BY 1"
    assert queue(asked) == [("slow", 2)]
    with uow_in(HERE, app=app) as uow:
        uow.defer("planted:note")
        uow.commit()

    async def work():
        serving = asyncio.create_task(serve(worker, tmp_path / "beat"))
        assert await asyncio.to_thread(sent.wait, PATIENCE)
        assert (tmp_path / "beat").exists() and not held.is_set()
        held.set()
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

    with worker.open():
        asyncio.run(work())
    running = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    assert queue(running) == [(0,)]


def test_a_tick_that_a_later_one_made_up_for_is_no_trouble(uow_in, queue):
    add = "INSERT INTO procrastinate_jobs (task_name, queue_name, status, args) VALUES"
    add += """ (%s, 'default', %s::queue.procrastinate_job_status, '{"timestamp": 0}')"""
    for name, status in (
        ("planted:note.tick", "failed"),
        ("planted:note.tick", "succeeded"),
        ("planted:look.tick", "succeeded"),
        ("planted:look.tick", "failed"),
    ):
        queue(add, name, status)
    with uow_in(None) as region:
        assert job_counts(region)[""].failed == 1
        region.session.rollback()
    tidied = f"SELECT j.task_name FROM procrastinate_jobs j WHERE status = 'failed' AND {MADE_UP}"
    assert queue(tidied) == [("planted:note.tick",)]


def test_every_job_with_a_clock_has_a_tick_that_the_queue_knows(app, config):
    worker = worker_of(app, config)
    timed = {f"{job.name}.tick" for part in all_components() for job in part.jobs if job.every}
    assert "news:erase-deleted.tick" in timed
    known = {name for name, _ in worker.periodic_registry.periodic_tasks}
    duties = {duty.name for part in all_components() for duty in part.duties}
    assert timed | duties | {"jobs:rescue"} == known


def test_a_duty_runs_once_for_the_region_and_in_no_municipality(make_app, config):
    seen = []

    def look(region):
        seen.append((region.within, region.principal.name))

    duty = RegionalScheduledJob(name="planted:look", run=look, every="0 0 1 1 *")
    app = make_app(parts=(*all_components(), Component(slug="planted", duties=(duty,), **COMMON)))
    worker_of(app, config).tasks["planted:look"](timestamp=0)
    assert seen == [(None, "planted:look")]


# -- kill -9 -----------------------------------------------------------------------------------


def wait_for(what, seconds=120):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def letter(sign_in, publish, drain, owner):
    """The id of a letter to the mayor that waits to be sent."""
    sign_in(HERE, Role.MAYOR, email="kmet@example.org")
    publish()
    return lambda: owner("SELECT id, state, trouble FROM t_gorno_selo.notify_message")


def test_the_job_of_a_killed_worker_is_rescued(
    worker_process, letter, config, jobs, queue, drain, app
):
    wait_for(letter)
    ((message_id, *_),) = letter()
    with psycopg.connect(conninfo(config.migrator)) as holding:
        # Sent already or not: this letter is made to wait again, and its job with it.
        wait_for(lambda: jobs("notify:send")[0][0] == "succeeded")
        table = "t_gorno_selo.notify_message"
        holding.execute(f"UPDATE {table} SET state = 'accepted', handed_over_at = NULL")
        holding.commit()
        holding.execute(f"SELECT id FROM {table} FOR UPDATE")
        ask_to_send(app, message_id)
        wait_for(lambda: jobs("notify:send")[-1][0] == "doing")
        os.killpg(worker_process.pid, signal.SIGKILL)
        worker_process.wait()
    assert jobs("notify:send")[-1][0] == "doing"  # nobody knows yet that it was left
    queue(AN_HOUR_LATER)
    queue(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        """ VALUES ('jobs:rescue', 'default', '{"timestamp": 0}')"""
    )
    drain()
    assert jobs("notify:send")[-1][0] == "succeeded"
    assert [tuple(row) for row in letter()] == [(message_id, "handed over", None)]


def ask_to_send(app, message_id):
    with app.app_context(), open_uow(None, Principal.system("a test")) as region:
        region.defer("notify:send", municipality=HERE, message_id=message_id)


def test_what_was_published_just_before_the_module_went_off_is_not_shown_by_the_region(
    sign_in, publish, drain, owner
):
    chief = sign_in(HERE, Role.ADMIN)
    publish()
    assert chief.press("/console/tenants/news", to="/off").status_code == 303
    drain()
    assert owner("SELECT * FROM shared.public_entry") == []
    assert chief.press("/console/tenants/news", to="/on").status_code == 303
    drain()
    assert len(owner("SELECT * FROM shared.public_entry")) == 1
