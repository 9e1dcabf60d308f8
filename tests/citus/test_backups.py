"""A municipality on a worker is taken back to a moment and put back; a region comes anew."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.news.services import Text, publish_item, write_item
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.region_restore import rebuild_region
from obshto.ops.backup.rehearsal import rehearse
from obshto.ops.backup.restoration import restore_beside
from obshto.ops.backup.schema_swap import let_go, put_back, swap_in
from obshto.ops.compose import chain_of, compose
from obshto.ops.config import read_config, spelled
from obshto.ops.nodes import schemas_on
from obshto.platform.audit.services import first_broken_link
from obshto.platform.db.migrations import Target
from obshto.platform.db.session import db
from obshto.platform.keys.key_cache import current_key_cache
from obshto.platform.keys.store import give_key
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.municipalities.provision import remove

SLUG, SCHEMA, BY = "trial", "t_trial", "trial"
NEWS = text(f"SELECT title FROM {SCHEMA}.news_item ORDER BY title")


class Installation:
    """The house before one database of the cluster."""

    def __init__(self, cluster, folder):
        logins = cluster.logins
        environ = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": spelled(logins.app),
            "MIGRATOR_URL": spelled(logins.migrator),
            "BACKUP_URL": spelled(logins.backup),
            "DATABASE_NODES": ",".join(cluster.nodes),
        }
        self.config = read_config(environ)
        self.app = compose(self.config)
        self.engine = create_engine(logins.migrator)
        self.stage = stage_of(self.config, self.engine)

    def take(self, *slugs):
        with noted(self.config) as note:
            return take_all(keeping_of(self.config, note), slugs)

    def write(self, title):
        with self.app.app_context(), open_uow(scope_named(SLUG), Principal.system("trial")) as uow:
            words = Text(title=title, summary="…", markdown="…")
            item = write_item(uow, words, request_id=uuid4())
            uow.session.flush()
            publish_item(uow, item, expected_version=item.version)
            uow.commit()

    def news(self):
        """By the owner; that a municipality's own role reads them, too, is asked on the way."""
        with self.app.app_context(), open_uow(scope_named(SLUG), Principal.system("trial")) as uow:
            assert first_broken_link(uow) is None
            seen = uow.session.scalars(NEWS).all()
        with self.engine.connect() as connection:
            assert connection.scalars(NEWS).all() == seen
        return seen

    def is_spread(self, nodes):
        with self.engine.connect() as connection:
            return SCHEMA in schemas_on(connection, nodes)

    def close(self):
        self.app.extensions["obshto.hosts"].close()
        with self.app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        self.engine.dispose()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Keys and backups, of whatever database."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def installation(cluster, municipality, folder):
    installation = Installation(cluster, folder)
    with installation.app.app_context(), installation.engine.begin() as connection:
        give_key(connection, current_key_cache(), SLUG)
    installation.write("Първа")
    yield installation
    installation.close()


def test_a_municipality_is_taken_back_to_a_moment_and_put_back(cluster, installation):
    [path] = installation.take(SLUG)
    installation.write("Втора")
    rehearse(installation.stage, path)
    found = restore_beside(installation.stage, installation.app, SLUG, path, by=BY)
    [news] = [one for one in found.found["tables"] if one["table"] == "news_item"]
    assert (news["gone"], news["newer"]) == (0, 1)
    swap_in(installation.stage, installation.app, SLUG, reason="trial", by=BY)
    assert installation.news() == ["Първа"] and installation.is_spread(cluster.nodes)
    put_back(installation.stage, installation.app, SLUG, reason="trial", by=BY)
    assert installation.news() == ["Втора", "Първа"] and installation.is_spread(cluster.nodes)
    let_go(installation.stage, SLUG)


def test_a_region_comes_back_into_an_empty_database(prepared, installation, folder):
    installation.take()
    kept = installation.news()
    with installation.engine.begin() as connection:
        remove(connection, SLUG, by=BY)  # its role is one for all databases of a server
    with prepared("obshto_trial_anew") as fresh:
        anew = Installation(fresh, folder)
        back = rebuild_region(anew.stage, chain_of(Target.SHARED), anew.config.backup_dir)
        assert back == [SLUG]
        assert anew.news() == kept and anew.is_spread(fresh.nodes)
        anew.close()
