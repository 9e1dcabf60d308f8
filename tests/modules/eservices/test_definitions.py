"""Definitions are data that prove themselves before anybody is asked by them."""

import copy
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
import typst

from obshto.modules.eservices.errors import DefinitionBroken, NoSuchService
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.catalogue import (
    NEEDS,
    by_need,
    catalogue_services,
    named,
    service_of,
)
from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.modules.eservices.services.fragments import DATA, composed
from obshto.modules.eservices.services.general_application import general_application
from obshto.modules.eservices.services.official_text import Values, filled, plain
from obshto.modules.eservices.services.publication import check, definition_of, latest, published
from obshto.platform.content.qr import qr_picture
from obshto.platform.documents.sheets import TEMPLATE
from obshto.platform.legal.terms import RULES
from obshto.platform.questionnaires.answers import asked, counting, missing
from obshto.platform.web.language import speaking

STORED = list(stored_definitions())
FIXED = {"2000", "2012", "2027", "2054", "2068", "2071", "2082", "2084", "2110", "2112"}
FIXED |= {"2117", "2119", "2120", "2072", "2015", "2094"}
ORAL = {"2072", "2015", "2094"}
OTHERS = {"1997", "1998", "dog", "outdoor-trade", "2013", "2393", "2395", "2069"}
OTHERS |= {"1996", "2031", "2086"}
OTHERS |= {"2079", "2107", "2016", "2034", "2076", "2037", "2038", "2020", "2036", "2017"}
OTHERS |= {"9401", "9410", "waste-quantity", "tourist-tax", "2014", "2091", "2124", "2131"}
OTHERS |= {"2122", "1988", "2099", "2519", "1986", "2100", "movable-objects", "2006", "3122"}
OTHERS |= {"2760", "1475", "2008", "2033", "marriage", "2133", "2134"}
LEAD_ELSEWHERE = {"2", "357", "497", "1992", "3303", "3304", "3305", "3306"}
GENERAL = json.loads((DATA / "general.v1.json").read_text("utf-8"))
SEALED = json.loads((Path(__file__).parents[2] / "data" / "definitions.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def bulgarian(app):
    with app.test_request_context(), speaking("bg"):
        yield


@pytest.mark.parametrize("given", STORED, ids=lambda given: given["service"])
def test_the_cases_of_each_definition_pass(given):
    """The golden one among them: answers, fee, term with its ground, decision, document."""
    check(read_definition(given))
    assert any("golden" in case and case["document"] for case in given["cases"])


def test_what_the_law_fixes_and_what_people_ask_for_is_published():
    assert {service for service, _ in published()} == FIXED | OTHERS
    assert latest("2071").version == 1 and latest("1992") is None
    without = {key for key, service in catalogue_services().items() if service.definition is None}
    assert without == LEAD_ELSEWHERE
    assert all(catalogue_services()[key].other_way for key in LEAD_ELSEWHERE)
    online = {key for key, one in catalogue_services().items() if one.can_be_online}
    assert online == (FIXED | OTHERS) - ORAL, "a protocol is written down at the counter"
    assert (len(online), len(ORAL), len(LEAD_ELSEWHERE)) == (58, 3, 8), "the 69 of the catalogue"


def test_a_general_application_stands_in_for_every_service_without_questions_of_its_own():
    check(general_application("1992"))
    for service in catalogue_services().values():
        if service.definition is None:
            general = definition_of(service.key, service.counter_definition.version)
            assert general.version < 0 and general.official_title == service.title
            assert {term.rule for term in general.terms} <= set(RULES)
    assert general_application("2016").terms[0].rule == "apk_certifying"
    assert general_application("2014").procedure == "dopk"
    assert general_application("2071-0") is None and general_application("2016", -99) is None


def test_protocols_of_what_is_said_aloud_are_for_the_clerk_only():
    assert {
        s.key for s in catalogue_services().values() if s.definition and not s.can_be_online
    } == ORAL


@pytest.mark.parametrize("given", [*STORED, GENERAL], ids=lambda given: given["service"])
def test_a_published_version_never_changes(given):
    """Cases under way rest on it. What must change is written as the next version."""
    name = f"{given['service']}.v{given['version']}"
    told = {k: v for k, v in composed(given).items() if k not in ("cases", "source", "verbatim")}
    seal = sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
    assert SEALED.get(name) == seal


def test_no_question_is_put_in_words_of_an_office():
    asked = [question for one in published().values() for question in one.questions.values()]
    assert len(asked) > 100
    assert [one.id for one in asked if re.search("легитимира|следва да", one.label["bg"])] == []


def test_a_version_that_never_was_is_not_found():
    with pytest.raises(NoSuchService):
        definition_of("2071", 99)


def broken(change):
    given = copy.deepcopy(next(g for g in STORED if g["service"] == "2071"))
    change(given)
    return given


def golden(given):
    return next(case["golden"] for case in given["cases"] if "golden" in case)


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("pages differ", lambda g: g["pages"].pop()),
        ("no such term", lambda g: g.update(term="soon")),
        ("have no term", lambda g: g.update(term=[{"rule": "apk_general", "when": {"!": [1]}}])),
        ("no such procedure", lambda g: g.update(procedure="roman")),
        ("no such part", lambda g: g["pages"].append({"use": "shoes.1"})),
        ("valid to what nobody", lambda g: g["document"].update(valid_to="shoe_size")),
        ("is due on 2026-12-01", lambda g: golden(g).update(due_on="2026-12-02")),
        ("by ДОПК чл. 90", lambda g: golden(g).update(ground="АПК")),
        ("costs 300", lambda g: golden(g).update(fee=200)),
        ("is decided by", lambda g: golden(g).update(decided_by="АПК")),
        ("is decided without", lambda g: g["cases"][0]["official"].pop("capacity")),
        ("nobody asks", lambda g: g["form"].append("{shoe_size}")),
        ("nobody knows", lambda g: g["document"]["lines"].append("{shoe_size}")),
        ("misses", lambda g: g["cases"][0]["answers"].pop("reason")),
        ("does not ask", lambda g: g["cases"][0]["asks"].append("poa_number")),
        ("asks", lambda g: g["cases"][0]["does_not_ask"].append("reason")),
        ("does not print", lambda g: g["cases"][0]["document"].append("Печат")),
        ("цифра е сгрешена", lambda g: g["cases"][0]["answers"].update(applicant_id="0307159275")),
        ("would be kept as", lambda g: g["cases"][0]["answers"].update(phone="0888 123 456")),
        ("no question", lambda g: g["cases"][0]["answers"].update(shoe_size="42")),
    ],
)
def test_a_broken_definition_is_not_published(fault, change):
    with pytest.raises(DefinitionBroken, match=fault):
        check(read_definition(broken(change)))


@pytest.mark.parametrize(
    "change",
    [
        lambda g: g.pop("term"),
        lambda g: g.update(version=0),
        lambda g: g.update(extra=1),
        lambda g: g["fields"]["phone"].update(type="shoe"),
        lambda g: g["fields"]["phone"]["label"].pop("ro"),
        lambda g: g.update(cases=[]),
    ],
)
def test_a_definition_of_another_shape_is_not_read(change):
    with pytest.raises(DefinitionBroken):
        read_definition(broken(change))


def test_an_answer_on_a_way_since_left_leads_nowhere():
    definition = latest("2119")
    answers = {"inherited": "no", "decedent_elsewhere": "yes"}
    assert "decedent_elsewhere" not in counting(definition.questions, answers)
    assert to_bring(definition, answers, "bg")


def test_what_nobody_answered_is_missing_only_where_it_is_asked():
    definition = latest("2071")
    ids = {question.id for question in missing(definition.questions, {"acting_as": "self"})}
    assert "poa_number" not in ids and "applicant_name" in ids and "email" not in ids
    assert "poa_number" in {q.id for q in asked(definition.questions, {"acting_as": "proxy"})}


def test_boxes_are_ticked_and_what_is_not_chosen_is_struck_out():
    definition = latest("2082")
    answers = {"identity_kind": "plans", "delivery": "post", "post_kind": "courier"}
    lines = plain(filled(definition.form, Values(definition.questions, answers, {})))
    told = "\n".join(lines)
    assert "~между документа за собственост и сега действащия план~ или между стар и нов" in told
    assert "☐ Лично от ЦАО" in told and "☒ Чрез лицензиран" in told
    assert "• ☒ като вътрешна куриерска" in told and "• като вътрешна препоръчана" in told


def test_forms_fixed_by_law_are_printed_word_for_word():
    """Against the lines of the ordinance as they were read, blanks aside."""
    texts = json.loads(
        (Path(__file__).parents[2] / "data" / "official_forms.json").read_text("utf-8")
    )
    assert set(texts) == FIXED | {"2069", "D-2071", "D-2084", "D-2119"}
    for name, words in texts.items():
        definition = latest(name.removeprefix("D-"))
        lines = definition.document.lines if name.startswith("D-") else definition.form
        printed = plain(filled(lines, Values(definition.questions, {}, {})))
        assert [without_blanks(line) for line in printed if without_blanks(line)] == words


def without_blanks(line):
    return "".join(sign for sign in line if sign.isalnum())


def test_every_service_has_its_need_and_is_found_by_name_and_number(house, uow_in):
    assert len(catalogue_services()) == 69
    assert {service.need for service in catalogue_services().values()} == set(NEEDS)
    with uow_in("gorno-selo") as uow:
        assert sum(len(found) for _, _, found in by_need(uow)) == 69
        assert [service.key for service in named(uow, "2071")] == ["2071"]
        assert "1997" in {service.key for service in named(uow, "настоящ адрес")}
        assert named(uow, "") == [] and named(uow, "няма такава") == []
        with pytest.raises(NoSuchService):
            service_of(uow, "9999")


@pytest.mark.parametrize("service", sorted({given["service"] for given in STORED}))
def test_what_is_printed_names_the_municipality_once_and_leaves_no_blank_unfilled(service):
    """„До кмета на община Кула“, never „община Община Кула“; no `{…}` is left on paper."""
    definition = latest(service)
    known = {"municipality_name": "Община Кула", "municipality_short": "Кула"}
    for lines in (definition.form, definition.document.lines):
        for text in plain(filled(lines, Values(definition.questions, {}, known))):
            assert "община община" not in text.casefold()
            assert not {"{", "}"} & set(text)
            assert "До Кмета" not in text


def test_a_personal_number_is_no_heading_of_a_printed_page():
    """„ЕГН/ЛНЧ 0307159274“ has capital letters only, and is an answer."""
    lines = [["УДОСТОВЕРЕНИЕ"], ["ЕГН/ЛНЧ 0307159274"], ["№ 5"]]
    told = {
        "title": "Проба",
        "municipality": "Община Кула",
        "lines": [[{"text": text, "is_struck": False} for text in line] for line in lines],
        "foot": [],
        "trial": False,
        "qr": qr_picture("https://kula.example/"),
        "url": "https://kula.example/",
        "code": "Код",
        "at": [2026, 11, 24],
    }
    headings = typst.query(str(TEMPLATE), "heading", sys_inputs={"data": json.dumps(told)})
    assert "УДОСТОВЕРЕНИЕ" in headings
    assert "0307159274" not in headings
