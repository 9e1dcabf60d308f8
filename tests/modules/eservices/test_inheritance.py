"""A service goes from one municipality to the others, and its new versions after it."""

import json
import re
from pathlib import Path
from uuid import UUID

import pytest
from support.designer_pages import VILLAGE, text

from obshto.modules import eservices
from obshto.modules.eservices.models import DesignedService, InheritedService
from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.demonstration import OWN_ANSWERS, household_service
from obshto.modules.eservices.services.design.inheritance import watch_versions
from obshto.modules.eservices.services.design.parts import PARTS, Changed, changes, merged
from obshto.modules.eservices.services.design.recorded import keep_case
from obshto.modules.eservices.services.design.shared_services import offer_to_others
from obshto.platform.permissions import Role
from obshto.platform.search.services import index

NEIGHBOUR = "dolno-selo"
LIST = "/console/eservices/inherited"
T = "t_gorno_selo.eservices"
DEMO = Path(eservices.__file__).parent / "data" / "demo.json"


@pytest.fixture
def on(offered, migrator):
    """Services are switched on in both villages."""
    with migrator.begin() as connection:
        connection.exec_driver_sql("UPDATE shared.tenant SET modules = modules || '{eservices}'")


@pytest.fixture
def origin(on, uow_in):
    """Household income, published and offered by the neighbour; its id in the register."""
    with uow_in(NEIGHBOUR) as uow:
        row = designs.start_design(uow, household_service(), request_id=UUID(int=7))
        uow.session.flush()
        designs.publish_design(uow, row, "Първа", expected_version=row.version)
        uow.session.flush()
        offer_to_others(uow, row, is_offered=True, expected_version=row.version)
        found = object_id_of(service_of(uow, row.key))
        uow.commit()
    tell(uow_in, NEIGHBOUR, found)
    return found


def tell(uow_in, village, object_id):
    with uow_in(village) as uow:
        index(uow, part="eservices", object_id=str(object_id))


def neighbour_publishes(uow_in, origin, change, note="Нов закон", due_on=None):
    with uow_in(NEIGHBOUR) as uow:
        [row] = designs.designs(uow)
        designs.change_design(uow, row, change, expected_version=row.version)
        uow.session.flush()
        designs.publish_design(uow, row, note, due_on=due_on, expected_version=row.version)
        uow.commit()
    tell(uow_in, NEIGHBOUR, origin)


@pytest.fixture
def secretary(origin, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Секретар Секретарев", email="sec@example.com")


@pytest.fixture
def mayor(origin, sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Кмет Кметов", email="mayor@example.com")


def take(secretary, origin):
    path = f"{LIST}/offers/{origin}"
    [(address, fields)] = [f for f in secretary.forms(path) if "request_id" in f[1]]
    ids = {secretary.post(address, fields).location.split("/")[-1][:36] for _ in range(2)}
    assert len(ids) == 1, "a double click takes it once"
    return UUID(ids.pop())


@pytest.fixture
def taken(secretary, origin):
    """Taken over and published here."""
    row_id = take(secretary, origin)
    own = f"/console/eservices/own/{row_id}"
    assert secretary.press(f"{own}/publish", note="Взета").status_code == 303
    return row_id


def here(uow_in, read=lambda row: row.published):
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.query(DesignedService).filter(DesignedService.key.like("own-%")).all()
        return read(row)


def test_what_a_neighbour_offers_becomes_a_draft_that_asks_the_same(
    secretary, origin, uow_in, mayor
):
    page = text(secretary.get(LIST))
    assert "Удостоверение за доход на домакинство" in page and str(origin) in page
    assert str(origin) not in mayor.get(LIST).text, "who agrees to versions does not take services"
    assert mayor.get(f"{LIST}/offers/{origin}").status_code == 403
    shown = text(secretary.get(f"{LIST}/offers/{origin}"))
    assert "Членове на домакинството" in shown and "{име на заявителя}" in shown
    assert "applicant_name" not in shown, "nobody reads names of fields"
    row_id = take(secretary, origin)
    assert here(uow_in) == 0
    design = here(uow_in, designs.read_design)
    assert {p: [design.get(k) for k in PARTS[p][1]] for p in PARTS} == {
        p: [household_service().get(k) for k in PARTS[p][1]] for p in PARTS
    }
    assert "Взета от" in text(secretary.get(f"/console/eservices/own/{row_id}"))


def test_the_mayor_agrees_with_one_press_and_what_is_ones_own_stays(
    secretary, mayor, taken, origin, uow_in
):
    own = f"/console/eservices/own/{taken}"
    assert secretary.press(f"{own}/letters", issued="Елате в стая 3.").status_code == 303
    assert secretary.press(f"{own}/publish", note="Писмото").status_code == 303

    def change(design):
        design["document"]["lines"].append("Вярно с регистъра.")

    neighbour_publishes(uow_in, origin, change, note="Наредбата иска още един ред")
    path = f"{LIST}/{taken}"
    page = text(mayor.get(path))
    assert "Наредбата иска още един ред" in page and "Вярно с регистъра." in page
    assert "Писма до заявителя" in page, "what stays ours is said"
    [(address, fields)] = [f for f in mayor.forms(path) if "expected_version" in f[1]]
    for _ in range(2):
        assert mayor.post(address, fields).location.endswith("said=eservices.version-published")
    assert here(uow_in) == 3
    design = here(uow_in, designs.read_design)
    assert design["letters"] == {"issued": "Елате в стая 3."}
    assert design["document"]["lines"][-1] == "Вярно с регистъра."
    assert "По-нова версия няма." in text(mayor.get(path))


def test_where_both_changed_it_a_person_chooses(secretary, mayor, taken, origin, uow_in):
    own = f"/console/eservices/own/{taken}"
    assert secretary.press(f"{own}/letters", issued="Елате в стая 3.").status_code == 303
    neighbour_publishes(uow_in, origin, lambda d: d["letters"].update(issued="Идваме при Вас."))
    path = f"{LIST}/{taken}"
    assert mayor.press(path).status_code == 422, "nothing is chosen for them"
    assert mayor.press(path, letters="ours").status_code == 303
    assert here(uow_in, designs.read_design)["letters"] == {"issued": "Елате в стая 3."}


def test_a_case_that_ends_otherwise_keeps_it_a_draft(secretary, mayor, taken, origin, uow_in):
    """Recorded here: its own cases are run before a new version is published."""
    with uow_in(VILLAGE) as uow:
        row = designs.design_row(uow, taken)
        definition = designs.definition_now(row)
        typed = json.loads(DEMO.read_text("utf-8"))[2]["answers"]
        answers = {name: it for name, it in typed.items() if name in definition.questions}
        answers |= OWN_ANSWERS
        said = {"official": {"decision_text": "Да."}, "request_id": UUID(int=9)}
        keep_case(uow, row, definition, "двама", answers=answers, **said)
        uow.commit()

    def change(design):
        design["document"]["lines"].append("Нов ред.")

    neighbour_publishes(uow_in, origin, change)
    path = f"{LIST}/{taken}"
    assert "излиза друго" in text(mayor.get(path))
    assert mayor.press(path).location.endswith("said=eservices.version-drafted")
    assert here(uow_in) == 1, "people still see the old one"


def test_who_refuses_says_why_and_who_offers_reads_it(
    secretary, mayor, taken, origin, uow_in, sign_in, owner
):
    neighbour_publishes(uow_in, origin, lambda d: d["letters"].update(sent="Чакайте."))
    with uow_in(VILLAGE) as uow:
        for _ in range(2):
            watch_versions(uow)
            uow.session.flush()
        told = [fact.name for fact in uow.facts]
        assert told == ["eservices:version.offered"], "each version is told once"
        uow.commit()
    assert "Нови версии на взети услуги" in text(mayor.get("/console/"))
    path = f"{LIST}/{taken}/decline"
    assert mayor.press(path, because="").status_code == 422
    assert mayor.press(path, because="Нямаме кой да праща писма").status_code == 303
    assert "Нови версии на взети услуги" not in text(mayor.get("/console/"))
    assert here(uow_in) == 1
    key = owner(f"select service from {T}_inherited")[0][0]
    with uow_in(VILLAGE) as uow:
        about = object_id_of(service_of(uow, key))
    tell(uow_in, VILLAGE, about)
    admin = sign_in(NEIGHBOUR, Role.ADMIN)
    [row_id] = re.findall(
        r"/console/eservices/own/([0-9a-f-]{36})\"", admin.get("/console/eservices/own").text
    )
    page = text(admin.get(f"/console/eservices/own/{row_id}/takers"))
    assert "Горно село" in page and "Нямаме кой да праща писма" in page


def test_what_is_no_longer_offered_stays_and_says_so(secretary, taken, origin, uow_in, sign_in):
    admin = sign_in(NEIGHBOUR, Role.ADMIN)
    [row_id] = re.findall(
        r"/console/eservices/own/([0-9a-f-]{36})\"", admin.get("/console/eservices/own").text
    )
    stopped = admin.press(f"/console/eservices/own/{row_id}", to="/offer")
    assert stopped.location.endswith("said=eservices.not-offered")
    tell(uow_in, NEIGHBOUR, origin)
    assert "вече не се предлага" in text(secretary.get(LIST))
    assert secretary.get(f"{LIST}/offers/{origin}").status_code == 404
    assert "нови версии няма да има" in text(secretary.get(f"{LIST}/{taken}"))


def test_a_hostile_pattern_does_nothing_but_fail(secretary, origin, owner, migrator):
    with migrator.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE shared.public_entry SET pattern = jsonb_set(pattern, '{design,about,title,bg}',"
            " '\"{secret}\"') WHERE part = 'eservices' AND pattern IS NOT NULL"
        )
    path = f"{LIST}/offers/{origin}"
    assert secretary.get(path).status_code == 422
    assert owner(f"select count(*) from {T}_inherited") == [(0,)]


def test_the_wrong_municipality_sees_nothing_of_it(taken, sign_in):
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    for path in (f"{LIST}/{taken}", f"{LIST}/{taken}/decline", f"/console/eservices/own/{taken}"):
        assert stranger.get(path).status_code == 404
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.get(LIST).status_code == 403 == editor.get(f"{LIST}/{taken}").status_code


def test_three_ways_by_hand():
    """Each part: changed by nobody, here, there, by both alike, by both otherwise."""
    base = {"about": 1, "letters": {"a": 1}, "term": 1, "fee": {"b": 1}, "bring": [1]}
    ours = {"about": 2, "letters": {"a": 1}, "term": 2, "fee": {"b": 2}, "bring": [1]}
    theirs = {"about": 1, "letters": {"a": 9}, "term": 2, "bring": [1], "approvals": []}
    found = changes(base, ours, theirs)
    assert found == {
        **dict.fromkeys(PARTS, Changed.NOBODY),
        "about": Changed.HERE,
        "letters": Changed.THERE,
        "term": Changed.HERE,
        "fee": Changed.BOTH,
    }
    assert merged(base, ours, theirs) == {"about": 2, "letters": {"a": 9}, "term": 2, "bring": [1]}
    kept = merged(base, ours, theirs, kept=["fee"])
    assert kept == {"about": 2, "letters": {"a": 9}, "term": 2, "fee": {"b": 2}, "bring": [1]}
    assert json.loads(json.dumps(base)) == base, "nothing of what was given is changed"


def test_taken_twice_at_once_is_one(secretary, origin, uow_in):
    take(secretary, origin)
    with uow_in(VILLAGE) as uow:
        assert uow.session.query(InheritedService).count() == 1
