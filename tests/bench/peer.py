"""A peer, the least it can be: a schema for each municipality, a row for each ballot.

It sends what django-tenants sends for one ballot (the host's row, then the search path of the
session, then poll, option, ballot), from a bare Flask and without an ORM, so that neither the
framework nor the templates of that peer are counted against it. Its tables say who chose what.
"""

import os
import threading
from uuid import uuid4

import psycopg
from flask import Flask, request

app = Flask(__name__)
_kept = threading.local()
TABLES = 20  # of a municipality; three of them are asked
TENANTS = "CREATE TABLE IF NOT EXISTS public.tenant (host text PRIMARY KEY, s text)"
FILLER = "".join(
    f"CREATE TABLE {{s}}.other_{n} (id bigint PRIMARY KEY, name text, body text, at timestamptz);"
    f"CREATE INDEX ON {{s}}.other_{n} (at);"
    for n in range(TABLES - 3)
)
SCHEMA = (
    "CREATE SCHEMA {s};"
    "CREATE TABLE {s}.poll (id bigint PRIMARY KEY, question text, opens_at timestamptz,"
    " closes_at timestamptz);"
    "CREATE INDEX ON {s}.poll (closes_at);"
    "CREATE TABLE {s}.option (id bigint PRIMARY KEY, poll_id bigint REFERENCES {s}.poll,"
    " label text, position int);"
    "CREATE INDEX ON {s}.option (poll_id);"
    "CREATE TABLE {s}.ballot (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " poll_id bigint REFERENCES {s}.poll, option_id bigint REFERENCES {s}.option,"
    " voter text, cast_at timestamptz DEFAULT now(), UNIQUE (poll_id, voter));"
    "CREATE INDEX ON {s}.ballot (option_id);"
    + FILLER
    + "INSERT INTO {s}.poll VALUES (1, 'Кой ден?', now(), now() + interval '1 year');"
    "INSERT INTO {s}.option VALUES (1, 1, 'Петък', 1), (2, 1, 'Събота', 2), (3, 1, 'Неделя', 3);"
    "INSERT INTO public.tenant VALUES ('{h}', '{s}') ON CONFLICT DO NOTHING;"
)


def prepare(database, hosts):
    """The tables of these hosts that are not there yet, one after the other."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(TENANTS)
        known = {row[0] for row in connection.execute("SELECT host FROM public.tenant")}
        for host in hosts:
            if host not in known:
                name = f"p_{host.partition('.')[0].replace('-', '_')}"
                connection.execute(SCHEMA.format(s=name, h=host))


def _connection():
    """One for each thread: the search path is the session's."""
    if not hasattr(_kept, "connection"):
        _kept.connection = psycopg.connect(os.environ["PEER_URL"], autocommit=True)
    return _kept.connection


@app.get("/")
def home():
    return "peer"


@app.post("/vote")
def vote():
    host = request.host.partition(":")[0]
    with _connection().cursor() as cursor:
        cursor.execute("SELECT s FROM public.tenant WHERE host = %s", (host,))
        cursor.execute(f"SET search_path = {cursor.fetchone()[0]}, public")
        cursor.execute(
            "SELECT id FROM poll WHERE opens_at <= now() AND closes_at > now()"
            " ORDER BY closes_at LIMIT 1"
        )
        (poll,) = cursor.fetchone()
        chosen = int(request.form["option"])
        cursor.execute("SELECT id FROM option WHERE poll_id = %s AND id = %s", (poll, chosen))
        (option,) = cursor.fetchone()
        voter = request.form.get("voter") or uuid4().hex
        cursor.execute(
            "INSERT INTO ballot (poll_id, option_id, voter) VALUES (%s, %s, %s)",
            (poll, option, voter),
        )
    return "", 303, {"Location": "/"}
