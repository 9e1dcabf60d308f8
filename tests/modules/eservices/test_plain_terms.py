"""A person reads words; which article says so stands apart, where somebody asks for the ground."""

import re

import pytest
from lxml.html import fromstring

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.plain_words import grounds_in, in_words

VILLAGE = "gorno-selo"
# An article, a law by its letters (ЗТур, АПК, НАО), an ordinance by its number.
ABBREVIATED = re.compile(r"\b(?:чл|ал)\.\s|\bЗ[А-Я]+[а-я]*\b|\b(?:АПК|ДОПК|НАО|СК)\b|РД-\d")
GROUND = "Правно основание"


def text(page):
    return page.text.replace("\xa0", " ")


def told(page):
    """Terms and lines of lists of the page's own part, without what is opened to read the ground.

    The answers of who applies are theirs, and what they declare is sealed in the words of the law.
    """
    main = fromstring(page.text).xpath("//main")[0]
    for row in main.xpath(f".//details | .//dt[contains(., '{GROUND}')]/parent::*"):
        row.drop_tree()
    return [" ".join(one.text_content().split()) for one in main.xpath(".//dd | .//li")]


def abbreviated(page):
    return [words for words in told(page) if ABBREVIATED.search(words)]


def test_the_page_of_each_service_says_it_in_words(client, at, offered):
    pages = {
        key: client.get(f"/eservices/{key}", base_url=at(VILLAGE)) for key in catalogue_services()
    }
    assert len(pages) == 69 and all(told(page) for page in pages.values())
    assert {key: found for key, page in pages.items() if (found := abbreviated(page))} == {}
    assert "Данъчна декларация по чл. 14" in text(pages["2013"])  # as the ground of it


def test_what_follows_is_said_in_words_with_its_ground_apart(citizen, walking):
    ref = walking.begin(citizen, "1998")
    page = citizen.get(f"/eservices/drafts/{ref}")
    assert any(words.startswith("Ще отговорим до") for words in told(page))
    assert abbreviated(page) == []
    assert all(said in text(page) for said in ("На какво основание?", "ДОПК чл. 91"))


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Данъчна декларация по чл. 14 от ЗМДТ", "Данъчна декларация"),
        ("проект, одобрен от главния архитект (ЗУТ чл. 56, ал. 2)", "проект, одобрен от"),
        ("данни на лицата по чл. 3, ал. 2 (приложение № 4б)", "данни на лицата (приложение № 4б)"),
        ("декларация за липса на пречки по чл. 7 (СК чл. 9)", "декларация за липса на пречки"),
        ("адреса, когато няма улица (РД-02-20-9 чл. 139, ал. 2)", "адреса, когато няма улица"),
    ],
)
def test_an_article_is_left_out_of_a_text_and_told_apart(official, plain):
    assert in_words(official).startswith(plain) and not ABBREVIATED.search(in_words(official))
    assert grounds_in([official, plain]) == [official]
