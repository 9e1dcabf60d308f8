"""`obshto practice`: the municipality where staff learn by doing."""

from __future__ import annotations

import click

from obshto.ops.config import read_config
from obshto.ops.practice import add_practice


@click.command()
def practice() -> None:
    """Make Община Учебна, or leave it as it is. Nothing in it reaches anybody outside."""
    add_practice(read_config(), click.echo)
