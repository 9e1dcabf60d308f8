"""Both villages with everything switched on; the first one seeded, by a person with every role."""

from pathlib import Path

import pytest
from flask import g
from sqlalchemy import text
from support.contract import ONLY
from support.seeding import offer_as_neighbour, seed_parts

from obshto.ops.seed import every_module
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

HERE = Path(__file__).parent
# They choose by themselves what of the part they ask.
CHOOSING = (
    "test_calendars.py",
    "test_data_use.py",
    "test_datasets.py",
    "test_forms.py",
    "test_looks.py",
    "test_search_index.py",
    "test_signed_out.py",
    "test_sweep.py",
)


def pytest_collection_modifyitems(config, items):
    """With CONTRACT_OF only what is asked of that part stays."""
    if ONLY:
        out = [item for item in items if item.path.parent == HERE and not concerns(item)]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def concerns(item):
    asked = item.callspec.params if hasattr(item, "callspec") else {}
    part = asked.get("part") or asked.get("module")
    return item.path.name in CHOOSING or getattr(part, "slug", part) == ONLY


@pytest.fixture
def everything_on(house, migrator):
    with migrator.begin() as connection:
        row = {"modules": list(every_module())}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)


@pytest.fixture
def chief(sign_in, everything_on):
    """Somebody who holds every role in the first village."""
    return sign_in("gorno-selo", *STAFF_ROLES)


@pytest.fixture
def seeded(app, everything_on, sign_in, memory, show_again, kept_answers):
    """Demonstration content of every part, written by that person; a colleague, an invitation.

    A part without any plants what the watch for leaks does: an entry of the log. They have shown
    just now who they are, however long ago it was written.
    """
    person = memory.of("seeded", lambda: _seeded(app, sign_in, kept_answers)).again()
    show_again()
    return person


@pytest.fixture
def show_again(migrator):
    """show_again(): whoever is signed in has shown just now who they are."""

    def update():
        now = "UPDATE shared.session SET assured_at = now(), seen_at = now()"
        with migrator.begin() as connection:
            connection.execute(text(now))

    return update


def _seeded(app, sign_in, kept_answers):
    chief = sign_in("gorno-selo", *STAFF_ROLES)
    sign_in("gorno-selo", Role.EDITOR, name="Проба Колега", email="colleague@villages.example")
    invited = {"name": "Проба Поканена", "email": "invited@villages.example"}
    assert chief.press("/console/tenants/people/invite", **invited).status_code == 303
    with app.app_context():
        g.modules = every_module()  # so that parts find each other over their ports
        scope = scope_named("gorno-selo")
        seed_parts(scope, Principal(person_id=chief.person_id, name="Проба Пробова"), kept_answers)
        offer_as_neighbour(scope, "dolno-selo")
    return chief
