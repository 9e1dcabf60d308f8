"""`obshto db`: the database below the municipalities."""

from __future__ import annotations

import json
import shutil

import click
from sqlalchemy import URL, create_engine, make_url

from obshto.ops.bootstrap_db import prepare
from obshto.ops.config import Config, ConfigError, read_config, spelled
from obshto.ops.hardening import harden_check
from obshto.ops.local import remove_server
from obshto.ops.supervise import family
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR

as_json = click.option("--json", "as_json", is_flag=True, help="Answer for a program.")


@click.group()
def db() -> None:
    """Prepare, check or start over the database."""


@db.command("prepare")
@click.option("--database", default="obshto", show_default=True, help="Its name.")
@as_json
def prepare_(*, database: str, as_json: bool) -> None:
    """Make logins, database and hardening; repeat it at will.

    Needs SUPERUSER_URL. The passwords in DATABASE_URL, MIGRATOR_URL and BACKUP_URL, where set,
    become those of the logins; for a new login without one it makes a password and shows it once.
    """
    config = read_config()
    logins = prepare(config.superuser, database, _passwords(config))
    addresses = {
        "DATABASE_URL": spelled(logins.app),
        "MIGRATOR_URL": spelled(logins.migrator),
        "BACKUP_URL": spelled(logins.backup),
    }
    if as_json:
        click.echo(json.dumps(addresses))
        return
    for name, address in addresses.items():
        click.echo(f"{name}={address}")


@db.command()
@as_json
def check(*, as_json: bool) -> None:
    """Try as the application what must be refused; exit code 1 if anything is open."""
    engine = create_engine(read_config().database, **ENGINE_OPTIONS)
    opened = harden_check(engine)
    engine.dispose()
    if as_json:
        click.echo(json.dumps({"open": opened}))
    else:
        for attack in opened or ["Nothing is open."]:
            click.echo(attack)
    raise SystemExit(bool(opened))


@db.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool) -> None:
    """Throw the embedded database away, with all that is in it."""
    config = read_config()
    if not config.is_embedded:
        raise click.ClickException("DATABASE_URL is set: that database is not ours to remove.")
    if not yes:
        click.confirm(f"Throw away the database and the letters of {config.data_dir}?", abort=True)
    with family(config.data_dir / "running"):  # nobody runs, what was left over is ended
        remove_server(config.data_dir)
        shutil.rmtree(config.letters_dir, ignore_errors=True)
    click.echo("Gone. `make run` begins anew.")


def _passwords(config: Config) -> dict[str, str]:
    """By login, from the addresses that the application will use."""
    known = {}
    for name, role, address in (
        ("DATABASE_URL", APP, config.database_url),
        ("MIGRATOR_URL", MIGRATOR, config.migrator_url),
        ("BACKUP_URL", BACKUP, config.backup_url),
    ):
        url = make_url(address) if address else URL.create("postgresql", role)
        if url.username != role:
            raise ConfigError(f"{name} must log in as {role}: write {role} before the password.")
        if url.password:
            known[role] = url.password
    return known
