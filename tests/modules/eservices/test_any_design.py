"""Property: whatever the designer's forms can make is asked, saved, resumed, reviewed, printed."""

import html
import json
from collections import Counter
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import render_template, render_template_string
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from obshto.modules.eservices.forms import draft_form
from obshto.modules.eservices.forms.papers import PaperForm
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.answers import papers_asked
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.definitions import read_definition
from obshto.modules.eservices.services.design import designs, groups, steps
from obshto.modules.eservices.services.design.checks import faults_in
from obshto.modules.eservices.services.design.compiler import compiled, own_steps
from obshto.modules.eservices.services.design.conditions import Comparison, condition_of
from obshto.modules.eservices.services.design.formulas import (
    formula_of,
    said_formula,
    words_of,
)
from obshto.modules.eservices.services.design.kinds import FILE, FORMULAS, KINDS, LISTS, kind_of
from obshto.modules.eservices.services.design.origins import blank_design
from obshto.modules.eservices.services.design.texts import plain_words, shown_words
from obshto.modules.eservices.services.design.trial import start_trial
from obshto.modules.eservices.services.fragments import composed
from obshto.modules.eservices.services.official_text import filled, plain
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.places import KnownPlaces
from obshto.modules.eservices.services.publication import check
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.questionnaires.answers import asked, counting, missing
from obshto.platform.questionnaires.forms.questions import FormContext, form_of
from obshto.platform.village_map import Village
from obshto.platform.web.language import LANGUAGES, current_language, speaking

TODAY = date(2026, 11, 28)
VILLAGE = Village("62222", "Раковица", (43.9, 22.5))
PLACE = "с. Раковица, община Макреш, област Видин"
# What somebody types under each kind, box by box, and a part of how it is printed.
TYPED = {
    "text": ({"": "Дъб"}, "Дъб"),
    "area": ({"": "Дъб и бук"}, "Дъб и бук"),
    "number": ({"": "12"}, "12"),
    "money": ({"": "12,50"}, "12,50 €"),
    "date": ({"": ["4", "5", "2010"]}, "04.05.2010 г."),
    "yesno": ({"": "yes"}, "Да"),
    "person": ({"-0-name": "Пена Пробова", "-0-egn": "0307159274"}, "Пена Пробова, 0307159274"),
    "company": ({"-0-name": "„Проба“ ЕООД", "-0-eik": "999000017"}, "„Проба“ ЕООД, 999000017"),
    "address": ({"-0-settlement": PLACE, "-0-street": "Първа 1"}, f"{PLACE}, Първа 1"),
    "settlement": ({"": PLACE}, PLACE),
    "point": ({"": "43,88812, 22.52"}, "43.88812, 22.52"),
    "phone": ({"": "0888 123 456"}, "+359888123456"),
    "email": ({"": "a@example.com"}, "a@example.com"),
    "plate": ({"": "вн 1234 аа"}, "ВН1234АА"),
    "cadastre": ({"": "61604.501.123"}, "61604.501.123"),
    "declaration": ({"": "a1"}, "☒"),
    "radios": ({"": "a1"}, "Първо"),
    "checks": ({"": ["a1", "a2"]}, "Първо, Второ"),
    "group": (
        {
            **{"-0-ime": "Дъб", "-0-broi": "3", "-0-suma": "2,50", "-0-den": ["4", "5", "2010"]},
            **{"-2-ime": "Бук", "-2-broi": "4", "-2-suma": "0,10", "-2-den": ["5", "5", "2010"]},
        },
        "Име: Бук",
    ),
    "calculated": ({}, ": "),
    "calculated_sum": ({}, " €"),
}
CELLS = (("text", "Име"), ("number", "Брой"), ("money", "Сума"), ("date", "Ден"))
words = st.text("абвгдежзиклмнопрстуфхцчшщъьюя АБВxyz019?!.,-„“№%&<>'\"", min_size=1, max_size=60)
labels = words.map(str.strip).filter(bool)
questions = st.builds(
    dict,
    kind=st.sampled_from(sorted(set(KINDS) - {FILE})),
    label=labels,
    english=st.none() | labels,
    hint=st.none() | labels,
    example=st.none() | labels,
    required=st.booleans(),
    condition=st.sampled_from(["", "is", "not", "answered"]),
    new_step=st.booleans(),
    as_table=st.booleans(),
    sign=st.sampled_from(["+", "-", "*"]),
)


# A step of calculations alone is refused, and no step but the first may begin with one.
asked_first = st.lists(questions, min_size=1, max_size=7).filter(
    lambda told: told[0]["kind"] not in FORMULAS
)


def designed(told):
    design = blank_design({"bg": "Всякаква услуга"}, "people")
    design["about"]["law"] = "Наредба"
    step, choices = steps.add_step(design, {"bg": "Стъпка"}), []
    for number, one in enumerate(told):
        if one["new_step"] and number and one["kind"] not in FORMULAS:
            step = steps.add_step(design, {"bg": f"Стъпка {number}"})
        earlier = [(n, c, v) for n, c, v in choices if steps.place_of(design, n) != step]
        when = None
        if one["condition"] and earlier:
            name, in_list, value = earlier[-1]
            value = "*" if one["condition"] == "answered" else value
            is_not = one["condition"] == "not"
            lines = [Comparison(question=name, value=value, is_not=is_not, in_list=in_list)]
            when = condition_of(lines, "and")
        formula = of_all_before(design, one["sign"]) if one["kind"] in FORMULAS else None
        name = steps.put_question(
            design,
            step,
            steps.DesignedQuestion(
                kind=one["kind"],
                label={"bg": one["label"], **({"en": one["english"]} if one["english"] else {})},
                hint={"bg": one["hint"]} if one["hint"] else None,
                example={"bg": one["example"]} if one["example"] else None,
                required=one["required"],
                purpose="за проба",
                options={"bg": ["Първо", "Второ"]}
                if one["kind"] in LISTS
                else {"bg": ["Съгласен съм"]},
                when=when,
                formula=formula,
            ),
        )
        if one["kind"] == "group":
            group = design["fields"][name]
            for kind, label in CELLS[: 3 if one["as_table"] else 4]:
                groups.put_column(group, steps.DesignedQuestion(kind=kind, label={"bg": label}))
            groups.set_rows(group, least=1, most=5, as_table=one["as_table"])
        if one["kind"] in LISTS:
            choices.append((name, one["kind"] == "checks", "a1"))
    return design


def of_all_before(design, sign):
    """A sum of whatever was asked by now, as a designer would type it; it is read and said back."""
    fields = composed(design)["fields"]
    parts, alike = ["1,25", "3"], Counter(said_of(field) for field in fields.values())
    own = {said_of(field): field for field in design["fields"].values()}
    for words in words_of(fields):
        is_one = words and alike[plain_words(words)] == 1
        field = own.get(plain_words(words)) if is_one else None
        if words.endswith(": Сума"):
            parts.append(f"СБОР({{{words}}} * 2)")
        elif field and field["type"] in ("number", "money") and "formula" not in field:
            parts.append(f"{{{words}}}")
    text = f" {sign} ".join(parts[:6])
    formula = formula_of(text, fields)
    assert formula_of(said_formula(formula, fields), fields) == formula, text
    return formula


def said_of(field):
    """A question as it stands between braces, whatever the case of its letters."""
    return plain_words(shown_words(field["label"]["bg"]))


def sent(definition, design):
    """Every box of every question, as a browser sends them."""
    boxes, marks = MultiDict(), {}
    for name, field in design["fields"].items():
        cells = field.get("columns", {})
        typed, marks[name] = TYPED[kind_of(field)]
        for suffix, value in typed.items():
            if kind_of(field) == "group" and suffix.rpartition("-")[2] not in cells:
                continue
            boxes.setlist(f"{name}{suffix}", value if isinstance(value, list) else [value])
    return boxes, marks


@pytest.fixture(scope="module")
def shown(house):
    """What a page draws of these questions, in a language; the form that came with `boxes`."""

    def draw(questions, language, boxes=None, filled=None):
        told = {"method": "POST", "data": boxes} if boxes is not None else {}
        base = "http://gorno-selo.localhost:8000"
        with house.test_request_context("/", base_url=base, **told), speaking(language):
            ground = FormContext(
                language=language, answers={}, today=TODAY, places=[PLACE], villages=[VILLAGE]
            )
            form = form_of(questions, ground, filled=filled or {}, expected_version=1)
            is_right = form.validate() if boxes is not None else None
            page = render_template_string(
                "{% from 'eservices/fields.html' import fields_of with context %}"
                "{{ fields_of(form, {}) }}",
                form=form,
                frame={"language": language},
            )
            return form, is_right, page

    return draw


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a failing page is slow to shrink
    suppress_health_check=list(HealthCheck),
)
@given(asked_first)
def test_any_design_is_asked_saved_resumed_and_printed(shown, told):
    design = designed(told)
    assert not [fault for fault in faults_in(design) if fault.blocks]
    definition = read_definition(json.loads(json.dumps(compiled(design, "own-x", 1))))
    check(definition)
    own = [definition.questions[name] for name in design["fields"]]
    typed = {q.id for q in own if q.formula is None}
    boxes, marks = sent(definition, design)
    kept = None
    for language in LANGUAGES:
        form, is_right, page = shown(own, language, boxes)
        assert is_right, form.errors
        assert all(f'name="{name}' in page for name in typed)
        assert kept in (None, form.kept())
        kept = json.loads(json.dumps(form.kept()))
        again, _, resumed = shown(own, language, filled=kept)
        assert again.typed() == {n: t or kept[n] for n, t in again.typed().items()}
        assert {n: bool(t) for n, t in again.typed().items()} == dict.fromkeys(kept, True), resumed
        for question in asked(definition.questions, kept):
            assert question.said(kept.get(question.id, ""), language) is not None
    assert not {q.id for q in missing(definition.questions, kept)} & set(design["fields"])
    kept = counting(definition.questions, kept)
    assert not set(kept) ^ {q.id for q in asked(definition.questions, kept) if q.id in kept}
    printed = plain(filled(definition.form, values_of(definition, kept, {}, {})))
    reached = {question.id for question in asked(definition.questions, kept)}
    for name in reached & set(design["fields"]):
        assert any(marks[name] in line for line in printed), (name, marks[name], printed)


WHO = {
    "acting_as": "self",
    "applicant_id_kind": "egn",
    "applicant_name": "Пена Иванова Пробова",
    "applicant_id": "0307159274",
    "address_settlement": PLACE,
    "address_street": "Първа 1",
    "phone": "+359888123456",
    "delivery": "office",
}
BARE = "{% block before_main %}{% endblock %}{% block main %}{% endblock %}"


@pytest.fixture
def desk(house, uow_in):
    """A trial draft of a design in a channel, inside a work that is rolled back."""

    @contextmanager
    def opened(design, channel):
        base, slug = "http://gorno-selo.localhost:8000", "gorno-selo"
        with house.test_request_context("/", base_url=base), uow_in(slug) as uow:
            row = designs.start_design(uow, design, request_id=uuid4())
            uow.session.flush()
            draft = start_trial(uow, row, expected_version=row.version)
            draft.channel = channel
            draft.keep(WHO)
            uow.session.flush()
            yield uow, draft
            uow.session.rollback()

    return opened


def way_of(house, channel):
    """Where its pages lead, in a layout of nothing."""
    return SimpleNamespace(
        layout=house.jinja_env.from_string(BARE),
        is_own=channel == PORTAL,
        is_trial=True,
        language=current_language(),
        page=lambda page: f"/{page}",
        **dict.fromkeys(("check", "papers", "send", "speed", "discard"), "/check"),
        **dict.fromkeys(("code", "keep", "call", "whom"), ""),
    )


def fill_in(house, uow, draft, page, boxes):
    """A page of questions as a browser sends it; answers what it shows when it is opened again."""
    base, places = "http://gorno-selo.localhost:8000", KnownPlaces([PLACE], [VILLAGE])
    told = {"places": places, "language": current_language()}
    seen = str(drafts.state_of(draft.read(), page))
    data = MultiDict([*boxes.items(multi=True), ("expected_version", seen)])
    with house.test_request_context("/", base_url=base, method="POST", data=data):
        form = draft_form.questions_of(uow, draft, page, **told)
        assert form.validate(), form.errors
        draft_form.save(uow, draft, page, form, way_of(house, draft.channel))
        uow.session.flush()
    with house.test_request_context("/", base_url=base):
        again = draft_form.questions_of(uow, draft, page, **told)
        way = way_of(house, draft.channel)
        shown = draft_form.question_shown(uow, draft, page, again, way)
        frame = {"language": current_language()}
        return render_template("eservices/question.html", frame=frame, **shown)


@settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(asked_first, st.sampled_from([COUNTER, PORTAL]))
def test_any_design_is_asked_at_the_counter_and_reviewed(house, desk, told, channel):
    """Each page as the clerk or the citizen opens it, then all of it before it is sent."""
    design = designed(told)
    for language in LANGUAGES:
        with desk(json.loads(json.dumps(design)), channel) as (uow, draft), speaking(language):
            definition = definition_behind(draft)
            boxes, marks = sent(definition, design)
            for own in own_steps(design):
                page = draft_form.page_at(draft, own["id"])
                if page is None:
                    continue  # nothing on it is asked of these answers
                text = fill_in(house, uow, draft, page, boxes)
                here = {q.id for q in asked(definition.questions, draft.read()) if not q.formula}
                for name in here & set(page.fields):
                    assert f'name="{name}' in text, (channel, language, name)
            shown = draft_form.check_shown(uow, draft, way_of(house, channel))
            assert shown["left"] == [], "nothing of what was typed got lost"
            page = render_template("eservices/check.html", frame={"language": language}, **shown)
            reached = {q.id for q in asked(definition.questions, draft.read())}
            for name in reached & set(design["fields"]):
                label = definition.questions[name].label[language]
                assert str(escape(label)) in page.replace("\xa0", " "), (channel, language, label)
            if language == "bg":
                said = " ".join(html.unescape(page).replace("\xa0", " ").split())
                for name in (reached & set(design["fields"])) - unsaid(design):
                    assert marks[name] in said, (channel, name, marks[name])


def unsaid(design):
    """What a review says otherwise than the paper does: ticks, days, phones, calculations."""
    others = {"declaration", "date", "phone", "group", *FORMULAS}
    return {name for name, field in design["fields"].items() if kind_of(field) in others}


papers = st.fixed_dictionaries(
    {"label": labels},
    optional={
        "accepts": st.sampled_from(["photo", "pdf"]),
        "most": st.integers(1, 20),
        "megabytes": st.integers(1, 25),
    },
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(papers, max_size=4, unique_by=lambda told: told["label"]))
def test_any_papers_are_asked_for_with_what_is_accepted(house, told):
    design = blank_design({"bg": "Услуга"}, "people")
    step = steps.add_step(design, {"bg": "Стъпка"})
    steps.put_question(design, step, steps.DesignedQuestion(kind="text", label={"bg": "Какво?"}))
    for one in told:
        limits = {name: value for name, value in one.items() if name != "label"}
        label = {"bg": one["label"]}
        steps.put_paper(design, steps.DesignedQuestion(kind=FILE, label=label, limits=limits))
    definition = read_definition(json.loads(json.dumps(compiled(design, "own-x", 1))))
    asked_for = papers_asked(definition, {"acting_as": "self"})
    assert [paper.text["bg"] for paper in asked_for] == [one["label"] for one in told]
    for language in LANGUAGES:
        with house.test_request_context("/"), speaking(language):
            form = PaperForm(formdata=None)
            form.offer(asked_for, language)
            said = [str(choice.label) for choice in form.paper.choices]
        for one, words in zip(told, said, strict=False):
            assert words.startswith(one["label"])
            assert ("PDF" in words.removeprefix(one["label"])) == (one.get("accepts") == "pdf")
