"""Halls of the municipality for a campaign: the same numbers of both sides for everybody."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from support.referenda import called, party

from obshto.modules.referendum.errors import (
    EventOutside,
    HallDecided,
    HallTaken,
    PartyAsksHall,
    ReasonMissing,
    TooManyHalls,
)
from obshto.modules.referendum.services import campaign, campaign_halls, queries
from obshto.modules.referendum.services.campaign_events import cancel_event, events_of
from obshto.modules.referendum.services.campaign_halls import (
    HallWords,
    answer_hall,
    ask_hall,
    hall_requests_of,
    hall_use,
)
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def uow(uow_in, sign_in):
    sign_in(VILLAGE, Role.SECRETARY)
    with uow_in(VILLAGE) as begun:
        yield begun


def words(proposal, days=3, hour=18, hours=2):
    day = campaign.time_of(proposal).closes_at - timedelta(days=days)
    starts_at = day.replace(hour=hour)
    ends_at = starts_at + timedelta(hours=hours)
    return HallWords(hall="Читалището", title="Среща", starts_at=starts_at, ends_at=ends_at)


def asked(uow, proposal, side, **when):
    return ask_hall(uow, party(uow, proposal, side), words(proposal, **when), request_id=uuid4())


def answer(uow, proposal, row, is_granted, reason=""):
    uow.session.flush()
    told = {"is_granted": is_granted, "reason": reason}
    answer_hall(uow, proposal, row, **told, expected_version=row.version)
    uow.session.flush()


def test_both_sides_are_counted_alike_and_a_granted_hall_is_an_event(uow):
    proposal = called(uow)
    yes, no = asked(uow, proposal, "yes"), asked(uow, proposal, "no", days=4)
    answer(uow, proposal, yes, True)
    answer(uow, proposal, yes, True)  # sent twice
    answer(uow, proposal, no, False, "В този час залата е за читалището")
    assert hall_use(hall_requests_of(uow, proposal)) == {
        "yes": {"asked": 1, "granted": 1, "refused": 0},
        "no": {"asked": 1, "granted": 0, "refused": 1},
    }
    [event] = events_of(uow, proposal)
    assert (event.side, event.place, event.starts_at) == ("yes", "Читалището", yes.starts_at)
    with pytest.raises(HallDecided):
        answer(uow, proposal, no, True)


def test_a_refusal_says_why(uow):
    proposal = called(uow)
    row = asked(uow, proposal, "no")
    with pytest.raises(ReasonMissing):
        answer(uow, proposal, row, False)
    assert row.state == "asked"


def test_a_hall_is_given_once_at_a_time_until_its_event_is_called_off(uow):
    proposal = called(uow)
    first, second = asked(uow, proposal, "yes"), asked(uow, proposal, "no", hour=19)
    answer(uow, proposal, first, True)
    with pytest.raises(HallTaken, match="Среща"):
        answer(uow, proposal, second, True)
    after = asked(uow, proposal, "no", hour=20)
    answer(uow, proposal, after, True)  # it begins when the first one ends
    [event, _] = events_of(uow, proposal)
    cancel_event(uow, proposal, event.id, expected_version=event.version)
    third = asked(uow, proposal, "no", hour=18)
    answer(uow, proposal, third, True)
    assert len(events_of(uow, proposal)) == 3


def test_only_inside_the_campaign_and_not_without_end(uow):
    proposal = called(uow)
    side = party(uow, proposal, "yes")
    with pytest.raises(EventOutside):
        ask_hall(uow, side, words(proposal, days=0, hour=0), request_id=uuid4())
    late = words(proposal, days=1, hour=23)  # it would go on after the campaign
    with pytest.raises(EventOutside):
        ask_hall(uow, side, late, request_id=uuid4())
    for days in range(2, 2 + campaign_halls.MOST_WAITING):
        ask_hall(uow, side, words(proposal, days=days), request_id=uuid4())
    with pytest.raises(TooManyHalls):
        ask_hall(uow, side, words(proposal, days=15), request_id=uuid4())
    with pytest.raises(PartyAsksHall):
        campaign.strike_party(uow, proposal, side.id, expected_version=side.version)


def test_the_same_form_twice_asks_once(uow):
    proposal, once = called(uow), uuid4()
    side = party(uow, proposal, "yes")
    first = ask_hall(uow, side, words(proposal), request_id=once)
    again = replace(words(proposal), title="Друго")
    assert ask_hall(uow, side, again, request_id=once).id == first.id


def test_a_participant_asks_by_its_code_and_everybody_reads_the_answer(uow_in, sign_in, client, at):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/referendum", to="/on").status_code == 303
    clerk, guest = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE)
    with uow_in(VILLAGE) as uow:
        proposal = called(uow)
        code = campaign.party_code(party(uow, proposal, "yes"))
        moment = words(proposal).starts_at.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")
        found = proposal.id
        uow.commit()
    opened = guest.press("/referendum/campaign", code=code)
    [(address, fields)] = [
        form for form in guest.forms_in(opened.text) if form[0].endswith("/campaign/hall")
    ]
    typed = fields | {"hall": "Читалището", "title": "Среща", "starts_at": moment, "hours": "2"}
    refused = guest.post(address, typed | {"hours": ""})
    assert refused.status_code == 422 and 'value="Читалището"' in refused.text
    assert guest.post(address, typed).status_code == 303
    assert guest.post(address, typed).status_code == 303  # sent twice
    path = f"/console/referendum/{found}/campaign"
    [link] = re.findall(rf'href="({path}/halls/[^"]+)"', clerk.get(path).text)
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(link).status_code == 404
    assert sign_in(VILLAGE, Role.MAYOR).get(link).status_code == 403
    answered = clerk.press(link, answer="refused")
    assert answered.status_code == 422 and 'href="#reason"' in answered.text
    assert clerk.press(link, answer="refused", reason="Има концерт").status_code == 303
    page = client.get(f"/referendum/{found}/campaign", base_url=at(VILLAGE)).text
    assert "Има концерт" in page and "Залата е отказана" in page


def test_staff_write_down_what_was_asked_on_paper(uow_in, sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/referendum", to="/on").status_code == 303
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    with uow_in(VILLAGE) as uow:
        proposal = called(uow)
        side, moment = party(uow, proposal, "no").id, words(proposal).starts_at
        uow.commit()
        form = f"/console/referendum/{proposal.id}/campaign/parties/{side}/hall"
    typed = {"hall": "Училището", "title": "Среща", "hours": "2"}
    late = (moment + timedelta(days=30)).astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")
    answer_page = clerk.press(form, **typed, starts_at=late)
    assert answer_page.status_code == 422 and 'href="#starts_at"' in answer_page.text
    soon = moment.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")
    assert clerk.press(form, **typed, starts_at=soon).status_code == 303
    with uow_in(VILLAGE) as uow:
        found = queries.public_proposal(uow, proposal.id)
        assert [one.hall for one in hall_requests_of(uow, found)] == ["Училището"]
