"""Departments of proposals: who answers is chosen, told, found in the queue, handed on."""

import re
from uuid import uuid4

import pytest

from obshto.modules.eservices.services.departments import make_department
from obshto.modules.proposals.errors import ProposalNotFromHere, StaleProposal
from obshto.modules.proposals.notifications import proposals as notifications
from obshto.modules.proposals.services import decisions, queries
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PARKS, ROADS = "Озеленяване", "Пътища"


@pytest.fixture
def two(sign_in, switched_on, uow_in):
    """Two clerks; the second is in the department of parks."""
    admin = sign_in(VILLAGE, Role.ADMIN)
    admin.press("/console/tenants/eservices", to="/on")
    clerks = [sign_in(VILLAGE, Role.REGISTRY_CLERK, name=name) for name in ("Първа", "Втора")]
    with uow_in(VILLAGE) as uow:
        for name, members in ((PARKS, [clerks[1].person_id]), (ROADS, [])):
            make_department(uow, name, [], members, request_id=uuid4())
        uow.commit()
    return clerks


@pytest.fixture
def desk(two, uow_in, make):
    with uow_in(VILLAGE) as uow:
        row = make(uow, is_final=True)
        uow.commit()
        return f"/console/proposals/{row.id}"


def give(person, desk, department):
    [(path, fields)] = [
        form for form in person.forms(f"{desk}/assign") if "expected_version" in form[1]
    ]
    return person.post(path, fields | {"department": department, "to": ""})


def receivers(uow_in, desk):
    with uow_in(VILLAGE) as uow:
        return notifications.receivers(uow, {"subject_id": desk.rpartition("/")[2]})


def test_a_department_is_chosen_told_and_found_in_the_queue(two, desk, sign_in, uow_in):
    first, second = two
    page = first.get(f"{desk}/assign").text
    assert re.findall(r'<option value="([^"]*)" lang="bg">О', page) == [PARKS]
    both = give(first, desk, "")
    assert both.status_code == 422 and "Изберете отдел или колега" in both.text
    unknown = give(first, desk, "Няма такъв")
    assert unknown.status_code == 422
    assert give(first, desk, PARKS).status_code == 303
    assert receivers(uow_in, desk) == [second.person_id]
    shown, other = ("list=new&department=" + name for name in (PARKS, ROADS))
    assert desk in second.get(f"/console/proposals/?{shown}").text
    assert desk not in second.get(f"/console/proposals/?{other}").text
    assert second.press(desk, to="/take").status_code == 303
    assert give(second, desk, ROADS).status_code == 303
    assert len(receivers(uow_in, desk)) == 2, "nobody is in it: all who may hear"
    assert "Поемете предложението" in first.get(desk).text
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(f"{desk}/assign").status_code == 404


def test_a_colleague_receives_it_once_and_nobody_what_is_over(uow, make, clerk_id):
    row = make(uow, is_final=True)
    seen = row.version
    for _ in range(2):
        given = {"department": PARKS, "to": clerk_id, "name": "Проба"}
        decisions.assign_proposal(uow, row, **given, expected_version=seen)
        uow.session.flush()
    assert (row.state, row.assignee, row.department) == ("in_work", "Проба", PARKS)
    assert [line.words for line in queries.lines_of(uow, row) if line.name == "assigned"] == [
        f"{PARKS}, Проба"
    ]
    with pytest.raises(StaleProposal):
        decisions.assign_proposal(uow, row, department=ROADS, expected_version=seen)
    with pytest.raises(ProposalNotFromHere):
        collecting = make(uow)
        version = collecting.version
        decisions.assign_proposal(uow, collecting, department=ROADS, expected_version=version)


def test_what_is_due_first_stands_on_top_of_the_queue(uow, make):
    later, first = make(uow, is_final=True), make(uow, is_final=True)
    first.due_on = later.due_on.replace(year=later.due_on.year - 1)
    uow.session.flush()
    new = queries.queue(uow, queries.ProposalFilter(list="new"), today=uow.now.date())
    assert uow.session.scalars(new).all() == [first, later]
    sorting = decisions.ProposalSorting(subject="care", shows_picture=False)
    for _ in range(2):
        decisions.sort_proposal(uow, first, sorting, expected_version=first.version)
    of = queries.ProposalFilter(list="new", subject="care")
    assert uow.session.scalars(queries.queue(uow, of, today=uow.now.date())).all() == [first]
