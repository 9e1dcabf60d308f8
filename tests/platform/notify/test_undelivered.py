"""A letter that came back: the clerk finds it, sees to whom it was, says how the person learned."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.platform.notify.models import Message, State
from obshto.platform.notify.seeds import add_lost_letter
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/console/notify/undelivered"
WHOLE, MASKED = "ivanka@example.invalid", "i…@example.invalid"


@pytest.fixture
def lost(uow_in):
    """Id of a letter that came back."""
    cause = uuid4()
    with uow_in(VILLAGE) as uow:
        add_lost_letter(uow, cause)
        uow.commit()
        return uow.session.scalar(select(Message.id).where(Message.cause == cause))


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


def test_the_clerk_sees_whose_it_was_only_by_a_recorded_press(clerk, lost, owner):
    page = clerk.get(PAGE).text
    assert "Потвърдете абонамента си" in page and MASKED in page and WHOLE not in page
    assert "Писма, които не са стигнали" in clerk.get("/console/").text
    assert WHOLE not in clerk.get(f"{PAGE}/{lost}").text
    assert clerk.press(f"{PAGE}/{lost}", "/address").status_code == 303
    told = clerk.get(f"{PAGE}/{lost}").text
    assert WHOLE in told and "няма такъв адрес" in told
    looks = f"select purpose from t_gorno_selo.purposes_look where object_id = '{lost}'"
    assert ("reach",) in owner(looks)
    acts = "select subject_id from t_gorno_selo.audit_entry where act = 'notify:address.opened'"
    assert owner(acts) == [(lost,)]


def test_what_was_done_is_written_once_and_leaves_the_list(clerk, lost, owner):
    refused = clerk.post(f"{PAGE}/{lost}", {"expected_version": 0})
    assert refused.status_code == 422 and "Изберете как човекът научи" in refused.text
    for _ in range(2):
        answer = clerk.post(f"{PAGE}/{lost}", {"expected_version": 0, "settlement": "phone"})
        assert answer.status_code == 303
    acts = "select count(*) from t_gorno_selo.audit_entry where act = 'notify:letter.settled'"
    assert owner(acts) == [(1,)]
    assert MASKED not in clerk.get(PAGE).text
    assert "Казахме го по телефона" in clerk.get(f"{PAGE}?list=settled").text
    late = clerk.post(f"{PAGE}/{lost}", {"expected_version": 0, "settlement": "post"})
    assert late.status_code == 409
    mended = clerk.post(f"{PAGE}/{lost}", {"expected_version": 1, "settlement": "post"})
    assert mended.status_code == 303


def test_what_arrived_or_was_stopped_is_not_in_the_list(clerk, lost, uow_in):
    with uow_in(VILLAGE) as uow:
        message = uow.session.get(Message, lost)
        message.trouble = "stopped"
        uow.commit()
    assert MASKED not in clerk.get(PAGE).text
    with uow_in(VILLAGE) as uow:
        message = uow.session.get(Message, lost)
        message.state, message.trouble = State.HANDED_OVER, None
        uow.commit()
    assert clerk.get(f"{PAGE}/{lost}").status_code == 404
    assert clerk.post(f"{PAGE}/{lost}/address", {"request_id": uuid4()}).status_code == 404


def test_no_editor_and_no_neighbour_reads_it(lost, sign_in):
    assert sign_in(VILLAGE, Role.EDITOR).get(PAGE).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert neighbour.get(f"{PAGE}/{lost}").status_code == 404
    assert neighbour.post(f"{PAGE}/{lost}", {"settlement": "phone"}).status_code == 404
