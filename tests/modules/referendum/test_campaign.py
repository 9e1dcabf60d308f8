"""The campaign of a called referendum: both sides in one moment, or none."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from support.referenda import called, party

from obshto.modules.referendum.errors import (
    CampaignClosed,
    EventOutside,
    LawSaysNo,
    PartyShown,
    StaleCampaign,
    StatementTooLong,
)
from obshto.modules.referendum.services import campaign, queries
from obshto.modules.referendum.services.called_port import CalledReferenda
from obshto.modules.referendum.services.campaign import PartyWords
from obshto.modules.referendum.services.campaign_events import EventWords, announce_event
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of, now, today
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TEXTS = {"yes": "Центърът остава без коли.", "no": "Движението остава за всички."}


def show(uow, proposal):
    version = campaign.campaign_of_proposal(uow, proposal).version
    campaign.show_statements(uow, proposal, expected_version=version)
    uow.session.flush()


@pytest.fixture
def uow(uow_in, sign_in):
    sign_in(VILLAGE, Role.SECRETARY)
    with uow_in(VILLAGE) as begun:
        yield begun


def test_both_are_shown_in_one_moment_and_never_one_alone(uow):
    proposal = called(uow)
    yes = party(uow, proposal, "yes", TEXTS["yes"])
    with pytest.raises(LawSaysNo, match="Само едната страна"):
        show(uow, proposal)
    assert yes.shown == ""
    no = party(uow, proposal, "no", TEXTS["no"] * 3)
    with pytest.raises(LawSaysNo, match="по-дълъг"):
        show(uow, proposal)
    campaign.write_statement(uow, no, TEXTS["no"][:26], expected_version=no.version)
    uow.session.flush()
    show(uow, proposal)
    assert (yes.shown, no.shown) == (TEXTS["yes"], TEXTS["no"][:26])
    row = campaign.campaign_of_proposal(uow, proposal)
    assert row.shown_at == uow.now and campaign.is_shown(uow, proposal, row)
    with pytest.raises(PartyShown):
        campaign.strike_party(uow, proposal, yes.id, expected_version=yes.version)


def test_a_later_text_waits_while_everybody_reads_the_first(uow):
    proposal = called(uow)
    yes = party(uow, proposal, "yes", TEXTS["yes"])
    party(uow, proposal, "no", TEXTS["no"][:25])
    show(uow, proposal)
    campaign.write_statement(uow, yes, "Нов и кратък", expected_version=yes.version)
    assert yes.shown == TEXTS["yes"]
    with pytest.raises(LawSaysNo):
        show(uow, proposal)


def test_nothing_is_shown_before_the_thirty_days_nor_changed_in_the_last_day(uow):
    early = called(uow, days=31)
    for side, text in (("yes", "Да, така"), ("no", "Не, така")):
        party(uow, early, side, text)  # texts may come before
    with pytest.raises(LawSaysNo, match="30 дни"):
        show(uow, early)
    late = called(uow, days=1)
    with pytest.raises(LawSaysNo, match="24 часа"):
        party(uow, late, "yes")
    late.state = "failed"
    with pytest.raises(CampaignClosed):
        party(uow, late, "yes")


def test_in_the_last_day_both_are_hidden_until_a_setting_says_otherwise(uow):
    proposal = called(uow)
    party(uow, proposal, "yes", "Да, така")
    party(uow, proposal, "no", "Не, така")
    show(uow, proposal)
    row = campaign.campaign_of_proposal(uow, proposal)
    proposal.vote_on = day_of(uow.now) + timedelta(days=1)
    assert not campaign.is_shown(uow, proposal, row)
    proposal.vote_on = day_of(uow.now) - timedelta(days=1)
    assert campaign.is_shown(uow, proposal, row)


def test_a_side_has_its_room_and_no_more(uow):
    proposal = called(uow)
    party(uow, proposal, "yes", "д" * 2_990)
    second = party(uow, proposal, "yes")
    with pytest.raises(StatementTooLong, match="Остава място за 10 "):
        campaign.write_statement(uow, second, "д" * 11, expected_version=second.version)
    campaign.write_statement(uow, second, "д" * 10, expected_version=second.version)


def test_what_somebody_else_changed_is_not_written_over(uow):
    proposal = called(uow)
    found = party(uow, proposal, "yes", "Първи текст")
    seen = found.version
    campaign.write_statement(uow, found, "Втори текст", expected_version=seen)
    uow.session.flush()
    with pytest.raises(StaleCampaign):
        campaign.write_statement(uow, found, "Трети текст", expected_version=seen)
    campaign.write_statement(uow, found, "Втори текст", expected_version=seen)  # sent twice


def test_the_same_form_twice_registers_once(uow):
    proposal, once = called(uow), uuid4()
    words = PartyWords(side="yes", name="Комитет", registered_on=day_of(uow.now))
    first = campaign.register_party(uow, proposal, words, request_id=once)
    assert campaign.register_party(uow, proposal, words, request_id=once).id == first.id


def test_events_are_inside_the_campaign(uow):
    proposal = called(uow)
    times = campaign.time_of(proposal)
    for starts_at in (times.opens_at - timedelta(minutes=1), times.closes_at):
        words = EventWords(side="both", title="Среща", place="Залата", starts_at=starts_at)
        with pytest.raises(EventOutside):
            announce_event(uow, proposal, words, request_id=uuid4())


def test_the_port_tells_of_what_is_called(uow):
    proposal = called(uow)
    [vote] = CalledReferenda().called(uow)
    assert (vote.id, vote.vote_on) == (proposal.id, proposal.vote_on)
    proposal.state = "debate"
    assert CalledReferenda().called(uow) == []
    assert CalledReferenda().vote_of(uow, proposal.id) is None


@pytest.fixture
def proposal_id(uow_in, sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/referendum", to="/on").status_code == 303
    with uow_in(VILLAGE) as uow:
        found = called(uow).id
        uow.commit()
    return found


def test_a_participant_writes_by_its_code_and_everybody_reads_both(
    proposal_id, sign_in, client, at, uow_in
):
    clerk, base = sign_in(VILLAGE, Role.REGISTRY_CLERK), at(VILLAGE)
    desk = f"/console/referendum/{proposal_id}/campaign"
    for side in ("yes", "no"):
        typed = {"side": side, "name": f"Комитет {side}", "registered_on": today().isoformat()}
        assert clerk.press(f"{desk}/parties/new", **typed).status_code == 303
    with uow_in(VILLAGE) as uow:
        proposal = queries.public_proposal(uow, proposal_id)
        ids = {one.side: one.id for one in campaign.parties_of(uow, proposal)}
    assert clerk.press(f"{desk}/parties/{ids['no']}", statement=TEXTS["no"][:25]).status_code == 303
    code = re.search(r'ob-number">([\d\s]+)<', clerk.get(f"{desk}/parties/{ids['yes']}").text)[1]
    guest = sign_in(VILLAGE)
    opened = guest.press("/referendum/campaign", code=code)
    [(address, fields)] = [
        form for form in guest.forms_in(opened.text) if form[0].endswith("/campaign/text")
    ]
    answer = guest.post(address, fields | {"statement": TEXTS["yes"]})
    assert answer.status_code == 303
    path = f"/referendum/{proposal_id}/campaign"
    assert TEXTS["yes"] not in client.get(path, base_url=base).text.replace("\xa0", " ")
    assert clerk.press(desk, to="/show").status_code == 303
    page = client.get(path, base_url=base).text.replace("\xa0", " ")
    assert TEXTS["yes"] in page and TEXTS["no"][:25] in page and code not in page
    assert "25 и 25 знака, разлика 0." in page
    assert guest.press("/referendum/campaign", code="1" * 20).status_code == 422


def test_who_may_what(proposal_id, sign_in, client, at):
    desk = f"/console/referendum/{proposal_id}/campaign"
    assert sign_in(VILLAGE, Role.SECRETARY).get(desk).status_code == 200
    assert sign_in(VILLAGE, Role.MAYOR).get(desk).status_code == 403
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(desk).status_code == 404
    for page in ("campaign", "sheet", "sheet.pdf"):
        path = f"/referendum/{proposal_id}/{page}"
        assert client.get(path, base_url=at(VILLAGE)).status_code == 200
        assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404


def test_the_sheet_says_what_the_law_asks_in_both_sizes(proposal_id, client, at):
    page = client.get(f"/referendum/{proposal_id}/sheet", base_url=at(VILLAGE)).text
    page = page.replace("\xa0", " ")
    for words in ("Съгласни ли сте", "Без коли", "Кога", "Къде", "40 на сто"):
        assert words in page
    assert 'id="sheet"' in page and 'data-aloud="sheet"' in page
    path = f"/referendum/{proposal_id}/sheet.pdf"
    usual, large = (
        client.get(path + more, base_url=at(VILLAGE)).data for more in ("", "?print=large")
    )
    assert usual.startswith(b"%PDF") and large.startswith(b"%PDF") and usual != large


def test_a_wrong_day_leads_to_its_field(proposal_id, sign_in):
    clerk = sign_in(VILLAGE, Role.SECRETARY)
    form = f"/console/referendum/{proposal_id}/campaign/events/new"
    late = (now() + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")
    typed = {"side": "both", "title": "Среща", "place": "Залата", "starts_at": late}
    answer = clerk.press(form, **typed)
    assert answer.status_code == 422
    assert 'href="#starts_at"' in answer.text and "Среща" in answer.text


def test_how_to_mark_the_ballot_follows_the_reading_that_holds_here(
    proposal_id, client, at, uow_in
):
    def told():
        pages = (f"/referendum/{proposal_id}", f"/referendum/{proposal_id}/sheet")
        found = (client.get(page, base_url=at(VILLAGE)).text for page in pages)
        return [page.replace("\xa0", " ") for page in found]

    for page in told():
        assert "Отбележете кутийката на „да“ или на „не“" in page and "Зачеркнете" not in page
    with uow_in(VILLAGE) as begun:
        crossed = ReferendumSettings(crosses_out=True)
        save_settings(begun, "referendum", crossed, expected_version=0)
        begun.commit()
    for page in told():
        assert "Зачеркнете отговора, който не избирате" in page and "Отбележете" not in page
