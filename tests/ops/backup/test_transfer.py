"""A municipality leaves in one file and is the same in a house that knows nothing of it."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import create_engine, select, text
from support.thorough import IS_THOROUGH

from obshto.ops.backup import load
from obshto.ops.backup.archive import opened
from obshto.ops.backup.backup_settings import stage_of
from obshto.ops.backup.errors import BackupRefused, BadBackup
from obshto.ops.backup.region_restore import rebuild_region
from obshto.ops.backup.rehearsal import rehearse
from obshto.ops.backup.transfer import export_municipality, import_municipality
from obshto.ops.bootstrap_db import prepare
from obshto.ops.compose import chain_of, compose
from obshto.ops.config import read_config, spelled
from obshto.ops.events import JobRetried
from obshto.ops.local import temporary_server
from obshto.ops.migrate import migrate_shared
from obshto.platform.audit.models import RegionalEntry
from obshto.platform.audit.services import first_broken_link
from obshto.platform.db.migrations import Target, downgrade, upgrade
from obshto.platform.db.session import db
from obshto.platform.keys.key_cache import current_key_cache, install_key_cache
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import find_municipality, scope_named
from obshto.tenants.appearance.emblems import put_emblem

HERE = "gorno-selo"
PASSPHRASE = "дълга фраза за изнасяне"
PAGES = ("/", "/news/", "/contact", "/en/news/", "/accessibility/")


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory):
    """A clean installation: its own server, its own master key, tables and no municipality."""
    with temporary_server() as superuser:
        logins = prepare(superuser, "obshto")
        config = read_config(
            {
                "DATA_DIR": str(tmp_path_factory.mktemp("elsewhere")),
                "DATABASE_URL": spelled(logins.app),
                "MIGRATOR_URL": spelled(logins.migrator),
                "BACKUP_URL": spelled(logins.backup),
            }
        )
        engine = create_engine(config.migrator)
        migrate_shared(engine)
        engine.dispose()
        yield config


@pytest.fixture
def elsewhere(empty_house, app):
    """That house as an app with its stage; what was taken in has left afterwards."""
    ours = current_key_cache()
    other = compose(empty_house)
    theirs = current_key_cache()
    install_key_cache(ours)
    engine = create_engine(empty_house.migrator)
    yield other, stage_of(empty_house, engine), theirs
    install_key_cache(ours)
    with engine.begin() as connection:
        for schema in connection.scalars(
            text("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_'")
        ).all():
            connection.exec_driver_sql(f'DROP SCHEMA "{schema}" CASCADE')
            for right in ("SCHEMA shared, queue", "FUNCTION shared.touch(), queue.enqueue(jsonb)"):
                connection.exec_driver_sql(f'REVOKE ALL ON {right} FROM "{schema}"')
            connection.exec_driver_sql(f'DROP ROLE "{schema}"')
        held = ("ticket_entry", "ticket", "tenant", "tenant_key", "settlement", "emblem", "person")
        for table in (*held, "audit_entry"):
            connection.exec_driver_sql(f"DELETE FROM shared.{table}")
    engine.dispose()
    other.extensions["obshto.hosts"].close()
    with other.app_context():
        for pool in db.engines.values():
            pool.dispose()


@pytest.fixture
def exported(full, keeping, tmp_path, app, sign_in):
    """Full of rows and people, with a coat of arms, it is exported."""
    content = BytesIO()
    Image.new("RGB", (200, 240), "#7c2d12").save(content, "PNG")
    with app.app_context(), open_uow(None, Principal.system("test")) as region:
        put_emblem(region, HERE, content, expected_version=find_municipality(HERE).edits)
    for _ in range(3):
        sign_in(HERE, Role.EDITOR)
    path = tmp_path / "gorno-selo.zip"
    export_municipality(keeping.conninfo, HERE, path, keys=keeping.keys, passphrase=PASSPHRASE)
    return path


def take_in(elsewhere, path, passphrase=PASSPHRASE):
    return import_municipality(elsewhere[1], path, passphrase=passphrase, by="test")


def looks(app, at):
    """Each page of the municipality as a hash, without what no two requests share."""
    client = app.test_client()
    found = {}
    for path in PAGES:
        answer = client.get(path, base_url=at(HERE))
        assert answer.status_code == 200, path
        plain = re.sub(r'name="(csrf_token|request_id)"[^>]*', "", answer.text)
        found[path] = hashlib.sha256(plain.encode()).hexdigest()
    return found


def letters(app):
    with app.app_context(), open_uow(scope_named(HERE), Principal.system("test")) as uow:
        rows = uow.session.query(Message).order_by(Message.id)
        return [(row.recipient, row.subject, row.text) for row in rows]


def emblem(house, app, at):
    """The coat of arms, at the address where it is in our house."""
    with app.app_context():
        address = f"/emblem.{find_municipality(HERE).emblem}.512.png"
    answer = house.test_client().get(address, base_url=at(HERE))
    assert answer.status_code == 200
    return answer.data


@pytest.fixture
def asked(monkeypatch):
    """The schemas whose tables the catalogue was asked for."""
    asked, real = [], load.tables_of

    def tables_of(rows, schema):
        asked.append(schema)
        return real(rows, schema)

    monkeypatch.setattr(load, "tables_of", tables_of)
    return asked


def test_the_same_pages_letters_people_and_arms_are_there(exported, elsewhere, app, at, asked):
    other, stage, ring = elsewhere
    before, ours, arms = looks(app, at), letters(app), emblem(app, app, at)
    for wrong in (None, "друга дълга фраза"):
        with pytest.raises(BackupRefused):
            take_in(elsewhere, exported, wrong)
    with stage.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM shared.tenant")) == 0
    asked.clear()
    take_in(elsewhere, exported)
    assert asked.count("shared") == 5  # once for each table of the region
    with stage.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM shared.person")) >= 3
    with pytest.raises(BackupRefused, match="There is a municipality gorno-selo already"):
        take_in(elsewhere, exported)
    install_key_cache(ring)
    assert looks(other, at) == before
    assert letters(other) == ours != []
    assert emblem(other, app, at) == arms


def test_no_master_key_of_ours_is_in_the_file(exported, keeping):
    whole = exported.read_bytes()
    assert all(key not in whole for key in keeping.keys.keys.values())


def test_an_older_backup_is_brought_up_to_date(full, take, restore, stage, owner):
    """Taken while a migration had not run yet: it runs over the rows of the backup."""
    chain = chain_of(Target.TENANT)
    with stage.engine.begin() as connection:
        downgrade(connection, "t_gorno_selo", chain, to="news_t0001")
    try:
        (path,) = take(HERE)
    finally:
        with stage.engine.begin() as connection:
            upgrade(connection, "t_gorno_selo", chain)
    with opened(path) as archive:
        assert "news_t0001" in archive.manifest.revisions
        news = archive.manifest.of("own/news_item.csv")
        assert "version" not in news.columns
    if IS_THOROUGH:
        rehearse(stage, path)
    found = restore(path)
    assert owner(f"SELECT count(*), min(version) FROM {found.schema}.news_item") == [(news.rows, 1)]


def test_the_whole_region_comes_back_though_a_file_was_damaged(
    full, take, elsewhere, config, at, app
):
    """Into an empty database; it goes on when the file is whole."""
    take()
    before = looks(app, at)
    other, stage, _ = elsewhere
    with pytest.raises(BadBackup):  # sealed with a master key that is not here
        rebuild_region(stage, chain_of(Target.SHARED), config.backup_dir)
    same_key = replace(stage, keys=stage_of(config, stage.engine).keys)
    [damaged] = (config.backup_dir / "dolno-selo").glob("*.zip")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-200])
    with pytest.raises(BackupRefused, match=r"1 of 2 are back.*\ndolno-selo: .*not a whole backup"):
        rebuild_region(same_key, chain_of(Target.SHARED), config.backup_dir)
    schemas = text("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_'")
    with stage.engine.connect() as connection:
        assert connection.scalars(schemas).all() == ["t_gorno_selo"]
    damaged.write_bytes(whole)
    assert rebuild_region(same_key, chain_of(Target.SHARED), config.backup_dir) == ["dolno-selo"]
    assert looks(other, at) == before
    with pytest.raises(BackupRefused, match="There are municipalities here already"):
        rebuild_region(same_key, chain_of(Target.SHARED), config.backup_dir)


def bring_the_region_back(stage, config):
    """What belongs to no municipality; their own files are away, because they take their time."""
    for slug in (HERE, "dolno-selo"):
        for path in (config.backup_dir / slug).glob("*.zip"):
            path.unlink()
    same_key = replace(stage, keys=stage_of(config, stage.engine).keys)
    with pytest.raises(BackupRefused, match="0 of 2 are back"):
        rebuild_region(same_key, chain_of(Target.SHARED), config.backup_dir)


def test_a_region_that_comes_back_does_not_hide_that_its_log_was_changed(
    app, take, elsewhere, config
):
    """The links of its chain are those that were backed up, not new ones over the same words."""
    other, stage, _ = elsewhere
    with app.app_context():
        for number in range(3):
            with open_uow(None, Principal(name=f"Служител {number}")) as region:
                region.emit(JobRetried(municipality=HERE, job="notify:send", reason="Тест"))
    owner = create_engine(config.migrator)
    forged = "UPDATE shared.audit_entry SET act = '' WHERE person_name = 'Служител 1' RETURNING seq"
    with owner.begin() as connection:
        [seq] = connection.scalars(text(forged))
    owner.dispose()
    take()
    bring_the_region_back(stage, config)
    with other.app_context(), open_uow(None, Principal.system("test")) as region:
        assert first_broken_link(region) == seq


def test_a_log_that_has_begun_again_takes_in_the_one_that_comes_back(app, take, elsewhere, config):
    """Whoever rebuilds has let in an operator first: nothing of either is lost or broken."""
    other, stage, _ = elsewhere
    for number, house in enumerate((app, app, other)):
        with house.app_context(), open_uow(None, Principal(name=f"Служител {number}")) as region:
            region.emit(JobRetried(municipality=HERE, job="notify:send", reason="Тест"))
        if number == 1:
            take()
    bring_the_region_back(stage, config)
    with other.app_context(), open_uow(None, Principal.system("test")) as region:
        assert first_broken_link(region) is None
        names = select(RegionalEntry.person_name).where(RegionalEntry.person_name.like("Служ%"))
        assert sorted(region.session.scalars(names)) == [f"Служител {n}" for n in range(3)]
