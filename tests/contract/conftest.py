"""Both villages with everything switched on; the first one seeded, by a person with every role."""

import pytest
from sqlalchemy import text

from obshto.ops.compose import all_components
from obshto.ops.seed import every_module
from obshto.platform.permissions import Role
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.models import PublicRow
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES


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
def seeded(app, everything_on, sign_in, memory):
    """Demonstration content of every part, written by that person; a colleague, an invitation.

    A part without any plants what the watch for leaks does: a role, a ticket.
    """
    return memory.of("seeded", lambda: _seeded(app, sign_in)).again()


def _seeded(app, sign_in):
    chief = sign_in("gorno-selo", *STAFF_ROLES)
    sign_in("gorno-selo", Role.EDITOR, name="Проба Колега", email="colleague@villages.example")
    invited = {"name": "Проба Поканена", "email": "invited@villages.example"}
    assert chief.press("/console/tenants/people/invite", **invited).status_code == 303
    with app.app_context():
        scope = scope_named("gorno-selo")
        for part in all_components():
            if part.seeds:
                who = Principal(person_id=chief.person_id, name="Проба Пробова")
                with open_uow(scope, who) as uow:
                    part.seeds(uow)
            elif callable(part.canary):
                with open_uow(scope, Principal(person_id=chief.person_id, name="Проба")) as uow:
                    part.canary(uow, "1" * 18)
        _offer_as_neighbour(scope)
    return chief


def _offer_as_neighbour(scope):
    """What this village published and others may take over, as if the neighbour had done so."""
    who = Principal.system("neighbour")
    with open_uow(scope, who) as uow, open_uow(None, who) as region:
        for part in all_components():
            for entry in part.search.of(uow, None) if part.search else ():
                if entry.pattern:
                    owner = {"part": part.slug, "municipality": "dolno-selo"}
                    row = row_of(entry, "dolno-selo")
                    row.pop("picture")  # which the region does not keep
                    region.session.add(PublicRow(**owner, **row))
