"""The command line, as a shell calls it."""

import json
import os
import stat
import subprocess
import sys
from importlib import import_module

import psycopg
import pytest

from obshto.ops.bootstrap_db import prepare
from obshto.ops.cli import REFUSALS
from obshto.ops.config import spelled
from obshto.ops.local import embedded_server, temporary_server

COMMAND = [sys.executable, "-c", "from obshto.ops.cli import main; main(prog_name='obshto')"]


@pytest.fixture(scope="module")
def superuser():
    with temporary_server() as url:
        yield url


@pytest.fixture
def obshto(commands, tmp_path):
    return lambda *arguments, **environ: commands(arguments, {"DATA_DIR": str(tmp_path), **environ})


@pytest.fixture
def shell(tmp_path):
    """The same with a Python of its own for each command, as people have it."""

    def call(*arguments, **environ):
        return subprocess.run(
            [*COMMAND, *arguments],
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environ},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return call


def test_a_prepared_database_has_nothing_open(shell, superuser):
    made = shell("db", "prepare", "--json", SUPERUSER_URL=spelled(superuser))
    addresses = json.loads(made.stdout)
    assert set(addresses) == {"DATABASE_URL", "MIGRATOR_URL", "BACKUP_URL"}
    checked = shell("db", "check", "--json", DATABASE_URL=addresses["DATABASE_URL"])
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"open": []})


def test_what_is_open_fails_the_check(obshto, superuser):
    checked = obshto("db", "check", DATABASE_URL=spelled(superuser))
    assert checked.returncode == 1
    assert "set_config() changes the role inside a query\n" in checked.stdout


def test_prepare_takes_the_passwords_that_the_application_will_use(obshto, superuser):
    prepared = prepare(superuser, "obshto").app
    wanted = spelled(prepared.set(password="chosen"))
    for database_url in (wanted, wanted.replace("chosen", "changed")):
        said = obshto("db", "prepare", SUPERUSER_URL=spelled(superuser), DATABASE_URL=database_url)
        assert f"DATABASE_URL={database_url}\n" in said.stdout
        assert obshto("db", "check", DATABASE_URL=database_url).returncode == 0


def test_an_application_by_another_name_is_refused(obshto, superuser):
    said = obshto(
        "db",
        "prepare",
        SUPERUSER_URL=spelled(superuser),
        DATABASE_URL=spelled(superuser.set(username="webapp")),
    )
    assert said.returncode == 1
    assert said.stderr == (
        "Error: DATABASE_URL must log in as app_login: write app_login before the password.\n"
    )


def test_a_refusal_is_a_sentence_with_its_remedy(shell):
    said = shell("db", "prepare")
    assert said.returncode == 1
    assert said.stderr.startswith("Error: SUPERUSER_URL is not set")
    assert "Traceback" not in said.stderr


def test_reset_asks_and_takes_silence_for_no(obshto, tmp_path):
    with embedded_server(tmp_path) as server:
        pass
    assert obshto("db", "reset").returncode == 1
    assert server.data.exists()
    assert obshto("db", "reset", "--yes").returncode == 0
    assert not server.home.exists()


def test_reset_leaves_a_database_that_was_given(obshto):
    said = obshto("db", "reset", "--yes", DATABASE_URL="postgresql://app_login@db/obshto")
    assert said.returncode == 1
    assert "not ours to remove" in said.stderr


def test_reset_does_not_touch_what_runs(obshto, tmp_path):
    with embedded_server(tmp_path) as server:
        said = obshto("db", "reset", "--yes")
        assert said.returncode == 1 and "stop it first" in said.stderr
        server.check()
    assert obshto("db", "reset", "--yes").returncode == 0


def test_every_command_file_is_listed(shell):
    listed = shell("--help").stdout
    assert "\n  db " in listed and "\n  run " in listed
    assert shell("no-such-command").returncode == 2


def test_prepare_takes_the_password_of_the_backups_login_too(obshto, superuser):
    wanted = spelled(prepare(superuser, "obshto").backup.set(password="chosen"))
    said = obshto("db", "prepare", SUPERUSER_URL=spelled(superuser), BACKUP_URL=wanted)
    assert f"BACKUP_URL={wanted}\n" in said.stdout
    with psycopg.connect(wanted.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("backup",)


def test_a_master_key_is_made_once_and_never_replaced(obshto, tmp_path):
    file = tmp_path / "master.key"
    assert obshto("keys", "new", str(file)).returncode == 0
    made = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = obshto("keys", "new", str(file))
    assert again.returncode == 1 and "is there already" in again.stderr
    assert file.read_bytes() == made
    assert "No such file" in obshto("keys", "new", str(tmp_path / "no" / "file")).stderr


def test_each_refusal_that_is_known_by_name_is_there():
    for name in REFUSALS:
        module, _, kind = name.rpartition(".")
        assert issubclass(getattr(import_module(module), kind), Exception)


def test_help_is_told_without_the_house():
    """Whoever asks for help, or completes a word, does not wait for what serves pages."""
    asked = (
        "import sys; from obshto.ops.cli import main; main(['--help'], standalone_mode=False);"
        " print(sorted({'flask', 'sqlalchemy', 'obshto.ops.compose'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.endswith("[]\n")
    assert "migrate    Bring the region and every municipality up to date." in said.stdout
