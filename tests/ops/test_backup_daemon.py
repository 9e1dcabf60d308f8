"""What the keeper does by the clock, with real backups in a real database."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import create_engine
from support.thorough import IS_THOROUGH

from obshto.ops import backup_daemon as clockwork
from obshto.ops.backup import backup_run, rehearsal
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.backup.store import kept
from obshto.ops.backup_daemon import BackupDaemon, build
from obshto.ops.backup_daemon_environment import backup_daemon_environment
from obshto.ops.compose import conninfo
from obshto.ops.disks import take_disk_readings
from obshto.platform import clock
from obshto.platform.jobs.worker import KEEPING

PATIENCE = 60


@pytest.fixture
def keeper(app, config):
    engine = create_engine(config.migrator)
    yield BackupDaemon(config, engine, lambda: app)
    engine.dispose()
    for path in config.backup_dir.rglob("*.zip"):
        path.unlink()


@pytest.fixture
def rows(config):
    def ask(statement):
        with psycopg.connect(conninfo(config.migrator), autocommit=True) as connection:
            connection.execute("SET search_path = queue")
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    return ask


def test_every_night_all_and_the_region_are_backed_up(keeper, config, rows):
    keeper.take()
    assert sorted(one.slug for one in kept(config.backup_dir)) == [
        *("_region", "dolno-selo", "gorno-selo")
    ]
    assert rows("SELECT municipality, kind, is_good FROM shared.backup_run ORDER BY 1") == [
        *(("_region", "taken", True), ("dolno-selo", "taken", True)),
        ("gorno-selo", "taken", True),
    ]


def test_each_day_another_one_is_rehearsed(keeper, rows, monkeypatch):
    keeper.rehearse()  # nothing was taken yet: nothing to do
    assert rows("SELECT count(*) FROM shared.backup_run") == [(0,)]
    keeper.take()
    keeper.rehearse()
    if not IS_THOROUGH:  # whose turn it is does not depend on what a rehearsal plays
        monkeypatch.setattr(rehearsal, "_play", lambda stage, connection, archive: None)
    for _ in range(2):
        keeper.rehearse()
    told = "SELECT municipality FROM shared.backup_run WHERE kind = 'rehearsed' ORDER BY at"
    assert [slug for (slug,) in rows(told)] == ["dolno-selo", "gorno-selo", "dolno-selo"]


def test_a_backup_that_does_not_come_back_is_told_to_the_board(keeper, config, rows):
    keeper.take()
    for one in kept(config.backup_dir):
        one.path.write_bytes(one.path.read_bytes()[:-100])
    keeper.rehearse()
    told = "SELECT is_good, trouble LIKE '%not a whole backup%' FROM shared.backup_run"
    assert rows(f"{told} WHERE kind = 'rehearsed'") == [(False, True)]


SECRET = "SELECT 'ЕГН 7501010018'::int"  # an error that repeats the value


def test_an_error_of_the_database_ends_the_backup_of_one_alone(keeper, config, rows, monkeypatch):
    real = backup_run.write_municipality

    def write(connection, file, slug, **more):
        if slug == "dolno-selo":
            connection.execute(SECRET)
        return real(connection, file, slug, **more)

    monkeypatch.setattr(backup_run, "write_municipality", write)
    with pytest.raises(BackupRefused, match="InvalidTextRepresentation$"):
        keeper.take()
    assert sorted(one.slug for one in kept(config.backup_dir)) == ["_region", "gorno-selo"]
    assert rows("SELECT municipality, trouble FROM shared.backup_run ORDER BY 1") == [
        *(("_region", ""), ("dolno-selo", "InvalidTextRepresentation")),
        ("gorno-selo", ""),
    ]


def test_an_error_of_the_database_ends_the_rehearsal_of_one_alone(keeper, rows, monkeypatch):
    keeper.take()
    monkeypatch.setattr(
        rehearsal, "fill", lambda connection, *more: connection.exec_driver_sql(SECRET)
    )
    for _ in range(2):
        keeper.rehearse()
    told = "SELECT municipality, trouble FROM shared.backup_run WHERE kind = 'rehearsed' ORDER BY 1"
    assert rows(told) == [
        *(("dolno-selo", "InvalidTextRepresentation"), ("gorno-selo", "InvalidTextRepresentation")),
    ]


def test_what_is_measured_is_kept_for_thirty_days(keeper, rows):
    for days in (29, 31):
        rows(
            "INSERT INTO shared.request_minute VALUES"
            f" ('gorno-selo', now() - interval '{days} days', 1, 0, array_fill(0, ARRAY[12]))"
        )
        rows(
            "INSERT INTO shared.request_hour VALUES"
            f" ('gorno-selo', now() - interval '{days} days', 'x', 1, 0, array_fill(0, ARRAY[12]))"
        )
    keeper.tidy_up()
    keeper.tidy_up()
    assert rows("SELECT count(*) FROM shared.request_minute") == [(1,)]
    assert rows("SELECT count(*) FROM shared.request_hour") == [(1,)]


def test_jobs_that_are_done_are_forgotten_after_a_week(keeper, rows):
    made = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, status)"
        " VALUES ('x:y', 'default', 'todo') RETURNING id"
    )
    for days, ends in ((6, "succeeded"), (8, "succeeded"), (8, "failed")):
        ((number,),) = rows(made)
        for state in ("doing", ends):
            rows(f"UPDATE procrastinate_jobs SET status = '{state}' WHERE id = {number}")
        then = f"now() - interval '{days} days'"
        rows(f"UPDATE procrastinate_events SET at = {then} WHERE job_id = {number}")
    keeper.tidy_up()
    assert rows("SELECT status::text FROM procrastinate_jobs ORDER BY id") == [
        ("succeeded",),
        ("failed",),
    ]


def test_old_backups_go_by_the_rule(keeper, config, monkeypatch):
    for days in (12, 11, 10, 0):
        then = clock.now() - timedelta(days=days)
        monkeypatch.setattr("obshto.ops.backup.backup_run.now", lambda then=then: then)
        keeper.take()
    assert len(kept(config.backup_dir, "gorno-selo")) <= 4
    late = clock.now() + timedelta(days=600)
    monkeypatch.setattr("obshto.ops.backup.backup_run.now", lambda: late)
    monkeypatch.setattr(clockwork, "now", lambda: late)
    keeper.take()
    assert kept(config.backup_dir, "gorno-selo")[0].taken_at == late.replace(microsecond=0)


def test_what_went_is_written_down_for_each_municipality(keeper, config, rows, monkeypatch):
    """Also a night in which nothing went: the calendar shows when it was looked at last."""
    for days in (12, 11, 10):
        then = clock.now() - timedelta(days=days)
        monkeypatch.setattr("obshto.ops.backup.backup_run.now", lambda then=then: then)
        keeper.take()
    late = clock.now() + timedelta(days=600)
    monkeypatch.setattr("obshto.ops.backup.backup_run.now", lambda: late)
    keeper.take()
    keeper.tidy_up()
    told = "SELECT took, cardinality(kept), digest IS NOT NULL FROM shared.removal_run"
    nights = rows(f"{told} WHERE kind = 'backups' AND municipality = 'gorno-selo' ORDER BY at")
    left = len(kept(config.backup_dir, "gorno-selo"))
    assert nights[:3] == [(0, 1, False), (0, 2, False), (0, 3, False)]
    assert nights[3] == (4 - left, left, left < 4)
    beside = rows("SELECT kind, took FROM shared.removal_run WHERE municipality = '' ORDER BY 1")
    assert [kind for kind, _ in beside] == ["measures", "replaced"]


def test_the_room_of_each_disk_is_read_once_a_day_and_kept(keeper, config, rows, tmp_path):
    watched = replace(config, watched_disks=(tmp_path, tmp_path / "nowhere"), media_dir=None)
    for _ in range(2):
        take_disk_readings(watched, keeper.engine)
    of_it = f"WHERE municipality = '_region' AND word LIKE 'disk.%.{tmp_path.name}'"
    assert rows(f"SELECT count(*), max(number) FROM shared.reading {of_it}") == [
        (2, shutil.disk_usage(tmp_path).total)
    ]


def test_duties_wait_in_a_queue_of_their_own(keeper, config):
    """The worker, whose login may not do them, never takes them."""
    tasks = build(config).tasks
    assert set(keeper.duties) <= set(tasks)
    assert {tasks[name].queue for name in keeper.duties} == {KEEPING}


def test_the_process_does_a_duty_and_leaves_when_told(keeper, config, rows, tmp_path):
    rows(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        f""" VALUES ('ops:take-backups', '{KEEPING}', '{{"timestamp": 0}}')"""
    )
    environ = backup_daemon_environment(config) | {"MASTER_KEY_FILE": str(config.master_key_file)}
    said = (tmp_path / "said").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "obshto.ops.backup_daemon"], env=environ, stdout=said, stderr=said
    )
    done = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'"
    done += " AND task_name = 'ops:take-backups'"
    end = time.monotonic() + PATIENCE
    while rows(done) == [(0,)]:
        assert process.poll() is None and time.monotonic() < end, (tmp_path / "said").read_text()
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(120) == 0
    said.close()
    assert len(kept(config.backup_dir)) == 3
