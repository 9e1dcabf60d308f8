"""Many applications at once, the next one, who sent which: the queue as clerks work through it."""

import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

QUEUE = "/console/eservices/"
NAME = "Пена Иванова Пробова"


@pytest.fixture
def two(walking, citizen):
    """The ids of two applications that nobody has taken."""
    ids = []
    for _ in range(2):
        ref = walking.begin(citizen)
        walking.fill(citizen, ref)
        ids.append(re.search(r"/cases/([0-9a-f-]{36})/", walking.send(citizen, ref).location)[1])
    return ids


def boxes_on(person, name="new"):
    """The boxes of a list, as its page gives them: id and version."""
    return re.findall(r'name="case" value="([^"]+)"', person.get(f"{QUEUE}?list={name}").text)


def bulk(person, boxes, act="take", to="", said="many-done"):
    form = {"case": boxes, "act": act, "to": str(to), "request_id": str(uuid4())}
    answer = person.post(f"{QUEUE}bulk?list=new", form)
    assert answer.status_code == 303 and f"eservices.{said}" in answer.location, answer.location


def refused(person, boxes, **said):
    """The page again, with what to mend and with what was ticked."""
    form = {"case": boxes, "act": "take", "to": "", "request_id": str(uuid4()), **said}
    answer = person.post(f"{QUEUE}bulk?list=new", form)
    assert answer.status_code == 422 and "Отметнете поне едно" in answer.text
    assert answer.text.count("checked aria-label") == len(boxes)


def owners(owner):
    return {row[0] for row in owner("select assignee_id from t_gorno_selo.eservices_case")}


def test_what_is_ticked_is_taken_at_once_and_twice_is_once(two, clerk, owner):
    boxes = boxes_on(clerk)
    assert len(boxes) == 2
    for _ in range(2):
        bulk(clerk, boxes)
    steps = "select name from t_gorno_selo.eservices_step where by_name = 'Веска Деловодна'"
    assert owners(owner) == {clerk.person_id} and len(owner(steps)) == 2


def test_one_that_somebody_took_meanwhile_stays_and_the_other_is_taken(
    two, clerk, colleague, owner
):
    boxes = boxes_on(clerk)
    bulk(colleague, boxes[:1])
    bulk(clerk, boxes, said="some-refused")
    assert owners(owner) == {clerk.person_id, colleague.person_id}


def test_ones_own_are_handed_over_to_a_colleague_alone(two, clerk, colleague, citizen, owner):
    bulk(clerk, boxes_on(clerk))
    boxes = boxes_on(clerk, "mine")
    stranger = str(citizen.person_id)
    assert (
        clerk.post(
            f"{QUEUE}bulk?list=mine", {"case": boxes, "act": "hand", "to": stranger}
        ).status_code
        == 422
    )
    bulk(colleague, boxes, act="hand", to=colleague.person_id, said="some-refused")
    assert owners(owner) == {clerk.person_id}
    bulk(clerk, boxes, act="hand", to=colleague.person_id)
    assert owners(owner) == {colleague.person_id}


def test_nobody_acts_on_another_villages_applications(two, clerk, sign_in, owner):
    stranger = sign_in("dolno-selo", Role.REGISTRY_CLERK)
    bulk(stranger, boxes_on(clerk), said="some-refused")
    refused(clerk, [])
    refused(clerk, boxes_on(clerk), act="hand")
    assert owners(owner) == {None}
    assert stranger.get(f"{QUEUE}{two[0]}/next").status_code == 404


def test_a_name_shows_with_ones_own_and_the_person_sees_that(two, clerk, owner):
    """Whose application it is shows once somebody works on it, and is a look."""
    assert NAME not in clerk.get(QUEUE).text
    bulk(clerk, boxes_on(clerk)[:1])
    looks = "select kinds, purpose from t_gorno_selo.purposes_look"
    assert owner(looks) == []
    for _ in range(2):
        assert clerk.get(f"{QUEUE}?list=all").text.count(NAME) == 1
    assert owner(looks) == [(["name"], "working")]


def test_the_next_one_is_of_the_same_list(two, clerk):
    first, second = (box[:36] for box in boxes_on(clerk))
    answer = clerk.get(f"{QUEUE}{first}/next?list=new")
    assert f"/{second}?list=new" in answer.location
    assert f"/{first}?list=new" in clerk.get(f"{QUEUE}{second}/next?list=new").location
    assert f"{first}/next?list=new" in clerk.get(f"{QUEUE}{first}?list=new").text


def test_the_list_is_put_in_another_order(two, clerk):
    by_term = boxes_on(clerk, "new&sort=sent")
    assert by_term == boxes_on(clerk)[::-1]


def test_what_narrows_the_list_stays_after_an_act_and_on_the_way_back(two, clerk):
    narrowed = "list=new&service=1998&sort=sent"
    page = clerk.get(f"{QUEUE}?{narrowed}").text
    address = re.search(r'action="([^"]*/bulk[^"]*)"', page)[1].replace("&amp;", "&")
    opened = f"{QUEUE}{boxes_on(clerk)[0][:36]}?{narrowed}"
    assert f'href="{QUEUE}?{narrowed}"' in clerk.get(opened).text.replace("&amp;", "&")
    form = {"case": boxes_on(clerk), "act": "take", "to": "", "request_id": str(uuid4())}
    back = clerk.post(address, form).location
    assert all(one in back for one in narrowed.split("&")), back
