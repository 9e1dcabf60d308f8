"""The operator's archive below our maps: which tiles, where, and what happens without or with a bad
one."""

import re
from io import BytesIO

import pytest
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from obshto.platform.maps.base_map import BASE_MAP, MOST, BaseMap, UnusableArchive, read_base_map
from obshto.platform.village_map import Village, picker_map

VILLAGE = "gorno-selo"
KULA, VIDIN = (43.888, 22.521), (43.991, 22.878)
PROVINCE = {"min_lon_e7": 22_3000000, "max_lon_e7": 23_1000000} | {
    "min_lat_e7": 43_4000000,
    "max_lat_e7": 44_3000000,
}


@pytest.fixture
def archive(tmp_path):
    """archive(): a file with every tile of the province at zooms 8 to 10."""

    def write(kind=TileType.PNG, bounds=PROVINCE, body=None):
        picture = BytesIO()
        Image.new("RGB", (256, 256), (240, 230, 200)).save(picture, "PNG")
        file = tmp_path / "streets.pmtiles"
        with file.open("wb") as opened:
            made = Writer(opened)
            for zoom in (8, 9, 10):
                first = 2 ** (zoom - 8)
                for x in range(143 * first, 145 * first):
                    for y in range(92 * first, 95 * first):
                        made.write_tile(zxy_to_tileid(zoom, x, y), body or picture.getvalue())
            header = {"tile_type": kind, "tile_compression": Compression.NONE} | bounds
            centre = {"center_zoom": 8, "center_lon_e7": 22_7000000, "center_lat_e7": 43_9000000}
            made.finalize(header | centre, {"attribution": "© <b>Streets</b> &amp; friends"})
        return file

    return write


@pytest.fixture
def brought(app, archive):
    """The installation has it."""
    app.extensions[BASE_MAP] = BaseMap(archive())
    yield app.extensions[BASE_MAP]
    app.extensions[BASE_MAP] = None


def frame_of(*points):
    return picker_map([Village(str(n), "", point) for n, point in enumerate(points)]).frame


def test_tiles_cover_the_whole_drawing_and_no_more_than_needed(archive):
    frame = frame_of(KULA, VIDIN)
    tiles = BaseMap(archive()).below(frame)
    assert 0 < len(tiles) <= MOST
    assert min(one.x for one in tiles) <= 0 and min(one.y for one in tiles) <= 0
    assert max(one.x + one.width for one in tiles) >= 320
    assert max(one.y + one.height for one in tiles) >= frame.height
    assert all(one.x < 320 and one.y < frame.height for one in tiles)
    # Vidin lies in the tile in which OpenStreetMap draws it: 10/577/372.
    [vidin] = [one for one in tiles if "/10/577/372?" in one.path]
    x, y = frame.at(VIDIN)
    assert vidin.x <= x <= vidin.x + vidin.width and vidin.y <= y <= vidin.y + vidin.height


def test_a_drawing_elsewhere_has_none_and_a_whole_country_few(archive):
    base_map = BaseMap(archive())
    assert base_map.below(frame_of((42.7, 23.3), (42.1, 24.7))) == ()
    assert len(base_map.below(frame_of((44.2, 22.3), (41.2, 28.6)))) <= MOST
    one_square = frame_of((43.9910, 22.8780), (43.9911, 22.8781))
    assert all("/10/" in one.path for one in base_map.below(one_square))


def test_a_picture_is_answered_to_everybody_for_long(brought, client, at):
    [tile, *_others] = brought.below(frame_of(KULA, VIDIN))
    for host in (at(VILLAGE), at("")):
        answer = client.get(tile.path, base_url=host)
        assert answer.mimetype == "image/png" and answer.data.startswith(b"\x89PNG")
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
    for path in ("/map/tiles/10/1/1", "/map/tiles/3/1/1", "/map/tiles/10/99999/2"):
        assert client.get(path, base_url=at(VILLAGE)).status_code == 404


def test_streets_stand_below_the_map_with_their_source(app, brought):
    frame = frame_of(KULA, VIDIN)
    with app.test_request_context(base_url="http://gorno-selo.localhost:8000"):
        macro = app.jinja_env.get_template("ui/base_map.html").module
        drawn, source = str(macro.tiles(frame)), str(macro.tiles_by())
        below = str(macro.map_source("Село по село."))
    assert "схематична" not in below and "Северът е горе. Село по село." in below
    assert len(re.findall("<image ", drawn)) == len(brought.below(frame))
    assert "© Streets &amp; friends" in source and "<b>" not in source


def test_without_an_archive_the_drawing_stands_alone(app, client, at):
    with app.test_request_context(base_url="http://gorno-selo.localhost:8000"):
        macro = app.jinja_env.get_template("ui/base_map.html").module
        assert not str(macro.tiles(frame_of(KULA, VIDIN))) and not str(macro.tiles_by())
        assert "Картата е схематична. Северът е горе." in str(macro.map_source())
    assert client.get("/map/tiles/10/577/372", base_url=at(VILLAGE)).status_code == 404


def test_a_start_without_a_usable_file_says_why_and_goes_on(tmp_path, caplog):
    assert read_base_map(None) is None and not caplog.text
    bad = tmp_path / "streets.pmtiles"
    bad.write_bytes(b"streets")
    for file, why in ((bad, "no PMTiles archive"), (tmp_path / "gone", "No such file")):
        assert read_base_map(file) is None and why in caplog.text


def test_a_file_that_is_no_archive_of_pictures_is_refused(archive, tmp_path):
    with pytest.raises(UnusableArchive, match="vector"):
        BaseMap(archive(TileType.MVT))
    whole = archive().read_bytes()
    for content in (b"", b"PM", b"PNG" * 100, whole[:100], whole[:127], whole[:150]):
        bad = tmp_path / "bad.pmtiles"
        bad.write_bytes(content)
        with pytest.raises(UnusableArchive):
            BaseMap(bad)


def test_a_damaged_archive_has_no_tiles_and_no_faults(archive):
    file = archive()
    content = bytearray(file.read_bytes())
    root = int.from_bytes(content[8:16], "little")
    content[root : root + 20] = bytes(20)
    file.write_bytes(content)
    assert BaseMap(file).tile(10, 577, 372) is None


def test_a_tile_too_heavy_for_a_phone_is_none(archive):
    assert BaseMap(archive(body=b"\x89PNG" * 200_000)).tile(10, 577, 371) is None
