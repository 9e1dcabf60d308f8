"""A service that the region publishes: agreed to, refused, or in force by its day; who differs."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from support.designer_pages import NEIGHBOUR, VILLAGE, filled, text

from obshto.modules.eservices.models import DesignedService, InheritedService
from obshto.modules.eservices.notifications import version_came, version_waits
from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.demonstration import household_service
from obshto.modules.eservices.services.design.inheritance import watch_versions
from obshto.modules.eservices.services.design.regional import bring_regional, come_by_date
from obshto.modules.eservices.services.offers import offer_of
from obshto.ops.seed import furnish_together
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.search.services import index
from obshto.tenants.api import appoint_in_region

LIST, OWN = "/console/eservices/inherited", "/console/eservices/own"
SOON = today() + timedelta(days=10)


@pytest.fixture
def on(offered, migrator):
    with migrator.begin() as connection:
        connection.exec_driver_sql("UPDATE shared.tenant SET modules = modules || '{eservices}'")


@pytest.fixture
def specialist(on, sign_in, app):
    """Of the region's team, inside the municipality where its services are made."""
    person = sign_in(NEIGHBOUR, Role.ADMIN, name="Десислава Митова")
    with app.app_context():
        appoint_in_region(person.person_id, Role.OPERATOR)
    return person


@pytest.fixture
def made(on, uow_in):
    """Household income, published there; the address of its page."""
    with uow_in(NEIGHBOUR) as uow:
        design = household_service()
        design["offer"] = {"fee_cents": 900, "official": "Чужд Подписващ"}
        design["approvals"] = []
        row = designs.start_design(uow, design, request_id=UUID(int=7))
        uow.session.flush()
        designs.publish_design(uow, row, "Първа", expected_version=row.version)
        uow.commit()
        return f"{OWN}/{row.id}"


def tell(uow_in, village):
    """What the index does after each fact."""
    with uow_in(village) as uow:
        for row in designs.designs(uow):
            if row.published:
                found = object_id_of(service_of(uow, row.key))
                index(uow, part="eservices", object_id=str(found))
        uow.commit()


def day(of):
    return [str(of.day), str(of.month), str(of.year)]


@pytest.fixture
def regional(specialist, made, uow_in):
    answer = specialist.press(f"{made}/region", due_on=day(SOON))
    assert answer.location.endswith("said=eservices.of-the-region"), text(answer)
    tell(uow_in, NEIGHBOUR)
    return made


def hour(uow_in, on=None):
    """What the jobs of the other village do; the facts and the letters of them."""
    with uow_in(VILLAGE) as uow:
        if on:
            object.__setattr__(uow, "now", uow.now + (on - today()))
        watch_versions(uow)
        bring_regional(uow)
        uow.session.flush()
        come_by_date(uow)
        uow.session.flush()
        letters = []
        for fact in uow.facts:
            told = {"subject_id": str(fact.subject_id), **vars(fact)}
            told["subject_id"] = str(fact.subject_id)
            if fact.name == "eservices:version.offered":
                letters.append(version_waits(uow, told))
            if fact.name == "eservices:version.came":
                letters.append(version_came(uow, told))
        uow.commit()
    tell(uow_in, VILLAGE)
    return letters


def here(uow_in, read):
    with uow_in(VILLAGE) as uow:
        [taken] = uow.session.query(InheritedService).all()
        [row] = uow.session.query(DesignedService).filter_by(key=taken.service).all()
        return read(uow, taken, row)


def terms_of(uow, _, row):
    offer = offer_of(uow, row.key)
    return offer.fee_cents, offer.official


def published(uow_in):
    return here(uow_in, lambda _, taken, row: (taken.number, row.published))


@pytest.fixture
def mayor(regional, sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Кмет Кметов", email="mayor@example.com")


def drift(specialist, made):
    """The row of the other village on the map."""
    page = text(specialist.get(f"{made}/takers"))
    [row] = re.findall(r"<tr[^>]*><th[^>]*>[^<]*Горно село.*?</tr>", page)
    return re.sub(r"<[^>]+>", " ", row)


def test_only_the_regions_team_publishes_for_all(made, sign_in, specialist):
    admin = sign_in(NEIGHBOUR, Role.ADMIN)
    assert "За цялата област" not in text(admin.get(made))
    assert admin.get(f"{made}/region").status_code == 403
    assert "Публикувайте я за цялата област" in text(specialist.get(made))
    for typed, said in (
        ("", "Напишете деня"),
        (day(today() + timedelta(days=6)), "поне след 7 дни"),
    ):
        answer = specialist.press(f"{made}/region", due_on=typed)
        assert answer.status_code == 422 and said in text(answer)


def test_it_is_a_draft_with_a_letter_and_the_mayor_agrees_with_one_press(
    regional, mayor, specialist, uow_in
):
    [(subject, letter)] = hour(uow_in)
    assert "Удостоверение за доход" in subject and "влиза в сила сама на" in letter
    assert hour(uow_in) == [], "each version is told once"
    assert published(uow_in) == (0, 0)
    assert "още не я е приела" in drift(specialist, regional)
    row_id = here(uow_in, lambda _, __, row: row.id)
    assert "Нови версии на взети услуги" in text(mayor.get("/console/"))
    page = text(mayor.get(f"{LIST}/{row_id}"))
    assert "Членове на домакинството" in page and "Версия 1 на областта" in page
    assert mayor.press(f"{LIST}/{row_id}").location.endswith("said=eservices.version-published")
    assert published(uow_in) == (1, 1)
    fee = here(uow_in, terms_of)
    assert fee == (None, ""), "fees and signatures are never the region's"
    tell(uow_in, VILLAGE)
    assert "последната версия" in drift(specialist, regional)


def test_it_comes_by_its_day_with_what_the_municipality_changed(
    regional, specialist, sign_in, uow_in
):
    hour(uow_in)
    row_id = here(uow_in, lambda _, __, row: row.id)
    secretary = sign_in(VILLAGE, Role.SECRETARY, name="Секретар", email="sec@example.com")
    own = f"{OWN}/{row_id}"
    assert secretary.press(f"{own}/letters", issued="Елате в стая 3.").status_code == 303
    shown = secretary.get(f"{own}/terms")
    typed = filled(shown) | {"fee": "4,00", "official": "Кмет"}
    assert secretary.post(f"{own}/terms", typed).status_code == 303
    assert hour(uow_in, SOON - timedelta(days=1)) == [] and published(uow_in) == (0, 0)
    [(subject, letter)] = hour(uow_in, SOON)
    assert "Влезе в сила" in subject and "промени са запазени" in letter
    assert published(uow_in) == (1, 1)
    assert hour(uow_in, SOON + timedelta(days=1)) == [], "once"
    design = here(uow_in, lambda _, __, row: designs.read_design(row))
    assert design["letters"] == {"issued": "Елате в стая 3."}
    assert here(uow_in, terms_of) == (400, "Кмет")
    said = drift(specialist, regional)
    assert "влязла на деня на областта" in said and "Писма до заявителя" in said


def publish_again(specialist, made, uow_in, **typed):
    assert specialist.press(f"{made}/letters", sent="Чакайте писмо.").status_code == 303
    answer = specialist.press(f"{made}/publish", note="Нов закон", **typed)
    tell(uow_in, NEIGHBOUR)
    return answer


def test_who_refuses_stays_and_the_map_says_behind_and_why(regional, mayor, specialist, uow_in):
    hour(uow_in)
    row_id = here(uow_in, lambda _, __, row: row.id)
    mayor.press(f"{LIST}/{row_id}")
    without = publish_again(specialist, regional, uow_in)
    assert without.status_code == 422 and "Напишете деня" in text(without)
    assert publish_again(specialist, regional, uow_in, due_on=day(SOON)).status_code == 303
    assert len(hour(uow_in)) == 1
    tell(uow_in, VILLAGE)
    assert "още не е решила" in drift(specialist, regional)
    answer = mayor.press(f"{LIST}/{row_id}/decline", because="Нямаме кой да праща писма")
    assert answer.status_code == 303
    assert hour(uow_in, SOON) == [] and published(uow_in) == (1, 1), "no day undoes a refusal"
    said = drift(specialist, regional)
    assert "отказана версия 2" in said and "Нямаме кой да праща писма" in said


def test_a_refusal_of_the_very_first_version_reaches_the_map_and_no_page(
    regional, mayor, specialist, visitor, uow_in
):
    hour(uow_in)
    row_id = here(uow_in, lambda _, __, row: row.id)
    answer = mayor.press(f"{LIST}/{row_id}/decline", because="Имаме си по-добра")
    assert answer.status_code == 303
    renew(uow_in)
    assert hour(uow_in, SOON) == [] and published(uow_in) == (0, 0)
    said = drift(specialist, regional)
    assert "отказана версия 1" in said and "Имаме си по-добра" in said
    found = visitor.get("/search?q=доход").text
    assert "/eservices/own-" not in found and "по-добра" not in found
    mayor.press(f"{LIST}/{row_id}")
    renew(uow_in)
    assert "последната версия" in drift(specialist, regional), "who thinks again is let in"


def renew(uow_in):
    """What the night reads anew."""
    with uow_in(VILLAGE) as uow:
        index(uow, part="eservices")
        uow.commit()


def test_what_cannot_come_by_itself_waits_as_a_draft(regional, uow_in):
    hour(uow_in)

    def spoil(uow, taken, row):
        design = designs.read_design(row)
        design["approvals"] = ["no-such-role"]
        row.design = json.dumps(design, ensure_ascii=False)
        uow.commit()

    here(uow_in, spoil)
    [(subject, letter)] = hour(uow_in, SOON)
    assert "не може да влезе сама" in subject and "има какво да се поправи" in letter
    assert published(uow_in) == (1, 0)


def test_the_demonstration_has_a_service_of_the_region_that_one_refused_at_first(
    on, app, sign_in, uow_in
):
    for _ in range(2):  # seeds run twice
        furnish_together(app, [VILLAGE, NEIGHBOUR])
    with uow_in(VILLAGE) as uow:
        index(uow, part="eservices")  # as the job does after it
    found = here(uow_in, lambda _, taken, row: (row.id, taken.number, taken.declined))
    row_id, *numbers = found
    assert numbers == [0, 1]
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert "отказана версия 1" in text(mayor.get(LIST))
    assert "Дърва за огрев" in text(mayor.get(f"{LIST}/{row_id}"))
    designer = sign_in(NEIGHBOUR, Role.ADMIN)
    [path] = re.findall(rf"{OWN}/[0-9a-f-]{{36}}", designer.get(OWN).text)
    assert "вече са разпределени" in text(designer.get(f"{path}/takers"))


def test_alone_or_beside_one_without_services_it_has_nothing_of_another(on, app, uow_in, migrator):
    furnish_together(app, [VILLAGE])
    with migrator.begin() as connection:
        off = f"UPDATE shared.tenant SET modules = '{{news}}' WHERE slug = '{NEIGHBOUR}'"
        connection.exec_driver_sql(off)
    furnish_together(app, [VILLAGE, NEIGHBOUR])
    with uow_in(VILLAGE) as uow:
        assert uow.session.query(InheritedService).all() == []
