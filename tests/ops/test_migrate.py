"""Migrations go on where they stopped, whatever stopped them."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import create_engine, text

from obshto.ops.compose import chain_of
from obshto.platform.db.migrations import Target, downgrade, revisions
from obshto.platform.scope import schema_of

COMMAND = [sys.executable, "-c", "from obshto.ops.cli import main; main(prog_name='obshto')"]
VILLAGES = ("alfa", "beta", "gama", "delta", "eta")  # enough for processes beside one another


@pytest.fixture(scope="module")
def five(house_of_commands):
    """Municipalities that stay for all tests here."""
    for slug in VILLAGES:
        house_of_commands.done("tenants", "add", slug, "--name", "Село", "--modules", "news")
    yield house_of_commands
    house_of_commands.empty()


@pytest.fixture
def behind(five):
    """All are without the tables of news; one of them has an obstacle in its way."""
    engine = create_engine(five.config.migrator)
    with engine.begin() as connection:
        for slug in VILLAGES:
            downgrade(connection, schema_of(slug), chain_of(Target.TENANT), "news@base")
        connection.execute(text("update shared.tenant set state = ''"))
        connection.execute(text("create table t_gama.news_item (obstacle int)"))
    engine.dispose()
    return five


def states(obshto):
    """Who has all revisions; the tables agree with what the row of the municipality says."""
    engine = create_engine(obshto.config.migrator)
    chain, whole = chain_of(Target.TENANT), set()
    with engine.begin() as connection:
        for slug in VILLAGES:
            said = text("select state from shared.tenant where slug = :slug")
            is_done = revisions(connection, schema_of(slug)) == chain.heads
            assert is_done == (connection.scalar(said, {"slug": slug}) == chain.state)
            whole |= {slug} if is_done else set()
    engine.dispose()
    return whole


@pytest.mark.parametrize("processes", [pytest.param("1", marks=pytest.mark.long), "3"])
def test_one_that_fails_leaves_the_others_done_and_a_rerun_finishes(behind, processes):
    said = behind("migrate", "--processes", processes)
    assert said.returncode == 1
    assert "gama" in said.stderr and "alfa" not in said.stderr
    assert "already exists" in said.stderr and "Traceback" not in said.stderr
    assert said.stdout.count("migrated ") == 4
    assert states(behind) == set(VILLAGES) - {"gama"}
    behind.owner("drop table t_gama.news_item")
    assert behind.done("migrate") == "migrated gama (1/1)\n"
    assert states(behind) == set(VILLAGES)
    assert behind.get("gama", "/news/")[0] == 200


def test_who_is_up_to_date_is_passed_over(five):
    assert five.done("migrate") == "Everything is up to date.\n"


@pytest.mark.long
def test_a_run_that_is_killed_leaves_nothing_half_done_and_a_rerun_finishes(behind):
    """Gama waits for a lock while the command dies: what was done stays, gama begins anew."""
    behind.owner("drop table t_gama.news_item")
    engine = create_engine(behind.config.migrator)
    with engine.begin() as holder:
        holder.execute(text("lock table t_gama.alembic_version in access exclusive mode"))
        running = subprocess.Popen(
            [*COMMAND, "migrate", "--processes", "2"],
            env=behind.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        seen = [running.stdout.readline().decode() for _ in range(4)]
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(10)
        running.stdout.close()
    engine.dispose()
    assert all(line.startswith("migrated ") for line in seen), seen
    assert _settled(behind) == set(VILLAGES) - {"gama"}
    assert behind.done("migrate") == "migrated gama (1/1)\n"
    assert states(behind) == set(VILLAGES)


def _settled(obshto):
    """The states, once the server has noticed that the killed client is gone."""
    alive = (
        "select 1 from pg_stat_activity where usename = 'migrator' and state = 'active'"
        " and pid <> pg_backend_pid()"
    )
    end = time.monotonic() + 120
    while obshto.owner(alive) and time.monotonic() < end:
        time.sleep(0.1)
    return states(obshto)


def test_a_start_with_another_master_key_is_refused_with_its_remedy(five, tmp_path, free_port):
    """As after the data folder was deleted and the database was kept."""
    other = tmp_path / "master.key"
    five.done("keys", "new", str(other))
    environ = {"MASTER_KEY_FILE": str(other), "PORT": str(free_port())}
    said = five.refused("run", "--no-seed", **environ)
    assert "data key 1 of alfa does not open under master key 1" in said
    assert "Put the old file back" in said and "make reset" in said
