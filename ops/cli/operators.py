"""`obshto operators`: the people of the region's team."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from obshto.ops.config import read_config
from obshto.ops.db_session import at_work
from obshto.platform.notify.letter import is_address
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.sso.team import let_go, take_back_invitation, take_in
from obshto.tenants.api import team
from obshto.tenants.ports import DirectoryUnavailable

BY = Principal.system("obshto operators")


@click.group()
def operators() -> None:
    """List, add or remove those who sign in on the operations host."""


@operators.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def list_(*, as_json: bool) -> None:
    """Everybody of the team: name, address, since when."""
    with _region() as region:
        found = team(region)
    if as_json:
        told = [{"name": o.name, "email": o.email, "since": o.given_at.isoformat()} for o in found]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.name:<30} {one.email:<40} since {one.given_at:%Y-%m-%d}")
    if not found:
        click.echo("There is nobody yet: `obshto operators add`.")


@operators.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues read it: „Мария Иванова“.")
def add(*, email: str, name: str) -> None:
    """Take EMAIL into the team; it stands in the region's log. Repeat it at will.

    Who has no account yet gets a letter and chooses a password; then say the same once more.
    """
    if not is_address(email):
        raise click.ClickException(f"{email} is no address: say it as name@example.com.")
    host = read_config().address("ops")
    with _region() as region:
        is_in = take_in(region, email=email, name=name)
    if is_in:
        click.echo(f"{name} is of the team and signs in at {host}, with a second factor.")
    else:
        click.echo(f"{email} was asked to choose a password. When that is done, say this again.")


@operators.command()
@click.argument("email")
def remove(*, email: str) -> None:
    """Let EMAIL go: role, membership and every session end; it stands in the region's log.

    Who was only asked yet is asked no more.
    """
    with _region() as region:
        gone = let_go(region, email)
        was_asked = gone is None and take_back_invitation(email)
    if gone:
        click.echo(f"{gone.name} is of the team no longer.")
    elif was_asked:
        click.echo(f"{email} had not come yet; the invitation is taken back.")
    else:
        raise click.ClickException(f"{email} is not of the team: see `obshto operators list`.")


@contextmanager
def _region() -> Iterator[UnitOfWork]:
    config = read_config()
    with at_work(config):
        try:
            with open_uow(None, BY) as region:
                yield region
        except DirectoryUnavailable as error:
            raise click.ClickException(
                "The identity provider does not answer. Look at OIDC_ISSUER and"
                " KEYCLOAK_DIRECTORY_SECRET, run `obshto sso provision`, then repeat."
            ) from error
