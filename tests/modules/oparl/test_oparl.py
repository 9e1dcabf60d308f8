"""OParl 1.1 over HTTP: valid objects, lists that can be followed, nothing that is not public."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import select
from tests.modules.oparl.conftest import NEIGHBOUR, VILLAGE

from obshto.modules.council.services.members import (
    CouncillorDetails,
    add_councillor,
    councillors,
    edit_councillor,
)
from obshto.modules.council.services.sessions import materials_of, meetings, remove_material
from obshto.modules.meetings.services.publication import hide_meeting
from obshto.modules.meetings.services.queries import meeting_of
from obshto.modules.oparl.models import OparlObject
from obshto.modules.oparl.reactions import FACTS
from obshto.modules.oparl.services.council_objects import terms_of
from obshto.modules.oparl.services.object_types import PATHS
from obshto.modules.oparl.services.snapshot import refresh
from obshto.ops.compose import all_components

LISTS = ("organization", "person", "meeting", "paper", "agendaItem", "consultation", "file")
LISTS += ("locationList", "legislativeTermList", "membership")


def whole(read, address):
    """All pages of a list."""
    page = read(address)
    found = list(page["data"])
    while onward := page["links"].get("next"):
        page = read(onward)
        found += page["data"]
    return found


def bodies(read):
    system = read("/oparl/system")
    return system, read(system["body"])["data"]


def test_from_the_way_in_everything_is_reached_and_valid(demonstration, read, faults):
    system, (body,) = bodies(read)
    things = {thing["id"]: thing for name in LISTS for thing in whole(read, body[name])}
    kinds = {thing["type"].rpartition("/")[2] for thing in things.values()}
    assert kinds == set(PATHS) - {"Body"}
    for thing in (system, body, *things.values()):
        assert faults(thing) == []
        assert read(thing["id"]) == thing
    broken = {**body, "legislativeTerm": [{"id": 1}]}
    assert faults(broken)
    for address in _addresses(things.values()):
        if "/oparl/" in address and not address.endswith("/meetings"):
            assert address in things or address in (system["id"], body["id"])


def _addresses(things):
    for thing in things:
        for value in thing.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and one.startswith("http"):
                    yield one
                elif isinstance(one, dict):
                    yield one["id"]


def test_a_session_tells_agenda_decisions_minutes_and_who_was_there(demonstration, read):
    _, (body,) = bodies(read)
    bodies_of = whole(read, body["organization"])
    (council,) = [one for one in bodies_of if one["classification"] == "Parlament"]
    sessions = whole(read, council["meeting"])
    held = next(one for one in sessions if one["meetingState"] == "durchgeführt")
    assert [item["order"] for item in held["agendaItem"]] == list(range(1, 12))
    assert len(held["participant"]) == 10
    assert held["resultsProtocol"]["mimeType"] == "application/pdf"
    lease = held["agendaItem"][3]
    assert [file["name"] for file in lease["auxiliaryFile"]] == ["Докладна записка"]
    consultation = read(lease["consultation"])
    paper = read(consultation["paper"])
    assert paper["reference"] == "114"
    assert paper["mainFile"]["text"] == lease["resolutionText"]
    asked = [one for one in whole(read, body["paper"]) if "originatorPerson" in one]
    assert read(asked[0]["originatorPerson"][0])["status"] == ["Общински съветник"]


def test_files_are_shown_at_one_address_and_saved_at_the_other(demonstration, read, client, at):
    _, (body,) = bodies(read)
    files = [one for one in whole(read, body["file"]) if "downloadUrl" in one]
    assert {one["mimeType"] for one in files} >= {"application/pdf", "text/plain"}
    home = at(VILLAGE)
    for one in files:
        shown, saved = (
            client.get(one[name].removeprefix(home), base_url=home)
            for name in ("accessUrl", "downloadUrl")
        )
        assert (shown.status_code, saved.status_code) == (200, 200)
        assert shown.headers["Content-Disposition"].startswith("inline")
        assert saved.headers["Content-Disposition"].startswith("attachment")


def test_a_list_comes_in_pages_that_keep_what_was_asked(demonstration, read):
    args = urlencode({"limit": 4, "omit_internal": "true", "created_since": "2020-01-01T00:00:00Z"})
    page = read(f"/oparl/agenda-items?{args}")
    total = page["pagination"]["totalElements"]
    assert page["pagination"] == {
        "totalElements": total,
        "elementsPerPage": 4,
        "currentPage": 1,
        "totalPages": -(-total // 4),
    }
    assert "prev" not in page["links"]
    second = read(page["links"]["next"])
    assert second["links"]["prev"] == page["links"]["self"]
    assert {one["id"] for one in second["data"]}.isdisjoint(one["id"] for one in page["data"])
    assert not any("auxiliaryFile" in one for one in second["data"])
    assert len(whole(read, page["links"]["first"])) == total
    last = read(page["links"]["last"])
    assert "next" not in last["links"]
    assert read("/oparl/agenda-items?created_until=2020-01-01T00:00:00Z")["data"] == []


def test_what_changed_since_is_told_and_what_went_as_deleted(demonstration, uow_in, read):
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, now=begun.now + timedelta(hours=1))
        row = councillors(uow)[0]
        told = CouncillorDetails(name="Нова Новакова", begins_on=row.begins_on)
        edit_councillor(uow, row, told, expected_version=row.version)
        session = next(
            one
            for one in meetings().sessions(uow, is_public=True, most=20)
            if materials_of(uow, one.id)
        )
        ((material, _),) = next(iter(materials_of(uow, session.id).values()))
        remove_material(uow, session.id, material.id)
        person, material_id, since = row.id, material.id, uow.now.replace(microsecond=0)
        refresh(uow)
        uow.session.commit()
    asked = urlencode({"modified_since": since.isoformat()})
    (changed,) = read(f"/oparl/people?{asked}")["data"]
    assert (changed["id"].endswith(str(person)), changed["name"]) == (True, "Нова Новакова")
    assert changed["created"] < changed["modified"]
    (gone,) = read(f"/oparl/files?{asked}")["data"]
    assert gone == read(f"/oparl/files/{material_id}")
    assert set(gone) == {"id", "type", "created", "modified", "deleted"}
    # What it stood in is told anew, and so is what that stood in.
    assert len(read(f"/oparl/agenda-items?{asked}")["data"]) == 1
    assert len(read(f"/oparl/meetings?{asked}")["data"]) == 1
    assert str(material_id) not in str(whole(read, "/oparl/files"))


def test_a_snapshot_of_the_same_writes_nothing(demonstration, uow_in):
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, now=begun.now + timedelta(hours=1))
        refresh(uow)
        assert list(uow.facts) == []


def test_hidden_is_not_told_even_before_the_next_snapshot(demonstration, uow_in, read, faults):
    with uow_in(VILLAGE) as uow:
        session = meetings().sessions(uow, is_public=True, most=1)[0]
        meeting = meeting_of(uow, session.id, to_change=True)
        hide_meeting(uow, meeting, expected_version=meeting.version)
        uow.session.commit()
    assert read(f"/oparl/meetings/{session.id}")["deleted"] is True
    for path in ("meetings", "agenda-items", "files", "papers", "consultations"):
        assert str(session.id) not in str(whole(read, f"/oparl/{path}"))
    with uow_in(VILLAGE) as uow:
        refresh(uow)
        uow.session.commit()
    gone = read(f"/oparl/meetings/{session.id}")
    assert gone["deleted"] is True
    assert faults(gone) == []


def test_drafts_are_never_told(demonstration, read):
    told = str([whole(read, f"/oparl/{path}") for path in PATHS.values()])
    assert "Изслушване за новото разписание" not in told


def test_a_refusal_is_an_error_object_and_a_neighbour_has_nothing(demonstration, read, at):
    error = read("/oparl/meetings?modified_since=yesterday", status=400)
    assert error["type"] == "https://schema.oparl.org/1.1/Error"
    assert "modified_since" in error["message"]
    assert "limit" in read("/oparl/meetings?limit=0", status=400)["message"]
    assert read("/oparl/nothing", status=404)["type"].endswith("/Error")
    meeting = read("/oparl/meetings")["data"][0]["id"].rpartition("/")[2]
    read(f"/oparl/meetings/{meeting}", status=404, where=NEIGHBOUR)
    found = read("/oparl/organizations")["data"]
    (sessions,) = [one["meeting"] for one in found if "meeting" in one]
    read(sessions.removeprefix(at(VILLAGE)), status=404, where=NEIGHBOUR)
    read("/oparl/system", status=404, where=NEIGHBOUR)
    assert read("/oparl/meetings", where=NEIGHBOUR)["data"] == []


def test_a_term_begins_when_most_of_the_council_does(uow):
    first, replaced, second = (uow.now.date() - timedelta(days=days) for days in (2000, 900, 500))
    for number in range(5):
        last = second - timedelta(days=1) if number else replaced - timedelta(days=1)
        told = CouncillorDetails(name=f"А{number}", begins_on=first, ends_on=last)
        add_councillor(uow, told, request_id=UUID(int=number + 1))
    told = CouncillorDetails(name="Б", begins_on=replaced, ends_on=second - timedelta(days=1))
    add_councillor(uow, told, request_id=UUID(int=10))
    for number in range(5):
        told = CouncillorDetails(name=f"В{number}", begins_on=second)
        add_councillor(uow, told, request_id=UUID(int=20 + number))
    found = list(terms_of(councillors(uow)))
    assert found == [(first, second - timedelta(days=1)), (second, None)]


def test_a_municipality_that_entered_nobody_yet_is_told_all_the_same(uow):
    refresh(uow)
    assert uow.session.scalars(select(OparlObject.kind)).all() != []
    assert list(terms_of([])) == []


def test_a_snapshot_follows_facts_that_there_are():
    assert set(FACTS) <= {fact.name for part in all_components() for fact in part.events}
