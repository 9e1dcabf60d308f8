"""A proposal becomes a project, a consultation, a report, a point of an agenda; both are linked."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.meetings.seeds import seed as seed_meetings
from obshto.ops.seed import every_module
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WORDS = {"title": "Пейка пред магазина", "text": "Да се сложи пейка на сянка."}


@pytest.fixture
def everything_on(migrator, house):
    with migrator.begin() as connection:
        row = {"modules": list(every_module())}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)


@pytest.fixture
def clerk(everything_on, sign_in):
    roles = (Role.REGISTRY_CLERK, Role.SECRETARY, Role.EDITOR)
    return sign_in(VILLAGE, *roles, name="Веска Деловодна", email="v@v.example")


@pytest.fixture
def proposal(clerk, uow_in, make):
    with uow_in(VILLAGE) as uow:
        made = make(uow)
        uow.session.commit()
        return made.id


def go_on(person, proposal, kind, request_id=None, **words):
    way = f"/console/proposals/{proposal}/continue"
    typed = {"request_id": request_id or uuid4(), "kind": kind, **WORDS, **words}
    return person.post(way, typed)


@pytest.mark.parametrize(
    ("kind", "table"),
    [("project:parks", "projects_project"), ("consultation:other", "consultations_consultation")],
)
def test_it_becomes_one_draft_that_nobody_outside_sees(
    clerk, proposal, owner, client, at, kind, table
):
    request_id = uuid4()
    for _ in range(2):
        assert go_on(clerk, proposal, kind, request_id).status_code == 303
    rows = owner(f"select id, title, published_at from t_gorno_selo.{table}")
    [(made, title, published_at)] = rows
    assert (title, published_at) == ("Пейка пред магазина", None)
    part = table.partition("_")[0]
    desk = clerk.get(f"/console/proposals/{proposal}")
    assert f"/console/{part}/{made}" in desk.text and "Продължава другаде" in desk.text
    assert client.get(f"/{part}/{made}", base_url=at(VILLAGE)).status_code == 404
    links = owner("select from_part, from_id, part, object_id from t_gorno_selo.thread_link")
    assert links == [("proposals", proposal, part, made)]


def test_a_report_bears_no_name_of_the_author(clerk, proposal, owner):
    kinds = clerk.get(f"/console/proposals/{proposal}/continue").text
    kind = next(k for k in ("report:road", "report:lighting", "report:lamp") if k in kinds)
    assert go_on(clerk, proposal, kind).status_code == 303
    asked = "select id, person_id, email, phone from t_gorno_selo.reports_report"
    [(report, *author)] = owner(asked)
    assert author == [None, None, None]
    assert f"/console/reports/{report}" in clerk.get(f"/console/proposals/{proposal}").text


def test_what_cannot_be_is_refused_and_what_was_typed_stays(clerk, proposal):
    for kind in ("project:nowhere", "agenda:" + str(uuid4()), "moon:parks", ""):
        refused = go_on(clerk, proposal, kind, text="Да остане написаното")
        assert refused.status_code in (409, 422)
        assert "Да остане написаното" in refused.text


def test_the_neighbour_and_who_may_not_reach_nothing(clerk, proposal, sign_in, owner):
    stranger = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, name="Друг", email="d@v.example")
    editor = sign_in(VILLAGE, Role.EDITOR, name="Редактор", email="e@v.example")
    assert go_on(stranger, proposal, "project:parks").status_code == 404
    assert go_on(editor, proposal, "project:parks").status_code == 403
    assert owner("select 1 from t_gorno_selo.projects_project") == []


def test_nobody_puts_anything_where_they_may_not_write(proposal, sign_in, owner):
    alone = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Гишето", email="g@v.example")
    page = alone.get(f"/console/proposals/{proposal}/continue").text
    offered = {way: f'value="{way}:' in page for way in ("project", "consultation", "agenda")}
    assert not any(offered.values()) and 'value="report:' in page
    assert go_on(alone, proposal, "project:parks").status_code == 422
    assert owner("select 1 from t_gorno_selo.projects_project") == []


def test_a_point_of_an_agenda_is_put_once(clerk, proposal, owner, uow_in, sign_in):
    with uow_in(VILLAGE) as uow:
        seed_meetings(uow)
        uow.session.commit()
    page = clerk.get(f"/console/proposals/{proposal}/continue").text
    kind = re.search(r'value="(agenda:[^"]+)"', page)[1]
    request_id = uuid4()
    for _ in range(2):
        assert go_on(clerk, proposal, kind, request_id).status_code == 303
    asked = "select meeting_id from t_gorno_selo.meetings_item where title = 'Пейка пред магазина'"
    assert [f"agenda:{meeting}" for (meeting,) in owner(asked)] == [kind]


def test_a_meeting_is_offered_in_the_words_of_its_municipality(clerk, proposal, uow_in):
    with uow_in(VILLAGE) as uow:
        seed_meetings(uow)
        uow.session.commit()
    page = clerk.get(f"/en/console/proposals/{proposal}/continue").text
    offered = re.findall(r'<option value="agenda:[^"]+"([^>]*)>([^<]+)<', page)
    assert offered and all('lang="bg"' in more for more, _title in offered)
    assert not [title for _more, title in offered if re.search("[A-Za-z]", title)]


def test_once_the_project_is_published_both_stand_in_one_thread(clerk, proposal, sign_in, owner):
    assert go_on(clerk, proposal, "project:parks").status_code == 303
    [(project,)] = owner("select id from t_gorno_selo.projects_project")
    editor = sign_in(VILLAGE, Role.EDITOR, Role.SECRETARY, name="Редактор", email="e@v.example")
    page = f"/console/projects/{project}"
    assert editor.press(page, "/publish").status_code == 303
    threads = owner("select thread_id from t_gorno_selo.thread_thing")
    assert len(threads) == 2 and len(set(threads)) == 1
    assert f'href="/projects/{project}"' in editor.get(f"/proposals/{proposal}").text
    assert f'href="/proposals/{proposal}"' in editor.get(f"/projects/{project}").text
