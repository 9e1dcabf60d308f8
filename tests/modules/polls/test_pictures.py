"""Pictures of questions and of their answers, from the form to the visitor and back out."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.polls.errors import HasPicture, QuestionFrozen
from obshto.modules.polls.services import deadlines, pictures, polls, questions
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.wordings import wording_of
from obshto.platform.permissions import Role
from obshto.platform.storage.errors import NoPicture

VILLAGE = "gorno-selo"
KEPT = "select count(*) from t_gorno_selo.storage_file where copy_of is null"


def drawn(width=1000):
    stream = BytesIO()
    Image.new("RGB", (width, 300), "#3f7d3a").save(stream, "PNG")
    stream.seek(0)
    return stream


@pytest.fixture
def show():
    """show(work, poll, number of the option from one on): lays a picture beside it."""

    def lay(uow, poll, number=None, *, request_id=None, stream=None):
        [asked] = asked_of(uow, poll.id)
        option = asked.options[number - 1] if number else None
        told = {"name": "tree.png", "alt_text": "Дърво", "words": {"en": "A tree"}}
        told |= {"option": option, "request_id": request_id or uuid4()}
        return pictures.add_picture(uow, poll, asked, stream or drawn(), **told)

    return lay


def alt_texts(uow, poll):
    """What is to be seen beside each answer."""
    [asked] = asked_of(uow, poll.id)
    return {o.label: asked.pictures[o.id].alt_text for o in asked.options if o.id in asked.pictures}


def test_a_picture_stands_beside_its_answer_once(uow, write, show):
    poll, key = write(uow), uuid4()
    first = show(uow, poll, 2, request_id=key)
    assert show(uow, poll, 2, request_id=key) == first
    with pytest.raises(HasPicture):
        show(uow, poll, 2)
    show(uow, poll)
    assert alt_texts(uow, poll) == {"Събота": "Дърво"}
    assert asked_of(uow, poll.id)[0].pictures[None].said("en") == ("A tree", "en")
    with pytest.raises(NoPicture):
        show(uow, poll, 1, stream=BytesIO(b"no picture"))


def test_it_follows_its_answer_through_other_words_and_goes_with_it(uow, write, show, owner):
    poll = write(uow)
    show(uow, poll, 1)
    show(uow, poll, 2)

    def reword(*options):
        [asked] = asked_of(uow, poll.id)
        changed = {"options": options, "only_if": frozenset()}
        wording = type(wording_of(asked))(kind="single", title="Кой ден?", **changed)
        questions.edit_question(uow, poll, asked, wording, expected_version=poll.version)
        uow.session.flush()

    reword("Събота", "В петък", "Неделя")
    assert alt_texts(uow, poll) == {"Събота": "Дърво"}
    reword("Съботата", "В петък", "Неделя")
    assert alt_texts(uow, poll) == {"Съботата": "Дърво"}
    uow.commit()
    assert owner(KEPT) == [(1,)]
    questions.remove_question(uow, poll, asked_of(uow, poll.id)[0], expected_version=poll.version)
    uow.commit()
    assert owner(KEPT) == [(0,)]


def test_who_has_answered_has_answered_this_picture(uow, opened, show, answer):
    poll = opened(uow)
    picture = show(uow, poll, 1)
    uow.session.flush()
    answer(uow, poll, "a", 1)
    with pytest.raises(QuestionFrozen):
        show(uow, poll, 2)
    with pytest.raises(QuestionFrozen):
        pictures.remove_picture(uow, poll, picture, expected_version=poll.version)


def test_files_go_when_a_deleted_poll_is_gone_for_good(uow_in, write, show, owner):
    with uow_in(VILLAGE) as uow:
        poll = write(uow)
        show(uow, poll, 1)
        polls.delete_poll(uow, poll, expected_version=poll.version)
        poll.deleted_at = uow.now.replace(year=2000)
        uow.commit()
        deadlines.erase_deleted(uow)
        uow.commit()
    assert owner(KEPT) == [(0,)]


@pytest.fixture
def laid(uow_in, write, show):
    """A draft with a picture beside its first answer: the poll, the address of the picture."""
    with uow_in(VILLAGE) as uow:
        poll = write(uow)
        path = show(uow, poll, 1).path
        uow.commit()
        return poll, path


def test_an_editor_lays_a_picture_beside_an_answer(uow_in, write, sign_in):
    with uow_in(VILLAGE) as uow:
        poll = write(uow)
        question = asked_of(uow, poll.id)[0].question
        uow.commit()
    editor = sign_in(VILLAGE, Role.EDITOR)
    page = editor.get(f"/console/polls/questions/{question.id}/pictures").text
    first = next(word for word in page.split('"') if "/picture?option=" in word)
    refused = editor.press(first, file=(drawn(), "дърво.png"), description="")
    assert refused.status_code == 422
    assert "Напишете какво се вижда" in refused.text.replace("\xa0", " ")
    given = {"file": (drawn(), "дърво.png"), "description": "Дърво"}
    assert editor.press(first, **given).status_code == 303
    assert 'alt="Дърво"' in editor.get(f"/console/polls/{poll.id}/preview").text


def test_a_picture_is_seen_as_its_poll_is(uow_in, laid, sign_in, client, at, draw_pictures):
    poll, path = laid
    editor = sign_in(VILLAGE, Role.EDITOR)

    def fetch(address):
        return client.get(address, base_url=at(VILLAGE))

    assert editor.get(path).mimetype == "image/webp"
    assert fetch(path).status_code == 404
    with uow_in(VILLAGE) as uow:
        polls.open_poll(uow, uow.session.merge(poll), expected_version=poll.version)
        uow.commit()
    draw_pictures()
    small, large = fetch(f"{path}?width=480"), fetch(path)
    assert [Image.open(BytesIO(one.data)).width for one in (small, large)] == [480, 1000]
    assert 'alt="A tree"' in fetch(f"/en/polls/{poll.id}").text
    assert editor.press(f"/console{path}/remove").status_code == 303
    assert fetch(path).status_code == 404
