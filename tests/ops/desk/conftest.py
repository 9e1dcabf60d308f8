"""Rows for the board."""

import psycopg
import pytest

from obshto.ops.compose import conninfo


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
