"""Numbers of people and companies against the vectors; phones, places, dates, years."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask_babel import force_locale

from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import KINDS, checked_email, checked_phone
from obshto.platform.questionnaires.places import checked_place, place_in

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "identifiers.json").read_text("utf-8"))
TODAY = date(2026, 11, 24)
PLACES = (
    "с. Раковица, община Макреш, област Видин",
    "с. Орешец, община Димово, област Видин",
    "с. Орешец, община Белоградчик, област Видин",
)
PEOPLE = ("egn", "lnch", "eik")
VALID = [(kind, value) for kind in PEOPLE for value in VECTORS[kind]["valid"]]
INVALID = [(kind, value, code) for kind in PEOPLE for value, code in VECTORS[kind]["invalid"]]
SAID = {
    "checksum": "цифра е сгрешена",
    "checksum9": "цифра е сгрешена",
    "checksum13": "цифра е сгрешена",
    "length": " цифри",
    "format": " цифри",
    "date": "няма такава дата на раждане",
}
TO_COME = ("5242291723", "9052011732")  # born after this day


@pytest.fixture(autouse=True)
def bulgarian(app):
    with app.test_request_context(), force_locale("bg"):
        yield


@pytest.mark.parametrize(("kind", "value"), VALID)
def test_a_right_number_is_kept_as_it_is(kind, value):
    if value in TO_COME:
        with pytest.raises(InvalidValue, match="в бъдещето"):
            KINDS[kind](value, today=TODAY)
        return
    assert KINDS[kind](value, today=TODAY) == value
    assert KINDS[kind](f" {value[:4]} {value[4:]} ", today=TODAY) == value


@pytest.mark.parametrize(("kind", "value", "code"), INVALID)
def test_a_wrong_number_says_what_to_mend(kind, value, code):
    with pytest.raises(InvalidValue, match=SAID[code]):
        KINDS[kind](value, today=TODAY)


def test_an_egn_given_as_the_number_of_a_foreigner_is_named():
    with pytest.raises(InvalidValue, match="Това е ЕГН"):
        KINDS["lnch"]("0307159274", today=TODAY)


@pytest.mark.parametrize(("typed", "kept"), VECTORS["phone"])
def test_a_phone_is_kept_so_that_it_can_be_called(typed, kept):
    assert checked_phone(typed) == kept


@pytest.mark.parametrize("typed", ["112", "0943123456", "9330", "телефон", "+", "0" * 50])
def test_what_is_no_phone_is_refused(typed):
    with pytest.raises(InvalidValue):
        checked_phone(typed)


def test_a_foreign_phone_begins_with_its_country():
    assert checked_phone("+40 721 000 000") == "+40721000000"
    with pytest.raises(InvalidValue, match="кода на държавата"):
        checked_phone("+40 721 000")


@pytest.mark.parametrize("typed", ["a@b.bg", " ime@example.com "])
def test_an_email_is_kept(typed):
    assert checked_email(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["", "a@b", "a b@c.bg", "@c.bg", "a@.bg", "x" * 300 + "@c.bg"])
def test_what_is_no_email_is_refused(typed):
    with pytest.raises(InvalidValue):
        checked_email(typed)


def test_a_place_is_found_by_its_name():
    assert checked_place("раковица", PLACES) == PLACES[0]
    assert checked_place("с. Раковица", PLACES) == PLACES[0]


def test_two_villages_of_one_name_are_not_mixed_up():
    with pytest.raises(InvalidValue, match="повече от едно"):
        checked_place("Орешец", PLACES)
    assert checked_place(PLACES[2], PLACES) == PLACES[2]


def test_a_place_elsewhere_is_written_in_full():
    sofia = "гр. София, община Столична, област София-град"
    assert checked_place(sofia, PLACES) == sofia
    assert place_in(sofia).municipality == "Столична"
    for typed in ("София", "гр. София", "Атлантида"):
        with pytest.raises(InvalidValue, match="от списъка"):
            checked_place(typed, PLACES)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("chip", "100 000 000 000 123", "100000000000123"),
        ("plate", "bh 1234 aa", "ВН1234АА"),
        ("plate", "ВН 1234 АА", "ВН1234АА"),
        ("plate", "EA1234AB", "ЕА1234АВ"),
        ("cadastre", "61604.501.123", "61604.501.123"),
        ("cadastre", "61604.501.123.1.2", "61604.501.123.1.2"),
    ],
)
def test_numbers_of_dogs_cars_and_plots_are_kept_in_one_spelling(kind, typed, kept):
    assert KINDS[kind](typed, today=TODAY) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("chip", "10000000000012", "15 цифри"),
        ("chip", "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠", "15 цифри"),
        ("plate", "ЖЖ 1234 АА", "като на табелата"),
        ("plate", "1234", "като на табелата"),
        ("cadastre", "61604", "Препишете го от скицата"),
        ("cadastre", "УПИ VII-12", "Препишете го от скицата"),
    ],
)
def test_a_wrong_number_of_a_thing_says_where_to_look(kind, typed, said):
    with pytest.raises(InvalidValue, match=said):
        KINDS[kind](typed, today=TODAY)
