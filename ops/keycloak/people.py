"""The invented people of development, in the Keycloak of development."""

from __future__ import annotations

from sqlalchemy import create_engine, select

from obshto.ops.compose import compose
from obshto.ops.config import Config
from obshto.ops.seed import Say, connect_all
from obshto.platform.permissions import Role
from obshto.sso.embedded.people import PEOPLE, appoint_people
from obshto.sso.keycloak.people import ensure_person
from obshto.sso.keycloak.provision import Realm
from obshto.sso.organizations import REGION
from obshto.tenants.api import Profile, appoint_in_region, register_person, scope_named
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.ports import directory

PASSWORD = "obshto-dalga-parola"  # of every invented person


def settle(realm: Realm, config: Config, say: Say) -> None:
    """Organizations for all places; the people in them, with their roles. Repeat it at will."""
    app, titles = compose(config), _titles(config)
    connect_all(app, titles, say)
    with app.app_context():
        known = {}
        for person in PEOPLE:
            subject = ensure_person(realm, email=person.email, name=person.name, password=PASSWORD)
            profile = Profile(
                issuer=config.issuer, subject=subject, name=person.name, email=person.email
            )
            known[person] = register_person(profile)
            for place in (REGION, *titles):
                if person.works_in(place):
                    directory().invite(place, email=person.email, name=person.name, language="bg")
            if Role.OPERATOR in person.roles:
                appoint_in_region(known[person], Role.OPERATOR)
        for slug in titles:
            scope = scope_named(slug)
            assert scope
            appoint_people(scope, known)


def _titles(config: Config) -> dict[str, dict[str, str]]:
    engine = create_engine(config.database)
    with engine.connect() as connection:
        rows = connection.execute(select(Tenant.slug, Tenant.titles)).tuples().all()
    engine.dispose()
    return dict(rows)
