"""Records of mandates: preparing, signature, withdrawal, letters, what stays and what goes."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.mandates import errors
from obshto.modules.mandates.notifications import assistant as assistant_of
from obshto.modules.mandates.notifications import given, giver, over
from obshto.modules.mandates.services.kinds import CALL, ENDED, SIGNED, WITHDRAWN
from obshto.modules.mandates.services.lifecycle import (
    end_due_mandates,
    sign_mandate,
    withdraw_mandate,
)
from obshto.modules.mandates.services.retention import KEPT, empty_old_mandates, forget_person
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/mandates"


def test_a_profile_is_found_by_its_email_only_under_its_own_name(uow, make, assistant, person):
    assert make.prepared(uow, assistant).person_id == person.person_id
    nobody = make.prepared(uow, assistant, email="other@v.example")
    assert not nobody.has_profile and nobody.person_id != person.person_id
    with pytest.raises(errors.ProfileOfAnother):
        make.prepared(uow, assistant, name="Друга Жена")
    with pytest.raises(errors.ForThemselves):
        make.prepared(uow, assistant, name="Проба Помощникова", email="p@v.example")
    with pytest.raises(errors.MandateTooLong):
        make.prepared(uow, assistant, ends_on=day_of(uow.now) + timedelta(days=91))


def test_who_acts_may_not_enter_the_signature_and_two_witnesses_are_two_people(
    uow, make, assistant, person
):
    row = make.prepared(uow, assistant)
    own = replace(uow, principal=Principal(person_id=assistant.person_id, name="Помощник"))
    paper = make.signature(uow)
    with pytest.raises(errors.SignedByAssistant):
        sign_mandate(own, row, paper, expected_version=row.version)
    for names in (("Един Свидетел", "един  свидетел"), ("Проба Помощникова", "Друг")):
        with pytest.raises(errors.BadWitness):
            bad = make.signature(uow, witnesses=names)
            sign_mandate(uow, row, bad, expected_version=row.version)
    with pytest.raises(errors.StaleMandate):
        sign_mandate(uow, row, paper, expected_version=row.version - 1)
    sign_mandate(uow, row, paper, expected_version=row.version)
    version = row.version
    sign_mandate(uow, row, paper, expected_version=version - 1)  # the same form again
    assert row.state == SIGNED and row.version == version


def test_letters_go_to_the_person_and_to_the_assistant(uow, make, assistant, person):
    row = make.signed(uow, assistant)
    fact = {"subject_id": str(row.id), "number": row.number}
    assert giver(uow, fact) == [person.person_id]
    assert assistant_of(uow, fact) == [assistant.person_id]
    subject, body = given(uow, fact)
    assert "Проба Помощникова" in subject and "Подава сигнали" in body
    nobody = make.signed(uow, assistant, email="", phone="+359888100301", name="Проба Каменов")
    [address] = giver(uow, {"subject_id": str(nobody.id)})
    assert address.phone == "+359888100301" and not address.email
    draft = make.prepared(uow, assistant, email="")
    assert over(uow, {"subject_id": str(draft.id)}) is None


def test_it_ends_by_itself_and_years_later_names_nobody(uow, make, assistant, person):
    row = make.signed(uow, assistant, relative="Дете Първанов")
    later = replace(uow, now=uow.now + timedelta(days=12))
    end_due_mandates(later)
    assert row.state == ENDED and row.ended_how == "term"
    empty_old_mandates(replace(later, now=later.now + KEPT + timedelta(days=1)))
    assert row.is_emptied and row.name == "" and row.witnesses is None and row.person_id is None
    assert row.acts == ["reports:send"]


def test_an_erased_person_is_acted_for_no_more(uow, make, assistant, person):
    row = make.signed(uow, assistant)
    forget_person(uow, person.person_id)
    assert row.state == WITHDRAWN and row.name == "" and row.person_id is None
    other = make.signed(uow, assistant, email="", name="Проба Каменов")
    forget_person(uow, assistant.person_id)
    assert other.state == WITHDRAWN and other.assistant_id is None and other.assistant == ""


def test_withdrawn_twice_is_withdrawn_once(uow, make, assistant, person):
    row = make.signed(uow, assistant)
    version = row.version
    withdraw_mandate(uow, row, CALL, expected_version=version)
    facts = len(uow.facts)
    withdraw_mandate(uow, row, CALL, expected_version=version)
    assert row.state == WITHDRAWN and len(uow.facts) == facts


def test_from_the_form_to_the_signed_paper(clerk, assistant, person):
    [(_, fields)] = _forms(clerk, f"{DESK}/new")
    typed = {
        "name": "Проба Първанова",
        "assistant": str(assistant.person_id),
        "acts": ["reports:send"],
        "ends_on": "2000-01-01",
    }
    late = clerk.post(f"{DESK}/new", fields | typed)
    assert late.status_code == 422 and "Проба Първанова" in late.text
    soon = {"ends_on": (day_of(now()) + timedelta(days=5)).isoformat()}
    made, again = (clerk.post(f"{DESK}/new", fields | typed | soon) for _ in range(2))
    assert made.status_code == 303 and made.location == again.location
    path = made.location.split("?")[0]
    assert "Аз," in clerk.get(f"{path}/sheet").text
    paper = {"sheet": "Л-9", "first_witness": "Един", "second_witness": "Два", "is_read": "y"}
    [(_, sign)] = _forms(clerk, f"{path}/sign")
    unread = {name: value for name, value in paper.items() if name != "is_read"}
    assert clerk.post(f"{path}/sign", sign | unread).status_code == 422
    assert clerk.post(f"{path}/sign", sign | paper).status_code == 303
    assert "Важи" in clerk.get(path).text


def test_a_code_withdraws_and_that_of_a_relative_only_shows(give, clerk, client, at):
    given = give(relative="Дете Първанов")
    letter = clerk.get(f"{DESK}/{given.id}/letter").text
    assert [re.sub(r"\D", "", one) for one in re.findall(r'ob-number">([\d\s\xa0]+)<', letter)] == [
        given.code,
        given.viewer,
    ]
    seen = _followed(client, at, given.number, given.viewer)
    assert "Оттеглете съгласието" not in seen.text and "Проба Първанова" not in seen.text
    refused = client.get(f"/mandates/mandate/{given.viewer}/withdraw", base_url=at(VILLAGE))
    assert refused.status_code == 404
    own = f"/mandates/mandate/{given.code}/withdraw"
    page = client.get(own, base_url=at(VILLAGE)).text
    version = re.search(r'name="expected_version" value="(\d+)"', page)[1]
    gone = client.post(own, data={"expected_version": version}, base_url=at(VILLAGE))
    assert gone.status_code == 303
    assert "Оттеглено" in clerk.get(f"{DESK}/{given.id}").text


def test_each_page_is_for_whom_it_is(mandate, clerk, assistant, person, sign_in, at):
    for path in ("/", "/new", f"/{mandate.id}", f"/{mandate.id}/letter", f"/{mandate.id}/sign"):
        assert person.get(f"{DESK}{path}").status_code == 403, path
    assert clerk.get(f"{DESK}/mine").status_code == 403  # a secretary does not act
    assert assistant.get(f"{DESK}/mine").status_code == 200
    assert assistant.get(f"{DESK}/{uuid4()}/act").status_code == 404
    stranger = sign_in(VILLAGE, name="Друг Човек", email="d@v.example")
    assert stranger.get(f"/mandates/mandate/{mandate.id}").status_code == 404
    neighbour = sign_in(
        NEIGHBOUR, Role.SECRETARY, Role.REGISTRY_CLERK, name="Съсед Съседов", email="n@v.example"
    )
    for path in ("", "/letter", "/sheet", "/sign", "/withdraw", "/journal", "/act"):
        assert neighbour.get(f"{DESK}/{mandate.id}{path}").status_code == 404, path


def _forms(client, path):
    shell = ("/stop-acting", "/sign-out")
    return [one for one in client.forms(path) if not one[0].endswith(shell)]


def _followed(client, at, number, code):
    sent = {"request_id": uuid4(), "number": number, "code": code}
    found = client.post("/mandates/follow", data=sent, base_url=at(VILLAGE))
    assert found.status_code == 303, found.text
    return client.get(found.location, base_url=at(VILLAGE))
