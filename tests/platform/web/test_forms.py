"""Fields as people meet them: labelled, linked to their errors, in Bulgarian."""

import datetime as dt
import re

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, FormField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from obshto.platform.web import forms


class Address(Form):
    street = StringField("Улица", [InputRequired("Въведете улица")])


class Application(Form):
    """Every kind of field that needs care: groups, boxes, a form in a form."""

    how = RadioField(
        "Начин на получаване",
        [InputRequired("Изберете отговор")],
        choices=[
            SelectChoice("desk", "Лично", render_kw={"hint": "ул. „Първа“ № 1"}),
            SelectChoice("post", "По пощата"),
        ],
    )
    born = forms.DayField("Дата на раждане", [InputRequired("Въведете дата на раждане")])
    moved = forms.DayField("Дата на преместване", [Optional()])
    phone = StringField("Телефон", [Optional()])
    agree = BooleanField("Съгласие", [InputRequired("Отбележете съгласието си")])
    address = FormField(Address)


def filled(**typed):
    return Application(MultiDict([(k, v) for k, vs in typed.items() for v in vs]))


DRAWN = """{% from "ui/form.html" import error_summary, text, radios, date, check, submit %}
{{ error_summary(form) }}{{ radios(form.how) }}{{ date(form.born) }}{{ date(form.moved) }}
{{ text(form.phone, 'Например 0888 123 456') }}{{ check(form.agree) }}
{{ text(form.address.street) }}
{{ submit('Подайте заявлението') }}"""


def drawn(look, form):
    with look.test_request_context("/"):
        return render_template_string(DRAWN, form=form)


def test_every_line_of_the_summary_leads_to_something_that_takes_the_focus(look):
    with look.test_request_context("/"):
        form = filled(moved=["", "11", "2026"])
        assert not form.validate()
        html = drawn(look, form)
    links = re.findall(r'<a href="#([^"]+)">', html)
    assert links == ["how", "born", "moved", "agree", "address-street"]
    for target in links:
        assert re.search(rf'<input[^>]* id="{target}"', html), target


def test_every_id_is_used_once(look):
    with look.test_request_context("/"):
        form = filled()
        form.validate()
        ids = re.findall(r' id="([^"]+)"', drawn(look, form))
    assert len(ids) == len(set(ids)) > 10


def test_only_optional_questions_say_that_they_are(look):
    with look.test_request_context("/"):
        html = drawn(look, filled())
    assert "Телефон (по желание)" in html
    assert html.count("(по желание)") == 2


def test_nothing_in_a_form_speaks_english(look):
    with look.test_request_context("/"):
        form = filled(born=["1", "13", "2026"])
        form.validate()
        html = drawn(look, form)
    assert not re.search(r"\b(Error|Day|Month|Year|There is a problem|Not a valid)\b", html)
    assert "Грешка" in html and "Ден" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "", ""], "Въведете дата на раждане"),
        (["24", "", "1956"], "Добавете месец към датата"),
        (["24", "11", ""], "Добавете година към датата"),
        (["31", "2", "1956"], "Няма такава дата. Проверете деня и месеца."),
        (["24", "11", "56"], "Няма такава дата. Проверете деня и месеца."),
        (["a", "b", "1956"], "Няма такава дата. Проверете деня и месеца."),
    ],
)
def test_a_date_says_what_is_wrong_with_it(look, typed, said):
    with look.test_request_context("/"):
        form = filled(born=typed)
        form.validate()
    assert form.born.errors[0] == said
    assert list(form.born.parts) == typed


def test_a_date_typed_in_three_boxes_is_a_date(look):
    with look.test_request_context("/"):
        form = filled(born=[" 24", "11 ", "1956"], moved=["", "", ""])
        form.validate()
    assert form.born.data == dt.date(1956, 11, 24)
    assert not form.born.errors and not form.moved.errors
    assert Application(data={"born": dt.date(1956, 11, 24)}).born.parts == ("24", "11", "1956")


def test_half_a_date_is_an_error_even_where_none_is_needed(look):
    with look.test_request_context("/"):
        form = filled(moved=["", "11", "2026"])
        form.validate()
    assert form.moved.errors == ["Добавете ден към датата"]


def test_of_a_text_that_is_too_long_nothing_more_is_asked(look):
    asked = []

    class Long(Form):
        name = StringField("Име", [forms.at_most(3), lambda form, field: asked.append(field.data)])

    with look.test_request_context("/"):
        form = Long(MultiDict({"name": "абвг"}))
        assert not form.validate() and list(form.name.errors) == ["Съкратете текста до 3 знака"]
        assert Long(MultiDict({"name": "абв"})).validate()
    assert asked == ["абв"]
