"""`obshto modules`: what is switched on where, how a new one begins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask_babel import force_locale

from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.ops.db_session import reached
from obshto.ops.scaffold.scaffold import Refused, new_module
from obshto.platform.errors import NotFound
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.municipalities.lookup import Municipality, find_municipality
from obshto.tenants.switches.services import (
    OutsideThePlan,
    StillNeeded,
    SwitchedMeanwhile,
    module_named,
    switch_off,
    switch_on,
)

BY = Principal.system("obshto modules")
as_json = click.option("--json", "as_json", is_flag=True, help="Answer for a program.")


@click.group()
def modules() -> None:
    """List the modules, switch them on or off, begin a new one."""


@modules.command("list")
@click.argument("tenant", required=False)
@as_json
def list_(*, tenant: str | None, as_json: bool) -> None:
    """Every module; with TENANT whether it is switched on there."""
    with _house():
        on = _municipality(tenant).modules if tenant else frozenset()
        found = [_told(module) for module in current_registry().modules()]
    if tenant:
        found = [one | {"is_on": one["slug"] in on} for one in found]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        state = f"{'on' if one['is_on'] else 'off':<5}" if tenant else ""
        click.echo(f"{one['slug']:<16} {state}{one['title']}")


@modules.command()
@click.argument("tenant")
@click.argument("slug")
def on(*, tenant: str, slug: str) -> None:
    """Switch a module on, together with what it needs; citizens see it on the next request."""
    with _house():
        here = _municipality(tenant)
        _module(slug)
        try:
            with open_uow(None, BY) as region:
                new = switch_on(region, tenant, slug, expected_version=here.switches)
        except (OutsideThePlan, SwitchedMeanwhile) as refusal:
            raise click.ClickException(str(refusal)) from refusal
    click.echo(f"On in {tenant}: {', '.join(sorted(new))}." if new else "It was on already.")


@modules.command()
@click.argument("tenant")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask.")
def off(*, tenant: str, slug: str, yes: bool) -> None:
    """Switch a module off: its pages are gone on the next request, its data stays."""
    with _house():
        here, module = _municipality(tenant), _module(slug)
        if slug not in here.modules:
            click.echo("It was off already.")
            return
        if not yes:
            _ask(here, module)
        try:
            with open_uow(None, BY) as region:
                switch_off(region, tenant, slug, expected_version=here.switches)
        except (StillNeeded, SwitchedMeanwhile) as refusal:
            raise click.ClickException(f"{slug} stays on. {refusal}") from refusal
    click.echo(f"Off in {tenant}: {slug}.")


@modules.command()
@click.argument("name")
@click.option("--one", help="The word for one of them; guessed from NAME when left out.")
def new(*, name: str, one: str | None) -> None:
    """Write a module called NAME with its tests into this checkout."""
    try:
        written = new_module(name, one)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    for path in written:
        click.echo(f"  {path}")
    click.echo(f"Next: docs/module-in-an-hour.md; prove it with: pytest tests/contract -k {name}")


@contextmanager
def _house() -> Iterator[None]:
    """The composed application, speaking English."""
    config = read_config()
    with reached(config.database):
        app = compose(config)
        with app.app_context(), force_locale("en"):
            yield


def _ask(here: Municipality, module: ModuleManifest) -> None:
    if module.unfinished:
        with open_uow(here.scope(), BY) as uow:
            for loss in module.unfinished(uow):
                click.echo(f"Citizens would lose: {loss}")
    click.confirm(f"Switch {module.slug} off in {here.slug}?", abort=True)


def _municipality(slug: str) -> Municipality:
    found = find_municipality(slug)
    if found is None:
        raise click.ClickException(f"There is no municipality {slug}: see `obshto tenants list`.")
    return found


def _module(slug: str) -> ModuleManifest:
    try:
        return module_named(slug)
    except NotFound as error:
        known = ", ".join(module.slug for module in current_registry().modules())
        raise click.ClickException(f"There is no module {slug}. There are: {known}.") from error


def _told(module: ModuleManifest) -> dict[str, object]:
    needs = sorted(module.requires)
    return {"slug": module.slug, "title": str(module.title), "requires": needs}
