"""A mistake in an issued document: the new one, the old one, who approves, who is told."""

import re

import pytest
from sqlalchemy import text

from obshto.modules.eservices.seeds import seed
from obshto.modules.eservices.services.case_queries import case_of, document_of
from obshto.modules.eservices.services.letters import corrected
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
T = "t_gorno_selo.eservices"
ISSUE = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}
REASON = "Пред кого ще послужи беше написано грешно."
NUMBERS = f"select year || '-' || lpad(sequence::text, 5, '0'), code from {T}_document order by id"


def issue(clerk, case_id, walking):
    path = f"/console/eservices/{case_id}/issue"
    form = {**ISSUE, "confirmed": "1", "expected_version": walking.seen_on(clerk.get(path))}
    assert clerk.post(path, form).status_code == 303


@pytest.fixture
def issued(clerk, taken, walking):
    issue(clerk, taken, walking)
    return taken


def form_of(person, case_id, **typed):
    """The form as it stands, with „банка“ made „съд“."""
    path = f"/console/eservices/{case_id}/correction"
    [(_to, fields)] = [form for form in person.forms(path) if "text" in form[1]]
    return path, fields | {"text": fields["text"].replace("банка", "съд"), "reason": REASON} | typed


def correct(person, case_id, **typed):
    path, fields = form_of(person, case_id, **typed)
    return person.post(path, fields | {"confirmed": "1"})


def test_the_new_one_names_the_old_whose_code_leads_to_it(clerk, issued, client, at, owner):
    assert correct(clerk, issued).location.endswith("said=eservices.corrected")
    [(old, code), (new, new_code)] = owner(NUMBERS)
    assert int(new[-5:]) == int(old[-5:]) + 1
    page = client.get(f"/eservices/verify/{code}", base_url=at(VILLAGE)).text
    assert "Документът е заменен" in page and f"/verify/{new_code}" in page and "Пена" not in page
    page = client.get(f"/documents/verify/{new_code}", base_url=at(VILLAGE)).text
    assert f"мястото на документ № {old}" in page.replace("\xa0", " ")
    assert client.get(f"/documents/verify/{new_code}", base_url=at(NEIGHBOUR)).status_code == 404
    [(logged,)] = owner(
        "select detail->>'replaced' from t_gorno_selo.audit_entry"
        " where act = 'eservices:document.corrected'"
    )
    assert logged == old


def test_the_clerk_sees_what_was_issued_and_what_changes_before_a_number_is_given(
    clerk, issued, owner
):
    path, fields = form_of(clerk, issued)
    page = clerk.post(path, fields).text
    assert "<del>" in page and "банка" in page and "<ins>" in page and "съд" in page
    assert len(owner(NUMBERS)) == 1
    back = clerk.post(path, fields | {"edit": "1"}).text
    assert REASON in back and "съд" in back, "what was typed stays"


def test_the_person_is_told_and_has_the_new_one_alone(clerk, citizen, issued, owner, uow_in):
    correct(clerk, issued)
    [(old, _), (new, _)] = owner(NUMBERS)
    page = citizen.get(f"/eservices/cases/{issued}").text.replace("\xa0", " ")
    assert f"№ {new}</p>" in page and f"на мястото на № {old}" in page and REASON in page
    with uow_in(VILLAGE) as uow:
        case = case_of(uow, issued)
        told = {"subject_id": str(issued), "number": case.number, "replaced": old, "issued": new}
        subject, words = corrected(uow, told)
        assert document_of(uow, case).number == new and case.number in subject
    assert old in words and new in words and "Пена" not in words


def test_nothing_changed_no_reason_a_late_copy_and_a_double_click(clerk, issued, owner):
    path, fields = form_of(clerk, issued)
    assert clerk.post(path, fields | {"reason": ""}).status_code == 422
    same = form_of(clerk, issued, text=fields["text"].replace("съд", "банка"))[1]
    answer = clerk.post(path, same | {"confirmed": "1"})
    assert answer.status_code == 422 and "Нищо не е променено" in answer.text
    for _ in range(2):
        assert clerk.post(path, fields | {"confirmed": "1"}).status_code == 303
    assert len(owner(NUMBERS)) == 2
    late = {**fields, "request_id": same["request_id"], "text": "Друго", "confirmed": "1"}
    assert clerk.post(path, late).status_code == 422
    assert len(owner(NUMBERS)) == 2


def test_only_who_decides_and_opened_the_case_corrects(clerk, colleague, issued, sign_in):
    path = f"/console/eservices/{issued}/correction"
    assert colleague.get(path).status_code == 403
    colleague.press(f"/console/eservices/{issued}", to="/look", purpose="control")
    assert colleague.get(path).status_code == 200
    assert sign_in(VILLAGE, Role.EDITOR).get(path).status_code == 403
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(path).status_code == 404


def test_what_two_sign_is_corrected_by_two(clerk, colleague, issued, owner, uow_in, migrator):
    with migrator.begin() as connection:
        connection.execute(text(f"UPDATE {T}_case SET needs_second = true"))
    assert correct(clerk, issued).location.endswith("said=eservices.proposed")
    assert len(owner(NUMBERS)) == 1, "the one that was issued is in force"
    path = f"/console/eservices/{issued}/proposal"
    assert f"{issued}/proposal" in clerk.get(f"/console/eservices/{issued}").text
    assert clerk.get("/console/eservices/?list=sign").text.count(f"{issued}") >= 1
    assert "<ins>" in colleague.get(path).text
    assert colleague.press(path, to="/sign").status_code == 303
    assert len(owner(NUMBERS)) == 2
    assert owner(f"select count(*) from {T}_proposal") == [(0,)]


def test_what_is_given_back_leaves_the_document(clerk, colleague, issued, owner, migrator):
    with migrator.begin() as connection:
        connection.execute(text(f"UPDATE {T}_case SET needs_second = true"))
    correct(clerk, issued)
    path = f"/console/eservices/{issued}/proposal"
    assert colleague.press(path, to="/give-back", words="Не е така").status_code == 303
    assert owner(f"select state from {T}_case where id = '{issued}'") == [("issued",)]
    assert len(owner(NUMBERS)) == 1
    assert correct(clerk, issued).status_code == 303, "it can be corrected again"


def test_those_who_approve_decisions_approve_the_correction(offered, uow_in, sign_in, owner):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.commit()
    secretary, mayor, clerk = (
        sign_in(VILLAGE, role, name=name, email=f"{role}@villages.example")
        for role, name in (
            (Role.SECRETARY, "Секретар Проба"),
            (Role.MAYOR, "Кмет Проба"),
            (Role.REGISTRY_CLERK, "Деловодител Проба"),
        )
    )
    page = secretary.get("/console/eservices/approvals").text
    case = re.search(r"/console/eservices/([0-9a-f-]{36})/appro", page)[1]
    path = f"/console/eservices/{case}/approval"
    approve = lambda who: who.press(path, to="/approve").status_code  # noqa: E731
    assert (approve(secretary), approve(mayor)) == (303, 303)
    documents = f"select count(*) from {T}_document where case_id = '{case}'"
    clerk.press(f"/console/eservices/{case}", to="/look", purpose="control")
    fields = form_of(clerk, case)[1]
    answer = correct(clerk, case, text=fields["text"] + "\nДобавен ред")
    assert answer.location.endswith("said=eservices.prepared")
    assert "Добавен ред" in secretary.get(path).text and mayor.get(path).status_code == 403
    assert approve(secretary) == 303 and owner(documents) == [(1,)]
    assert approve(mayor) == 303 and owner(documents) == [(2,)]


def test_what_was_issued_before_its_text_was_kept_says_so(clerk, issued, migrator):
    with migrator.begin() as connection:
        connection.execute(text(f"UPDATE {T}_document SET printed = NULL"))
    page = clerk.get(f"/console/eservices/{issued}/correction").text
    assert "преди да пазим текста" in page and "Пена Иванова Пробова" in page
