"""Disk space: bytes free and in all where the database, videos and backups lie, read by the keeper.

PostgreSQL does not tell how much room its own disk has. So a folder on that disk is named to the
keeper (`WATCHED_DISKS`), who asks the file system (`statvfs`) without reading anything in it. A
reading of a disk is one of the region; two folders on one file system are one disk.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert

from obshto.ops.backup.manifest import REGION
from obshto.ops.config import Config
from obshto.ops.models import Reading
from obshto.platform.clock import now, today

FREE, SIZE = "disk.free.", "disk.size."  # of a reading's word, before the name of the disk
EVERY = "*/10 * * * *"


def disks_of(config: Config) -> Mapping[str, Path]:
    """Folders by the name of their disk, those alone that are there."""
    named = [(folder.name, folder) for folder in config.watched_disks]
    if not config.is_production:
        named.append(("database", config.data_dir))  # where `obshto run` keeps its own
    if config.media_dir:
        named.append(("media", config.media_dir))
    named.append(("backups", config.backup_dir))
    found: dict[int, tuple[str, Path]] = {}
    for name, folder in named:
        if folder.is_dir():
            found.setdefault(folder.stat().st_dev, (name, folder))
    return dict(found.values())


def take_disk_readings(config: Config, engine: Engine) -> None:
    """The last reading of a day stays as that day's."""
    numbers: dict[str, int] = {}
    for name, folder in disks_of(config).items():
        usage = shutil.disk_usage(folder)
        numbers |= {f"{FREE}{name}": usage.free, f"{SIZE}{name}": usage.total}
    if not numbers:
        return
    put = insert(Reading).values(
        [
            {"municipality": REGION, "word": word, "day": today(), "number": number, "at": now()}
            for word, number in numbers.items()
        ]
    )
    keys = ["municipality", "word", "day"]
    fresh = {"number": put.excluded.number, "at": put.excluded.at}
    with engine.begin() as connection:
        connection.execute(put.on_conflict_do_update(index_elements=keys, set_=fresh))
