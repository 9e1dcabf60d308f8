"""Which section an address belongs to, each case worked out by hand."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from obshto.modules.polling.services.address_search import (
    LAST,
    find_section,
    house_number,
    overlap,
    street_key,
)

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@dataclass
class Row:
    section_id: UUID
    street: str = ""
    side: str = "all"
    first: int = 1
    last: int = LAST
    settlement: str = "10971"

    @property
    def street_key(self):
        return street_key(self.street)


TOWN = [
    Row(ONE, "ул. „Дунав“", "odd"),
    Row(TWO, "ул. „Дунав“", "even", last=40),
    Row(THREE, "ул. „Дунав“", "even", first=42),
    Row(TWO, "бул. „Панония“"),
    Row(THREE),
]


def ask(street="", number="", rows=TOWN, settlement="10971"):
    return find_section(rows, settlement=settlement, street=street, number=number)


@pytest.mark.parametrize(
    ("street", "number", "section"),
    [
        ("Дунав", "1", ONE),
        ("ул. Дунав", "41", ONE),
        ("УЛИЦА „ДУНАВ“", "40", TWO),
        ("дунав", "42", THREE),
        ("ул.Дунав", "12А", TWO),
        ("Панония", "", TWO),  # the whole street is in one section
        ("бул. Панония", "77", TWO),
        ("Незнайна", "5", THREE),  # no row names it: all the rest
    ],
)
def test_an_address_has_one_section(street, number, section):
    assert ask(street, number).section_id == section


def test_what_is_missing_is_asked_for():
    assert ask().needs_street and "ул. „Дунав“" in ask().streets
    assert ask("Дунав").needs_number
    assert ask("Дунав", settlement="00000").is_unknown


def test_without_a_rest_streets_like_the_typed_one_are_named():
    answer = ask("Дунаф", "3", rows=TOWN[:4])
    assert answer.is_unknown and answer.streets == ["ул. „Дунав“"]


def test_a_village_of_one_section_asks_for_no_street():
    assert ask(rows=[Row(ONE)]).section_id == ONE


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Row(ONE, "Дунав", "odd"), Row(TWO, "Дунав", "even"), False),
        (Row(ONE, "Дунав", "odd"), Row(TWO, "ул. „Дунав“"), True),
        (Row(ONE, "Дунав", last=10), Row(TWO, "Дунав", first=11), False),
        (Row(ONE, "Дунав", last=10), Row(TWO, "Дунав", first=10), True),
        (Row(ONE, "Дунав", "odd", last=10), Row(TWO, "Дунав", "all", first=10), False),
        (Row(ONE, "Дунав"), Row(TWO, "Панония"), False),
        (Row(ONE), Row(TWO), True),  # two „all the rest“
        (Row(ONE), Row(TWO, "Дунав"), False),  # a street counts before the rest
        (Row(ONE), Row(TWO, settlement="00000"), False),
    ],
)
def test_no_address_is_in_two_sections(one, other, both):
    assert overlap(one, other) is overlap(other, one) is both


def test_numbers_as_people_write_them():
    assert [house_number(typed) for typed in ("12", "12А", " № 7", "", "А")] == [
        *(12, 12, 7),
        *(None, None),
    ]
