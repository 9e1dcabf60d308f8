"""Whole stories in a real browser, over the same house as `tests/browser`."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

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
def furnish(site):
    """furnish("courses"): the address of a village with its news and these modules, and with the
    demonstration, which all stories share, or with that of these modules `alone`; afterwards they
    are off again."""

    def begin(*modules, alone=False):
        site.switch_to(VILLAGE, ["news", *modules])
        site.fill(VILLAGE, only=("news", *modules) if alone else ())
        return site.at(VILLAGE)

    yield begin
    site.switch_to(VILLAGE, ["news"])


@pytest.fixture
def settled(house, migrator):
    """gorno-selo has the seat and a village of Kula: buses go from one to the other."""
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('40525', 'gorno-selo', 'гр.', '{\"bg\": \"Кула\", \"en\": \"Kula\"}', true, 'a'),"
        " ('69002', 'gorno-selo', 'с.', '{\"bg\": \"Старопатица\", \"en\": \"Staropatitsa\"}',"
        " false, 'b')"
    )
    with migrator.begin() as connection:
        connection.execute(add)
    yield
    with migrator.begin() as connection:
        for table in ("settlement", "regional_event", "regional_timetable"):
            connection.execute(text(f"DELETE FROM shared.{table}"))


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
