"""`obshto run`: everything, until Ctrl-C."""

from __future__ import annotations

import click

from obshto.ops import run as house
from obshto.ops.config import read_config
from obshto.ops.development import development_command
from obshto.ops.seed import names
from obshto.ops.supervise import Stopped


@click.command()
@click.option("--seed/--no-seed", default=True, help="Fill an empty database with the region.")
@click.option("--only", metavar="SLUG", multiple=True, help="This one of the eleven.")
@click.option("--develop", is_flag=True, help="Reload what changes, with debugger and statements.")
def run(*, seed: bool, only: tuple[str, ...], develop: bool) -> None:
    """Start database, web and worker; print the addresses; stop all with Ctrl-C.

    Without DATABASE_URL it brings a PostgreSQL of its own, whose data stay.
    """
    if unknown := set(only) - set(names()):
        raise click.ClickException(f"There is no municipality {', '.join(sorted(unknown))}.")
    web = development_command if develop else None
    try:
        house.run(read_config(), seed=seed, only=only, web=web)
    except Stopped:
        click.echo("\n  Stopped.")
