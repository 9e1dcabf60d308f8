"""`obshto map fetch`: brings an archive, never something else in its place."""

import pytest
from click.testing import CliRunner
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from obshto.ops.cli.map import fetch


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(fetch, [str(word) for word in words])


@pytest.fixture
def archive(tmp_path):
    def write(kind=TileType.PNG):
        file = tmp_path / "brought.pmtiles"
        with file.open("wb") as opened:
            made = Writer(opened)
            made.write_tile(zxy_to_tileid(8, 143, 92), b"picture")
            header = {"tile_type": kind, "tile_compression": Compression.NONE}
            header |= {"min_lon_e7": 22_3000000, "max_lon_e7": 23_1000000}
            header |= {"min_lat_e7": 43_4000000, "max_lat_e7": 44_3000000}
            centre = {"center_zoom": 8, "center_lon_e7": 22_7000000, "center_lat_e7": 43_9000000}
            made.finalize(header | centre, {})
        return file

    return write


def test_an_archive_is_brought_and_its_reach_is_told(run, archive, tmp_path):
    brought, there = archive(), tmp_path / "vidin.pmtiles"
    told = run(brought, there)
    assert told.exit_code == 0, told.output
    assert there.read_bytes() == brought.read_bytes()
    assert "43.40-44.30 north" in told.output and "MAP_FILE=" in told.output


@pytest.mark.parametrize("kind", ["vector", "page", "empty"])
def test_what_is_no_archive_leaves_the_old_one(run, archive, tmp_path, kind):
    there, bad = tmp_path / "vidin.pmtiles", tmp_path / "bad"
    there.write_bytes(b"the old one")
    if kind == "vector":
        bad = archive(TileType.MVT)
    else:
        bad.write_bytes(b"<html>not found</html>" if kind == "page" else b"")
    told = run(bad, there)
    assert told.exit_code == 1 and "is as it was" in told.output
    assert there.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".map-*"))


def test_without_an_address_it_says_how(run):
    told = run()
    assert told.exit_code == 0
    assert "pmtiles convert" in told.output and "MAP_FILE" in told.output


@pytest.mark.parametrize("address", ["http://tiles.example/a.pmtiles", "file:///etc/passwd"])
def test_only_https_is_asked(run, tmp_path, address):
    told = run(address, tmp_path / "vidin.pmtiles")
    assert told.exit_code == 1 and not list(tmp_path.iterdir())
