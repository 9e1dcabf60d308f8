"""A web process opens so many connections as are reckoned, however much is asked of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text

from obshto.ops.compose import compose
from obshto.ops.config import spelled
from obshto.platform.db.engine import most_connections
from obshto.platform.db.session import db, shared_session
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.lookup import READER

THREADS, NAME = 4, "counted"
ASKED = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{NAME}'"
BOARD = 2  # what was counted is written by the web server's own process; nobody is silent here


@pytest.fixture
def web(house, config):
    """The application as gunicorn serves it, with connections that say whose they are."""
    url = config.database.update_query_dict({"application_name": NAME})
    app = compose(replace(config, database_url=spelled(url)), threads=THREADS)
    yield app
    app.extensions["obshto.hosts"].close()
    with app.app_context():
        db.engine.dispose()


def test_threads_that_all_need_a_second_connection_take_turns(web):
    """None waits for ever, and there is one more than there are threads."""
    together = Barrier(THREADS)

    def work(number):
        with web.app_context(), open_uow(scope_named("gorno-selo"), Principal.system("t")) as uow:
            uow.session.execute(text("SELECT 1"))
            together.wait(timeout=120)
            with shared_session() as shared:
                return shared.scalar(text(ASKED))

    with ThreadPoolExecutor(THREADS) as threads:
        counted = list(threads.map(work, range(THREADS)))
    assert max(counted) <= most_connections(THREADS) - BOARD


def test_hosts_and_sessions_are_looked_up_over_one_connection(web):
    reader = web.extensions[READER]
    own = "SELECT pg_backend_pid() AS number"
    with ThreadPoolExecutor(THREADS) as threads:
        rows = threads.map(
            lambda _: (reader.one(own, {})["number"], reader("gorno-selo")), range(40)
        )
        numbers, hosts = zip(*rows, strict=True)
    assert len(set(numbers)) == 1
    assert {host.row["slug"] for host in hosts} == {"gorno-selo"}


def test_the_handbook_reckons_with_the_same_numbers():
    """„Connections“ in scaling.md: threads, one to spare, two beside."""
    told = (Path(__file__).parents[2] / "docs/scaling.md").read_text("utf-8")
    assert f"`WEB_THREADS` + {most_connections(0)}" in told
