"""The eleven municipalities of Vidin province, with demonstration content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

import obshto.tenants.municipalities as municipalities
from obshto.billing.region.seeds import seed_region as seed_costs
from obshto.ops.compose import all_components, chain_of, compose
from obshto.ops.config import Config
from obshto.ops.db_session import reached
from obshto.platform.db.migrations import Target
from obshto.platform.keys.key_cache import current_key_cache
from obshto.platform.keys.store import give_key
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import current_registry
from obshto.platform.scope import Scope
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.people import seed_people, seed_region_team
from obshto.sso.organizations import REGION, REGION_TEAM, link_organization
from obshto.tenants.api import find_municipality, scope_named
from obshto.tenants.municipalities.models import Settlement, Tenant
from obshto.tenants.municipalities.provision import NewMunicipality, provision
from obshto.tenants.ports import DirectoryUnavailable

Say = Callable[[str], None]
DATA = Path(municipalities.__file__).parent / "data"
PROCESSES = 2  # the least that a machine has which runs all of it


def is_seeded(config: Config) -> bool:
    """Whether there is any municipality at all."""
    with reached(config.migrator) as engine, engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(Tenant)) or 0
    return found > 0


def seed_region(config: Config, say: Say) -> None:
    """All eleven; those that exist keep what they have. Seeding twice changes nothing."""
    app = compose(config)
    if config.has_embedded_identity:
        with app.app_context():
            seed_region_team()
    connect(app, REGION, REGION_TEAM, say)
    rows = {row["slug"]: row for row in _read("municipalities.json")}
    _join_all(config, app, rows, say)
    for done, slug in enumerate(_furnished(config, list(rows)), 1):
        say(f"seeded {rows[slug]['names']['bg']} ({done}/{len(rows)})")
    with app.app_context(), open_uow(None, Principal.system("Демонстрация")) as region:
        seed_costs(region)


def _join_all(config: Config, app: Flask, rows: dict[str, dict[str, Any]], say: Say) -> None:
    """Those that are not here yet, each in a transaction; then the people of all."""
    with reached(config.migrator) as engine:
        with engine.connect() as connection:
            known = set(connection.scalars(select(Tenant.slug)))
        for slug, row in rows.items():
            if slug not in known:
                with engine.begin() as connection, app.app_context():
                    join(connection, _described(row), by="seed")
                    _settle(connection, slug)
            connect(app, slug, row["titles"], say)
            if config.has_embedded_identity:
                settle_people(app, slug)  # one person may work for several


def join(connection: Connection, new: NewMunicipality, *, by: str) -> None:
    """A municipality with its data key: the migrator's whole act, in the caller's transaction."""
    provision(connection, new, chain_of(Target.TENANT), by=by)
    give_key(connection, current_key_cache(), new.slug)


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
        for part in current_registry().switched_on(here.modules):
            if part.seeds:
                with open_uow(here.scope(), Principal.system("Демонстрация")) as uow:
                    part.seeds(uow)


def every_module() -> tuple[str, ...]:
    """The slugs of all modules: what a new municipality starts with."""
    return tuple(part.slug for part in all_components() if isinstance(part, ModuleManifest))


def _furnished(config: Config, slugs: list[str]) -> Iterator[str]:
    """Furnish each in one of several processes; answers each as it is done."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_furnish, config, slug) for slug in slugs]
        for ended in as_completed(waiting):
            yield ended.result()


_app = cache(compose)  # one for all that a process furnishes


def _furnish(config: Config, slug: str) -> str:
    furnish(_app(config), slug)
    return slug


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


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return rows
