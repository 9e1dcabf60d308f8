"""What people said and what came of it: over all parts, nothing hidden, nobody else's."""

import re

import pytest

from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.seeds import seed as consultations
from obshto.modules.forum.models import Discussion
from obshto.modules.forum.seeds import seed as forum
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.seeds import seed as initiatives
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.seeds import seed as meetings
from obshto.modules.polls.models import Poll
from obshto.modules.polls.seeds import seed as polls
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.seeds import seed as proposals
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR, PAGE = "gorno-selo", "dolno-selo", "/outcomes/"
SEEDS = {
    "proposals": proposals,
    "forum": forum,
    "initiatives": initiatives,
    "consultations": consultations,
    "polls": polls,
    "meetings": meetings,
}


@pytest.fixture
def said(sign_in, uow_in, memory):
    """What the demonstration has of each part."""

    def write():
        for village in (VILLAGE, NEIGHBOUR):
            admin = sign_in(village, Role.ADMIN)
            for slug in SEEDS:
                assert admin.press(f"/console/tenants/{slug}", to="/on").status_code == 303
        with uow_in(VILLAGE) as uow:
            for seed in SEEDS.values():
                seed(uow)
            uow.commit()

    memory.of("outcomes", write)


@pytest.fixture
def read(client, at):
    def page(query="", village=VILLAGE):
        answer = client.get(f"{PAGE}{query}", base_url=at(village))
        assert answer.status_code == 200
        return answer.text.replace("\xa0", " ").partition("<main")[2].partition("</main>")[0]

    return page


def kinds_in(page):
    return set(re.findall(r'<option value="([a-z]+)"', page.partition('id="kind"')[2]))


def links_in(page):
    listed = page.partition('class="ob-list"')[2]
    return re.findall(r'<h2 class="govuk-heading-m"><a href="([^"]+)"', listed)


def test_each_part_tells_what_came_of_what_was_said(said, read):
    found = {kind: links_in(read(f"?kind={kind}")) for kind in kinds_in(read())}
    assert set(found) == {
        *("proposal", "discussion", "initiative", "consultation", "poll", "meeting")
    }
    assert all(found.values()), found
    assert len(links_in(read())) == sum(map(len, found.values()))
    done, decided = (links_in(read(f"?stands={word}")) for word in ("done", "decided"))
    assert done and decided and not {*done} & {*decided}
    assert "Няма такова с този избор." in read("?place=99999&stands=done&kind=poll")


def test_each_leads_to_a_page_that_everybody_reads(said, read, client, at):
    for link in links_in(read()):
        assert client.get(link, base_url=at(VILLAGE)).status_code == 200, link


def test_what_is_hidden_or_withdrawn_is_not_told(said, read, uow_in):
    with uow_in(VILLAGE) as uow:
        for model in (CitizenProposal, Initiative):
            for row in uow.session.query(model):
                row.hidden_at = uow.now
        for row in uow.session.query(Discussion):
            row.is_veiled = True
        for model in (Consultation, Poll, Meeting):
            for row in uow.session.query(model):
                row.published_at = None
        uow.commit()
    assert links_in(read("?")) == []


def test_a_neighbour_and_a_part_that_is_off_tell_nothing(said, read, sign_in, client, at):
    assert links_in(read(village=NEIGHBOUR)) == []
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/forum", to="/off").status_code == 303
    assert "discussion" not in kinds_in(read())
    for slug in SEEDS.keys() - {"forum"}:
        assert admin.press(f"/console/tenants/{slug}", to="/off").status_code == 303
    assert client.get(PAGE, base_url=at(VILLAGE)).status_code == 404


def test_the_menu_has_it_once(said, client, at):
    home = client.get("/go/participation/", base_url=at(VILLAGE))
    assert home.status_code == 200
    assert len(re.findall(f'href="{PAGE}"', home.text.partition("<main")[2])) == 1
