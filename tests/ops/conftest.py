"""The command line as a shell calls it, over a migrated database of its own."""

import http.client
import os
import re
import signal
import time
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import create_engine, select, text

from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import conninfo
from obshto.ops.config import read_config, spelled
from obshto.ops.local import temporary_server
from obshto.ops.run import web_command
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import remove


class House:
    """A database with the commands that change it, beside a web server that looks at it."""

    def __init__(self, superuser, data_dir, port, commands):
        self.port, self.commands = port, commands
        logins = prepare(superuser, "obshto")
        self.environ = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "DATABASE_URL": spelled(logins.app),
            "MIGRATOR_URL": spelled(logins.migrator),
            "BACKUP_URL": spelled(logins.backup),
        }
        self.config = read_config(self.environ)

    def __call__(self, *arguments, typed="", **environ):
        return self.commands(arguments, self.environ | environ, typed)

    def done(self, *arguments, **more):
        """What a command that must succeed printed."""
        said = self(*arguments, **more)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def refused(self, *arguments, **more):
        """What a command that must fail said, without a traceback."""
        said = self(*arguments, **more)
        assert said.returncode == 1, said.stdout + said.stderr
        assert "Traceback" not in said.stderr
        return said.stderr

    def owner(self, *statements):
        """Run statements as the owner of all schemas; the rows of the last one."""
        engine = create_engine(self.config.migrator)
        with engine.begin() as connection:
            for statement in statements:
                answer = connection.execute(text(statement))
            rows = answer.all() if answer.returns_rows else []
        engine.dispose()
        return rows

    def empty(self):
        """Nobody is left."""
        engine = create_engine(self.config.migrator)
        with engine.begin() as connection:
            for slug in connection.scalars(select(Tenant.slug)).all():
                remove(connection, slug, by="test")
        engine.dispose()

    def get(self, slug, path="/"):
        """Status and text of a page of a municipality, over real HTTP."""
        host = f"{slug}.localhost:{self.port}"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def is_up(self):
        try:
            return self.get("ops", "/healthz")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="session")
def house_of_commands(tmp_path_factory, free_port, forks, commands):
    with temporary_server() as superuser:
        house = House(superuser, tmp_path_factory.mktemp("house"), free_port(), commands)
        house.done("migrate")
        _, _, module, *arguments = web_command(house.config)
        web = forks.begin(module, arguments, house.environ | {"WEB_WORKERS": "1"})
        end = time.monotonic() + 120
        while not house.is_up():
            assert web.poll() is None and time.monotonic() < end
            time.sleep(0.1)
        yield house
        os.killpg(web.pid, signal.SIGKILL)  # to tidy up would take it seconds
        web.wait()


@pytest.fixture
def obshto(house_of_commands):
    """The commands; whoever joined has left afterwards."""
    yield house_of_commands
    house_of_commands.empty()


def attribute(tag, name):
    """What stands there, or nothing."""
    found = re.search(rf'{name}="([^"]*)"', tag)
    return found[1] if found else ""


@pytest.fixture
def put(house, config):
    """put("INSERT …"): rows past the application; the rows that came back."""

    def write(statement):
        with psycopg.connect(conninfo(config.migrator), autocommit=True) as connection:
            connection.execute("SET search_path = queue")  # its triggers name no schema
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    return write


@pytest.fixture
def job(put):
    """job("failed"): the number of a job of the first village in that state."""

    def make(status="failed", slug="gorno-selo", name="notify:send"):
        ((number,),) = put(
            "INSERT INTO queue.procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            f""" VALUES ('default', '{name}', '{{"municipality": "{slug}", "message_id": "7"}}',"""
            " 'todo', 8) RETURNING id"
        )
        if status != "todo":
            put(f"UPDATE queue.procrastinate_jobs SET status = 'doing' WHERE id = {number}")
            put(f"UPDATE queue.procrastinate_jobs SET status = '{status}' WHERE id = {number}")
        return number

    return make


@pytest.fixture
def state_of(put):
    asked = "SELECT status::text FROM queue.procrastinate_jobs WHERE id = {}"
    return lambda number: put(asked.format(number))[0][0]
