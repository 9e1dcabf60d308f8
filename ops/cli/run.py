"""`obshto run`: everything, until Ctrl-C."""

from __future__ import annotations

import click

from obshto.ops import run as house
from obshto.ops.config import read_config
from obshto.ops.supervise import Stopped


@click.command()
@click.option("--seed/--no-seed", default=True, help="Fill an empty database with the region.")
def run(*, seed: bool) -> None:
    """Start database, web and worker; print the addresses; stop all with Ctrl-C.

    Without DATABASE_URL it brings a PostgreSQL of its own, whose data stay.
    """
    try:
        house.run(read_config(), seed=seed)
    except Stopped:
        click.echo("\n  Stopped.")
