"""Requests that are not simply one's own: two accounts, somebody else's name, an heir."""

import re
from uuid import uuid4

import pytest

from obshto.modules.personaldata.services.account_links import linked_with
from obshto.modules.personaldata.services.timeline import own_looks
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.permissions import Role
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK, PAGES = "/console/personaldata", "/personaldata"
NAME, FIRST, SECOND = "Проба Човекова", "edin@primer.bg", "dve@primer.bg"


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def first(sign_in):
    return sign_in(VILLAGE, name=NAME, email=FIRST)


@pytest.fixture
def second(sign_in):
    return sign_in(VILLAGE, name=NAME, email=SECOND)


def version_in(page):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]


def sent(person, kind="accounts", behalf=""):
    typed = {"words": f"И {SECOND} е мой", "name": NAME, "behalf": behalf, "request_id": uuid4()}
    return person.post(f"{PAGES}/new/{kind}", typed)


def taken(officer, answer):
    page = f"{DESK}/{re.search('[0-9a-f-]{36}', answer.location)[0]}"
    officer.post(f"{page}/take", {"expected_version": version_in(officer.get(page).text)})
    return page


def answered(officer, page, **typed):
    seen = version_in(officer.get(f"{page}/answer").text)
    return officer.post(f"{page}/answer", {"words": "Да.", "expected_version": seen, **typed})


def looked_at(uow_in, person):
    said = Purpose(word="answer", kinds=(DataKind.NAME,), ground="чл. 6")
    with uow_in(VILLAGE) as uow:
        object.__setattr__(uow, "principal", Principal(person_id=uuid4(), name="Проба"))
        opened = Opened(
            part="personaldata", object_id=uuid4(), subject=Subject(person_id=person.person_id)
        )
        look(uow, opened, said)
        uow.commit()


def together(person, uow_in):
    """How many looks the person reads, and with which accounts."""
    with uow_in(VILLAGE) as uow:
        looks = uow.session.scalars(own_looks(uow, person.person_id)).all()
        return len(looks), linked_with(uow, person.person_id)


def test_two_accounts_are_read_together_once_the_other_says_so(officer, first, second, uow_in):
    looked_at(uow_in, second)
    page = taken(officer, sent(first))
    before = together(first, uow_in)[0]
    assert answered(officer, page, email=SECOND).status_code == 303
    assert together(first, uow_in) == (before, []), "never without the other"
    mine = second.get(f"{PAGES}/mine").text
    link = re.search(r"/personaldata/accounts/[0-9a-f-]{36}", mine)[0]
    typed = {"expected_version": version_in(mine)}
    stranger = first.post(f"{link}/confirm", typed)
    assert stranger.status_code == 404, "the one who asked cannot answer for the other"
    for _ in range(2):
        assert second.post(f"{link}/confirm", typed).status_code == 303
    assert together(first, uow_in) == (before + 1, [second.person_id])
    assert "Разделете профилите" in first.get(f"{PAGES}/mine").text
    seen = {"expected_version": version_in(first.get(f"{PAGES}/mine").text)}
    for _ in range(2):
        assert first.post(f"{link}/end", seen).status_code == 303
    assert together(first, uow_in) == (before, [])


def test_an_account_that_is_not_there_or_ones_own_is_refused(officer, first, uow_in):
    page = taken(officer, sent(first))
    for email in ("nyama@primer.bg", FIRST):
        refused = answered(officer, page, email=email)
        assert refused.status_code == 422 and "Няма друг профил" in refused.text
        assert "Да." in refused.text


def test_accounts_are_joined_only_by_who_is_signed_in_and_for_oneself(client, at, first):
    refused = sent(first, behalf="proxy")
    assert refused.status_code == 422 and "за себе си" in refused.text


def test_a_link_is_no_stranger_s_and_no_neighbour_s(officer, first, second, sign_in, uow_in):
    page = taken(officer, sent(first))
    answered(officer, page, email=SECOND)
    mine = second.get(f"{PAGES}/mine").text
    link = re.search(r"/personaldata/accounts/[0-9a-f-]{36}", mine)[0]
    typed = {"expected_version": version_in(mine)}
    for village in (VILLAGE, NEIGHBOUR):
        other = sign_in(village, name="Проба Чужда", email="chuzhda@primer.bg")
        for act in ("confirm", "end"):
            assert other.post(f"{link}/{act}", typed).status_code == 404


def test_a_request_in_somebody_else_s_name_is_answered_by_papers_alone(officer, first):
    page = taken(officer, sent(first, "access", "proxy"))
    for how, wanted in (("card", 422), ("papers", 303)):
        seen = {"expected_version": version_in(officer.get(f"{page}/identify").text)}
        assert officer.post(f"{page}/identify", {**seen, "how": how}).status_code == 303
        answer = answered(officer, page)
        assert answer.status_code == wanted
        assert wanted == 303 or "документ за представителство" in answer.text


def test_an_heir_has_access_and_a_copy_and_nothing_else(first):
    for kind in ("erasure", "correction", "limitation", "portability"):
        refused = sent(first, kind, "heir")
        assert refused.status_code == 422 and "достъп и копие" in refused.text
    answer = sent(first, "access", "heir")
    assert answer.status_code == 303
    assert "удостоверение за наследници" in first.get(answer.location.partition("?")[0]).text
