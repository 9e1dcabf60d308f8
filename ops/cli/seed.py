"""`obshto seed`: the region with contents to try."""

from __future__ import annotations

import click

from obshto.ops.compose import compose
from obshto.ops.config import Config, read_config
from obshto.ops.db_session import reached
from obshto.ops.seed import furnish, seed_region, settle_people
from obshto.tenants.municipalities.lookup import find_municipality


@click.command()
@click.argument("municipalities", metavar="[SLUG]...", nargs=-1)
@click.option("--yes", is_flag=True, help="Do not ask.")
def seed(*, municipalities: tuple[str, ...], yes: bool) -> None:
    """Make the eleven municipalities with demonstration content; repeat it at will.

    With SLUGs: demonstration content of these municipalities only, which must be there.
    """
    config = read_config()
    if config.is_production and not yes:
        click.confirm("This is production. Put invented contents into it?", abort=True)
    with reached(config.migrator):
        if municipalities:
            _fill(config, municipalities)
        else:
            seed_region(config, click.echo)


def _fill(config: Config, slugs: tuple[str, ...]) -> None:
    app = compose(config)
    with app.app_context():
        unknown = [slug for slug in slugs if find_municipality(slug) is None]
    if unknown:
        raise click.ClickException(f"There is no municipality {', '.join(unknown)}.")
    for slug in slugs:
        if config.has_embedded_identity:
            settle_people(app, slug)
        furnish(app, slug)
        click.echo(f"seeded {slug}")
