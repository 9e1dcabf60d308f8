"""Counter screens speak to the clerk: of the applicant, never as if the clerk were one."""

import re
from uuid import uuid4

import pytest

from obshto.modules.eservices.services.answers import pages_asked
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.counter_words import (
    for_clerk,
    page_for_clerk,
    question_for_clerk,
)

ENTER = "/console/eservices/enter"
# The applicant as „you“: the pronoun, or a verb of which they are the subject.
YOU = re.compile(
    r"\bВ(?:и|ас|ие|аш\w*)\b|\b[Сс]те\b|\b\w+(?:ате|ете) ли\b|\b(?:[Ии]мате|[Ии]скате|знаете|"
    r"нямате|прилагате|поставите|строите|превозвате)\b"
)


def text(page):
    return page.text.replace("\xa0", " ")


def begun(clerk, service):
    form = {"request_id": uuid4(), "service": service, "channel": "counter"}
    return clerk.post(ENTER, form).location


def test_what_follows_is_told_of_the_applicant(clerk, offered):
    first = begun(clerk, "1998")
    question = text(clerk.get(first))
    assert "Питайте заявителя" in question and "За кого се подава заявлението?" in question
    check = text(clerk.get(first.rpartition("/")[0]))
    assert "Общината отговаря до" in check and "заявителят може да го оттегли" in check
    assert "Заявителят може да го обжалва" in check and "Поискайте да видите" in check
    main = check.partition("<main")[2]
    for said in ("Ще отговорим до", "може да оттеглите", "Ще поискаме да видим", "подавате"):
        assert said not in main, said


def test_a_citizen_is_asked_as_before(citizen, walking):
    ref = walking.begin(citizen, "1998")
    page = text(citizen.get(f"/eservices/drafts/{ref}/acting"))
    assert "За кого подавате заявлението?" in page and "Питайте заявителя" not in page


@pytest.mark.parametrize("key", [k for k, one in catalogue_services().items() if one.definition])
def test_no_question_of_a_service_takes_the_clerk_for_the_applicant(key):
    definition = catalogue_services()[key].definition
    questions = [question_for_clerk(one) for one in definition.questions.values()]
    said = [words for one in questions for words in (one.label, one.hint) if words]
    said += [choice.label for one in questions for choice in one.options if not one.is_declaration]
    said += [page_for_clerk(page).title for page in pages_asked(definition, {})]
    said += [for_clerk(paper["text"]) for paper in definition.bring]
    assert [words["bg"] for words in said if YOU.search(words["bg"])] == []
