"""What taking and restoring need, out of the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, insert

from obshto.ops.backup.backup_run import Keeping, Note
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.compose import all_components, chain_of, conninfo
from obshto.ops.config import Config, spelled
from obshto.ops.models import BackupRun
from obshto.platform.db.base import new_id
from obshto.platform.db.migrations import Target
from obshto.platform.keys.master import read_master_keys


@contextmanager
def noted(config: Config) -> Iterator[Note]:
    """Writes runs for the board as they end, each in a transaction of its own."""
    engine = create_engine(spelled(config.database))
    names = [column.name for column in BackupRun.__table__.c if column.name != "id"]

    def note(run: BackupRun) -> None:
        row = {name: getattr(run, name) for name in names}
        with engine.begin() as connection:
            connection.execute(insert(BackupRun).values(id=new_id(), **row))

    try:
        yield note
    finally:
        engine.dispose()


def keeping_of(config: Config, note: Note) -> Keeping:
    """Raises ConfigError, BadMasterKeys."""
    return Keeping(
        conninfo=conninfo(config.backup),
        folder=config.backup_dir,
        keys=read_master_keys(config.master_key_file),
        note=note,
    )


def stage_of(config: Config, engine: Engine) -> Stage:
    """Over the migrator's engine. Raises BadMasterKeys."""
    stays = frozenset[str]().union(*(part.outlives_restore for part in all_components()))
    keys = read_master_keys(config.master_key_file)
    return Stage(engine, chain_of(Target.TENANT), keys, stays)
