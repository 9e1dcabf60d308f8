"""`obshto sso`: the realm in Keycloak that people sign in with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import click
from sqlalchemy import select

from obshto.ops.compose import compose
from obshto.ops.config import Config, read_config
from obshto.ops.db_session import reached
from obshto.ops.keycloak.distribution import obtain
from obshto.ops.keycloak.people import PASSWORD, settle
from obshto.ops.keycloak.server import keycloak_server
from obshto.ops.keycloak.settings import KeycloakConfig, plan_of, read_keycloak
from obshto.ops.run import run
from obshto.ops.seed import connect_all
from obshto.ops.supervise import Stopped, stop_signals
from obshto.sso.keycloak import provision as realm
from obshto.sso.keycloak.drift import Gap
from obshto.sso.keycloak.provision import KeycloakUnreached, Realm
from obshto.tenants.municipalities.models import Tenant


@click.group()
def sso() -> None:
    """Make the realm in Keycloak what it should be, or say in what it is not."""


@sso.command()
def provision() -> None:
    """Make what is missing, mend what was changed; repeat it at will.

    Needs KEYCLOAK_URL, KEYCLOAK_ADMIN_PASSWORD and the secrets that Keycloak shares with the
    house; in development they are those of the Keycloak that `make run-keycloak` started.
    """
    with _realm() as there:
        gaps = realm.provision(there)
    for line in _lines(gaps) or ["Everything was as it should be."]:
        click.echo(line)
    if not (config := read_config()).has_embedded_identity:
        connect_all(compose(config), _municipalities(config), partial(click.echo, err=True))


@sso.command()
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def drift(*, as_json: bool) -> None:
    """Say what differs from what should be, change nothing; exit code 1 if anything does."""
    with _realm() as there:
        gaps = realm.drift(there)
    if as_json:
        click.echo(json.dumps([gap.told() for gap in gaps], ensure_ascii=False))
    else:
        for line in _lines(gaps) or ["Nothing differs."]:
            click.echo(line)
    raise SystemExit(bool(gaps))


@sso.command()
def fetch() -> None:
    """Make a Keycloak ready on this machine: fetched with Maven, built, our pages in it."""
    keycloak = read_keycloak(read_config())
    click.echo(obtain(keycloak.cache, keycloak.home))


@sso.command("run")
def run_() -> None:
    """The whole house before a Keycloak of its own, until Ctrl-C. For development."""
    config = read_config()
    if config.is_production:
        raise click.ClickException("This Keycloak is for development: production brings its own.")
    keycloak = read_keycloak(config)
    try:
        with stop_signals(), keycloak_server(keycloak) as issuer:
            there = _realm_at(config, keycloak)
            realm.provision(there)
            click.echo(f"\n  Keycloak is up: {keycloak.url}/admin as {keycloak.admin},")
            click.echo(f"  its password in {keycloak.data / 'keycloak_admin_password'}")
            click.echo(f"  Password of the invented people: {PASSWORD}\n")
            house = replace(
                config,
                oidc_issuer=issuer,
                oidc_client_secret=keycloak.client_secret,
                keycloak_directory_secret=keycloak.directory_secret,
            )
            run(house, settle=partial(settle, there))
    except Stopped:
        click.echo("\n  Stopped.")


@contextmanager
def _realm() -> Iterator[Realm]:
    config = read_config()
    keycloak = read_keycloak(config)
    try:
        yield _realm_at(config, keycloak)
    except KeycloakUnreached as error:
        raise click.ClickException(
            f"{keycloak.url} did not do it: {error}."
            " Look at KEYCLOAK_URL, KEYCLOAK_ADMIN, KEYCLOAK_ADMIN_PASSWORD; then repeat."
        ) from error


def _realm_at(config: Config, keycloak: KeycloakConfig) -> Realm:
    admin = realm.connect(keycloak.url, username=keycloak.admin, password=keycloak.admin_password)
    return Realm(admin, plan_of(config, keycloak), _municipalities(config))


def _municipalities(config: Config) -> Mapping[str, Mapping[str, str]]:
    """Titles by language, by slug; none yet where the house of development does not run."""
    if config.is_embedded and not config.database_url:
        return {}
    with reached(config.database) as engine, engine.connect() as connection:
        return dict(connection.execute(select(Tenant.slug, Tenant.titles)).tuples())


def _lines(gaps: list[Gap]) -> list[str]:
    return [line for gap in gaps for line in gap.lines()]
