"""Somebody of the region's team in a browser, and rows for the board."""

import re

import psycopg
import pytest

from obshto.ops.compose import conninfo
from obshto.platform.permissions import Role
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint_in_region,
    open_session,
    register_person,
)


class Operator:
    """A browser of a specialist, signed in on the operations host."""

    def __init__(self, client, base):
        self.client, self.base = client, base

    def get(self, path):
        """The page, without the marks where long words may break."""
        answer = self.client.get(path, base_url=self.base)
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data().replace(b"<wbr>", b""))
        return answer

    def send(self, path, **typed):
        """The form of that page with these fields."""
        page = self.get(path).text
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        data = {**hidden, "csrf_token": token, **typed}
        return self.client.post(path, data=data, base_url=self.base)


@pytest.fixture
def operator(app, at, client):
    with app.app_context():
        profile = Profile(issuer="test", subject="it", name="Десислава Митова", email=None)
        person_id = register_person(profile)
        appoint_in_region(person_id, Role.OPERATOR)
        proof = Proof(is_member=True, assurance=2)
        token = open_session(person_id, municipality="ops", term=STAFF, proof=proof)
    client.set_cookie("session", token, domain="ops.localhost")
    return Operator(client, at("ops"))


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
