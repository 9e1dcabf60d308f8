"""A case under each law that services go by: looked at, asked, signed, issued, handed, refused."""

from uuid import uuid4

import pytest

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.offers import Terms, change_offer, offer_of
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.second_signature import propose
from obshto.modules.eservices.services.states import TRANSITIONS
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.legal.terms import RULES
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.values import as_text
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
BY_LAW = {"apk": "1997", "dopk": "1998", "zut": "2112", "zosi": "1996", "taxi": "2069"}
BY_LAW |= {"tourism": "2760"}


def test_each_law_says_an_article_for_every_way_and_the_same_things_besides():
    grounds = {way.ground for way in TRANSITIONS.values()}
    for law, said in PROCEDURES.items():
        assert set(said) == set(PROCEDURES["apk"]) > grounds, law
        rules = {said[name] for name in ("cure", "complaint_term", "silence_appeal")}
        rules |= {said["silence_appeal_untold"], *said["extensions"]}
        assert rules <= set(RULES), law


@pytest.mark.parametrize(("law", "service"), BY_LAW.items())
def test_a_case_of_each_law_is_led_to_its_end(law, service, citizen, clerk, sign_in, owner):
    """No page of it falls, for the person, for who works on it, for who signs second."""
    head = sign_in(VILLAGE, Role.SECRETARY, name="Ана Секретарска", email="a@v.example")
    definition = latest(service)
    assert definition.procedure == law
    case_id = sent(citizen, service)
    mine, desk = f"/eservices/cases/{case_id}", f"/console/eservices/{case_id}"
    clerk.press(desk, to="/take")
    assert clerk.press(f"{desk}/ask", words="Снимайте скицата.").status_code == 303
    assert citizen.press(mine, words="Ето я.", file="").status_code == 303
    assert clerk.get(f"{desk}/extend").status_code == 200
    assert clerk.get(f"{desk}/refuse").status_code == 200
    prepared(clerk, case_id, kept(definition.cases[0]["official"]))
    assert head.press(f"{desk}/proposal", to="/sign").status_code == 303
    assert head.press(desk, to="/hand").status_code == 303
    assert citizen.press(f"{mine}/complain", words="Чаках два часа.").status_code == 303
    for page in (desk, f"{desk}/receipt"):
        assert clerk.get(page).status_code == 200
    for page in (mine, f"{mine}/receipt"):
        assert citizen.get(page).status_code == 200
    steps = owner("select name from t_gorno_selo.eservices_step order by at, id")
    ways = (
        "sent",
        "taken",
        "asked",
        "served",
        "answered",
        "proposed",
        "issued",
        "handed",
        "complained",
    )
    assert [name for (name,) in steps] == list(ways)


def sent(citizen, service):
    """The id of a case with the golden answers, of a service that two officials sign."""
    with citizen.app.app_context(), acting(citizen.person_id, "Пена Пробова") as uow:
        offer = offer_of(uow, service)
        terms = Terms(is_online=True, fee_cents=None, official="Проба", needs_second=True)
        change_offer(
            uow,
            catalogue_services()[service],
            terms,
            expected_version=offer.version if offer else 0,
        )
        ref = start_draft(uow, catalogue_services()[service], request_id=uuid4())
        draft = draft_at(uow, ref)
        draft.keep(kept(latest(service).cases[0]["answers"]))
        uow.session.flush()
        return str(send_application(uow, ref, expected_version=draft.version).id)


def kept(told):
    """Answers as a draft keeps them: rows are text."""
    return {name: a if isinstance(a, str) else as_text(a) for name, a in told.items()}


def prepared(clerk, case_id, official):
    """The decision with the golden answers of the official, for another one to sign."""
    with clerk.app.app_context(), acting(clerk.person_id, "Веска Деловодна") as uow:
        case = uow.session.get_one(Case, case_id)
        propose(uow, case, official, is_refusal=False, expected_version=case.version)


def acting(person_id, name):
    return open_uow(scope_named(VILLAGE), Principal(person_id=person_id, name=name))
