"""Who left a proposal only a phone hears by SMS what became of it, or from staff by voice."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select

from obshto.modules.proposals.services.announcements import (
    announce,
    is_owed,
    owe_announcement,
    owed_words,
)
from obshto.modules.proposals.services.decisions import (
    ProposalDecision,
    carry_out,
    decide_proposal,
    take_proposal,
)
from obshto.modules.proposals.services.queries import ProposalFilter, lines_of, queue
from obshto.modules.proposals.services.states import ACCEPT
from obshto.platform.clock import day_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MOBILE, LANDLINE = "0888 123 456", "094 601 234"


def read(who, path):
    return who.get(path).text.replace("\xa0", " ")


@pytest.fixture
def told(uow):
    """told(): letters of what happened are written, each tried twice; the SMS that wait."""
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))

    def go():
        facts, causes = list(uow.facts), [str(uuid4()) for _ in uow.facts]
        uow.facts.clear()
        for _run in range(2):
            for fact, cause in zip(facts, causes, strict=True):
                write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)
        rows = select(Message).where(Message.channel == "sms").order_by(Message.id)
        return [(one.recipient, one.text) for one in uow.session.scalars(rows)]

    return go


def accepted(uow, make, **changed):
    proposal = make(uow, channel="phone", is_final=True, **changed)
    take_proposal(uow, proposal, expected_version=proposal.version)
    uow.session.flush()
    what = {"follow_up": "Пейка", "follow_up_by": "Кметът", "follow_up_on": day_of(uow.now)}
    decision = ProposalDecision(words="Приемаме", **what)
    decide_proposal(uow, proposal, ACCEPT, decision, expected_version=proposal.version)
    uow.session.flush()
    return proposal


def to_say(uow, proposal):
    return owed_words(lines_of(uow, proposal))


def test_a_mobile_phone_gets_an_sms_with_what_became_of_it(uow, make, told):
    proposal = accepted(uow, make, phone=MOBILE)
    assert proposal.announced_at == uow.now
    sent = told()
    assert {recipient for recipient, _text in sent} == {"+359888123456"}
    assert any(text.endswith(f"{proposal.number}: прието") for _to, text in sent)
    assert all("Авторова" not in text and "Приехме" not in text for _to, text in sent)
    assert to_say(uow, proposal) == [] and not is_owed(proposal)


def test_a_landline_is_rung_for_each_outcome_until_somebody_says_so(uow, make, told):
    proposal = accepted(uow, make, phone=LANDLINE)
    assert told() == [] and is_owed(proposal)
    assert [words.rpartition(": ")[2] for words in to_say(uow, proposal)] == ["прието"] * 2
    version = proposal.version
    announce(uow, proposal, expected_version=version)
    uow.session.flush()
    announce(uow, proposal, expected_version=version)
    assert to_say(uow, proposal) == [] and not is_owed(proposal)
    carry_out(uow, proposal, "Пейката е там", expected_version=proposal.version)
    uow.session.flush()
    assert told() == []
    (words,) = to_say(uow, proposal)
    assert words == f"Новина по предложение {proposal.number}: изпълнено"
    waiting = queue(uow, ProposalFilter(list="announce"), today=day_of(uow.now))
    assert uow.session.scalars(waiting).all() == [proposal]


def test_staff_see_what_to_say_and_say_so(switched_on, sign_in, uow_in, make):
    words = "Новина по предложение: прието"
    with uow_in(VILLAGE) as uow:
        proposal_id = make(uow, channel="phone", phone=LANDLINE).id
        owe_announcement(uow, proposal_id, words, cause=uuid4())
        uow.commit()
    page, listed = f"/console/proposals/{proposal_id}", "/console/proposals/?list=announce"
    clerk, stranger = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert words in read(clerk, page) and "Пейка пред магазина" in read(clerk, listed)
    assert "Пейка пред магазина" not in read(stranger, listed)
    assert stranger.post(f"{page}/announce", {"expected_version": 1}).status_code == 404
    assert clerk.press(page, to=f"{page}/announce").status_code == 303
    assert "Казах на автора" not in read(clerk, page)
    assert "Пейка пред магазина" not in read(clerk, listed)


def test_who_leaves_no_address_follows_by_sms(switched_on, uow_in, make, client, at):
    with uow_in(VILLAGE) as uow:
        proposal_id = make(uow, channel="counter").id
        settings = NotifySettings(sms_sender="GORNO")
        save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
        uow.commit()
    page = f"/proposals/{proposal_id}/follow"
    assert "by=phone" in client.get(page, base_url=at(VILLAGE)).text
    typed = {"phone": MOBILE, "request_id": uuid4()}
    sent = client.post(f"{page}?by=phone", data=typed, base_url=at(VILLAGE))
    assert sent.status_code == 303 and "/follow" in sent.location
    assert client.get(f"{page}?by=phone", base_url=at(NEIGHBOUR)).status_code == 404


@pytest.fixture
def village(switched_on, config):
    """A settlement whose place is known."""
    add = (
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('40525', 'gorno-selo', 'село', '{\"bg\": \"Кула\"}', true, 'a')"
    )
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.exec_driver_sql(add)
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM shared.settlement")
    engine.dispose()


def test_the_place_is_pointed_at_on_a_map_or_taken_from_the_phone(village, client, at, sign_in):
    path = "/proposals/new/write?subject=green&settlement=40525"
    form = client.get(path, base_url=at(VILLAGE)).text
    desk = sign_in(VILLAGE, Role.REGISTRY_CLERK).get("/console/proposals/enter").text
    for page in (form, desk):
        assert 'data-pick="point"' in page and "data-here" in page and 'name="point"' in page
    assert 'data-at="40525"' in form and 'data-chooser="settlement_code"' in desk
