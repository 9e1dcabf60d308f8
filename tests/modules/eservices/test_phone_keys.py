"""Which keys a phone shows for each question, and what it may fill in by itself."""

from datetime import date
from types import SimpleNamespace

import pytest
from flask import render_template_string
from lxml import html

from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.platform.questionnaires.forms.questions import AUTOCOMPLETE, FormContext, form_of
from obshto.platform.web.language import speaking

DRAWN = """{% from "eservices/fields.html" import fields_of with context %}
{{ fields_of(form, complete) }}"""
KEYS = {"money": {"decimal"}, "phone": {"tel"}, "email": {"email"}, "year": {"numeric"}}
KEYS |= {"number": {"decimal", "numeric"}, "date": {"numeric"}}
DEFINITIONS = [read_definition(told) for told in stored_definitions()]
EVERY = [question for one in DEFINITIONS for question in one.questions.values()]
KINDS = {question.type for question in EVERY}


@pytest.fixture(autouse=True)
def bulgarian(app):
    with app.test_request_context(), speaking("bg"):
        yield


def boxes_of(question):
    """Its boxes for one line of text, as they are drawn."""
    ground = FormContext(language="bg", answers={}, today=date(2026, 11, 24))
    form = form_of([question], ground, filled={}, expected_version=0)
    drawn = render_template_string(
        DRAWN, form=form, complete=AUTOCOMPLETE, frame=SimpleNamespace(language="bg")
    )
    return html.fromstring(f"<div>{drawn}</div>").xpath("//input[@type='text' or @type='tel']")


@pytest.mark.parametrize("kind", sorted(KINDS & set(KEYS)))
def test_the_keys_are_those_of_the_answer(kind):
    asked = [one for one in EVERY if one.type == kind and not (one.columns or one.formula)]
    assert asked
    for question in asked:
        boxes = boxes_of(question)
        assert boxes and {box.get("inputmode") for box in boxes} <= KEYS[kind], question.id
        if kind == "number":
            wanted = "decimal" if question.decimals else "numeric"
            assert {box.get("inputmode") for box in boxes} == {wanted}, question.id


def test_a_number_of_digits_alone_has_digits_and_one_with_letters_has_them_all():
    asked = [one for one in EVERY if one.type == "identifier" and not one.columns]
    assert asked
    for question in asked:
        wanted = None if question.kind in ("plate", "cadastre") else "numeric"
        assert {box.get("inputmode") for box in boxes_of(question)} == {wanted}, question.id


def test_cells_of_a_table_have_the_same_keys():
    tables = [one for one in EVERY if one.columns]
    assert tables
    for question in tables:
        known = {column.id: column for column in question.columns}
        for box in boxes_of(question):
            column = known[box.get("name").rpartition("-")[2]] if "-" in box.get("name") else None
            if column is not None and column.type in KEYS:
                assert box.get("inputmode") in KEYS[column.type], (question.id, column.id)


def test_a_phone_fills_in_what_it_knows_of_its_owner_and_nothing_else():
    names = {one.id for one in EVERY}
    assert {"applicant_name", "phone", "email"} <= names & set(AUTOCOMPLETE)
    for question in EVERY:
        if question.columns or question.type in ("date", "area") or question.options:
            continue
        wanted = AUTOCOMPLETE.get(question.id, "off")
        assert {box.get("autocomplete") for box in boxes_of(question)} <= {wanted}, question.id
