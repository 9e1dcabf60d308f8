"""`obshto letters`: how a municipality's letters leave, how many a day may."""

from __future__ import annotations

from dataclasses import replace

import click

from obshto.ops.config import read_config
from obshto.ops.db_session import at_work
from obshto.platform.notify.delivery_stats import outbox_numbers
from obshto.platform.notify.settings import NotifySettings, letters_settings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import scope_named

MOST = 1_000_000
BY = Principal.system("obshto letters")


@click.command()
@click.argument("tenant")
@click.option("--a-day", type=click.IntRange(1, MOST), help="How many may leave a day at most.")
@click.option(
    "--only-to-staff/--to-everybody",
    default=None,
    help="While the portal is tried out only those who work there get letters.",
)
def letters(*, tenant: str, a_day: int | None, only_to_staff: bool | None) -> None:
    """Show the outbox of TENANT by state; set what is given, the change stands in its log."""
    config = read_config()
    with at_work(config):
        scope = scope_named(tenant)
        if scope is None:
            raise click.ClickException(
                f"There is no municipality {tenant}: see `obshto tenants list`."
            )
        with open_uow(scope, BY) as uow:
            before = letters_settings(uow)
            after = replace(
                before,
                letters_a_day=a_day or before.letters_a_day,
                only_to_staff=before.only_to_staff if only_to_staff is None else only_to_staff,
            )
            save_settings(uow, "notify", after, expected_version=version_of(uow, "notify"))
            uow.session.flush()
            _tell(uow, after)


def _tell(uow: UnitOfWork, settings: NotifySettings) -> None:
    for word, number in outbox_numbers(uow).items():
        told = f"{number / 100:.2f} %" if word == "letters.prompt" else f"{number}"
        click.echo(f"{word.removeprefix('letters.'):10} {told}")
    if settings.only_to_staff:
        click.echo("Only staff get letters.")
