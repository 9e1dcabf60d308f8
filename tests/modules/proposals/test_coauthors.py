"""A proposal of several: invited by letter, named as each chooses, left by all but the last."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.proposals.events import ProposalHidden, ProposalShown, ProposalUpheld
from obshto.modules.proposals.models import ProposalCoauthor
from obshto.modules.proposals.notifications.proposals import NOTIFICATIONS
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.moderation import hide_proposal, show_proposal
from obshto.modules.proposals.services.retention import forget_invited, forget_person
from obshto.platform.moderation.services import Reason
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FRIEND = "friend@villages.example"
ROWS = "select person_id, joined_at is not null from t_gorno_selo.proposals_coauthor"


@pytest.fixture
def visitor(sign_in, client, at):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/proposals", to="/on").status_code == 303

    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, **typed):
            return client.post(path, data={"request_id": uuid4()} | typed, base_url=at(VILLAGE))

    return Visitor()


@pytest.fixture
def proposal(visitor, uow_in, make):
    """One of somebody without an account: its code and its id."""
    with uow_in(VILLAGE) as uow:
        row = make(uow, is_named=True)
        row.person_id = None
        found = code_of(row.request_id), row.id
        uow.commit()
    return found


@pytest.fixture
def link(visitor, proposal, uow_in):
    """The path of the link in the invitation."""
    page = f"/proposals/case/{proposal[0]}/coauthors"
    assert visitor.post(page, email="wrong").status_code == 422
    typed = {"email": FRIEND, "request_id": uuid4()}
    for _ in range(2):
        assert visitor.post(page, **typed).status_code == 303
    assert FRIEND in visitor.get(page).text
    with uow_in(VILLAGE) as uow:
        [letter] = uow.session.query(Message).filter_by(fact="proposals:coauthor.invited")
        return re.search(r"/proposals/coauthor/\S+", letter.text)[0]


def test_who_is_invited_writes_along_and_is_named_by_choice(visitor, proposal, link, sign_in):
    code, key = proposal
    assert "Пейка" not in visitor.get(link, village=NEIGHBOUR).text
    friend = sign_in(VILLAGE)
    other = sign_in(NEIGHBOUR)
    assert other.get(link).status_code == 404
    assert friend.post(link, {"name": ""}).status_code == 422
    for _ in range(2):
        assert friend.post(link, {"name": "Проба Другарова"}).status_code == 303
    own = f"/proposals/case/{key}"
    page = friend.get(own).text
    assert code not in re.sub(r"\s", "", page) and "Внесете предложението" not in page
    assert "Пейка пред магазина" in friend.get("/proposals/mine").text
    seen = re.search(r'expected_version"[^>]*value="(\d+)"', friend.get(f"{own}/improve").text)[1]
    typed = {"title": "Две пейки", "text": "Да са две.", "expected_version": seen}
    assert friend.post(f"{own}/improve", typed).status_code == 303
    shown = visitor.get(f"/proposals/{key}").text.replace("\xa0", " ")
    assert "Две пейки" in shown and "и още 1 автор" in shown and "Другарова" not in shown
    assert (
        friend.post(f"{own}/name", {"name": "Проба Другарова", "is_named": "y"}).status_code == 303
    )
    assert "Проба Авторова, Проба Другарова" in visitor.get(f"/proposals/{key}").text
    for path in ("hand-in", "withdraw", "merge"):
        assert friend.post(f"{own}/{path}", {"expected_version": "9"}).status_code == 404
    assert sign_in(VILLAGE).get(own).status_code == 404, "no third person"


def test_all_may_leave_but_the_last(visitor, proposal, link, sign_in, owner):
    code, key = proposal
    own, friend = f"/proposals/case/{code}", sign_in(VILLAGE)
    refused = visitor.post(f"{own}/leave")
    assert refused.status_code == 409 and "единственият автор" in refused.text
    friend.post(link, {"name": "Проба Другарова"})
    for _ in range(2):
        assert visitor.post(f"{own}/leave").status_code == 303
    assert visitor.get(own).status_code == 404, "the code opens nothing any more"
    assert "Авторова" not in visitor.get(f"/proposals/{key}").text
    page = friend.get(f"/proposals/case/{key}").text
    assert "Внесете предложението" in page
    assert friend.post(f"/proposals/case/{key}/leave", {}).status_code == 409
    assert owner(ROWS) == []


def test_an_invitation_ends_by_hand_and_after_seven_days(visitor, proposal, link, sign_in, uow_in):
    page = f"/proposals/case/{proposal[0]}/coauthors"
    back = re.search(
        r"/proposals/case/\d+/coauthors/[0-9a-f-]{36}/take-back", visitor.get(page).text
    )
    with uow_in(VILLAGE) as uow:
        object.__setattr__(uow, "now", uow.now + timedelta(days=6))
        forget_invited(uow)
        uow.commit()
    friend = sign_in(VILLAGE)
    assert friend.get(link).status_code == 200
    for _ in range(2):
        assert visitor.post(back[0]).status_code == 303
    assert friend.get(link).status_code == 404 and FRIEND not in visitor.get(page).text
    visitor.post(page, email=FRIEND)
    with uow_in(VILLAGE) as uow:
        object.__setattr__(uow, "now", uow.now + timedelta(days=8))
        forget_invited(uow)
        uow.commit()
    assert FRIEND not in visitor.get(page).text


def test_after_erasure_the_proposal_belongs_to_who_stays(link, proposal, sign_in, uow_in, owner):
    friend = sign_in(VILLAGE)
    friend.post(link, {"name": "Проба Другарова", "is_named": "y"})
    assert owner(ROWS) == [(friend.person_id, True)]
    with uow_in(VILLAGE) as uow:
        forget_person(uow, friend.person_id)
        uow.commit()
    assert owner(ROWS) == []


def test_who_writes_along_hears_that_it_is_hidden_and_shown(uow, make):
    row, friend = make(uow, email=FRIEND), uuid4()
    since = {"invited_at": uow.now, "joined_at": uow.now}
    along = ProposalCoauthor(request_id=uuid4(), proposal_id=row.id, person_id=friend, **since)
    uow.session.add(along)
    uow.session.flush()

    def letters(fact):
        told = {"subject_id": str(row.id)}
        own = [one for one in NOTIFICATIONS if one.fact is fact and callable(one.to)]
        return [one.letter(uow, told)[1] for one in own if friend in one.to(uow, told)]

    reason = Reason(rule="personal", words="Болест")
    hide_proposal(uow, row, reason, expected_version=row.version)
    uow.session.flush()
    [hidden] = letters(ProposalHidden)
    [upheld] = letters(ProposalUpheld)
    for letter in (hidden, upheld):
        assert f"/proposals/case/{row.id}" in letter and "съавтор" in letter
    assert "възразете" not in hidden, "the first author appeals"
    show_proposal(uow, row, expected_version=row.version)
    [shown] = letters(ProposalShown)
    assert "отново се вижда" in shown
