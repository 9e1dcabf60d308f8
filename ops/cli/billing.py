"""`obshto billing`: by which name payment providers know the municipalities."""

from __future__ import annotations

import json

import click
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.charges.models import Merchant
from obshto.ops.config import read_config
from obshto.ops.db_session import reached
from obshto.tenants.municipalities.models import Tenant

GATEWAYS = click.Choice(["stripe"])


@click.group()
def billing() -> None:
    """Say where card payments of a municipality go. The web process may read it, never write."""


@billing.command()
@click.argument("slug")
@click.argument("gateway", type=GATEWAYS)
@click.argument("account")
def connect(*, slug: str, gateway: str, account: str) -> None:
    """Take card payments of a municipality into its own account there. Needs MIGRATOR_URL."""
    with reached(read_config().migrator) as engine, engine.begin() as connection:
        if connection.scalar(select(Tenant.slug).where(Tenant.slug == slug)) is None:
            raise click.ClickException(f"There is no municipality {slug}.")
        taken = select(Merchant.municipality).where(
            Merchant.gateway == gateway, Merchant.account == account, Merchant.municipality != slug
        )
        if (other := connection.scalar(taken)) is not None:
            raise click.ClickException(f"{account} is the account of {other}.")
        row = {"municipality": slug, "gateway": gateway, "account": account}
        statement = insert(Merchant).values(row)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=[Merchant.municipality, Merchant.gateway],
                set_={"account": account},
            )
        )
    click.echo(f"Card payments of {slug} go to {account}.")


@billing.command()
@click.argument("slug")
@click.argument("gateway", type=GATEWAYS)
def disconnect(*, slug: str, gateway: str) -> None:
    """Offer no payments through this provider any more. Needs MIGRATOR_URL.

    Refunds of what came that way can't be sent afterwards.
    """
    with reached(read_config().migrator) as engine, engine.begin() as connection:
        such = (Merchant.municipality == slug, Merchant.gateway == gateway)
        gone = connection.execute(delete(Merchant).where(*such).returning(Merchant.account))
        if gone.first() is None:
            raise click.ClickException(f"{slug} is not connected to {gateway}.")
    click.echo(f"{slug} takes no payments through {gateway} any more.")


@billing.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
def list_(*, as_json: bool) -> None:
    """Every municipality that a payment provider knows."""
    wanted = select(Merchant.municipality, Merchant.gateway, Merchant.account)
    with reached(read_config().database) as engine, engine.connect() as connection:
        found = [
            dict(row)
            for row in connection.execute(wanted.order_by(Merchant.municipality)).mappings()
        ]
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found:
        click.echo(f"{row['municipality']:<16} {row['gateway']:<10} {row['account']}")
    if not found:
        click.echo("Nobody takes card payments yet: `obshto billing connect`.")
