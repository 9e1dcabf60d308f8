"""A poll of another municipality as a draft of one's own: by way of the region's register alone."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine, text

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import reading
from obshto.modules.polls.services.pictures import add_picture, lay_picture
from obshto.modules.polls.services.polls import close_poll, delete_poll, open_poll
from obshto.modules.polls.services.reading import asked_of
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
def published(work_in, opened):
    """An open poll of the neighbour, as the region knows it."""
    with work_in(NEIGHBOUR) as work:
        words = {"en": {"title": "The market", "intro": ""}, "ro": {"title": "", "intro": ""}}
        poll = opened(work, DAY, WHAT, MARK, MORE, intro="Питаме", asks_about=True, words=words)
        work.commit()
        poll_id = poll.id
    tell(work_in, poll_id)
    return poll_id


def tell(work_in, poll_id):
    with work_in(NEIGHBOUR) as work:
        index(work, part="polls", object_id=str(poll_id))


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


def test_a_poll_of_the_neighbour_becomes_a_draft_with_all_it_asks(published, editor, work_in):
    assert "Пазарът" in plain(editor.get(LIST))
    page = f"{LIST}/{published}"
    assert "Кой ден?" in plain(editor.get(page)) and "Събота" in plain(editor.get(page))
    made = editor.press(page)
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    with work_in(VILLAGE) as work, work_in(NEIGHBOUR) as theirs:
        [poll] = work.session.scalars(reading.drafts())
        assert str(poll.id) == poll_id != str(published)
        assert (poll.title, poll.intro, poll.asks_about) == ("Пазарът", "Питаме", True)
        assert poll.said("title", "en") == ("The market", "en")
        assert poll.published_at is None and poll.answers == 0
        mine, other = asked_of(work, poll.id), asked_of(theirs, published)
        told = [
            [
                (one.question.kind, one.question.title, [o.label for o in one.options])
                for one in asked
            ]
            for asked in (mine, other)
        ]
        assert told[0] == told[1] and len(told[0]) == 4


def test_a_double_click_makes_one_copy(published, editor, work_in):
    page = f"{LIST}/{published}"
    [(address, fields)] = [form for form in editor.forms(page) if "request_id" in form[1]]
    assert editor.post(address, fields).location == editor.post(address, fields).location
    with work_in(VILLAGE) as work:
        [poll] = work.session.scalars(reading.drafts())
        assert len(asked_of(work, poll.id)) == 4


def test_what_is_deleted_or_switched_off_there_is_offered_no_more(
    published, editor, work_in, config
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
    with work_in(NEIGHBOUR) as work:
        poll = reading.poll_of(work, published, to_change=True)
        delete_poll(work, poll, seen=poll.version)
        work.commit()
    tell(work_in, published)
    assert editor.get(page).status_code == 404


def test_a_draft_and_ones_own_poll_are_not_offered(work_in, write, opened, editor, sign_in):
    with work_in(NEIGHBOUR) as work:
        draft = write(work)
        work.commit()
        draft_id = draft.id
    tell(work_in, draft_id)
    assert editor.get(f"{LIST}/{draft_id}").status_code == 404
    with work_in(VILLAGE) as work:
        own = opened(work)
        work.commit()
        own_id = own.id
    with work_in(VILLAGE) as work:
        index(work, part="polls", object_id=str(own_id))
    assert "още не са публикували" in plain(editor.get(LIST))
    assert sign_in(VILLAGE, Role.REGISTRY_CLERK).get(LIST).status_code == 403


def test_one_asks_the_same_again(work_in, write, opened, editor, answer):
    with work_in(VILLAGE) as work:
        poll, draft = opened(work, DAY, WHAT), write(work)
        [day, _] = asked_of(work, poll.id)
        shown = {"name": "a.png", "seen": "Пазарът", "words": {}, "request_id": uuid4()}
        lay_picture(work, day, drawn(), option=None, **shown)
        answer(work, poll, "a", 1, 1)
        work.commit()
        poll_id, draft_id = poll.id, draft.id
    assert "Попитайте същото отново" in plain(editor.get(f"/console/polls/{poll_id}"))
    page = f"{LIST}/{poll_id}"
    assert "друга община" not in plain(editor.get(page))
    made = editor.press(page)
    again = UUID(re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1])
    with work_in(VILLAGE) as work:
        asked = asked_of(work, again)
        assert [one.question.title for one in asked] == ["Кой ден?", "Какво?"]
        assert asked[0].pictures[None].seen == "Пазарът"
        assert work.session.get(Poll, again).answers == 0
    assert editor.get(f"{LIST}/{draft_id}").status_code == 404


@pytest.fixture
def with_pictures(work_in, write):
    """An open poll of the neighbour: a picture of the question, one of its second answer."""
    with work_in(NEIGHBOUR) as work:
        poll = write(work)
        [asked] = asked_of(work, poll.id)
        for option, seen in ((None, "Площад"), (asked.options[1], "Дърво")):
            told = {"name": "tree.png", "seen": seen, "words": {"en": "Something"}}
            told |= {"option": option, "request_id": uuid4()}
            add_picture(work, poll, asked, drawn(), **told)
        open_poll(work, poll, seen=poll.version)
        work.commit()
    tell(work_in, poll.id)
    return poll.id


def pictures_in(work_in, slug, poll_id):
    """What is seen beside the question, 0, and beside each answer."""
    with work_in(slug) as work:
        [asked] = asked_of(work, UUID(str(poll_id)))
        places = {None: 0, **{o.id: n for n, o in enumerate(asked.options, 1)}}
        return {places[at]: picture.said("bg")[0] for at, picture in asked.pictures.items()}


def test_pictures_come_along_each_in_its_place(with_pictures, editor, work_in, owner):
    page = f"{LIST}/{with_pictures}"
    assert "идват и 2 снимки" in plain(editor.get(page))
    [(address, fields)] = [form for form in editor.forms(page) if "request_id" in form[1]]
    made = editor.post(address, fields)
    assert editor.post(address, fields).location == made.location
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    assert pictures_in(work_in, VILLAGE, poll_id) == {0: "Площад", 2: "Дърво"}
    assert pictures_in(work_in, NEIGHBOUR, with_pictures) == {0: "Площад", 2: "Дърво"}
    preview = editor.get(f"/console/polls/{poll_id}/preview").text
    paths = re.findall(r'src="(/polls/pictures/[0-9a-f-]{36})', preview)
    assert len(paths) == 2 and all(editor.get(path).mimetype == "image/webp" for path in paths)
    kept = "select count(*) from t_gorno_selo.storage_file where copy_of is null"
    assert owner(kept) == [(2,)]


def test_a_picture_that_is_gone_or_hidden_there_stays_there(with_pictures, editor, work_in):
    """What the register still names is read as a visitor reads it: not there, not brought."""
    with work_in(NEIGHBOUR) as work:
        poll = reading.poll_of(work, with_pictures, to_change=True)
        delete_poll(work, poll, seen=poll.version)
        work.commit()  # and the register has not heard of it yet
    made = editor.press(f"{LIST}/{with_pictures}")
    poll_id = re.search(r"/console/polls/([0-9a-f-]{36})", made.location)[1]
    assert pictures_in(work_in, VILLAGE, poll_id) == {}


def test_no_answer_goes_along(published, editor, work_in, answer, owner):
    with work_in(NEIGHBOUR) as work:
        poll = reading.public_poll(work, published)
        for number in range(12):
            answer(work, poll, f"d{number}", 1, 1, 5, age="65+")
        close_poll(work, poll, seen=poll.version)
        work.commit()
    tell(work_in, published)
    [(pattern,)] = owner(
        "select pattern from shared.public_entry where pattern is not null and language = 'bg'"
    )
    assert set(pattern) == {"who", "asks_about", "texts", "questions"}
    assert "12" not in str(pattern) and "65+" not in str(pattern)
    editor.press(f"{LIST}/{published}")
    assert owner("select online, paper, tally from t_gorno_selo.polls_poll") == [(0, 0, None)]
