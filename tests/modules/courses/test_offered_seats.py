"""A seat on offer is taken once: whoever presses however often, whatever dies in between."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from obshto.modules.courses.services.enrolments import Participant, accept_seat, enrol
from obshto.platform.bookings.queries import booking_of
from obshto.platform.bookings.services import Booker, cancel
from obshto.platform.bookings.states import BOOKED, OFFERED

VILLAGE = "gorno-selo"
SEATS = "select taken, capacity from t_gorno_selo.bookings_slot"
STATES = "select state, count(*) from t_gorno_selo.bookings_booking group by state order by state"
# Accepts the offer, says so, and waits with the transaction open until it is killed.
VICTIM = """
import sys, psycopg
connection = psycopg.connect(sys.argv[1])
connection.execute("SET ROLE t_gorno_selo")
connection.execute(
    "UPDATE t_gorno_selo.bookings_booking SET state = 'booked', offered_until = NULL,"
    " version = version + 1 WHERE id = %s AND state = 'offered'",
    [sys.argv[2]],
)
print("accepted", flush=True)
sys.stdin.read()
"""


def somebody(uow, group, number):
    who = Booker(name=f"Проба {number}", phone=f"+35988812345{number}")
    made = enrol(uow, group, who, Participant(), request_id=uuid4(), waits=True)
    uow.session.flush()
    return made


@pytest.fixture
def offered(uow, course, group):
    """One seat, on offer to who waited first; another waits behind. Id and version."""
    made = group(uow, course(uow), seats=1)
    first, second, _third = (somebody(uow, made, number) for number in range(3))
    cancel(uow, first, "courses", expected_version=first.version)
    uow.session.flush()
    assert second.state == OFFERED
    found = second.id, second.version
    uow.commit()
    return found


def test_sixteen_who_accept_at_once_take_one_seat_once(uow_in, offered, owner):
    booking_id, seen = offered
    together = Barrier(16)

    def press(_number):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            found = booking_of(mine, "courses", booking_id)
            accept_seat(mine, found, expected_version=seen)
            made = [fact.name for fact in mine.facts]
            mine.commit()
            return made

    with ThreadPoolExecutor(16) as pool:
        facts = [name for made in pool.map(press, range(16)) for name in made]
    assert facts == ["bookings:booking.made"]
    assert owner(SEATS) == [(1, 1)]
    assert owner(STATES) == [("booked", 1), ("cancelled", 1), ("waiting", 1)]


def test_a_process_killed_while_it_accepts_leaves_the_seat_on_offer(uow_in, offered, config, owner):
    booking_id, seen = offered
    address = config.database.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [sys.executable, "-c", VICTIM, address, str(booking_id)]
    victim = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with victim:
        assert victim.stdout.readline() == "accepted\n"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    assert owner(STATES) == [("cancelled", 1), ("offered", 1), ("waiting", 1)]
    with uow_in(VILLAGE) as next_one:
        found = booking_of(next_one, "courses", booking_id)
        accept_seat(next_one, found, expected_version=seen)
        assert found.state == BOOKED
        next_one.commit()
    assert owner(SEATS) == [(1, 1)]
