"""`obshto run`: everything, until Ctrl-C."""

from __future__ import annotations

import click

from obshto.ops import run as house
from obshto.ops.config import read_config
from obshto.ops.development import development_command
from obshto.ops.supervise import Stopped


@click.command()
@click.option("--seed/--no-seed", default=True, help="Fill an empty database with the region.")
@click.option("--develop", is_flag=True, help="Reload what changes, with debugger and statements.")
def run(*, seed: bool, develop: bool) -> None:
    """Start database, web and worker; print the addresses; stop all with Ctrl-C.

    Without DATABASE_URL it brings a PostgreSQL of its own, whose data stay.
    """
    try:
        house.run(read_config(), seed=seed, web=development_command if develop else None)
    except Stopped:
        click.echo("\n  Stopped.")
