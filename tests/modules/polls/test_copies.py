"""A poll of another municipality as a draft of one's own: by way of the region's register alone."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine, text

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import queries
from obshto.modules.polls.services.pictures import add_picture, lay_picture
from obshto.modules.polls.services.polls import close_poll, delete_poll, open_poll
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.permissions import Role
from obshto.platform.search.services import index

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(kind="several", title="Какво?", options=("Мед", "Сирене"), is_required=False)
MARK = Wording(kind="scale", title="Колко?", is_required=False)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)
LIST = "/console/polls/others"


@pytest.fixture
def published(uow_in, opened):
    """An open poll of the neighbour, as the region knows it."""
    with uow_in(NEIGHBOUR) as uow:
        words = {"en": {"title": "The market", "intro": ""}, "ro": {"title": "", "intro": ""}}
        poll = opened(uow, DAY, WHAT, MARK, MORE, intro="Питаме", asks_about=True, words=words)
        uow.commit()
        poll_id = poll.id
    tell(uow_in, poll_id)
    return poll_id


def tell(uow_in, poll_id):
    with uow_in(NEIGHBOUR) as uow:
        index(uow, part="polls", object_id=str(poll_id))


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


def drawn():
    stream = BytesIO()
    Image.new("RGB", (1000, 300), "#3f7d3a").save(stream, "PNG")
    stream.seek(0)
    return stream


def plain(answer):
    return answer.text.replace("\xa0", " ")


def test_a_poll_of_the_neighbour_becomes_a_draft_with_all_it_asks(published, editor, uow_in):
    assert "Пазарът" in plain(editor.get(LIST))
    page = f"{LIST}/{published}"
    assert "Кой ден?" in plain(editor.get(page)) and "Събота" in plain(editor.get(page))
    made = editor.press(page)
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    with uow_in(VILLAGE) as uow, uow_in(NEIGHBOUR) as theirs:
        [poll] = uow.session.scalars(queries.drafts())
        assert str(poll.id) == poll_id != str(published)
        assert (poll.title, poll.intro, poll.asks_about) == ("Пазарът", "Питаме", True)
        assert poll.said("title", "en") == ("The market", "en")
        assert poll.published_at is None and poll.answers == 0
        mine, other = asked_of(uow, poll.id), asked_of(theirs, published)
        told = [
            [
                (one.question.kind, one.question.title, [o.label for o in one.options])
                for one in asked
            ]
            for asked in (mine, other)
        ]
        assert told[0] == told[1] and len(told[0]) == 4


def test_a_double_click_makes_one_copy(published, editor, uow_in):
    page = f"{LIST}/{published}"
    [(address, fields)] = [form for form in editor.forms(page) if "request_id" in form[1]]
    assert editor.post(address, fields).location == editor.post(address, fields).location
    with uow_in(VILLAGE) as uow:
        [poll] = uow.session.scalars(queries.drafts())
        assert len(asked_of(uow, poll.id)) == 4


def test_what_is_deleted_or_switched_off_there_is_offered_no_more(
    published, editor, uow_in, config
):
    page = f"{LIST}/{published}"
    engine = create_engine(config.migrator)
    off = "UPDATE shared.tenant SET modules = array['news'] WHERE slug = 'dolno-selo'"
    with engine.begin() as connection:
        connection.execute(text(off))
    assert editor.get(page).status_code == 404
    assert "още не са публикували" in plain(editor.get(LIST))
    with engine.begin() as connection:
        connection.execute(text(off.replace("['news']", "['news', 'polls']")))
    engine.dispose()
    assert editor.get(page).status_code == 200
    with uow_in(NEIGHBOUR) as uow:
        poll = queries.poll_of(uow, published, to_change=True)
        delete_poll(uow, poll, expected_version=poll.version)
        uow.commit()
    tell(uow_in, published)
    assert editor.get(page).status_code == 404


def test_a_draft_and_ones_own_poll_are_not_offered(uow_in, write, opened, editor, sign_in):
    with uow_in(NEIGHBOUR) as uow:
        draft = write(uow)
        uow.commit()
        draft_id = draft.id
    tell(uow_in, draft_id)
    assert editor.get(f"{LIST}/{draft_id}").status_code == 404
    with uow_in(VILLAGE) as uow:
        own = opened(uow)
        uow.commit()
        own_id = own.id
    with uow_in(VILLAGE) as uow:
        index(uow, part="polls", object_id=str(own_id))
    assert "още не са публикували" in plain(editor.get(LIST))
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(LIST).status_code == 403


def test_one_asks_the_same_again(uow_in, write, opened, editor, answer):
    with uow_in(VILLAGE) as uow:
        poll, draft = opened(uow, DAY, WHAT), write(uow)
        [day, _] = asked_of(uow, poll.id)
        shown = {"name": "a.png", "alt_text": "Пазарът", "words": {}, "request_id": uuid4()}
        lay_picture(uow, day, drawn(), option=None, **shown)
        answer(uow, poll, "a", 1, 1)
        uow.commit()
        poll_id, draft_id = poll.id, draft.id
    assert "Попитайте същото отново" in plain(editor.get(f"/console/polls/{poll_id}"))
    page = f"{LIST}/{poll_id}"
    assert "друга община" not in plain(editor.get(page))
    made = editor.press(page)
    again = UUID(re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1])
    with uow_in(VILLAGE) as uow:
        asked = asked_of(uow, again)
        assert [one.question.title for one in asked] == ["Кой ден?", "Какво?"]
        assert asked[0].pictures[None].alt_text == "Пазарът"
        assert uow.session.get(Poll, again).answers == 0
    assert editor.get(f"{LIST}/{draft_id}").status_code == 404


@pytest.fixture
def with_pictures(uow_in, write):
    """An open poll of the neighbour: a picture of the question, one of its second answer."""
    with uow_in(NEIGHBOUR) as uow:
        poll = write(uow)
        [asked] = asked_of(uow, poll.id)
        for option, alt_text in ((None, "Площад"), (asked.options[1], "Дърво")):
            told = {"name": "tree.png", "alt_text": alt_text, "words": {"en": "Something"}}
            told |= {"option": option, "request_id": uuid4()}
            add_picture(uow, poll, asked, drawn(), **told)
        open_poll(uow, poll, expected_version=poll.version)
        uow.commit()
    tell(uow_in, poll.id)
    return poll.id


def pictures_in(uow_in, slug, poll_id):
    """What is seen beside the question, 0, and beside each answer."""
    with uow_in(slug) as uow:
        [asked] = asked_of(uow, UUID(str(poll_id)))
        places = {None: 0, **{o.id: n for n, o in enumerate(asked.options, 1)}}
        return {places[at]: picture.said("bg")[0] for at, picture in asked.pictures.items()}


def test_pictures_come_along_each_in_its_place(with_pictures, editor, uow_in, owner):
    page = f"{LIST}/{with_pictures}"
    assert "идват и 2 снимки" in plain(editor.get(page))
    [(address, fields)] = [form for form in editor.forms(page) if "request_id" in form[1]]
    made = editor.post(address, fields)
    assert editor.post(address, fields).location == made.location
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    assert pictures_in(uow_in, VILLAGE, poll_id) == {0: "Площад", 2: "Дърво"}
    assert pictures_in(uow_in, NEIGHBOUR, with_pictures) == {0: "Площад", 2: "Дърво"}
    preview = editor.get(f"/console/polls/{poll_id}/preview").text
    paths = re.findall(r'src="(/polls/pictures/[0-9a-f-]{36})', preview)
    assert len(paths) == 2 and all(editor.get(path).mimetype == "image/webp" for path in paths)
    kept = "select count(*) from t_gorno_selo.storage_file where copy_of is null"
    assert owner(kept) == [(2,)]


def test_a_picture_that_is_gone_or_hidden_there_stays_there(with_pictures, editor, uow_in):
    """What the register still names is read as a visitor reads it: not there, not brought."""
    with uow_in(NEIGHBOUR) as uow:
        poll = queries.poll_of(uow, with_pictures, to_change=True)
        delete_poll(uow, poll, expected_version=poll.version)
        uow.commit()  # and the register has not heard of it yet
    made = editor.press(f"{LIST}/{with_pictures}")
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    assert pictures_in(uow_in, VILLAGE, poll_id) == {}


def test_no_answer_goes_along(published, editor, uow_in, answer, owner):
    with uow_in(NEIGHBOUR) as uow:
        poll = queries.public_poll(uow, published)
        for number in range(12):
            answer(uow, poll, f"d{number}", 1, 1, 5, age="65+")
        close_poll(uow, poll, expected_version=poll.version)
        uow.commit()
    tell(uow_in, published)
    [(pattern,)] = owner(
        "select pattern from shared.public_entry where pattern is not null and language = 'bg'"
    )
    assert set(pattern) == {"who", "asks_about", "texts", "questions"}
    assert "12" not in str(pattern) and "65+" not in str(pattern)
    editor.press(f"{LIST}/{published}")
    assert owner("select online, paper, tally from t_gorno_selo.polls_poll") == [(0, 0, None)]
