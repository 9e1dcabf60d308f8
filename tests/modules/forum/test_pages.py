"""Pages of the forum: written without an account, answered, moderated, appealed, kept apart."""

import re
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, inspect, select

from obshto.modules.forum.events import PostPublished
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.codes import code_of
from obshto.modules.forum.services.posts import write_post
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME, TITLE = "Проба Авторова", "Пейката пред магазина"


@pytest.fixture(autouse=True)
def daylight(sign_in, switched_on):
    """No quiet hours, whenever the tests run."""
    admin = sign_in(VILLAGE, Role.ADMIN)
    typed = {"quiet_from": "0", "quiet_until": "0", "most_an_hour": "50"}
    assert admin.press("/console/settings/forum", **typed).status_code == 303


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def secretary(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def visitor(client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

    return Visitor()


def typed(**changed):
    words = {"title": TITLE, "subject": "streets", "settlement": "", "words": "Счупена е."}
    return {**words, "author": NAME, "shown_as": "resident", "request_id": uuid4(), **changed}


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", re.split(r"[?#]", answer.location)[0])


def press(person, path, to="", **typed):
    """Fill in a form of the console as it stands."""
    page = person.get(path).text
    hidden = dict(re.findall(r'name="(expected_version|request_id)"[^>]*value="([^"]+)"', page))
    return person.post(path + to, {**hidden, **typed})


@pytest.fixture
def discussion(clerk):
    """The path of one that a clerk entered for somebody."""
    slip = path_of(clerk.post("/console/forum/enter", typed(channel="phone")))
    page = clerk.get(slip).text
    code = re.sub(r"\D", "", re.search(r'class="ob-number">([^<]+)<', page)[1])
    return re.search(r"/console(/forum/[0-9a-f-]{36})", page)[1], code


def test_a_visitor_begins_a_discussion_by_letter(visitor, uow_in):
    once = uuid4()
    answer = visitor.post("/forum/new", typed(email="author@villages.example", request_id=once))
    assert path_of(answer) == "/forum/sent"
    assert TITLE not in visitor.get("/forum/").text
    with uow_in(VILLAGE):
        own = f"/forum/post/{code_of(once)}"  # where the letter leads
    assert "Никой още не го вижда" in visitor.get(own).text
    assert TITLE not in visitor.get("/forum/").text
    shown = path_of(visitor.post(f"{own}/confirm"))
    page = visitor.get(shown).text
    assert TITLE in page and "Счупена е." in page and NAME not in page and "участник" in page
    assert "Още без отговор" in visitor.get("/forum/").text


def test_a_name_stands_where_its_author_wants_it(visitor, clerk):
    slip = path_of(clerk.post("/console/forum/enter", typed(channel="counter", shown_as="name")))
    page = re.search(r"/console(/forum/[0-9a-f-]{36})", clerk.get(slip).text)[1]
    assert NAME in visitor.get(page).text
    assert NAME not in clerk.get(f"/console{page}").text


def test_an_answer_and_what_was_decided_stand_at_the_top(visitor, clerk, discussion):
    page, _code = discussion
    desk = f"/console{page}"
    assert "Чака отговор" in clerk.get(desk).text
    assert press(clerk, f"{desk}/answer", words="Идваме във вторник.").status_code == 303
    assert press(clerk, f"{desk}/decided", words="Нова пейка до май.").status_code == 303
    shown = visitor.get(page).text
    assert shown.index("Нова пейка до май.") < shown.index("Какво казва общината")
    assert shown.index("Идваме във вторник.") < shown.index("Счупена е.")
    assert "Официален отговор" in shown


def test_what_comes_too_late_is_kept_with_a_way_on(visitor, clerk, discussion):
    page, _code = discussion
    assert press(clerk, f"/console{page}/close", words="Решено е.").status_code == 303
    late = visitor.post(
        f"{page}/reply", typed(words="Закъснях с това.", email="a@villages.example")
    )
    assert late.status_code == 409
    assert "Закъснях с това." in late.text and "започнете с него нов разговор" in late.text
    moved = visitor.post("/forum/new", typed(words="Закъснях с това.", title="", moved="y"))
    assert moved.status_code == 200 and "Закъснях с това." in moved.text
    assert "govuk-error-summary" not in moved.text
    assert "Решено е." in visitor.get(page).text


def test_what_was_confirmed_too_late_begins_a_discussion_of_its_own(
    visitor, clerk, discussion, uow_in
):
    page, once = discussion[0], uuid4()
    late = typed(words="Закъснях\nс това.", email="a@villages.example", shown_as="name")
    assert path_of(visitor.post(f"{page}/reply", late | {"request_id": once})) == "/forum/sent"
    with uow_in(VILLAGE):
        own = f"/forum/post/{code_of(once)}"
    assert press(clerk, f"/console{page}/close", words="Решено е.").status_code == 303
    assert visitor.post(f"{own}/confirm").status_code == 409
    shown = visitor.get(own).text
    assert "Потвърдете мнението" not in shown and "Решено е." in shown
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    moved = visitor.post("/forum/new", kept | {"moved": "y"})
    assert moved.status_code == 200 and "govuk-error-summary" not in moved.text
    assert "Закъснях\nс това." in moved.text and NAME in moved.text
    assert re.search(r'value="name"[^>]*checked', moved.text)
    began = visitor.post("/forum/new", late | {"request_id": uuid4()})
    assert path_of(began) == "/forum/sent"


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(visitor, discussion):
    answer = visitor.post("/forum/new", typed(title="", subject="ghost", email="без"))
    assert answer.status_code == 422 and "Счупена е." in answer.text
    for words in ("за какво е разговорът", "Изберете отговор от списъка", "ime@primer.bg"):
        assert words in answer.text
    answer = visitor.post(f"{discussion[0]}/reply", typed(email=""))
    assert answer.status_code == 422 and "влезте в профила си" in answer.text
    assert 'href="#email"' in answer.text
    missing = visitor.post("/forum/new", typed(title="", subject="", words="", author="")).text
    order = re.findall(r'<a href="#(title|subject|words|author)"', missing)
    assert order == ["title", "subject", "words", "author"]


def test_a_quarrel_is_flagged_hidden_appealed_and_decided_by_somebody_else(
    visitor, clerk, secretary, discussion
):
    page, code = discussion
    first = re.search(r"/forum/posts/([0-9a-f-]{36})/report", visitor.get(page).text)[1]
    assert press(visitor, f"/forum/posts/{first}/report", rule="insult").status_code == 303
    assert "Правило 1" in clerk.get("/console/forum/posts").text
    hidden = press(
        clerk, f"/console/forum/posts/{first}/hide", rule="insult", words="Обижда съсед."
    )
    assert hidden.status_code == 303
    shown = visitor.get(page).text
    assert "Счупена е." not in shown and "Обижда съсед." in shown and TITLE not in shown
    log = visitor.get("/moderation/").text
    assert "Обижда съсед." in log and TITLE not in log and "Счупена е." not in log
    # The author reads why with the code of the slip, and objects.
    own = f"/forum/post/{code}"
    assert "Счупена е." in visitor.get(own).text
    assert press(visitor, f"{own}/appeal", words="Никого не обидих.").status_code == 303
    # Whoever hid it may not decide; nobody without the permission sees the appeal.
    queue = secretary.get("/console/moderation/").text
    review = re.search(r"/console/moderation/[0-9a-f-]{36}", queue)[0]
    assert clerk.get(review).status_code == 403
    asked = secretary.get(review).text
    assert "Никого не обидих." in asked and "Счупена е." in asked
    decided = press(secretary, review, outcome="restored", words="Прав е авторът.")
    assert decided.status_code == 303
    assert "Счупена е." in visitor.get(page).text
    assert "Прав е авторът." in visitor.get("/moderation/").text


def test_the_secretary_who_hid_it_does_not_decide_the_appeal(visitor, secretary, discussion):
    page, code = discussion
    first = re.search(r"/forum/posts/([0-9a-f-]{36})/report", visitor.get(page).text)[1]
    press(secretary, f"/console/forum/posts/{first}/hide", rule="insult", words="Обижда съсед.")
    press(visitor, f"/forum/post/{code}/appeal", words="Никого не обидих.")
    queue = secretary.get("/console/moderation/").text
    review = re.search(r"/console/moderation/[0-9a-f-]{36}", queue)[0]
    asked = secretary.get(review).text
    assert "Вие сте скрили това мнение" in asked
    version = {"expected_version": "2", "outcome": "upheld", "words": "Така е."}
    assert "от друг човек" in secretary.post(review, version).text


def test_hidden_words_open_for_a_purpose_that_the_author_reads(visitor, clerk, discussion):
    page, code = discussion
    first = re.search(r"/forum/posts/([0-9a-f-]{36})/report", visitor.get(page).text)[1]
    desk = f"/console/forum/posts/{first}"
    press(visitor, f"/forum/posts/{first}/report", rule="personal")
    assert "Счупена е." not in visitor.get(page).text
    assert "Счупена е." not in clerk.get(desk).text and NAME not in clerk.get(desk).text
    assert press(clerk, desk, "/look", purpose="moderate").status_code == 303
    assert "Счупена е." in clerk.get(desk).text and NAME in clerk.get(desk).text
    assert "Преглежда скрито мнение" in visitor.get(f"/forum/post/{code}").text


def test_a_discussion_becomes_a_proposal_and_both_are_linked(visitor, clerk, discussion):
    page, _code = discussion
    made = press(
        clerk, f"/console{page}/transfer", kind="proposal:green", title="Пейка", text="Нова."
    )
    assert made.status_code == 303
    proposal = re.search(r"/proposals/[0-9a-f-]{36}", visitor.get(page).text)[0]
    assert page in visitor.get(proposal).text
    refused = press(
        clerk, f"/console{page}/transfer", kind="proposal:green", title="Пак", text="Пак."
    )
    assert refused.status_code == 422 and "вече има предложение" in refused.text


def test_who_may_not_is_kept_out(visitor, sign_in, discussion):
    page, code = discussion
    editor = sign_in(VILLAGE, Role.EDITOR)
    for path in ("/", "/overview", "/posts", page.removeprefix("/forum")):
        assert editor.get(f"/console/forum{path}").status_code == 403
    assert sign_in(VILLAGE, Role.MAYOR).get("/console/forum/overview").status_code == 200
    # A neighbour's discussion, post, code do not exist.
    stranger = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    post = re.search(r"/forum/posts/[0-9a-f-]{36}", visitor.get(page).text)[0]
    for path in (page, f"{page}/reply", f"{post}/report", f"/forum/post/{code}"):
        assert visitor.get(path, NEIGHBOUR).status_code == 404, path
    for path in (page, post, f"{post}/hide", f"{page}/answer"):
        assert stranger.get(f"/console{path}").status_code == 404, path


def test_a_page_of_a_long_discussion_asks_no_more(visitor, clerk, discussion, uow_in, said):
    """As many statements with two thousand posts as with one."""
    page, _code = discussion
    paths = page, f"{page}?page=90", "/forum/"
    first = [_statements(visitor, path) for path in paths]
    with uow_in(VILLAGE) as uow:
        row = uow.session.scalars(select(Discussion)).one()
        post = uow.session.scalars(select(ForumPost)).one()
        same = {
            column.key: getattr(post, column.key)
            for column in inspect(ForumPost).column_attrs
            if column.key not in ("id", "request_id", "code_index", "number", "version")
        }
        for number in range(2, 2001):
            uow.session.add(ForumPost(**same, request_id=uuid4(), number=number))
        row.last_number = 2000
        uow.emit(PostPublished(subject_id=row.id, post_id=post.id))
        uow.commit()
    assert "№ 1999" in visitor.get(f"{page}?page=100").text
    assert max(_statements(visitor, path) for path in paths) <= max(first) + 1


def _statements(visitor, path):
    asked = []

    def note(connection, cursor, statement, *more):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert visitor.get(f"{path}{'&' if '?' in path else '?'}fresh={uuid4()}").status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def test_eight_at_once_get_numbers_without_a_gap(uow_in, discussion, said):
    """One of them sends the same form twice."""
    discussion_id = UUID(discussion[0].rpartition("/")[2])
    keys = [uuid4() for _ in range(7)]
    keys.append(keys[0])
    together = Barrier(len(keys))

    def write(key):
        together.wait(60)
        with uow_in(VILLAGE) as uow:
            write_post(uow, discussion_id, said(channel="phone"), request_id=key)
            uow.commit()

    threads = [Thread(target=write, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with uow_in(VILLAGE) as uow:
        numbers = uow.session.scalars(select(ForumPost.number).order_by(ForumPost.number)).all()
        last = uow.session.scalars(select(Discussion.last_number)).one()
    assert numbers == list(range(1, 9)) and last == 8
