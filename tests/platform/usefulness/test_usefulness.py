"""Was it of use? Readers are counted once a form, without a name; staff see what helped fewest."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, func, select, text

from obshto.modules.news.seeds import seed
from obshto.modules.news.services import published
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role
from obshto.platform.usefulness.models import UsefulnessAnswer
from obshto.platform.usefulness.services import KEPT, count_answer, forget_answers

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def item(house, config, uow_in):
    """A published piece of news; news is on in both villages."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{news}'"))
    engine.dispose()
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.flush()
        found = uow.session.scalars(published()).first()
        uow.session.commit()
        return found.id, found.title


def ask(client, at, item, place=VILLAGE, **sent):
    path, base = f"/usefulness/news/{item[0]}", at(place)
    return client.post(path, data=sent, base_url=base) if sent else client.get(path, base_url=base)


def counted(uow):
    return uow.session.scalar(select(func.count()).select_from(UsefulnessAnswer))


def test_a_reader_answers_from_the_page_and_is_counted_once(client, at, item, uow_in):
    page = client.get(f"/news/{item[0]}", base_url=at(VILLAGE)).text
    assert re.search(rf'href="/usefulness/news/{item[0]}\?answer=no"', page)
    assert 'href="mailto:?subject=' in page  # passed on without scripts
    assert ask(client, at, item, request_id=str(uuid4())).status_code == 422
    sent = {"request_id": str(uuid4()), "was_useful": "no"}
    for _ in range(2):
        answer = ask(client, at, item, **sent)
        assert answer.status_code == 303 and answer.location.startswith(f"/news/{item[0]}?said=")
    assert "Благодарим" in client.get(answer.location, base_url=at(VILLAGE)).text
    with uow_in(VILLAGE) as uow:
        assert counted(uow) == 1


def test_nothing_is_asked_of_what_is_not_there(client, at, item):
    assert ask(client, at, item, NEIGHBOUR).status_code == 404
    assert ask(client, at, item, NEIGHBOUR, was_useful="yes").status_code == 404
    assert ask(client, at, (uuid4(), "")).status_code == 404
    path = f"/usefulness/events/{item[0]}"
    assert client.get(path, base_url=at(VILLAGE)).status_code == 404


def test_staff_see_the_counts_of_their_own_municipality(item, sign_in, uow_in):
    with uow_in(VILLAGE) as uow:
        for was_useful in (True, False, False):
            count_answer(uow, "news", item[0], was_useful=was_useful, request_id=uuid4())
        uow.session.commit()
    page = sign_in(VILLAGE, Role.EDITOR).get("/console/usefulness/").text
    assert re.search(rf'<th scope="row"[^>]*><a href="/news/{item[0]}">', page)
    assert re.search(r'data-label="Помогна">1</td><td[^>]*data-label="Не помогна">2<', page)
    theirs = sign_in(NEIGHBOUR, Role.EDITOR).get("/console/usefulness/").text
    assert str(item[0]) not in theirs and "Още никой не е отговорил" in theirs


def test_an_answer_is_kept_for_a_year(uow_in):
    with uow_in(VILLAGE) as uow:
        for days in (1, -2):
            given_on = day_of(uow.now - KEPT + timedelta(days=days))
            told = {"part": "news", "object_id": uuid4(), "was_useful": True}
            uow.session.add(UsefulnessAnswer(request_id=uuid4(), given_on=given_on, **told))
        forget_answers(uow)
        assert counted(uow) == 1
