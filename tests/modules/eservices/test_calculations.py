"""Calculated values: exact, bounded, never out of nothing; formulas as clerks write them."""

import pytest

from obshto.modules.eservices.services.design.formulas import (
    FormulaFault,
    formula_of,
    said_formula,
)
from obshto.platform.questionnaires.answers import counting, missing
from obshto.platform.questionnaires.calculation import check_formula
from obshto.platform.questionnaires.logic import InvalidCondition
from obshto.platform.questionnaires.questions import read_questions
from obshto.platform.questionnaires.values import as_text
from obshto.platform.web.language import speaking


def told(shape, label, **more):
    return {"type": shape, "label": {"bg": label}, "required": True, **more}


FIELDS = {
    "kind": told(
        "radios",
        "Вид",
        options=[
            {"value": "a1", "label": {"bg": "Малък"}},
            {"value": "a2", "label": {"bg": "Голям"}},
        ],
    ),
    "number": told("number", "Брой"),
    "family": told(
        "rows",
        "Семейство",
        most=5,
        columns={"income": told("money", "Доход"), "age": told("number", "Години")},
    ),
    "words": told("text", "Бележка"),
}
FAMILY = as_text([{"income": "0.10", "age": "9"}, {"income": "0.20", "age": "40"}])


@pytest.fixture(autouse=True)
def bulgarian(app):
    with app.test_request_context(), speaking("bg"):
        yield


def value(text, shape="money", **answers):
    fields = {**FIELDS, "result": told(shape, "Сметка", formula=formula_of(text, FIELDS))}
    questions = read_questions(fields)
    return counting(questions, answers).get("result"), [q.id for q in missing(questions, answers)]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("СБОР({Семейство: Доход})", "0.30"),
        ("СБОР({Семейство: Доход} * {Семейство: Години})", "8.90"),
        ("БРОЙ({Семейство}; {Семейство: Години} > 18)", "1.00"),
        ("НАЙ-ГОЛЯМО({Семейство: Доход}) - НАЙ-МАЛКО({Семейство: Доход})", "0.10"),
        ("{Брой} × 0,335", "1.01"),  # half a cent goes up
        ("АКО({Вид} = „Голям“ И НЕ({Брой} > 3); 10; 5,50)", "10.00"),
        ("-{Брой} + (1 - 2) * 3", "-6.00"),
        ("СБОР({Семейство: Доход}) / БРОЙ({Семейство})", "0.15"),
        ("{Брой} / 3", "1.00"),
    ],
)
def test_what_clerks_write_is_calculated_to_the_cent_and_said_back(text, result):
    found, left = value(text, kind="a2", number="3", family=FAMILY, words="дъб")
    assert (found, left) == (result, [])
    formula = formula_of(text, FIELDS)
    assert formula_of(said_formula(formula, FIELDS), FIELDS) == formula


@pytest.mark.parametrize(
    "text",
    ["{Брой} / БРОЙ({Семейство})", "НАЙ-МАЛКО({Семейство: Доход})", "{Брой}" + " * {Брой}" * 9],
)
def test_what_cannot_be_calculated_is_missing_and_no_number(text):
    found, left = value(text, number="999999999", kind="a1", words="дъб")
    assert found is None and "result" in left


def test_what_is_sent_in_for_a_calculated_value_counts_for_nothing():
    assert value("{Брой} * 2", number="2", result="1")[0] == "4.00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{Цвят} * 2", "не е въпрос"),
        ("{Бележка} * 2", "не е въпрос"),
        ("{Вид} * 2", "С избран отговор не се смята"),
        ("{Брой} / 0", "На нула не се дели"),
        ("{Семейство: Доход} * 2", "С въпрос от група"),
        ("{Семейство}", "С цяла група"),
        ("{Брой} > 2", "вътре в сметка"),
        ("({Брой} + 2", "Липсва затваряща скоба"),
        ("{Брой} +", "свършва по средата"),
        ("{Брой} $ 2", "Не е ясно"),
        ("import(1)", "Не е ясно"),
        ("12", "поне с един въпрос"),
        ("СБОР({Брой})", "Пише се така"),
        ("АКО({Вид} = „Среден“; 1; 2)", "дума от списъка"),
        ("(" * 200 + "{Брой}" + ")" * 200, "твърде дълга"),
        ("+".join(["{Брой}"] * 90), "твърде дълга"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(text, said):
    with pytest.raises(FormulaFault, match=said):
        formula_of(text, FIELDS)


@pytest.mark.parametrize(
    "formula",
    [
        *(1e400, float("nan"), "a", True, None, [], {}, {"+": [1]}, {"var": ["a"]}),
        *({"log": "x"}, {"==": [1, 1]}, {"if": [1, 1, 1]}, {"+": [1, {"==": [1, 1]}]}),
        {"sum": ["family", {"sum": ["family", 1]}]},
        {"map": [{"var": "family"}, {"var": ""}]},
        {"+": [1] * 500},
    ],
)
def test_a_hostile_formula_is_refused(formula):
    with pytest.raises(InvalidCondition):
        check_formula(formula)
