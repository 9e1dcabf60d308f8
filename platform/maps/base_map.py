"""Base map: raster tiles of a PMTiles archive (specification 3) that the operator brought.

The archive is one file, mapped into memory and read by its directories; no tile server is asked,
ours or another's. A drawing of `village_map` is laid over the tiles that its frame covers: a tile
is placed by its corners, so the difference between the drawing's plain degrees and the tiles'
Mercator stays below a pixel within a province. Zooms are those of the archive.

When not to use it: vector tiles. They need a program in the browser to be drawn.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from gzip import BadGzipFile
from html import unescape
from math import asinh, atan, degrees, floor, log2, pi, radians, sinh, tan
from pathlib import Path
from typing import cast

from flask import Flask, Response, abort, current_app
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from obshto.platform.village_map import WIDTH, MapFrame

log = logging.getLogger(__name__)

BASE_MAP = "obshto.base_map"
ACROSS = 3  # tiles next to each other below a drawing, at most; a tile is 256 pixels wide
MOST = 24  # tiles below one drawing
HEAVIEST = 512 * 1024  # bytes of one tile
OVERLAP = 0.2  # units by which tiles reach over each other, so that no seam shows
KEPT = 7 * 24 * 3600  # seconds; a new archive has new addresses
E7 = 10_000_000  # degrees in the archive's header
_MIMES = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
# What the library raises where a file is another or ends too early: bytes, gzip and JSON in turn.
_BROKEN = (
    *(MagicNumberNotFound, SpecVersionUnsupported, IndexError, ValueError),
    *(EOFError, BadGzipFile, zlib.error),
)
_tags = re.compile(r"<[^<>]{0,500}>").sub


class UnusableArchive(ValueError):
    """The file is no PMTiles archive of raster tiles; the text says what it is instead."""


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile below a drawing, in its units."""

    path: str  # below the host
    x: float
    y: float
    width: float
    height: float


class BaseMap:
    """One archive. Raises UnusableArchive, OSError."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            if file.stat().st_size == 0:
                raise UnusableArchive("an empty file")
            self._reader = Reader(MmapSource(opened))
        try:
            header, told = self._reader.header(), self._reader.metadata()
        except _BROKEN as error:
            raise UnusableArchive("no PMTiles archive of version 3, or cut off") from error
        if header["tile_type"] not in _MIMES:
            raise UnusableArchive("an archive of vector tiles; it must hold PNG, JPEG or WebP")
        self.mime = _MIMES[header["tile_type"]]
        self.attribution = _plain(told.get("attribution", ""))
        self._zooms: tuple[int, int] = header["min_zoom"], header["max_zoom"]
        self._north, self._south = header["max_lat_e7"] / E7, header["min_lat_e7"] / E7
        self._west, self._east = header["min_lon_e7"] / E7, header["max_lon_e7"] / E7
        self._edition = file.stat().st_mtime_ns // 10**9

    @property
    def reach(self) -> str:
        """Which zooms and what land it covers, for the operator."""
        first, last = self._zooms
        east = f"{self._west:.2f}-{self._east:.2f} east"
        return f"zooms {first}-{last}, {self._south:.2f}-{self._north:.2f} north, {east}"

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The picture at those numbers (XYZ, as of OpenStreetMap); None where there is none."""
        first, last = self._zooms
        if not (first <= zoom <= last and max(x, y) < 1 << zoom):
            return None
        try:
            found = self._reader.get(zoom, x, y)
        except _BROKEN:  # a directory of it is damaged
            return None
        return found if found and len(found) <= HEAVIEST else None

    def below(self, frame: MapFrame) -> Sequence[PlacedTile]:
        """The tiles that the drawing covers; none where the archive does not reach."""
        north = min(frame.north + frame.edge / frame.down, self._north)
        south = max(frame.north - (frame.height - frame.edge) / frame.down, self._south)
        west = max(frame.west - frame.left / frame.across, self._west)
        east = min(frame.west + (WIDTH - frame.left) / frame.across, self._east)
        if north <= south or east <= west:
            return ()
        zoom = self._zoom(WIDTH / frame.across)
        columns = range(_column(west, zoom), _column(east, zoom) + 1)
        rows = range(_row(north, zoom), _row(south, zoom) + 1)
        if len(columns) * len(rows) > MOST:  # an archive of small things alone
            return ()
        return [self._placed(frame, zoom, x, y) for y in rows for x in columns]

    def _zoom(self, wide: float) -> int:
        """At which so many degrees are `ACROSS` tiles or somewhat fewer."""
        first, last = self._zooms
        return max(first, min(last, floor(log2(ACROSS * 360 / wide))))

    def _placed(self, frame: MapFrame, zoom: int, x: int, y: int) -> PlacedTile:
        left, top = frame.at((_latitude(y, zoom), _longitude(x, zoom)))
        right, bottom = frame.at((_latitude(y + 1, zoom), _longitude(x + 1, zoom)))
        path = f"/map/tiles/{zoom}/{x}/{y}?v={self._edition}"
        wide, high = (round(end + OVERLAP, 1) for end in (right - left, bottom - top))
        return PlacedTile(path, left, top, wide, high)


def read_base_map(file: Path | None) -> BaseMap | None:
    """The archive; none where there is no file or an unusable one, which the log says.

    Maps without streets are worth more than a house that does not start.
    """
    try:
        return BaseMap(file) if file else None
    except (OSError, UnusableArchive) as error:
        log.warning("no streets below the maps: %s: %s; docs/map.md says how", file, error)
        return None


def install(app: Flask) -> None:
    """Templates ask for the tiles below a drawing: none until there is an archive."""
    app.extensions[BASE_MAP] = None
    app.jinja_env.globals["base_map"] = the_base_map


def the_base_map() -> BaseMap | None:
    """The archive of this installation, or none."""
    return cast("BaseMap | None", current_app.extensions[BASE_MAP])


def send_tile(zoom: int, x: int, y: int) -> Response:
    """The tile, to be kept by everybody; 404 where there is none."""
    base_map = the_base_map()
    body = base_map.tile(zoom, x, y) if base_map else None
    if base_map is None or body is None:
        abort(404)
    answer = Response(body, mimetype=base_map.mime)
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}, immutable"
    return answer


def _plain(attribution: object) -> str:
    """Words of the archive's own attribution, which may be HTML."""
    return unescape(_tags("", str(attribution)[:500])).strip()


def _column(longitude: float, zoom: int) -> int:
    return floor((longitude + 180) / 360 * (1 << zoom))


def _row(latitude: float, zoom: int) -> int:
    return floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * (1 << zoom))


def _longitude(column: int, zoom: int) -> float:
    return column / (1 << zoom) * 360 - 180


def _latitude(row: int, zoom: int) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * row / (1 << zoom)))))
