"""Whole stories in a real browser, over the same house as `tests/browser`."""

import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest

from obshto.ops.compose import conninfo
from obshto.ops.worker import worker_of
from obshto.platform.jobs.worker import DEFAULT, PROVISION, make_backup_daemon
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

TESTS = Path(__file__).parents[1]
BROWSER = TESTS / "browser" / "conftest.py"
VILLAGE = "gorno-selo"
DOUBLE = TESTS / "billing" / "stripe_double.py"


def pytest_configure(config):
    spec = importlib.util.spec_from_file_location("browser_conftest", BROWSER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.pytest_configure(config)


@pytest.fixture(scope="module")
def provider():
    """The address of a stand-in for Stripe, with a page for cards."""
    command = [sys.executable, DOUBLE, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()
        process.stdout.close()


@pytest.fixture
def furnish(site, migrator):
    """furnish("courses"): the address of a village with its news and these modules, and with their
    demonstration; afterwards they are off again."""
    row = "UPDATE shared.tenant SET modules = %s, version = version + 1 WHERE slug = %s"

    def switch(*modules):
        with migrator.begin() as connection:
            connection.exec_driver_sql(row, (["news", *modules], VILLAGE))

    def begin(*modules):
        switch(*modules)
        site.fill(VILLAGE)
        return site.at(VILLAGE)

    yield begin
    switch()


@pytest.fixture
def person(visit, site):
    """person(Role.SECRETARY): somebody of the village who works there, without scripts."""

    def begin(*roles):
        token = site.token(VILLAGE, *roles)
        return visit(js=False, phone=not roles, cookies=[site.cookie(VILLAGE, token)])

    return begin


@pytest.fixture
def time_passes(site):
    """time_passes(Model, id, column=value): what only weeks would do."""

    def shift(model, row_id, **changed):
        who = Principal.system("test")
        with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
            row = uow.session.get_one(model, UUID(row_id))
            for name, value in changed.items():
                setattr(row, name, value)
            uow.commit()

    return shift


@pytest.fixture
def merchant(house, migrator):
    """gorno-selo has a contract for cards."""
    row = "INSERT INTO shared.billing_merchant VALUES (%s, 'stripe', 'acct_gorno')"
    with migrator.begin() as connection:
        connection.exec_driver_sql(row, ("gorno-selo",))
    yield
    with migrator.begin() as connection:
        connection.exec_driver_sql("DELETE FROM shared.billing_merchant")


@pytest.fixture
def work_off(site, config):
    """work_off(): the worker does all that waits; work_off(keeper): the keeper does, before it."""

    def uow(keeper):
        if keeper:
            queue = config.migrator.update_query_dict({"options": "-csearch_path=queue"})
            with (made := make_backup_daemon(conninfo(queue), keeper.duties, keeper.orders)).open():
                made.run_worker(queues=[PROVISION], wait=False, install_signal_handlers=False)
        with (made := worker_of(site.app, config)).open():
            made.run_worker(queues=[DEFAULT], wait=False, install_signal_handlers=False)

    def run(keeper=None):
        hands = threading.Thread(target=uow, args=(keeper,))
        hands.start()  # this thread has the browser's own loop
        hands.join()

    return run
