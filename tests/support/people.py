"""People: clients of visitors, staff and operators; work in a village."""

import secrets
from contextlib import contextmanager

import pytest
from flask import g
from support.browsing import Operator, SignedIn, visitor

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import ANONYMOUS
from obshto.platform.web.request_uow import begin_uow, current_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint,
    appoint_in_region,
    find_municipality,
    open_session,
    register_person,
    scope_named,
)

# What a provider says of staff: one of ours, with a second factor.
SURE = Proof(is_member=True, assurance=2)


@pytest.fixture
def client(app):
    """A visitor with a modern browser: writes say that they come from our own page."""
    return visitor(app)


@pytest.fixture
def at():
    """The base URL of a host: at("gorno-selo"), at("ops"), at() for the region."""
    return lambda label="": f"http://{label}{'.' if label else ''}localhost:8000"


@pytest.fixture
def sign_in(app, at):
    """sign_in("gorno-selo", Role.EDITOR): a client signed in there, with its form token."""

    def enter(slug, *roles, name="Проба Пробова", email=None):
        with app.app_context():
            subject = f"test:{secrets.token_hex(8)}"
            profile = Profile(issuer="test", subject=subject, name=name, email=email)
            person_id = register_person(profile)
            scope = scope_named(slug)
            with _work(app, scope) as uow:
                for role in roles:
                    appoint(uow, person_id, role)
                uow.session.commit()
            token = open_session(person_id, municipality=slug, term=STAFF, proof=SURE)
        return SignedIn(app, slug, at(slug), token, person_id)

    return enter


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


@contextmanager
def _work(app, scope):
    with app.app_context():
        # What is switched on there, as the door and the worker know it.
        found = find_municipality(scope.slug) if scope else None
        g.modules = found.modules if found else frozenset()
        begin_uow(scope, ANONYMOUS)
        yield current_uow()
        current_uow().session.rollback()


@pytest.fixture
def uow_in(app):
    """Work in a village, or with no scope at all; what it wrote is dropped unless committed."""

    @contextmanager
    def begin(slug, app=app):
        with app.app_context():
            scope = scope_named(slug) if slug else None
        with _work(app, scope) as uow:
            yield uow

    return begin
