"""The rule by which a question is adopted: one source for pages and sheet, asked for its day."""

from uuid import uuid4

import pytest
from support.referenda import called

from obshto.modules.referendum.services.adoption import adoption_of
from obshto.modules.referendum.services.information_sheet import sheet_of
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
SHARE, COUNCIL = "40 на сто", "гласове за съветници"


@pytest.fixture
def proposal_id(uow_in, sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    for part in ("referendum", "polling", "results"):
        assert admin.press(f"/console/tenants/{part}", to="/on").status_code == 303
    with uow_in(VILLAGE) as uow:
        found = called(uow).id
        uow.commit()
    return found


def test_pages_say_the_rule_of_the_day_and_no_other(proposal_id, sign_in, client, at):
    pages = [f"/referendum/{proposal_id}{page}" for page in ("", "/campaign", "/sheet")]
    texts = [client.get(page, base_url=at(VILLAGE)).text.replace("\xa0", " ") for page in pages]
    assert all(SHARE in text and COUNCIL not in text for text in texts)
    night = sign_in(VILLAGE, Role.SECRETARY)
    chosen = night.press(f"/console/results/{proposal_id}", to="/rule", is_together="y")
    assert chosen.status_code == 303
    for page in pages:
        text = client.get(page, base_url=at(VILLAGE)).text.replace("\xa0", " ")
        assert SHARE not in text and COUNCIL in text and "ал. 3" in text, page
        assert "1 година" in text


def test_without_a_day_or_a_count_both_rules_are_told(uow_in):
    with uow_in(VILLAGE) as uow:
        proposal = called(uow)
        known = adoption_of(uow, proposal)
        assert known.turnout == 40 and len(known.conditions) == 2
        assert [why.article for why in known.otherwise] == ["ЗПУГДВМС чл. 41, ал. 3"]
        lines = [line for part in sheet_of(uow, proposal).parts for line in part.paragraphs]
        assert any(SHARE in line for line in lines) and any(COUNCIL in line for line in lines)
        proposal.vote_on, proposal.request_id = None, uuid4()
        assert adoption_of(uow, proposal).otherwise


def test_a_mayoralty_is_told_no_number_of_voters(uow_in):
    with uow_in(VILLAGE) as uow:
        proposal = called(uow)
        proposal.voters = 1_733
        assert adoption_of(uow, proposal).turnout_why.inputs[1][1] == 694
        proposal.unit = "14489"
        assert adoption_of(uow, proposal).turnout_why is None
