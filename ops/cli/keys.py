"""`obshto keys`: the key above the keys of all municipalities."""

from __future__ import annotations

from pathlib import Path

import click

from obshto.platform.keys.master import create_master_key


@click.group()
def keys() -> None:
    """The master key, without which no personal field can be read."""


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(*, file: Path) -> None:
    """Make a master key in FILE (mode 0600), which must not be there yet. Keep a copy elsewhere."""
    try:
        create_master_key(file)
    except FileExistsError as error:
        raise click.ClickException(f"{file} is there already: nothing was changed.") from error
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from error
    click.echo(f"{file} is made. Who loses it loses every personal field: keep a copy elsewhere.")
