"""The region's data files agree with one another."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tenants" / "municipalities" / "data"
ALPHABET = " -абвгдежзийклмнопрстуфхцчшщъьюя"
SOUTH, NORTH, WEST, EAST = 43.3, 44.25, 22.3, 23.1
AGES = ("age_0_14", "age_15_29", "age_30_44", "age_45_64", "age_65_plus")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


MUNICIPALITIES: list[dict[str, Any]] = read(DATA / "municipalities.json")
SETTLEMENTS: list[dict[str, Any]] = read(DATA / "settlements.json")
MAP: dict[str, Any] = read(ROOT / "tenants" / "portal" / "data" / "map.json")
SLUGS = [m["slug"] for m in MUNICIPALITIES]
each = pytest.mark.parametrize("municipality", MUNICIPALITIES, ids=SLUGS)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definition of the term)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def inside(point: tuple[float, float], corners: list[tuple[float, float]]) -> bool:
    """Whether the point lies in the polygon: an outgoing ray crosses its edge an odd number of
    times."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def test_there_are_eleven_municipalities_in_the_order_of_the_bulgarian_alphabet() -> None:
    names = [[ALPHABET.index(c) for c in m["names"]["bg"].lower()] for m in MUNICIPALITIES]
    assert len(names) == 11
    assert names == sorted(names)


@each
def test_the_seat_is_the_one_settlement_marked_as_seat(municipality: dict[str, Any]) -> None:
    own = [s for s in SETTLEMENTS if s["municipality"] == municipality["slug"]]
    (seat,) = [s for s in own if s["is_seat"]]
    assert len(own) == municipality["settlements"]
    assert (seat["ekatte"], seat["kind"], seat["postal_code"]) == tuple(
        municipality["seat"][k] for k in ("ekatte", "kind", "postal_code")
    )
    assert all(municipality["seat"]["names"][k] == v for k, v in seat["names"].items())


@each
def test_the_age_groups_add_up_to_the_census_total(municipality: dict[str, Any]) -> None:
    census = municipality["census"]
    assert sum(census[group] for group in AGES) == census["total"] > 0


def test_every_settlement_belongs_to_a_municipality_and_has_a_code_of_its_own() -> None:
    assert len(SETTLEMENTS) == len({s["ekatte"] for s in SETTLEMENTS}) == 140
    assert {s["municipality"] for s in SETTLEMENTS} == set(SLUGS)
    assert {s["kind"] for s in SETTLEMENTS} == {"град", "село"}
    for s in SETTLEMENTS:
        assert re.fullmatch(r"\d{5}", s["ekatte"]), s
        assert re.fullmatch(r"3[79]\d\d|38\d\d", s["postal_code"]), s


def test_only_oreshets_in_dimovo_has_a_namesake_in_its_own_municipality() -> None:
    names = Counter((s["municipality"], s["names"]["bg"]) for s in SETTLEMENTS)
    assert [name for name, times in names.items() if times > 1] == [("dimovo", "Орешец")]


@each
@pytest.mark.parametrize("ground", ["#ffffff", "#f2f7f3"])
def test_the_brand_colour_can_be_read(municipality: dict[str, Any], ground: str) -> None:
    assert contrast(municipality["colour"], ground) >= 4.5


def test_no_two_municipalities_share_a_colour_or_a_contact() -> None:
    for values in (
        [m["colour"] for m in MUNICIPALITIES],
        [m["contact"]["phone"] for m in MUNICIPALITIES],
        [m["contact"]["email"] for m in MUNICIPALITIES],
    ):
        assert len(set(values)) == 11


@each
def test_demonstration_contacts_reach_nobody(municipality: dict[str, Any]) -> None:
    """RFC 2606 keeps .example free; no subscriber's number in Bulgaria starts with 1."""
    contact = municipality["contact"]
    assert contact["is_demo"] is True
    assert {"phone", "email"} <= set(contact["demo_fields"]) <= {"phone", "email", "address"}
    assert contact["email"] == f"obshtina@{municipality['slug']}.example"
    assert contact["phone"].startswith(f"{municipality['dial_code']} 1")


@each
def test_bulgarian_is_cyrillic_while_english_and_romanian_are_latin(
    municipality: dict[str, Any],
) -> None:
    contact = municipality["contact"]
    texts = [municipality[k] for k in ("names", "titles")] + [municipality["seat"]["names"]]
    for bulgarian in [t["bg"] for t in texts] + [contact["address"]]:
        assert not re.search("[A-Za-z]", bulgarian)
    for latin in [t[k] for t in texts for k in ("en", "ro")] + [contact["address_latin"]]:
        assert not re.search("[а-яА-Я]", latin)


@pytest.mark.parametrize(
    ("name", "licence", "keys"),
    [
        ("coordinates.osm.json", "ODbL-1.0", {s["ekatte"] for s in SETTLEMENTS}),
        ("seats.geonames.json", "CC-BY-4.0", set(SLUGS)),
    ],
)
def test_coordinates_stand_in_a_file_of_their_own_licence(
    name: str, licence: str, keys: set[str]
) -> None:
    file = read(DATA / name)
    assert file["licence"] == licence
    assert file["attribution"]
    assert set(file["coordinates"]) == keys
    for latitude, longitude in file["coordinates"].values():
        assert SOUTH < latitude < NORTH
        assert WEST < longitude < EAST


def test_no_coordinate_has_strayed_into_the_files_without_attribution() -> None:
    for name in ("municipalities.json", "settlements.json"):
        assert not re.search(r'"(lat|lon)\w*"|\b4[34]\.\d{3,}', (DATA / name).read_text())


def test_the_map_says_that_it_is_schematic() -> None:
    assert MAP["titles"]["bg"] == "Схематична карта"
    assert MAP["attribution"]
    assert MAP["source"]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_municipality_is_drawn_around_its_own_seat(slug: str) -> None:
    area = MAP["areas"][slug]
    numbers = [float(n) for n in re.findall(r"[\d.]+", area["path"])]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert re.fullmatch(r"M[\d., ]+z", area["path"])
    assert all(0 <= x <= MAP["width"] and 0 <= y <= MAP["height"] for x, y in corners)
    assert inside((area["x"], area["y"]), corners[:-1])


def test_the_map_draws_nothing_else() -> None:
    assert set(MAP["areas"]) == set(SLUGS)
