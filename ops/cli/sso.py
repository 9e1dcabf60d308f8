"""`obshto sso`: the realm in Keycloak that people sign in with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click
from sqlalchemy import select

from obshto.ops.config import Config, read_config
from obshto.ops.keycloak.settings import plan_of, read_keycloak
from obshto.ops.reach import reached
from obshto.sso.keycloak import provision as realm
from obshto.sso.keycloak.gap import Gap
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


@contextmanager
def _realm() -> Iterator[Realm]:
    config = read_config()
    keycloak = read_keycloak(config)
    try:
        admin = realm.connect(
            keycloak.url, username=keycloak.admin, password=keycloak.admin_password
        )
        yield Realm(admin, plan_of(config, keycloak), _municipalities(config))
    except KeycloakUnreached as error:
        raise click.ClickException(
            f"{keycloak.url} did not do it: {error}."
            " Look at KEYCLOAK_URL, KEYCLOAK_ADMIN, KEYCLOAK_ADMIN_PASSWORD; then repeat."
        ) from error


def _municipalities(config: Config) -> Mapping[str, Mapping[str, str]]:
    """Titles by language, by slug."""
    with reached(config.database) as engine, engine.connect() as connection:
        return dict(connection.execute(select(Tenant.slug, Tenant.titles)).tuples())


def _lines(gaps: list[Gap]) -> list[str]:
    return [line for gap in gaps for line in gap.lines()]
