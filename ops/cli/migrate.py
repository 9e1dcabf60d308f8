"""`obshto migrate`: the tables of the region, those of each municipality."""

from __future__ import annotations

import click

from obshto.ops.config import read_config
from obshto.ops.migrate import MigrationFailed, migrate_all


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="How many municipalities at once.",
)
def migrate(*, processes: int) -> None:
    """Bring the region and every municipality up to date.

    Each municipality is one transaction, so this can be stopped and repeated at any moment. Exit
    code 1 names those that failed; the others are done. Needs MIGRATOR_URL.
    """
    config = read_config()
    told: list[str] = []

    def say(line: str) -> None:
        told.append(line)
        click.echo(line)

    try:
        migrate_all(config, say, processes=processes)
    except MigrationFailed as failed:
        raise click.ClickException(f"Still behind: {failed}. Mend it, then repeat.") from failed
    if not told:
        click.echo("Everything is up to date.")
