"""A job that met a lost database node is tried again within seconds; others wait longer."""

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from obshto.platform.clock import now
from obshto.platform.jobs.worker import AGAIN, NodePatience


def waits(error, attempts):
    decision = NodePatience().get_retry_decision(
        exception=error, job=SimpleNamespace(attempts=attempts)
    )
    return decision and decision.retry_at - now()


def lost():
    return OperationalError("SELECT 1", None, psycopg.errors.ConnectionFailure("node"))


@pytest.mark.parametrize("attempts", [0, 4, 11])
def test_a_node_that_starts_anew_is_waited_for_in_seconds(attempts):
    assert waits(lost(), attempts) <= timedelta(seconds=5)


def test_one_that_stays_away_is_asked_once_a_minute_for_a_day():
    assert timedelta(seconds=50) < waits(lost(), 100) <= timedelta(minutes=1)
    assert waits(lost(), 1_500) is None


def test_what_went_wrong_otherwise_waits_as_before():
    assert waits(ValueError(), 4) > timedelta(minutes=15)
    assert waits(ValueError(), AGAIN.max_attempts) is None
