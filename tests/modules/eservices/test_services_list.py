"""The page of all services: what is online first, a few for what happened, counter ones said whole.

Whatever stands there under a name of its own stands in three languages.
"""

import re

import pytest
from lxml import html

from obshto.modules.eservices.services.catalogue import (
    ASKERS,
    EVENTS,
    NEEDS,
    catalogue_services,
)
from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.platform.web.language import LANGUAGES, SOURCE

LIST = "/eservices/"
OFFERED = {"1997", "1998", "2071", "2082", "2112", "2119", "dog", "2069"}  # of conftest.py
ONLINE = ".//*[contains(@class, 'govuk-tag--green')]"
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# What stands on papers is told as it stands there: words in quotes, a short name in brackets.
QUOTED = re.compile(r"[„\"“].*?[“\"”]|\([А-Я]{2,5}\)")
OTHERS = [language for language in LANGUAGES if language != SOURCE]


@pytest.fixture
def opened(visitor):
    """opened(path): the page as a tree."""
    return lambda path: html.fromstring(visitor.get(path).text)


def lines_of(listed):
    return listed.xpath("./li")


def is_online(line):
    return bool(line.xpath(ONLINE))


def test_what_is_online_stands_first_in_each_fold(opened):
    folds = opened(LIST).xpath("//div[@id='services']/details")
    assert len(folds) == len({one.need for one in catalogue_services().values()} & set(NEEDS))
    mixed = 0
    for fold in folds:
        marks = [is_online(line) for line in lines_of(fold.find("ul"))]
        assert marks == sorted(marks, reverse=True)
        mixed += len(set(marks)) == 2
    assert mixed > 2


@pytest.mark.parametrize("word", [*EVENTS, *ASKERS])
def test_what_happened_leads_to_a_few_services(opened, word):
    [link] = opened(LIST).xpath(f"//a[@href='/eservices/?for={word}']")
    assert link.text == str({**EVENTS, **ASKERS}[word])
    page = opened(link.get("href"))
    lines = lines_of(page.xpath("//main//ul[@class='ob-list']")[0])
    keys = {line.xpath(".//a/@href")[0].rpartition("/")[2] for line in lines}
    assert keys == {key for key, one in catalogue_services().items() if word in one.groups}
    assert 1 <= len(lines) <= 25
    marks = [is_online(line) for line in lines]
    assert marks == sorted(marks, reverse=True)
    assert page.xpath("//main//*[@aria-current='true']/text()") == [link.text]


def test_what_was_typed_finds_without_scripts_what_is_online_first(opened):
    lines = lines_of(opened(f"{LIST}?q=удостоверение").xpath("//ul[@class='ob-list']")[0])
    marks = [is_online(line) for line in lines]
    assert len(set(marks)) == 2 and marks == sorted(marks, reverse=True)


def counter_only():
    """A service that this village does not take by the portal, though by post."""
    return next(
        one
        for one in catalogue_services().values()
        if one.can_be_online and one.key not in OFFERED and one.definition.bring
    )


def test_a_counter_service_says_where_when_what_to_bring_and_has_its_blank_form(opened, visitor):
    page = opened(f"{LIST}{counter_only().key}")
    told = {row[0].text_content().strip(): row[1] for row in page.xpath("//dl/div[dt and dd]")}
    assert "засега се заявява на гише" in page.text_content().replace("\xa0", " ")
    ways = told["Как да я поискате"].text_content().replace("\xa0", " ")
    assert "На гише" in ways and "8:00 до 17:00" in ways
    assert "През портала" not in ways
    assert told["Какво е нужно"].xpath(".//li")
    [form] = told["Как да я поискате"].xpath(".//a/@href")
    sheet = visitor.get(form)
    assert sheet.status_code == 200 and len(sheet.data) > 1000


@pytest.mark.parametrize("language", OTHERS)
def test_each_service_is_named_in_each_language(language):
    for key, service in catalogue_services().items():
        name = service.said(language)
        assert name.strip() and not CYRILLIC.search(name), key
        assert name != service.said(SOURCE), key
        assert not CYRILLIC.search(service.asked_by(language)), key
        assert not service.who or service.asked_by(SOURCE) == "" or service.asked_by(language), key


@pytest.mark.parametrize("language", OTHERS)
def test_each_question_is_asked_in_each_language(language):
    """Labels, choices, titles of pages. A hint may quote how to write in Bulgarian."""
    for definition in map(read_definition, stored_definitions()):
        said = [page.title for page in definition.pages]
        for question in definition.questions.values():
            said += [question.label, *(option.label for option in question.options)]
            assert not question.hint or question.hint[language].strip(), question.id
        for words in said:
            assert words[language].strip(), (definition.service, words)
            left = QUOTED.sub("", words[language])
            assert not CYRILLIC.search(left), (definition.service, words[language])
