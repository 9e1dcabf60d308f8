"""A village where an assistant has a mandate: a clerk, the assistant, a person with a profile."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.mandates.services.codes import code_of, viewer_code_of
from obshto.modules.mandates.services.lifecycle import SignedSheet, sign_mandate
from obshto.modules.mandates.services.preparation import MandateWords, prepare_mandate
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
ON = "array['mandates', 'reports', 'centres', 'courses', 'assistants', 'eservices', 'payments']"


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    """Mandates and what may be done under them are on in both villages."""
    with migrator.begin() as connection:
        connection.execute(text(f"UPDATE shared.tenant SET modules = {ON}"))


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY, name="Проба Секретарова", email="s@v.example")


@pytest.fixture
def assistant(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Помощникова", email="p@v.example")


@pytest.fixture
def person(sign_in, switched_on):
    return sign_in(VILLAGE, name="Проба Първанова", email="baba@v.example")


@pytest.fixture
def uow(uow_in, clerk):
    """Work of the clerk, today."""
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=_who(clerk, "Проба Секретарова"))


def _who(client, name):
    return Principal(person_id=client.person_id, name=name, municipality=VILLAGE)


def prepared(uow, assistant, **changed):
    told = MandateWords(
        name="Проба Първанова",
        email="baba@v.example",
        assistant=(assistant.person_id, "Проба Помощникова"),
        acts=("reports:send",),
        ends_on=day_of(uow.now) + timedelta(days=10),
    )
    row = prepare_mandate(uow, replace(told, **changed), request_id=uuid4())
    uow.session.flush()
    return row


def signature(uow, **changed):
    paper = SignedSheet(
        signed_on=day_of(uow.now), sheet="Л-7", witnesses=("Свидетел Първи", "Свидетел Втори")
    )
    return replace(paper, **changed)


def signed(uow, assistant, **changed):
    row = prepared(uow, assistant, **changed)
    sign_mandate(uow, row, signature(uow), expected_version=row.version)
    return row


@pytest.fixture
def make():
    """The verbs of these tests."""
    return SimpleNamespace(prepared=prepared, signed=signed, signature=signature)


@pytest.fixture
def mandate(uow_in, clerk, assistant, person):
    """One in force, for sending reports; ids and codes as pages know them."""
    return _story(uow_in, clerk, assistant)


@pytest.fixture
def give(uow_in, clerk, assistant, person):
    """give(acts=(…)): another one."""
    return lambda **changed: _story(uow_in, clerk, assistant, **changed)


def _story(uow_in, clerk, assistant, **changed):
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, principal=_who(clerk, "Проба Секретарова"))
        row = signed(uow, assistant, **changed)
        found = SimpleNamespace(
            id=row.id,
            number=row.number,
            person_id=row.person_id,
            code=code_of(row.request_id),
            viewer=viewer_code_of(row.request_id),
        )
        uow.commit()
    return found


@pytest.fixture
def act(assistant):
    """act(mandate): the assistant begins to act under it."""

    def begin(mandate):
        begun = assistant.press(f"/console/mandates/{mandate.id}/act")
        assert begun.status_code == 303, begun.text
        return assistant

    return begin
