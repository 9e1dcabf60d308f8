"""Numbers without gaps or doubles: under concurrency, after a rollback, after kill -9."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from obshto.modules.eservices.services.numbers import ENTRY, OUTGOING, next_number
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
# Takes a number, says so, and waits with the transaction open until it is killed.
VICTIM = """
import sys, psycopg
connection = psycopg.connect(sys.argv[1])
connection.execute("SET ROLE t_gorno_selo")
connection.execute(
    "UPDATE t_gorno_selo.eservices_counter SET last = last + 1 WHERE kind = 'entry' RETURNING last"
)
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def take(app):
    """take(): one number, in a transaction of its own that is committed."""

    def taken(kind=ENTRY, *, fails=False):
        with app.app_context():
            scope = scope_named(VILLAGE)
            try:
                with open_uow(scope, Principal.system("test")) as uow:
                    number = next_number(uow, kind)[1]
                    if fails:
                        raise ZeroDivisionError
                    return number
            except ZeroDivisionError:
                return None

    return taken


def test_numbers_taken_at_once_are_one_after_the_other(take):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: take(), range(40)))
    assert sorted(numbers) == list(range(1, 41))


def test_a_number_that_was_rolled_back_is_given_again(take):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: take(fails=n % 3 == 0), range(30)))
    kept = sorted(number for number in numbers if number)
    assert kept == list(range(1, 21))


def test_entry_and_outgoing_numbers_are_counted_apart(take):
    assert [take(ENTRY), take(OUTGOING), take(ENTRY), take(OUTGOING)] == [1, 1, 2, 2]


def test_a_process_killed_with_a_number_in_hand_leaves_no_gap(take, config):
    assert take() == 1
    address = config.database.set(drivername="postgresql").render_as_string(hide_password=False)
    victim = subprocess.Popen(
        [sys.executable, "-c", VICTIM, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with victim:
        assert victim.stdout.readline() == "taken\n"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    assert [take(), take()] == [2, 3]


def test_each_municipality_counts_for_itself(take, app):
    assert take() == 1
    with app.app_context():
        scope = scope_named("dolno-selo")
        with open_uow(scope, Principal.system("test")) as uow:
            assert next_number(uow, ENTRY)[1] == 1
