"""Template: the villages of a drill, written once; `template.py FOLDER` keeps them for others."""

import pickle
import secrets
import shutil
import sys
from functools import cache, partial
from pathlib import Path
from uuid import UUID

from asked import open_a_poll
from offers import MODULES, make_offer
from sqlalchemy import create_engine

from obshto.ops.bootstrap_db import ROLES, prepare
from obshto.ops.compose import chain_of, compose
from obshto.ops.config import read_config, spelled
from obshto.ops.local import Server, keep_copy, temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.ops.process_pool import process_pool
from obshto.platform.db.migrations import Target
from obshto.platform.db.session import db
from obshto.platform.keys.key_cache import current_key_cache
from obshto.platform.keys.store import give_key
from obshto.platform.scope import schema_of
from obshto.platform.search.services import ask_to_renew
from obshto.sso.embedded.people import seed_people
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.provision import (
    NewMunicipality,
    open_schema,
    provision_in_open_schema,
)
from obshto.tenants.ports import directory

KIND = UUID("0198f000-0000-7000-8000-000000000001")  # of income, in each village
VILLAGES = ("gorno-selo", "dolno-selo", "sredno-selo")
BASE = "localhost:8000"  # the name; each web server listens on a port of its own


def environment(superuser, data):
    """What every process of a house is told of its database; a login that was copied has a new
    password."""
    return environment_of(prepare(superuser, "obshto", new_passwords()), data)


def new_passwords():
    """One for each login."""
    return {name: secrets.token_urlsafe(24) for name in ROLES}


def environment_of(logins, data):
    """The same of logins that are there."""
    return {
        "DATA_DIR": str(data),
        "BASE_URL": f"http://{BASE}",
        "DATABASE_URL": spelled(logins.app),
        "MIGRATOR_URL": spelled(logins.migrator),
        "BACKUP_URL": spelled(logins.backup),
    }


def write_villages(app, config, villages=VILLAGES, *, writers=1):
    """Villages with people, an income, a poll and an offer each; answers polls, offers.

    Several processes may write, each a village at a time.
    """
    engine = create_engine(config.migrator)
    migrate_shared(engine)
    with engine.begin() as connection:
        for slug in villages:
            open_schema(connection, schema_of(slug))
    engine.dispose()
    if writers == 1:
        written = [_write(app, config, slug) for slug in villages]
    else:
        with process_pool(writers) as pool:
            written = list(pool.map(partial(_write_apart, config), villages))
    polls, offers = zip(*written, strict=True)
    return dict(zip(villages, polls, strict=True)), dict(zip(villages, offers, strict=True))


def _write_apart(config, slug):
    return _write(_app(config), config, slug)


_app = cache(compose)  # one for all that a process writes


def _write(app, config, slug):
    """One village whose schema is open; its poll, its offer."""
    engine, village = create_engine(config.migrator), _village(slug)
    with engine.begin() as connection, app.app_context():
        provision_in_open_schema(connection, village, chain_of(Target.TENANT), by="drill")
        give_key(connection, current_key_cache(), slug)
        ask_to_renew(connection, slug)
        _give_money(connection, slug)
    engine.dispose()
    with app.app_context():
        directory().ensure_organization(slug, village.titles)
        seed_people(scope_named(slug))
    return open_a_poll(app, slug), make_offer(app, slug)


def keep(folder):
    """Their database, the keys to it and what was asked, for drills that begin as copies."""
    with temporary_server(is_durable=True) as superuser:
        config = read_config(environment(superuser, folder / "data"))
        app = compose(config)
        (folder / "asked").write_bytes(pickle.dumps(write_villages(app, config)))
        app.extensions["obshto.hosts"].close()
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        server_of(folder).mkdir()
        keep_copy(Server(Path(superuser.query["host"]).parent), server_of(folder))


def server_of(folder):
    return folder / "server"


def put_data(folder, data):
    """The keys, before anybody makes others."""
    shutil.copytree(folder / "data", data)


def asked_of(folder):
    """Polls and offers, by village."""
    return pickle.loads((folder / "asked").read_bytes())


def _give_money(connection, slug):
    """One kind of income, and the name by which Stripe knows the village."""
    kind = (KIND, KIND, "448007", "Услуги", True)
    columns = "(id, request_id, code, title, is_active)"
    table = f"{schema_of(slug)}.billing_kind"
    connection.exec_driver_sql(f"INSERT INTO {table} {columns} VALUES (%s, %s, %s, %s, %s)", kind)
    merchant = (slug, "stripe", f"acct_{slug.replace('-', '')}")
    connection.exec_driver_sql("INSERT INTO shared.billing_merchant VALUES (%s, %s, %s)", merchant)


def _village(slug):
    title = slug.replace("-", " ").title()
    return NewMunicipality(
        slug=slug,
        titles={"bg": f"Община {title}", "en": f"{title} Municipality"},
        names={"bg": title, "en": title},
        modules=("news", "polls", *MODULES),
    )


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
