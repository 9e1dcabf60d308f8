"""`obshto map`: the archive of streets below all maps (docs/map.md)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import click

from obshto.platform.maps.base_map import BaseMap, UnusableArchive

HOW = """\
Maps stand on streets where you bring one file: a PMTiles archive (version 3) of raster
tiles (PNG, JPEG or WebP, 256 pixels), zooms 8 to 15, of Vidin province (22.3-23.1 east,
43.4-44.3 north). Nobody else's server is asked while people look.

1. Make it on any desk: QGIS with the extract of Bulgaria from Geofabrik, Generate XYZ
   tiles (MBTiles), then `pmtiles convert vidin.mbtiles vidin.pmtiles` (docs/map.md).
2. Put it where this machine reaches it, and bring it: obshto map fetch ADDRESS FILE
   ADDRESS is https://... or a path on this machine.
3. MAP_FILE=FILE in the environment, then start anew."""
SLOW = 60  # seconds without a byte
PIECE = 1 << 20  # bytes


@click.group(name="map")
def map() -> None:  # noqa: A001 - a command has the name of its file
    """The streets below all maps."""


@map.command()
@click.argument("address", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def fetch(*, address: str | None, file: Path | None) -> None:
    """Bring the archive at ADDRESS to FILE, once its header is that of one; alone: say how.

    The old FILE stays until the new one is whole.
    """
    if address is None or file is None:
        click.echo(HOW)
        return
    if urlsplit(address).scheme not in ("", "https"):
        raise click.ClickException("ADDRESS is https://... or a path on this machine.")
    new = file.with_name(f".map-{os.getpid()}")
    try:
        _bring(address, new)
        archive = BaseMap(new)
        os.replace(new, file)
    except (OSError, UnusableArchive) as error:
        new.unlink(missing_ok=True)
        raise click.ClickException(f"{address}: {error}. {file} is as it was.") from error
    size = file.stat().st_size // PIECE
    click.echo(f"{file}: {size} MB, {archive.reach}. Start anew with MAP_FILE={file.resolve()}.")


def _bring(address: str, new: Path) -> None:
    """Raises OSError."""
    if not urlsplit(address).scheme:
        shutil.copyfile(address, new)
        return
    with urlopen(address, timeout=SLOW) as answer, new.open("wb") as out:  # noqa: S310 - https
        shutil.copyfileobj(answer, out, PIECE)
