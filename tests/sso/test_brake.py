"""Many starts of a sign-in from one neighbourhood meet a sum, and nobody is locked out."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from obshto.sso.forms import StartForm

WANTED = {"at": "gorno-selo", "next": "/console/news/", "browser": "0" * 64, "level": "2"}
BEGUN = 503  # nobody serves the identity provider here: the brake has let go
ASKED = 429


@pytest.fixture
def start(client, at, monkeypatch):
    """start(**more): begin to sign in as a host would have it begun."""
    monkeypatch.setattr(StartForm, "rate_limit", replace(StartForm.rate_limit, most=3))

    def begin(remote="192.0.2.17", language="", forwarded="", **more):
        return client.get(
            f"{language}/start?{urlencode(WANTED | more)}",
            base_url=at("login"),
            environ_overrides={"REMOTE_ADDR": remote},
            headers={"X-Forwarded-For": forwarded},
        )

    return begin


def fields(page):
    """What a browser would send of the form."""
    return dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))


def answer_to(page):
    one, other = re.search(r"прави (\d) плюс (\d)", page.replace("\xa0", " ")).groups()
    return str(int(one) + int(other))


def test_an_office_full_of_people_signs_in_unasked(start):
    assert [start().status_code for _ in range(3)] == [BEGUN] * 3


def test_after_many_starts_a_sum_is_asked_and_what_was_wanted_is_kept(start):
    answers = [start() for _ in range(4)]
    assert [answer.status_code for answer in answers] == [BEGUN] * 3 + [ASKED]
    kept = fields(answers[-1].text)
    assert {name: kept[name] for name in WANTED} == WANTED
    assert "sum_token" in kept and "<h1>Един въпрос преди входа</h1>" in answers[-1].text


def test_who_adds_right_goes_on_and_who_adds_wrong_is_asked_again(start):
    page = [start() for _ in range(4)][-1].text
    given = fields(page)
    assert "govuk-error-summary" not in page, "nobody has made an error yet"
    wrong = start(**given | {"sum_answer": "1"})
    assert wrong.status_code == ASKED and "govuk-error-summary" in wrong.text
    assert start(**given | {"sum_answer": answer_to(page)}).status_code == BEGUN
    assert start(**given | {"sum_answer": answer_to(page)}).status_code == ASKED  # used up


def test_neighbours_of_another_street_are_not_asked(start):
    assert [start().status_code for _ in range(4)][-1] == ASKED
    assert start(remote="198.51.100.3").status_code == BEGUN
    assert start(remote="192.0.2.99").status_code == ASKED


def test_a_made_up_forwarding_changes_nothing(start):
    answers = [start(forwarded=f"203.0.113.{n}").status_code for n in range(4)]
    assert answers[-1] == ASKED


def test_the_question_stands_in_the_language_of_the_page(start):
    page = [start(language="/ro") for _ in range(4)][-1].text
    assert 'lang="ro"' in page and "Cât fac" in page


def test_html_in_what_was_wanted_stays_text(start):
    page = [start(next='/"><script>alert(1)</script>') for _ in range(4)][-1].text
    assert "<script>alert" not in page
