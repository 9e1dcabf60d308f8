"""A poll as most tests want it, with people to answer it."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from support.poll_pages import Citizen, ask, id_of, press
from support.poll_pages import write as write_by_page

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import polls, questions
from obshto.modules.polls.services.ballots import answer_poll, names_of
from obshto.modules.polls.services.polls import Draft
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.tally import Answers, tally_of
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MARK = Wording(kind="scale", title="Колко?", is_required=False)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['news', 'polls']"))
    engine.dispose()


@pytest.fixture
def territory(house, config):
    """A town, a village, how many live there; the other tests want none."""
    census = {"reference_date": "2021-09-07", "age_0_14": 50, "age_15_29": 100}
    census |= {"age_30_44": 100, "age_45_64": 200, "age_65_plus": 600}
    facts = "UPDATE shared.tenant SET facts = CAST(:facts AS jsonb) WHERE slug = :slug"
    place = (
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES (:code, :slug, :kind, CAST(:names AS jsonb), :seat, :code)"
    )
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        told = {"slug": VILLAGE, "facts": json.dumps({"census": census})}
        connection.execute(text(facts), told)
        for code, kind, name in (("00001", "град", "Горно"), ("00002", "село", "Малко")):
            names = json.dumps({"bg": name, "en": f"Place {code}"})
            row = {"code": code, "slug": VILLAGE, "kind": kind, "names": names}
            connection.execute(text(place), row | {"seat": kind == "град"})
    yield
    with engine.begin() as connection:
        connection.execute(text(facts), {"slug": VILLAGE, "facts": "{}"})
        connection.execute(text("DELETE FROM shared.settlement WHERE municipality = 'gorno-selo'"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(work, *wordings, **changed): a draft."""

    def begin(uow, *wordings, **changed):
        draft = Draft(title="Пазарът", who="anyone", closes_at=uow.now + timedelta(days=7))
        poll = polls.write_poll(uow, replace(draft, **changed), request_id=uuid4())
        for wording in wordings or (DAY,):
            questions.ask_question(
                uow, poll, wording, request_id=uuid4(), expected_version=poll.version
            )
        uow.session.flush()
        return poll

    return begin


@pytest.fixture
def opened(write):
    """The same, open."""

    def begin(uow, *wordings, **changed):
        poll = write(uow, *wordings, **changed)
        polls.open_poll(uow, poll, expected_version=poll.version)
        uow.session.flush()
        return poll

    return begin


@pytest.fixture
def answer():
    """answer(work, poll, "device", option, …, said=…): one option for each question, by number."""

    def give(uow, poll, token, *numbers, said="", age="", place=""):
        asked = asked_of(uow, poll.id)
        options, answered, texts = set(), set(), {}
        for one, number in zip(asked, numbers, strict=False):
            if number is not None:
                options.add(one.options[number - 1].id)
                answered.add(one.question.id)
        if said:
            texts = {asked[-1].question.id: said}
            answered.add(asked[-1].question.id)
        about = {"age": age, "place": place}
        options, answered = frozenset(options), frozenset(answered)
        given = Answers(options=options, questions=answered, texts=texts, **about)
        names = names_of(poll, person_id=uow.principal.person_id, token=token)
        answer_poll(uow, poll, given, names=names)

    return give


@pytest.fixture
def counted(uow_in):
    """counted(poll_id): how often each option was chosen, online and on paper, by its label."""

    def look(poll_id):
        with uow_in(VILLAGE) as uow:
            tally = tally_of(uow.session.get_one(Poll, poll_id))
            options = [option for one in asked_of(uow, poll_id) for option in one.options]
            return {option.label: tally.of(option.id) for option in options}

    return look


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE))


@pytest.fixture
def poll_id(editor):
    """Open, with one question."""
    poll_id = id_of(write_by_page(editor))
    assert ask(editor, poll_id).status_code == 303
    assert press(editor, poll_id, "open").status_code == 303
    return poll_id


@pytest.fixture
def citizen(app, at):
    return lambda: Citizen(app, at(VILLAGE))
