"""Groups, calculations and recorded cases of designed services; approvals one after the other."""

import re

import pytest
from support.designer_pages import VILLAGE, text

from obshto.modules.eservices.seeds import seed
from obshto.platform.permissions import Role

T = "t_gorno_selo.eservices"
FAMILY = "Членове на домакинството"


@pytest.fixture
def seeded(offered, uow_in, memory):
    def write():
        with uow_in(VILLAGE) as uow:
            seed(uow)
            uow.commit()

    memory.of("approvals", write)


@pytest.fixture
def secretary(seeded, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Секретар Секретарев", email="sec@example.com")


@pytest.fixture
def mayor(seeded, sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Кмет Кметов", email="mayor@example.com")


def waiting(person, path="/console/eservices/approvals"):
    found = re.search(r"/console/eservices/([0-9a-f-]{36})/appro", person.get(path).text)
    return found and found[1]


def test_a_decision_goes_from_role_to_role_before_it_is_issued(secretary, mayor, owner):
    case = waiting(secretary)
    assert case and not waiting(mayor)
    path = f"/console/eservices/{case}/approval"
    assert mayor.get(path).status_code == 403, "it is not the mayor's turn"
    page = text(secretary.get(path))
    assert "Доход на човек: 404,85 €" in page and "1. Име: Проба Примерова; Години: 68" in page
    [(address, fields)] = [f for f in secretary.forms(path) if f[0].endswith("/approve")]
    for _ in range(2):  # a double click is one approval
        assert secretary.post(address, fields).status_code == 303
    assert owner(f"select step, waits_for from {T}_proposal where id = '{case}'") == [(1, "mayor")]
    assert not waiting(secretary)
    assert mayor.press(path, to="/approve").status_code == 303
    state = f"select state, fee_cents from {T}_case where id = '{case}'"
    assert owner(state) == [("issued", 500)], "the fee is what was calculated"


def test_what_is_not_right_goes_back_with_the_reason(secretary, owner):
    case = waiting(secretary)
    path = f"/console/eservices/{case}/approval"
    assert secretary.press(path, to="/return-decision", words="").status_code == 422
    assert secretary.press(path, to="/return-decision", words="Грешна дата").status_code == 303
    assert owner(f"select state from {T}_case where id = '{case}'") == [("in_work",)]
    assert owner(f"select count(*) from {T}_proposal where id = '{case}'") == [(0,)]


def test_who_prepared_it_never_approves_it_and_it_is_not_stuck(secretary, mayor, owner, sign_in):
    """The only secretary prepared it: it says so, is given to somebody else, or taken back."""
    case = waiting(secretary)
    secretary.press(f"/console/eservices/{case}/approval", to="/return-decision", words="Аз ще го")
    secretary.press(f"/console/eservices/{case}", to="/take")
    shown = secretary.get(f"/console/eservices/{case}/issue")
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', shown.text)[1]
    sent = {"decision_text": "Да.", "expected_version": version, "confirmed": "1"}
    answer = secretary.post(f"/console/eservices/{case}/issue", sent)
    assert answer.location.endswith("said=eservices.prepared-stuck")
    assert not waiting(secretary)
    fields = {"expected_version": int(version) + 1, "step": 0}
    refused = secretary.post(f"/console/eservices/{case}/approve", fields)
    assert refused.status_code == 403 and "Вие сте подготвили" in text(refused)
    assert "няма кой" in text(secretary.get("/console/eservices/approvals/all"))
    admin = sign_in(VILLAGE, Role.ADMIN, name="Админ", email="adm@example.com")
    assert admin.get(f"/console/eservices/{case}/approval").status_code == 403
    path = f"/console/eservices/{case}/approver"
    assert str(secretary.person_id) not in admin.get(path).text
    [(address, fields)] = [form for form in admin.forms(path) if "step" in form[1]]
    given = admin.post(address or path, {**fields, "to": str(mayor.person_id)})
    assert given.status_code == 303
    assert waiting(mayor) == case
    back = secretary.press(f"/console/eservices/{case}", to="/take-back")
    assert back.status_code == 303
    assert owner(f"select state from {T}_case where id = '{case}'") == [("in_work",)]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REGISTRY_CLERK])
def test_others_neither_approve_nor_reassign(secretary, sign_in, owner, role):
    case = waiting(secretary)
    other = sign_in(VILLAGE, role, name="Друг", email="other@example.com")
    assert other.get(f"/console/eservices/{case}/approval").status_code == 403
    assert other.get(f"/console/eservices/{case}/approver").status_code == 403
    [(version,)] = owner(f"select version from {T}_case where id = '{case}'")
    sent = {"step": 0, "expected_version": version}
    assert other.post(f"/console/eservices/{case}/approve", sent).status_code == 403


def own_path(person):
    page = person.get("/console/eservices/own").text
    link = r'href="(/console/eservices/own/[0-9a-f-]{36})"[^<]*>[^<]*Удостоверение'
    return re.search(link, page)[1]


def test_a_recorded_case_must_pass_before_publishing(secretary, walking, sign_in):
    path = own_path(secretary)
    cases = secretary.get(f"{path}/cases")
    assert "минава" in text(cases)
    name = "za_ekzempliarite"
    shown = secretary.get(f"{path}/questions/{name}")
    sent = {
        **{"label": "За екземплярите", "kind": "calculated_sum", "required": "y"},
        **{"formula": "{Брой екземпляри} * 3", "decimals": "0", "join": "and"},
        "expected_version": walking.seen_on(shown),
    }
    assert secretary.post(f"{path}/questions/{name}", sent).status_code == 303
    shown = secretary.get(f"{path}/publish")
    note = {"note": "По-скъпо", "expected_version": walking.seen_on(shown)}
    refused = secretary.post(f"{path}/publish", note)
    assert refused.status_code == 422 and "Записан случай вече дава друго" in text(refused)
    case = re.search(rf"{path}/cases/[0-9a-f-]{{36}}", secretary.get(f"{path}/cases").text)[0]
    there = sign_in("dolno-selo", Role.SECRETARY, name="Съсед", email="s@n.example")
    assert there.get(case).status_code == 404
    page = text(secretary.get(case))
    assert "За екземплярите: 5,00 €" in page and "За екземплярите: 6,00 €" in page
    assert secretary.press(case, to="/accept").status_code == 303
    assert secretary.post(f"{path}/publish", note).status_code == 303


def test_a_group_and_a_calculation_are_made_without_code(hall, designer, walking):
    step = hall.step("Кой идва")
    answer = hall.save(f"add/{step}", label="Отбор", kind="group", required="y")
    assert "/groups/otbor" in answer.location
    assert "още нищо не се пита" in text(hall.page)
    hall.save("groups/otbor/columns/new", label="Име", kind="text", required="y")
    hall.save("groups/otbor/columns/new", label="Тегло", kind="number", required="y")
    hall.save("groups/otbor", least="5", most="3", status=422)
    hall.save("groups/otbor", least="2", most="12", as_table="y")
    wrong = hall.save(f"add/{step}", label="Общо", kind="calculated", formula="{Тегло}", status=422)
    assert "не е въпрос, с който може да се смята" in text(wrong)
    hall.ask(step, "Общо", "calculated", formula="СБОР({Отбор: Тегло})")
    circle = hall.save("questions/obshto", formula="{Общо} + 1", status=422)
    assert "върти в кръг" in text(circle)
    assert "поправете" not in text(hall.page)


def test_a_group_of_one_village_does_not_exist_in_the_other(hall, designer, sign_in):
    step = hall.step("Кой идва")
    hall.save(f"add/{step}", label="Отбор", kind="group", required="y")
    hall.save("groups/otbor/columns/new", label="Име", kind="text", required="y")
    there = sign_in("dolno-selo", Role.SECRETARY, name="Съсед", email="s@n.example")
    for part in ("groups/otbor", "groups/otbor/columns/new", "groups/otbor/columns/ime"):
        path = f"{hall.path}/{part}"
        assert (designer.get(path).status_code, there.get(path).status_code) == (200, 404)


def test_a_row_is_dropped_by_its_button(hall, designer, walking):
    step = hall.step("Кой идва")
    hall.save(f"add/{step}", label="Отбор", kind="group", required="y")
    hall.save("groups/otbor/columns/new", label="Име", kind="text", required="y")
    hall.save("groups/otbor/columns/new", label="Тегло", kind="number", required="y")
    hall.save("groups/otbor", least="2", most="12", as_table="y")
    hall.ask(step, "Общо", "calculated", formula="СБОР({Отбор: Тегло})")
    assert hall.press("/try").status_code == 303
    path = f"{hall.path}/try/pages/{step}"
    shown = designer.get(path)
    rows = {"otbor-0-ime": "Пена", "otbor-0-teglo": "50"}
    sent = {**rows, "expected_version": walking.seen_on(shown)}
    assert "поне 2 реда" in text(designer.post(path, sent))
    rows |= {"otbor-1-ime": "Гена", "otbor-1-teglo": "60"}
    rows |= {"otbor-2-ime": "Вяра", "otbor-2-teglo": "70"}
    again = designer.post(path, {**sent, **rows, "drop": "otbor-0"})
    assert again.status_code == 303 and again.location.endswith(step), "the page is shown again"
    assert "Пена" not in text(designer.get(path)) and "Вяра" in designer.get(path).text
    assert "130" in text(designer.get(f"{hall.path}/try/check"))
