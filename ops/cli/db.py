"""`obshto db`: the database below the municipalities."""

from __future__ import annotations

import json
import shutil

import click
from sqlalchemy import URL, create_engine, make_url

from obshto.ops.compose import conninfo
from obshto.ops.config import Config, ConfigError, read_config, spelled
from obshto.ops.hardening import harden_check
from obshto.ops.local import remove_server
from obshto.ops.nodes import look_at_nodes, prepare_nodes
from obshto.ops.supervise import family
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR
from obshto.platform.db.pooler import check_pooler

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
    With DATABASE_NODES each machine of the cluster is prepared, too.
    """
    config = read_config()
    logins, did = prepare_nodes(
        config.superuser, database, config.database_nodes, _passwords(config)
    )
    for line in did:
        click.echo(line, err=True)
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
    config = read_config()
    check_pooler(conninfo(config.database))
    engine = create_engine(config.database, **ENGINE_OPTIONS)
    opened = harden_check(engine)
    engine.dispose()
    nodes = look_at_nodes(config.database, config.database_nodes)
    if as_json:
        click.echo(json.dumps({"open": opened} | ({"nodes": nodes} if nodes else {})))
    else:
        for line in opened or ["Nothing is open."]:
            click.echo(line)
        for node, there in nodes.items():
            for line in ["does not answer."] if there is None else there or ["Nothing is open."]:
                click.echo(f"{node}: {line}")
    raise SystemExit(bool(opened) or any(there != [] for there in nodes.values()))


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
        ("DIRECT_URL", APP, config.direct_url),
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
