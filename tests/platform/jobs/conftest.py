"""A worker in this process over the tests' database."""

import time
from uuid import uuid4

import psycopg
import pytest

from obshto.modules.news.services import Text, publish_item, write_item
from obshto.ops.compose import conninfo
from obshto.ops.config import child_environment
from obshto.ops.worker import worker_of

OPEN = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
OPEN += " AND coalesce(scheduled_at, now()) <= now()"
SECONDS = 30


@pytest.fixture
def queue(house, config):
    """queue("SELECT …"): the owner's rows of the queue; also writes."""
    with psycopg.connect(conninfo(config.migrator), autocommit=True) as connection:
        connection.execute("SET search_path = queue")

        def ask(statement, *values):
            found = connection.execute(statement, values or None)
            return found.fetchall() if found.description else []

        yield ask


@pytest.fixture
def drain(app, config, queue):
    """drain(): everything that may run now is run, and what follows from it.

    The clock is left out: whether a minute ends meanwhile is chance.
    """

    def run(app=app, concurrency=1):
        worker = worker_of(app, config)
        worker.periodic_registry.periodic_tasks.clear()
        end = time.monotonic() + SECONDS
        with worker.open():
            while queue(OPEN) != [(0,)]:
                assert time.monotonic() < end, queue("SELECT * FROM procrastinate_jobs")
                worker.run_worker(concurrency=concurrency, wait=False)

    return run


@pytest.fixture
def jobs(queue):
    """jobs(name): status and attempts of each job of that name, the oldest first."""
    told = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s ORDER BY id"
    return lambda name: queue(told, name)


@pytest.fixture
def publish(uow_in):
    """publish(slug): a new item, published; its id."""

    def make(slug="gorno-selo"):
        text = Text(title="Заглавие", summary="Накратко", markdown="Текст")
        with uow_in(slug) as uow:
            item = write_item(uow, text, request_id=uuid4())
            publish_item(uow, item, expected_version=item.version)
            uow.commit()
            return item.id

    return make


@pytest.fixture
def port(free_port):
    """A port where nobody listens yet."""
    return free_port()


@pytest.fixture
def mail(serving, port):
    """`with mail():` a real mail server on that port; `mailbox` has what it took."""
    return lambda: serving(port=port)


@pytest.fixture
def worker_process(config, house, forks):
    """A real worker process, killed at the end if nobody was faster."""
    process = forks.begin("obshto.ops.worker", [], child_environment(config))
    yield process
    process.kill()
    process.wait()
