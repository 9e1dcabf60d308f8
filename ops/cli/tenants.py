"""`obshto tenants`: the municipalities that share the house."""

from __future__ import annotations

import json
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import Connection, MetaData, Table, delete, func, inspect, select

from obshto.billing.charges.models import Merchant
from obshto.ops.backup.backup_settings import stage_of
from obshto.ops.backup.keys import SHORTEST
from obshto.ops.backup.schema_swap import let_go
from obshto.ops.backup.transfer import export_municipality, import_municipality
from obshto.ops.compose import chain_of, compose, conninfo
from obshto.ops.config import Config, read_config
from obshto.ops.db_session import reached
from obshto.ops.seed import connect, every_module, furnish, join, settle_people
from obshto.platform.db.migrations import Target
from obshto.platform.keys.master import read_master_keys
from obshto.platform.scope import RESERVED, is_slug, schema_of
from obshto.platform.web.theme import DEFAULT, readable
from obshto.sso.organizations import unlink_organization
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import NewMunicipality, remove
from obshto.tenants.ports import DirectoryUnavailable
from obshto.tenants.switches.services import module_named, needed_by

BY = "obshto tenants"  # who acted, in the region's list of acts
passphrase = click.option(
    "--passphrase",
    prompt=True,
    hide_input=True,
    envvar="OBSHTO_PASSPHRASE",
    help="Asked for when left out; empty for a backup of this very house.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Answer for a program.")


@click.group()
def tenants() -> None:
    """List, add or remove municipalities."""


@tenants.command("list")
@as_json
def list_(*, as_json: bool) -> None:
    """Every municipality: address, what is switched on, whether its tables are up to date."""
    config = read_config()
    with reached(config.database) as engine, engine.connect() as connection:
        rows = connection.execute(select(Tenant.slug, Tenant.names, Tenant.modules, Tenant.state))
        found = [_told(config, *row) for row in sorted(rows, key=itemgetter(0))]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        modules = ", ".join(one["modules"]) or "nothing switched on"
        behind = "" if one["is_up_to_date"] else "; behind: run `obshto migrate`"
        click.echo(f"{one['slug']:<16} {one['address']:<40} {modules}{behind}")
    if not found:
        click.echo("There is none yet: `obshto tenants add`, or `obshto seed` for all eleven.")


@tenants.command()
@click.argument("slug")
@click.option("--name", required=True, help="In Bulgarian, as in „Община …“: Кула.")
@click.option("--name-en", help="In Latin letters; the slug when left out.")
@click.option("--name-ro", help="In Romanian; as in English when left out.")
@click.option("--colour", default=DEFAULT, show_default=True, help="Of links and headings.")
@click.option("--modules", help="Slugs with commas; all when left out, '' for none.")
@click.option("--seed", is_flag=True, help="With demonstration content.")
@as_json
def add(
    *,
    slug: str,
    name: str,
    name_en: str | None,
    name_ro: str | None,
    colour: str,
    modules: str | None,
    seed: bool,
    as_json: bool,
) -> None:
    """Create a municipality: it answers on its subdomain at once. Needs MIGRATOR_URL."""
    config = read_config()
    _check_slug(slug)
    _check_colour(colour)
    latin = name_en or slug.replace("-", " ").title()
    names = {"bg": name, "en": latin, "ro": name_ro or latin}
    with reached(config.migrator) as engine:
        app = compose(config)
        new = _described(slug, names, colour, _chosen(app, modules))
        with engine.begin() as connection, app.app_context():
            _check_free(connection, slug)
            join(connection, new, by=BY)
        connect(app, slug, new.titles, partial(click.echo, err=True))
        if seed:
            if config.has_embedded_identity:
                settle_people(app, slug)
            furnish(app, slug)
    answer = {"slug": slug, "address": config.address(slug), "modules": list(new.modules)}
    click.echo(json.dumps(answer) if as_json else f"{name} is here: {config.address(slug)}")


@tenants.command("remove")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_(*, slug: str, yes: bool) -> None:
    """Remove a municipality for good, with all that it holds. Needs MIGRATOR_URL."""
    config = read_config()
    with reached(config.migrator) as engine:
        with engine.connect() as connection:
            click.echo(_losses(connection, slug))
        if not yes and click.prompt(f"Type {slug} to remove it") != slug:
            raise click.ClickException("That is another word. Nothing was removed.")
        let_go(stage_of(config, engine), slug)
        with engine.begin() as connection:
            remove(connection, slug, by=BY)
            connection.execute(delete(Merchant).where(Merchant.municipality == slug))
        _disconnect(config, slug)
    click.echo(f"{slug} is gone.")


@tenants.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@passphrase
def export_(*, slug: str, file: Path, passphrase: str) -> None:
    """All of SLUG in FILE, to be taken in elsewhere with the passphrase. Needs BACKUP_URL."""
    config = read_config()
    if len(passphrase) < SHORTEST:
        raise click.ClickException(f"Choose a passphrase of at least {SHORTEST} characters.")
    with reached(config.backup):
        manifest = export_municipality(
            conninfo(config.backup),
            slug,
            file,
            keys=read_master_keys(config.master_key_file),
            passphrase=passphrase,
        )
    click.echo(f"{file} has {manifest.rows} rows of {slug}. Without the passphrase it is shut.")


@tenants.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@passphrase
def import_(*, file: Path, passphrase: str) -> None:
    """Take in the municipality of FILE, under the name that it has there. Needs MIGRATOR_URL."""
    config = read_config()
    with reached(config.migrator) as engine:
        stage = stage_of(config, engine)
        manifest = import_municipality(stage, file, passphrase=passphrase or None, by=BY)
        with engine.connect() as connection:
            titles = connection.scalar(select(Tenant.titles).where(Tenant.slug == manifest.slug))
    connect(compose(config), manifest.slug, titles or {}, partial(click.echo, err=True))
    click.echo(f"{manifest.slug} is here: {config.address(manifest.slug)}")


def _disconnect(config: Config, slug: str) -> None:
    with compose(config).app_context():
        try:
            unlink_organization(slug)
        except DirectoryUnavailable:
            click.echo("The identity provider does not answer: its organization stays.", err=True)


def _told(
    config: Config, slug: str, names: dict[str, str], modules: list[str], state: str
) -> dict[str, Any]:
    return {
        "slug": slug,
        "names": names,
        "address": config.address(slug),
        "modules": modules,
        "is_up_to_date": state == chain_of(Target.TENANT).state,
    }


def _described(
    slug: str, names: dict[str, str], colour: str, modules: tuple[str, ...]
) -> NewMunicipality:
    titles = {
        "bg": f"Община {names['bg']}",
        "en": f"{names['en']} Municipality",
        "ro": f"Municipalitatea {names['ro']}",
    }
    return NewMunicipality(slug=slug, titles=titles, names=names, modules=modules, colour=colour)


def _check_slug(slug: str) -> None:
    if slug in RESERVED:
        raise click.ClickException(f"{slug} is reserved for the house: choose another slug.")
    if not is_slug(slug):
        raise click.ClickException(
            f"{slug} cannot be part of an address:"
            " take 2 to 31 small Latin letters, digits or hyphens, a letter first."
        )


def _check_colour(colour: str) -> None:
    try:
        is_good = readable(colour)
    except ValueError as error:
        raise click.ClickException(f"{error}.") from error
    if not is_good:
        raise click.ClickException(
            f"Links in {colour} could not be read on white: choose a darker colour."
        )


def _check_free(connection: Connection, slug: str) -> None:
    """Two slugs never share a schema; one may have been left behind by another hand."""
    if connection.scalar(select(Tenant.slug).where(Tenant.slug == slug)):
        raise click.ClickException(f"{slug} is taken: choose another slug.")
    if inspect(connection).has_schema(schema_of(slug)):
        raise click.ClickException(
            f"The schema {schema_of(slug)} is there without a municipality: look what it is."
        )


def _chosen(app: Flask, modules: str | None) -> tuple[str, ...]:
    """The modules that were named, with all that they stand on."""
    if modules is None:
        return every_module()
    named = {slug.strip() for slug in modules.split(",")} - {""}
    if unknown := named - set(every_module()):
        raise click.ClickException(
            f"There is no module {', '.join(sorted(unknown))}."
            f" There are: {', '.join(sorted(every_module()))}."
        )
    with app.app_context():
        return tuple(sorted({one for slug in named for one in needed_by(module_named(slug))}))


def _losses(connection: Connection, slug: str) -> str:
    """What goes with a municipality. Raises ClickException when there is none."""
    names = connection.scalar(select(Tenant.names).where(Tenant.slug == slug))
    if names is None:
        raise click.ClickException(f"There is no municipality {slug}.")
    schema = schema_of(slug)
    tables = inspect(connection).get_table_names(schema)
    rows = {name: _count(connection, schema, name) for name in sorted(tables)}
    held = ", ".join(f"{name} {number}" for name, number in rows.items() if number)
    return (
        f"With {names['bg']} go {len(tables)} tables for good, with the key of its personal data"
        f" and everybody's sessions there. Rows: {held or 'none'}."
    )


def _count(connection: Connection, schema: str, name: str) -> int:
    table = Table(name, MetaData(), schema=schema)
    return connection.scalar(select(func.count()).select_from(table)) or 0
