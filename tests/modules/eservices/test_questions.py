"""Questions of every kind: rows, several answers, numbers, dates that follow one another."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from obshto.modules.eservices.services.answers import fee_due, freed_by, rule_for
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.official_text import filled, plain
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.validity import valid_until
from obshto.platform.errors import InvalidValue
from obshto.platform.questionnaires.forms.questions import FormContext, form_of
from obshto.platform.questionnaires.normalization import Beside, cleaned
from obshto.platform.questionnaires.values import as_text, held_in, rows_in, several
from obshto.platform.web.language import speaking

TODAY = date(2026, 11, 24)
CARS = [{"plate": "ВН1234АА", "driver_egn": "0402299282"}, {"plate": "ВН5678ВВ"}]


@pytest.fixture(autouse=True)
def bulgarian(app):
    with app.test_request_context(), speaking("bg"):
        yield


def kept(question, typed, **answers):
    return cleaned(question, typed, Beside(answers=answers, today=TODAY))


def test_rows_are_kept_without_the_empty_ones_and_in_one_spelling():
    vehicles = latest("2069").questions["vehicles"]
    typed = as_text([{"plate": "bh 1234 aa", "driver_egn": "0402299282"}, {"plate": " "}])
    assert rows_in(kept(vehicles, typed)) == CARS[:1]
    assert kept(vehicles, as_text([{"plate": ""}])) == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*CARS, {"driver_egn": "0402299282"}], "Ред 3, „Рег. номер“: попълнете го"),
        ([{"plate": "ВН1234АА", "driver_egn": "0402299283"}], "Ред 1, „ЕГН на водача"),
        ([CARS[0]] * 51, "най-много 50"),
    ],
)
def test_a_wrong_row_is_named_by_its_number_and_column(rows, said):
    with pytest.raises(InvalidValue, match=said):
        kept(latest("2069").questions["vehicles"], as_text(rows))


def form(question, sent, **kw):
    ground = FormContext(language="bg", answers={}, today=TODAY, **kw)
    shown = form_of([question], ground, filled={}, expected_version=0)
    shown.process(formdata=MultiDict(sent))
    return shown


def test_rows_come_cell_by_cell_and_an_empty_row_always_follows():
    sent = {"vehicles-0-plate": "вн1234аа", "vehicles-2-plate": "ВН5678ВВ", "vehicles-x-plate": "1"}
    sent |= {"vehicles-0-driver_egn": "0402299282", "vehicles-1-shoe": "42", "vehicles-3-plate": ""}
    shown = form(latest("2069").questions["vehicles"], sent)
    assert shown.validate(), shown.errors
    assert rows_in(shown.kept()["vehicles"]) == CARS
    assert len(shown["vehicles"].drawn) == 3 and shown["vehicles"].has_room


def test_what_was_typed_in_a_wrong_row_stays():
    shown = form(latest("2069").questions["vehicles"], {"vehicles-0-plate": "ЖЖ 1"})
    assert not shown.validate()
    assert "Ред 1" in shown["vehicles"].errors[0]
    assert shown["vehicles"].drawn[0] == {"plate": "ЖЖ 1"}
    assert not form(latest("2069").questions["vehicles"], {}).validate()  # at least one is asked


def test_several_answers_are_kept_as_a_list_and_only_those_on_the_list():
    special = latest("2054").questions["special"]
    assert several(kept(special, as_text(["heritage", "water"]))) == ["heritage", "water"]
    with pytest.raises(InvalidValue):
        kept(special, as_text(["heritage", "shoes"]))
    assert special.said(as_text(["heritage", "water"]), "ro").count(", ") >= 1
    assert held_in('["not a list') == '["not a list'


@pytest.mark.parametrize(
    ("typed", "number"), [("12", "12"), ("0012,5", "12.5"), ("1 234,56", "1234.56"), ("7.0", "7.0")]
)
def test_numbers_are_typed_as_people_write_them(typed, number):
    assert kept(latest("2027").document.fields["area"], typed) == number


@pytest.mark.parametrize("typed", ["", "-3", "много", "1,234", "0", "٣", "1e5", "nan"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(InvalidValue):
        kept(latest("2027").document.fields["area"], typed)
    with pytest.raises(InvalidValue):
        kept(latest("2027").document.fields["scale"], "1,5")


def test_a_period_does_not_end_before_it_begins_nor_after_its_year():
    until = latest("2069").questions["to_day"]
    assert kept(until, "2027-12-31", from_day="2027-01-01") == "2027-12-31"
    with pytest.raises(InvalidValue, match="преди първата"):
        kept(until, "2026-12-31", from_day="2027-01-01")
    with pytest.raises(InvalidValue, match="края на годината"):
        kept(until, "2028-01-01", from_day="2027-01-01")


def test_the_term_depends_on_who_assesses_a_project():
    definition = latest("2054")
    assert rule_for(definition, {"assessment": "report"}) == "zut_project_report"
    assert rule_for(definition, {"assessment": "council"}) == "zut_project_council"
    assert rule_for(definition, {}) == "zut_project_council"


def test_whom_the_law_frees_pays_nothing_and_is_told_why():
    dog = latest("dog")
    assert freed_by(dog, {"event": "fee", "exempt": "hunting"})["article"] == "ЗВМД чл. 175, ал. 2"
    assert fee_due(dog, {"event": "register", "neutered": "no"}, 1000) == 0
    assert fee_due(latest("2012"), {}, 500) == 0
    assert fee_due(latest("2027"), {}, 500) == 500
    assert fee_due(latest("2027"), {}, None) is None


def test_lines_of_another_event_are_left_out_but_stand_on_a_blank_paper():
    dog = latest("dog")
    lost = plain(filled(dog.form, values_of(dog, {"event": "lost"}, {}, {})))
    blank = plain(filled(dog.form, values_of(dog, {}, {}, {})))
    assert not any("Нов собственик" in line for line in lost)
    assert any("Нов собственик" in line for line in blank)
    assert any("Последно видяно: …" in line for line in lost)


def test_a_table_without_rows_is_a_line_to_be_filled_in_by_hand():
    taxi = latest("2069")
    blank = plain(filled(taxi.form, values_of(taxi, {}, {}, {})))
    assert "№ по ред: …; Рег. номер: …; Имена на водача*: …; ЕГН на водача*: …" in blank


@pytest.mark.parametrize(
    ("service", "answers", "today", "day"),
    [
        ("2013", {}, date(2026, 6, 30), date(2026, 6, 30)),
        ("2013", {}, date(2026, 7, 1), date(2026, 12, 31)),
        ("2069", {"to_day": "2027-12-31"}, TODAY, date(2027, 12, 31)),
        ("2027", {}, TODAY, None),
    ],
)
def test_a_document_is_valid_as_long_as_its_law_says(service, answers, today, day):
    assert valid_until(latest(service).document, answers, today) == day
