"""The eleven municipalities of Vidin province, with demonstration content."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.dialects.postgresql import insert

import obshto.tenants.municipalities as municipalities
from obshto.billing.region.seeds import seed_region as seed_costs
from obshto.ops.compose import all_components, chain_of, compose
from obshto.ops.config import Config
from obshto.ops.db_session import reached
from obshto.ops.process_pool import process_pool
from obshto.platform.db.migrations import Target
from obshto.platform.db.session import db
from obshto.platform.keys.key_cache import current_key_cache
from obshto.platform.keys.store import give_key
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import current_registry, is_on
from obshto.platform.scope import Scope, schema_of
from obshto.platform.search.services import ask_to_renew
from obshto.platform.storage.child import Memo, remembering
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.sso.embedded.people import seed_people, seed_region_team
from obshto.sso.organizations import REGION, REGION_TEAM, link_organization
from obshto.tenants.api import find_municipality, scope_named
from obshto.tenants.municipalities.models import Settlement, Tenant
from obshto.tenants.municipalities.provision import (
    NewMunicipality,
    open_schema,
    provision,
    provision_in_open_schema,
)
from obshto.tenants.ports import DirectoryUnavailable

Say = Callable[[str], None]
DATA = Path(municipalities.__file__).parent / "data"
FIRST = "kula"
PROCESSES = 2  # the least that a machine has which runs all of it


def is_seeded(config: Config) -> bool:
    """Whether there is any municipality at all; there may be no tables yet."""
    with reached(config.migrator) as engine, engine.connect() as connection:
        has_tables = connection.scalar(select(func.to_regclass("shared.tenant")))
        counted = select(func.count()).select_from(Tenant)
        return bool(has_tables and connection.scalar(counted))


def names(only: Collection[str] = ()) -> dict[str, dict[str, str]]:
    """Of all eleven, or these, by slug, by language; in the order in which they are written."""
    return {row["slug"]: row["names"] for row in _rows(only)}


def seed_region(
    config: Config, say: Say, ready: Say = lambda slug: None, only: Collection[str] = ()
) -> None:
    """All eleven, or `only` these; those that exist keep what they have. Twice changes nothing.

    `ready` is told the slug of each that has all its contents.
    """
    app = compose(config)
    if config.has_embedded_identity:
        with app.app_context():
            seed_region_team()
    connect(app, REGION, REGION_TEAM, say)
    rows = {row["slug"]: row for row in _rows(only)}
    with reached(config.migrator) as engine:
        new = _opened(engine, list(rows))
    _disconnect(app)
    with process_pool(PROCESSES) as pool:
        waiting = [pool.submit(_write, config, slug, slug in new) for slug in rows]
        for done, ended in enumerate(as_completed(waiting), 1):
            slug, said = ended.result()
            for sentence in said:
                say(sentence)
            say(f"seeded {rows[slug]['names']['bg']} ({done}/{len(rows)})")
            ready(slug)
    furnish_together(app, list(rows))
    with app.app_context(), open_uow(None, Principal.system("Демонстрация")) as region:
        seed_costs(region)


def _opened(engine: Engine, slugs: list[str]) -> set[str]:
    """Those that are not here yet, each with an open schema, one after another."""
    with engine.begin() as connection:
        known = set(connection.scalars(select(Tenant.slug)))
        schemas = set(connection.scalars(text("SELECT nspname FROM pg_namespace")))
        for slug in slugs:
            if schema_of(slug) not in schemas:
                open_schema(connection, schema_of(slug))
    return set(slugs) - known


def _disconnect(app: Flask) -> None:
    """A copy of this process must not find a connection of ours."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def join(connection: Connection, new: NewMunicipality, *, by: str) -> None:
    """A municipality with its data key: the migrator's whole act, in the caller's transaction."""
    provision(connection, new, chain_of(Target.TENANT), by=by)
    give_key(connection, current_key_cache(), new.slug)
    ask_to_renew(connection, new.slug)  # what is found without anybody's writing: the services


def connect(app: Flask, place: str, titles: Mapping[str, str], say: Say) -> None:
    """Give a place its organization at the identity provider; who is away can be asked later."""
    with app.app_context():
        try:
            link_organization(place, titles)
        except DirectoryUnavailable:
            say(
                f"The identity provider does not answer, so nobody belongs to {place} yet:"
                " run `obshto sso provision` when it does."
            )


def connect_all(app: Flask, titles: Mapping[str, Mapping[str, str]], say: Say) -> None:
    """The same of the region's own team and of these municipalities."""
    for place, named in {REGION: REGION_TEAM, **titles}.items():
        connect(app, place, named, say)


def settle_people(app: Flask, slug: str) -> None:
    """Demonstration people of a municipality."""
    with app.app_context():
        seed_people(_scope(slug))


def furnish(app: Flask, slug: str) -> None:
    """Demonstration content of all that is switched on; parts that have theirs change nothing."""
    with app.app_context():
        here = find_municipality(slug)
        assert here, f"{slug} is not there"
        g.modules = here.modules  # so that parts find each other over their ports
        for part in current_registry().switched_on(here.modules):
            if part.seeds:
                with open_uow(here.scope(), Principal.system("Демонстрация")) as uow:
                    part.seeds(uow)


def furnish_together(app: Flask, slugs: Sequence[str]) -> None:
    """What the first of these has of the second, once both are furnished: of parts that both have
    switched on; nothing where one is alone.
    """
    with app.app_context():
        both = [here for slug in slugs[:2] if (here := find_municipality(slug))]
        for part in current_registry().parts.values():
            is_shared = len(both) > 1 and all(is_on(part, here.modules) for here in both)
            if part.shared_seeds and is_shared:
                part.shared_seeds(_entered, *slugs[:2])


@contextmanager
def _entered(slug: str) -> Iterator[UnitOfWork]:
    here = find_municipality(slug)
    assert here, f"{slug} is not there"
    g.modules = here.modules
    with open_uow(here.scope(), Principal.system("Демонстрация")) as uow:
        yield uow


def every_module() -> tuple[str, ...]:
    """The slugs of all modules: what a new municipality starts with."""
    return tuple(part.slug for part in all_components() if isinstance(part, ModuleManifest))


_app = cache(compose)  # one for all that a process writes
_files: Memo = {}  # the same


def _write(config: Config, slug: str, is_new: bool) -> tuple[str, list[str]]:
    """One municipality from its tables to its last page."""
    app, said = _app(config), list[str]()
    row = next(row for row in _rows() if row["slug"] == slug)
    if is_new:
        _join(config, app, row)
    connect(app, slug, row["titles"], said.append)
    if config.has_embedded_identity:
        settle_people(app, slug)  # one person may work for several
    with remembering(_files):
        furnish(app, slug)
    return slug, said


def _join(config: Config, app: Flask, row: dict[str, Any]) -> None:
    """In one transaction: a municipality is there with its tables, key and places, or not."""
    engine, new = create_engine(config.migrator), _described(row)
    try:
        with engine.begin() as connection, app.app_context():
            provision_in_open_schema(connection, new, chain_of(Target.TENANT), by="seed")
            give_key(connection, current_key_cache(), new.slug)
            ask_to_renew(connection, new.slug)
            _settle(connection, new.slug)
    finally:
        engine.dispose()


def _scope(slug: str) -> Scope:
    scope = scope_named(slug)
    assert scope, f"{slug} is not there"
    return scope


def _described(row: dict[str, Any]) -> NewMunicipality:
    return NewMunicipality(
        slug=row["slug"],
        titles=row["titles"],
        names=row["names"],
        colour=row["colour"],
        modules=every_module(),
        contact=row["contact"],
        facts={key: row[key] for key in ("code", "seat", "census", "area_km2", "dial_code")},
    )


def _settle(connection: Connection, slug: str) -> None:
    rows = [
        {
            "ekatte": place["ekatte"],
            "municipality": slug,
            "kind": place["kind"],
            "names": place["names"],
            "postal_code": place["postal_code"],
            "is_seat": place["is_seat"],
            "sort_key": place["names"]["bg"].casefold(),
        }
        for place in _read("settlements.json")
        if place["municipality"] == slug
    ]
    connection.execute(insert(Settlement).values(rows).on_conflict_do_nothing())


def _rows(only: Collection[str] = ()) -> list[dict[str, Any]]:
    """The one that a newcomer is told to open is written first."""
    rows = [row for row in _read("municipalities.json") if not only or row["slug"] in only]
    return sorted(rows, key=lambda row: str(row["slug"]) != FIRST)


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return rows
