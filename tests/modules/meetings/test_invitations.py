"""Groups are invited by name: a letter or paper, once; who answered; what everybody reads of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.meetings.models import MeetingInvitation
from obshto.modules.meetings.services.checklist import checklist_of
from obshto.modules.meetings.services.guests import Coming, register_guest, withdraw_guest
from obshto.modules.meetings.services.invitations import (
    INVITED,
    invite,
    send_invitations,
)
from obshto.modules.meetings.services.publication import cancel_meeting, publish_meeting
from obshto.modules.meetings.services.queries import meeting_of
from obshto.modules.meetings.services.retention import forget_old_guests
from obshto.platform.cases.channels import PHONE, PORTAL
from obshto.platform.invitations.errors import InvitedBefore
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
CLUB, MAIL = "Пенсионерски клуб", "club@villages.example"


def letters(uow):
    for fact in uow.facts:
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
    uow.facts.clear()
    return [one for one in uow.session.scalars(select(Message)) if one.recipient == MAIL]


def invited(uow, meeting, name=CLUB, email=MAIL):
    return invite(uow, meeting, name=name, email=email, request_id=uuid4())


def publish(uow, meeting):
    publish_meeting(uow, meeting, expected_version=meeting.version)
    uow.session.flush()


def test_the_letter_leaves_once_when_the_meeting_is_announced(uow, write):
    meeting = write(uow)
    invited(uow, meeting)
    invited(uow, meeting, "Читалище", "")
    with pytest.raises(InvitedBefore):
        invited(uow, meeting, "Клубът")
    assert letters(uow) == []
    publish(uow, meeting)
    send_invitations(uow, meeting)
    [letter] = letters(uow)
    assert CLUB in letter.text and "/come?invited=" in letter.text
    cancel_meeting(uow, meeting, note="Ремонт", expected_version=meeting.version)
    assert len(letters(uow)) == 2, "who was invited hears that it is off"


def test_the_check_list_counts_the_invited_and_who_answered(uow, write):
    meeting = write(uow)
    line = {one.word: one for one in checklist_of(uow, meeting, items=1, files=0)}["invited"]
    assert line.is_ticked
    invited(uow, meeting, "Читалище", "")
    line = {one.word: one for one in checklist_of(uow, meeting, items=1, files=0)}["invited"]
    assert (line.is_ticked, line.is_met) == (False, False) and "групи: 1" in line.title


@pytest.mark.parametrize(
    ("reach", "channel"), [({"email": MAIL.upper()}, PORTAL), ({"name": CLUB.lower()}, PHONE)]
)
def test_who_comes_for_the_group_answers_and_may_withdraw(uow, announced, reach, channel):
    meeting = announced(uow)
    row = invited(uow, meeting)
    said = Coming(mode="room", channel=channel, **reach)
    guest = register_guest(uow, meeting, said, request_id=uuid4())
    uow.session.flush()
    assert row.answer == "comes"
    withdraw_guest(uow, guest, expected_version=guest.version)
    assert row.answer == "declines"


def test_a_month_later_the_name_stays_and_the_address_is_gone(uow, announced):
    meeting = announced(uow)
    row = invited(uow, meeting)
    object.__setattr__(uow, "now", meeting.ends_at + timedelta(days=31))
    forget_old_guests(uow)
    uow.session.refresh(row)
    assert (row.name, row.email, row.email_hash) == (CLUB, None, None)


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


@pytest.fixture
def planned(uow_in, announced):
    """An announced meeting; its address at the desk."""
    with uow_in(VILLAGE) as uow:
        meeting = announced(uow)
        uow.commit()
        return meeting.id


def answered(editor, row, page, word):
    version = re.search(r'name="expected_version" value="(\d+)"', editor.get(page).text)[1]
    return editor.post(f"{row}/answer", {"answer": word, "expected_version": version})


def test_the_organiser_invites_prints_and_marks_and_everybody_reads_who(sign_in, visit, planned):
    editor, page = sign_in(VILLAGE, Role.EDITOR), f"/console/meetings/{planned}/invitations"
    assert "Още няма поканени групи" in editor.get(page).text
    bad = editor.press(page, to=page, name="Клуб", email="не")
    assert bad.status_code == 422 and "Напишете имейла" in bad.text and 'value="Клуб"' in bad.text
    assert editor.press(page, to=page, name="Читалище Просвета", email="").status_code == 303
    shown = editor.get(page).text
    paper = re.search(r"/console/meetings/[0-9a-f-]+/invitation\?to=[0-9a-f-]+", shown)[0]
    assert "Читалище Просвета" in editor.get(paper).text
    row = re.search(rf"{page}/[0-9a-f-]+", shown)[0]
    assert editor.press(page, to=f"{row}/handed-over").status_code == 303
    assert answered(editor, row, page, "comes").status_code == 303
    shown = editor.get(page).text
    assert "Ще дойдат" in shown and "Махнете поканата" not in shown
    assert "Читалище Просвета" in visit(f"/meetings/{planned}").text
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(page).status_code == 404


def test_the_link_of_the_letter_knows_the_group(visit, planned, uow_in):
    with uow_in(VILLAGE) as uow:
        token = INVITED.token_of(uow, invited(uow, meeting_of(uow, planned)))
        uow.commit()
    page = visit(f"/meetings/{planned}/come?invited={token}").text
    assert f'value="{CLUB}"' in page
    assert CLUB not in visit(f"/meetings/{planned}/come?invited={token[:-4]}").text
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(MeetingInvitation)).one().sent_at
