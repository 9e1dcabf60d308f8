"""`obshto backup`: take, list, prove, restore."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from obshto.ops.backup import restoration, schema_swap
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.backup.region_restore import rebuild_region
from obshto.ops.backup.rehearsal import Stage, rehearse_and_note
from obshto.ops.backup.store import UNFINISHED, Kept, kept, sweep
from obshto.ops.compose import chain_of, compose
from obshto.ops.config import Config, read_config
from obshto.ops.db_session import reached
from obshto.ops.models import Restoration
from obshto.platform.clock import now
from obshto.platform.db.migrations import Target

BY = "obshto backup"
as_json = click.option("--json", "as_json", is_flag=True, help="Answer for a program.")
slug_argument = click.argument("slug")
typed_name = click.option("--name", help="The municipality's slug again, instead of being asked.")
reason_option = click.option("--reason", prompt="Why", help="Stands in the municipality's log.")


@click.group()
def backup() -> None:
    """Take, list, prove and restore backups. A restored municipality first stands beside."""


@backup.command("now")
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
def now_(*, slugs: tuple[str, ...]) -> None:
    """Back up these municipalities, or all of them and the region, in one snapshot.

    Needs BACKUP_URL. Nobody is held up. The rule of 7 days, 5 weeks, 12 months removes older ones.
    """
    config = read_config()
    with reached(config.database), noted(config) as note:
        for path in take_all(keeping_of(config, note), slugs):
            click.echo(f"{path}  {path.stat().st_size >> 10} KB")
    for path in sweep(config.backup_dir, before=now() - UNFINISHED) if not slugs else ():
        click.echo(f"removed {path}")


@backup.command("list")
@click.argument("slug", required=False)
@as_json
def list_(*, slug: str | None, as_json: bool) -> None:
    """Every whole backup, the newest first. What was cut short is never among them."""
    found = kept(read_config().backup_dir, slug)
    if as_json:
        rows = [[one.slug, one.taken_at.isoformat(), str(one.path), one.size] for one in found]
        click.echo(json.dumps(rows))
        return
    for one in found:
        click.echo(f"{one.slug:<16} {one.taken_at:%Y-%m-%d %H:%M:%S} UTC {one.size >> 10:>8} KB")
    if not found:
        click.echo("There is none yet: `obshto backup now`.")


@backup.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
def verify(*, slugs: tuple[str, ...]) -> None:
    """Restore the newest backup of each into a scratch schema, compare every table, take it back.

    Exit code 1 when one is not good. The board shows the result. Needs MIGRATOR_URL.
    """
    config = read_config()
    bad = 0
    with stage_here(config) as stage, noted(config) as note:
        for one in _newest(config, slugs):
            is_good = rehearse_and_note(stage, one, note)
            bad += not is_good
            said = "good" if is_good else "NOT GOOD: the board says why"
            click.echo(f"{one.slug:<16} {one.taken_at:%Y-%m-%d %H:%M:%S} UTC {said}")
    raise SystemExit(bool(bad))


@backup.command()
@slug_argument
@click.argument("file", required=False, type=click.Path(path_type=Path))
def restore(*, slug: str, file: Path | None) -> None:
    """Restore SLUG beside the living municipality, out of FILE or its newest backup.

    Nothing changes for anybody until `obshto backup swap`. Needs MIGRATOR_URL.
    """
    config = read_config()
    path = file or _newest(config, (slug,))[0].path
    with stage_here(config) as stage:
        found = restoration.restore_beside(stage, compose(config), slug, path, by=BY)
    _tell(found)


@backup.command()
@slug_argument
@typed_name
@reason_option
def swap(*, slug: str, name: str | None, reason: str) -> None:
    """Put what was restored in the place of the living municipality, which is kept 14 days."""
    config = read_config()
    _check_name(slug, name, "be taken back to the moment of the backup")
    with stage_here(config) as stage:
        schema_swap.swap_in(stage, compose(config), slug, reason=reason, by=BY)
    click.echo(f"{slug} is what was restored. Was it wrong? `obshto backup undo {slug}`.")


@backup.command()
@slug_argument
@typed_name
@reason_option
def undo(*, slug: str, name: str | None, reason: str) -> None:
    """Put back what the last swap took away."""
    config = read_config()
    _check_name(slug, name, "be as it was before the swap")
    with stage_here(config) as stage:
        schema_swap.put_back(stage, compose(config), slug, reason=reason, by=BY)
    click.echo(f"{slug} is as it was before the swap.")


@backup.command()
@slug_argument
def show(*, slug: str) -> None:
    """What waits beside SLUG, table by table."""
    with stage_here(read_config()) as stage:
        _tell(restoration.the_one_beside(stage, slug))


@backup.command()
@slug_argument
def discard(*, slug: str) -> None:
    """Throw away what waits beside SLUG."""
    with stage_here(read_config()) as stage:
        restoration.discard(stage, slug)
    click.echo("Gone. The living municipality was not touched.")


@backup.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def rebuild(*, yes: bool) -> None:
    """Bring the whole region back into an empty database: after the loss of the server."""
    config = read_config()
    if not yes:
        click.confirm(f"Fill this database from {config.backup_dir}?", abort=True)
    with stage_here(config) as stage:
        for slug in rebuild_region(stage, chain_of(Target.SHARED), config.backup_dir):
            click.echo(f"{slug} is back")


@contextmanager
def stage_here(config: Config) -> Iterator[Stage]:
    """The owner's engine, whose troubles become sentences."""
    with reached(config.migrator) as engine:
        yield stage_of(config, engine)


def _newest(config: Config, slugs: tuple[str, ...]) -> list[Kept]:
    newest = {one.slug: one for one in sorted(kept(config.backup_dir))}
    if missing := [
        slug for slug in slugs or ["any municipality"] * (not newest) if slug not in newest
    ]:
        raise BackupRefused(f"There is no backup of {missing[0]} in {config.backup_dir}.")
    return [newest[slug] for slug in slugs or sorted(newest)]


def _check_name(slug: str, name: str | None, what: str) -> None:
    if (name or click.prompt(f"{slug} will {what}. Type {slug}")) != slug:
        raise BackupRefused("That is another word. Nothing was changed.")


def _tell(found: Restoration) -> None:
    click.echo(f"{found.municipality} as of {found.taken_at:%Y-%m-%d %H:%M:%S} UTC waits beside.")
    click.echo(f"{'table':<32} {'living':>10} {'restored':>10}")
    for one in found.found.get("tables", ()):
        here, there = ("-" if one[key] is None else one[key] for key in ("here", "there"))
        click.echo(f"{one['table']:<32} {here:>10} {there:>10}  {_verdict(one)}")
    slug = found.municipality
    click.echo(
        f"`obshto backup swap {slug}` puts it in place, `obshto backup discard {slug}` drops it."
    )


def _verdict(one: Mapping[str, Any]) -> str:
    if one.get("stays"):
        return "stays as it is now"
    return "" if one["is_same"] else "differs"
