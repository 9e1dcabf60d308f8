"""`obshto run` from an empty folder to Ctrl-C, as a newcomer has it.

`make test` has one whole start; what a start finds of an earlier one is of `make test-all`.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from support.thorough import IS_THOROUGH

from obshto.ops.config import read_config, spelled
from obshto.ops.local import Server, home_of, remove_server
from obshto.ops.supervise import family
from obshto.platform.scope import schema_of

OBSHTO = [sys.executable, "-c", "from obshto.ops.cli import main; main(prog_name='obshto')"]
# Two stand for all eleven: each has the same contents.
FEW = () if IS_THOROUGH else ("kula", "makresh")
COMMAND = [*OBSHTO, "run", *(word for slug in FEW for word in ("--only", slug))]
PATIENCE = 900  # seconds, beside much else; how long a start really takes is measured elsewhere
MUNICIPALITIES = len(FEW) or 11


class House:
    """A running `obshto run`, with what it has printed."""

    def __init__(self, data_dir, port):
        self.data_dir, self.port, self.secrets = data_dir, port, ()
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            COMMAND,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        self.lines = []
        self.is_silent = False
        self.said = threading.Condition()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.said:
                self.lines.append(line)
                self.said.notify_all()
        with self.said:
            self.is_silent = True
            self.said.notify_all()

    @property
    def text(self):
        return "".join(self.lines)

    def wait_until_up(self):
        """The seconds it took. Fails with all that was printed."""
        with self.said:
            self.said.wait_for(lambda: self.is_silent or "/console." in self.text, PATIENCE)
        assert "/console." in self.text, self.text
        took = time.monotonic() - self.began
        config = read_config({"DATA_DIR": str(self.data_dir)})
        self.secrets = (config.secret_key, config.database.password, config.migrator.password)
        return took

    def wait_until_said(self, sentence):
        with self.said:
            self.said.wait_for(lambda: self.is_silent or sentence in self.text, PATIENCE)
        assert sentence in self.text, self.text

    def status(self, host="localhost", path="/healthz"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers={"Host": f"{host}:{self.port}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def end(self, number=signal.SIGINT):
        """The exit code after a signal to the whole group, as a terminal sends it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        return self.ended()

    def ended(self):
        """The exit code. Whatever it has printed, none of its passwords and keys are in it."""
        code = self.process.wait(120)
        self.reader.join(120)
        self.process.stdout.close()
        assert all(self.secrets)
        assert not any(secret in self.text for secret in self.secrets)
        return code


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newcomer")
    yield folder
    with family(folder / "running"):
        remove_server(folder)


@pytest.fixture
def port(free_port):
    return free_port()


@pytest.fixture
def start(data_dir, port):
    houses = []

    def begin():
        houses.append(House(data_dir, port))
        return houses[-1]

    yield begin
    for house in houses:
        if house.process.poll() is None:
            house.end(signal.SIGTERM)


def children(data_dir):
    """The processes of the house, the database's among them."""
    numbers = [int((data_dir / "running" / name).read_text()) for name in ("web", "worker")]
    postmaster = Server(home_of(data_dir)).data / "postmaster.pid"
    return [*numbers, int(postmaster.read_text().split()[0])]


def gone(numbers):
    """Whether all end within two minutes; a dead one whom nobody asked for has ended."""
    for _ in range(2400):
        if not any(_works(number) for number in numbers):
            return True
        time.sleep(0.05)
    return False


def _works(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def colours(data_dir):
    config = read_config({"DATA_DIR": str(data_dir)})
    with psycopg.connect(spelled(config.database.set(drivername="postgresql"))) as connection:
        return connection.execute("SELECT slug, colour FROM shared.tenant").fetchall()


def furnished(data_dir):
    """How many municipalities have demonstration news."""
    config = read_config({"DATA_DIR": str(data_dir)})
    with psycopg.connect(spelled(config.migrator.set(drivername="postgresql"))) as connection:
        slugs = connection.execute("SELECT slug FROM shared.tenant").fetchall()
        schemas = [schema_of(slug) for (slug,) in slugs]
        counts = [
            connection.execute(f'SELECT count(*) FROM "{schema}".news_item').fetchone()[0]
            for schema in schemas
        ]
    return sum(count > 0 for count in counts)


@pytest.mark.long
def test_the_web_answers_while_a_first_start_writes_and_the_next_one_goes_on(start, data_dir):
    killed = start()
    killed.wait_until_said(f"(1/{MUNICIPALITIES})")
    while killed.process.poll() is None:
        with suppress(ConnectionError):
            assert killed.status(path="/") == 503
            break
        time.sleep(0.1)
    killed.process.kill()
    killed.process.wait()
    killed.reader.join()
    killed.process.stdout.close()
    house = start()
    house.wait_until_up()
    assert len(colours(data_dir)) == furnished(data_dir) == MUNICIPALITIES
    assert house.status(path="/") == 200
    assert house.end() == 0


def test_the_first_start_brings_all_municipalities_up(start, data_dir):
    house = start()
    print(f"first start: {house.wait_until_up():.1f} s")
    told = house.text.partition("Obshto is up")[2]  # before that, where it tells how far it is
    shown = re.findall(r"http://(?:([a-z-]+)\.)?localhost:(\d+)", told)
    labels = [label for label, _ in shown]
    assert {port for _, port in shown} == {str(house.port)}
    assert labels[:2] == ["", "ops"]
    assert sorted(labels[2:]) == sorted(slug for slug, _ in colours(data_dir))
    assert len(labels[2:]) == furnished(data_dir) == MUNICIPALITIES
    for label in labels[2:]:
        assert house.status(f"{label}.localhost", "/") == 200
    second = start()
    assert second.ended() == 1
    assert "It is running already, from the same DATA_DIR." in second.text
    assert house.status() == 200
    running = children(data_dir)
    assert house.end() == 0
    assert gone(running)


@pytest.mark.long
def test_a_later_start_is_quick_and_keeps_the_data_though_the_house_was_killed(start, data_dir):
    first = start()
    print(f"later start: {first.wait_until_up():.1f} s")
    config = read_config({"DATA_DIR": str(data_dir)})
    address = spelled(config.migrator.set(drivername="postgresql"))
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("UPDATE shared.tenant SET colour = '#123456' WHERE slug = 'kula'")
    orphans = children(data_dir)[:2]
    first.process.kill()
    # The orphans hold its output open, so it is the next start that ends the reading.
    first.process.wait()
    second = start()
    second.wait_until_up()
    first.ended()
    assert gone(orphans)
    assert second.status() == 200
    assert ("kula", "#123456") in colours(data_dir)
    running = children(data_dir)
    assert second.end(signal.SIGTERM) == 0
    assert gone(running)


@pytest.mark.long
@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_process_that_dies_brings_all_down_with_its_reason(start, data_dir, name):
    house = start()
    house.wait_until_up()
    running = children(data_dir)
    os.kill(int((data_dir / "running" / name).read_text()), signal.SIGKILL)
    assert house.ended() == 1
    assert f"Error: The {name} process ended by itself: it was killed by SIGKILL." in house.text
    assert f"Its log is {data_dir / 'log' / name}." in house.text
    assert gone(running)


@pytest.mark.long
def test_a_database_that_dies_brings_all_down_with_its_reason(start, data_dir):
    house = start()
    house.wait_until_up()
    running = children(data_dir)
    os.kill(running[-1], signal.SIGKILL)
    assert house.ended() == 1
    assert "Error: PostgreSQL ended by itself" in house.text
    assert gone(running)


def test_a_taken_port_is_named_with_its_remedy(start, port, data_dir):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        house = start()
        assert house.ended() == 1
    assert f"Port {port} cannot be had" in house.text
    assert re.search(r"choose another: PORT=\d+ make run\n", house.text)
    home = home_of(data_dir)  # not even made, unless by an earlier start
    assert not (home.exists() and Server(home).is_running())
