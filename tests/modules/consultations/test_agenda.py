"""Accepted opinions that changed nothing; an outcome on an agenda, the decision, its end."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from obshto.modules.consultations.errors import AcceptedUntied
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.ties import untied_numbers
from obshto.modules.consultations.services.versions import VersionWords, publish_version
from obshto.modules.meetings.models import AgendaItem, Decision
from obshto.modules.meetings.seeds import seed as seed_meetings
from obshto.modules.meetings.services.agenda import remove_item
from obshto.modules.meetings.services.decisions import reach_decision
from obshto.modules.meetings.services.minutes import EntryWords, publish_minutes, write_entry
from obshto.modules.meetings.services.queries import meeting_of
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
YES = AnswerWords(outcome="accepted", reason="Да.")
TOLD = {"outcome": "Прие се.", "changes": "Нищо."}


@pytest.fixture
def everything_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        modules = "array['consultations','meetings','council']"
        connection.execute(text(f"UPDATE shared.tenant SET modules = {modules}"))
    engine.dispose()


def read(page):
    """The words of a page, as people read them."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def _first_choice(page):
    [options] = re.findall(r'<select[^>]*name="meeting".*?</select>', page, re.DOTALL)
    return re.search(r'value="([0-9a-f-]{36})"', options)[1]


def _decide(uow, item):
    """The meeting took place; its minutes hold a decision on the point, with an owner and a day."""
    meeting = meeting_of(uow, item.meeting_id, to_change=True)
    meeting.starts_at = uow.now - timedelta(hours=2)
    said = EntryWords(
        text="Обсъди се.",
        decision="Правилникът се приема.",
        follows="Обявяване",
        owner="Секретарят",
        due_on=day_of(uow.now) + timedelta(days=9),
    )
    write_entry(uow, item, said, request_id=uuid4())
    uow.session.flush()
    publish_minutes(uow, meeting, why="", request_id=uuid4())


def accepted(uow, talk, **changed):
    """A consultation that is over, with an accepted opinion on its second paragraph."""
    row = talk.opened()
    opinion = talk.said(row, "По-рано", paragraph=2, stance="change", **changed)
    talk.over(row)
    answer_opinions(uow, row.id, [opinion.id], YES, request_id=uuid4())
    uow.session.flush()
    return row, opinion


def test_what_was_accepted_and_changed_nothing_is_known_before_the_outcome(uow, talk):
    row, opinion = accepted(uow, talk)
    assert untied_numbers(uow, row) == [opinion.number]
    with pytest.raises(AcceptedUntied):
        publish_outcome(uow, row, **TOLD, expected_version=row.version)
    told = VersionWords(
        lines=["Първи абзац.", "Втори, по-рано."],
        **{"origins": {}, "because": {1: [opinion.number]}, "follows": 1},
    )
    publish_version(uow, row.id, told, request_id=uuid4())
    assert untied_numbers(uow, row) == []
    publish_outcome(uow, row, **TOLD, expected_version=row.version)
    assert row.outcome_at


def test_the_page_names_them_and_a_tick_publishes(everything_on, uow_in, sign_in, begin_talk):
    with uow_in(VILLAGE) as uow:
        talk = begin_talk(uow)
        row, opinion = accepted(uow, talk)
        page, number = f"/console/consultations/{row.id}/outcome", opinion.number
        uow.commit()
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    refused = secretary.press(page, **TOLD)
    assert refused.status_code == 422 and number in refused.text and "Прие се." in refused.text
    assert secretary.press(page, **TOLD, knows_untied="y").status_code == 303


@pytest.fixture
def over(everything_on, uow_in, begin_talk):
    """A consultation with an outcome, where meetings are planned."""
    with uow_in(VILLAGE) as uow:
        seed_meetings(uow)
        row, _opinion = accepted(uow, begin_talk(uow))
        publish_outcome(uow, row, **TOLD, expected_version=row.version, knows_untied=True)
        uow.commit()
        return row.id


def test_an_outcome_is_put_on_an_agenda_once(over, sign_in, owner):
    desk = f"/console/consultations/{over}"
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    [typed] = [fields for path, fields in secretary.forms(desk) if path.endswith("/agenda")]
    meeting = _first_choice(secretary.get(desk).text)
    again = {"meeting": meeting, "request_id": uuid4()}
    for sent in (typed | {"meeting": meeting}, typed | {"meeting": meeting}, again):
        assert secretary.post(f"{desk}/agenda", sent).status_code == 303
    items = owner("select meeting_id from t_gorno_selo.meetings_item where from_id is not null")
    assert [str(one) for (one,) in items] == [meeting]
    assert f"/console/meetings/{meeting}" in secretary.get(desk).text
    nowhere = {"meeting": str(uuid4()), "request_id": uuid4()}
    assert secretary.post(f"{desk}/agenda", nowhere).status_code == 409
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert stranger.post(f"{desk}/agenda", again).status_code == 404
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).post(f"{desk}/agenda", again).status_code == 403


def test_the_decision_and_its_end_come_back_to_the_consultation(over, uow_in, sign_in, client, at):
    def page():
        address = f"/consultations/{over}"
        return client.get(address, base_url=at(VILLAGE)).text.replace("\xa0", " ")

    desk = f"/console/consultations/{over}"
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    meeting = _first_choice(secretary.get(desk).text)
    sent = {"meeting": meeting, "request_id": uuid4()}
    assert secretary.post(f"{desk}/agenda", sent).status_code == 303
    with uow_in(VILLAGE) as uow:
        item = uow.session.scalars(select(AgendaItem).where(AgendaItem.from_id == over)).one()
        item_id, title = item.id, item.title
    assert (
        f"/meetings/{meeting}#point-{item_id}" in page()
        and f"Точка в дневния ред: {title}" in read(page())
    )
    assert "Разглежда се на срещата: На " in read(page())
    with uow_in(VILLAGE) as uow:
        _decide(uow, uow.session.get(AgendaItem, item_id))
        uow.commit()
    assert "Правилникът се приема." in page() and "Дължи го" in page()
    with uow_in(VILLAGE) as uow:
        taken = Decision.text == "Правилникът се приема."
        decision = uow.session.scalars(select(Decision).where(taken)).one()
        reach_decision(uow, decision, "Влезе в сила.", expected_version=decision.version)
        uow.commit()
    assert "Обявяване" in page() and "Дължи го" not in page()


def test_a_point_says_what_led_to_it_and_is_gone_from_the_thread_with_its_removal(
    over, uow_in, sign_in, client, at
):
    def shown(path, slug=VILLAGE):
        return read(client.get(path, base_url=at(slug)).text)

    desk = f"/console/consultations/{over}"
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    meeting = _first_choice(secretary.get(desk).text)
    sent = {"meeting": meeting, "request_id": uuid4()}
    assert secretary.post(f"{desk}/agenda", sent).status_code == 303
    assert "Какво доведе дотук: Консултация: " in shown(f"/meetings/{meeting}")
    assert "Какво доведе дотук" not in shown(f"/meetings/{meeting}", NEIGHBOUR)
    with uow_in(VILLAGE) as uow:
        item = uow.session.scalars(select(AgendaItem).where(AgendaItem.from_id == over)).one()
        row = meeting_of(uow, item.meeting_id, to_change=True)
        remove_item(uow, row, item, expected_version=item.version)
        uow.commit()
    assert "Точка в дневния ред" not in shown(f"/consultations/{over}")
    assert "Какво доведе дотук" not in shown(f"/meetings/{meeting}")
