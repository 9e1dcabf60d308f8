"""Guides are ready in three languages; a municipality switches on those that it wants."""

import re

import pytest
from sqlalchemy import create_engine, select, text

from obshto.modules.pages.models import Page
from obshto.modules.pages.services.guides import guides, request_id
from obshto.platform.content.hints import hints_of
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
GUIDES = "/console/pages/guides"
TEXTS = [(guide.key, language, guide) for guide in guides() for language in ("bg", "en", "ro")]
CYRILLIC = re.compile("[а-яА-Я]")


@pytest.fixture
def switch(config):
    """switch("pages", …): these modules are on in both villages."""

    def switch(*modules):
        engine = create_engine(config.migrator)
        with engine.begin() as connection:
            connection.execute(text("UPDATE shared.tenant SET modules = :m"), {"m": list(modules)})
        engine.dispose()

    return switch


@pytest.fixture
def editor(sign_in, switch):
    switch("pages", "polls", "eservices")
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def read(client, at):
    return lambda path, slug=VILLAGE: client.get(path, base_url=at(slug)).text.replace("\xa0", " ")


def turn_on(editor, key="safety"):
    return editor.press(GUIDES, f"/{key}/on")


@pytest.mark.parametrize(("key", "language", "guide"), TEXTS)
def test_a_guide_is_whole_and_plain_in_each_language(key, language, guide):
    told = guide.text(language, {"phone": "0938 12 345"})
    assert told.title and told.summary and "## " in told.markdown
    assert "{" not in told.markdown
    whole = f"{told.title}\n\n{told.summary}\n\n{told.markdown}"
    assert hints_of(whole) == [] if language == "bg" else not CYRILLIC.search(whole)
    assert told.markdown.count("## ") == guide.texts["bg"]["body"].count("## ")


def test_one_button_publishes_a_guide_in_three_languages_with_our_telephone(editor, read):
    assert "Защо е сигурно" not in read("/pages/section/online")
    assert turn_on(editor).status_code == 303
    assert "Защо е сигурно" in read("/pages/section/online")
    page = re.search(r'href="(/pages/[0-9a-f-]{36})"', read("/pages/section/online"))[1]
    assert "0938 12 345" in read(page)
    assert "Why it is safe" in read(f"/en{page}")
    assert "De ce este sigur" in read(f"/ro{page}")
    assert "Защо е сигурно" in read("/search?q=измама")


def test_twice_is_once(editor, owner):
    [form] = [form for form in editor.forms(GUIDES) if form[0].endswith("/safety/on")]
    for _ in range(2):
        assert editor.post(*form).status_code == 303
    count = "SELECT count(*) FROM t_gorno_selo.pages_page WHERE translation_of IS NULL"
    assert owner(count) == [(1,)]


def test_what_was_changed_in_it_stays_when_it_is_switched_on_again(editor, read, uow_in):
    turn_on(editor)
    with uow_in(VILLAGE) as uow:
        page_id = page_of(uow).id
    edit = f"/console/pages/{page_id}"
    editor.press(edit, markdown="Нашите думи.", section="online")
    editor.press(edit, f"{page_id}/hide")
    assert turn_on(editor).status_code == 303
    assert "Нашите думи." in read(f"/pages/{page_id}")


def test_one_that_was_deleted_comes_back_by_the_same_button(editor, read, uow_in):
    turn_on(editor)
    with uow_in(VILLAGE) as uow:
        page_id = page_of(uow).id
    editor.press(f"/console/pages/{page_id}/delete")
    assert "Няма такава" in read(f"/pages/{page_id}") or "404" in read(f"/pages/{page_id}")
    assert turn_on(editor).status_code == 303
    assert "Защо е сигурно" in read(f"/pages/{page_id}")


def test_a_late_copy_of_the_button_shows_nothing_that_was_hidden_since(editor, read):
    [form] = [form for form in editor.forms(GUIDES) if form[0].endswith("/safety/on")]
    editor.post(*form)
    page = re.search(r'href="(/pages/[0-9a-f-]{36})"', read("/pages/section/online"))[1]
    console = f"/console{page}"
    editor.press(console, "/hide")
    assert editor.post(*form).status_code == 409
    assert "Защо е сигурно" not in read("/pages/section/online")


def test_a_guide_can_be_read_before_it_is_switched_on(editor):
    page = editor.get(f"{GUIDES}/safety").text.replace("\xa0", " ")
    assert "Защо е сигурно" in page and "0938 12 345" in page
    assert "Why it is safe" in editor.get(f"/en{GUIDES}/safety").text


def test_a_guide_that_is_none_is_not_there(editor):
    assert editor.get(f"{GUIDES}/nothing").status_code == 404
    assert editor.post(f"{GUIDES}/nothing/on", {"expected_version": "0"}).status_code == 404


def test_a_guide_to_what_is_switched_off_says_so(editor, switch):
    def told():
        return editor.get(GUIDES).text.replace("\xa0", " ").count("модул, който още е изключен")

    assert told() == 0
    switch("pages")
    assert told() == len([guide for guide in guides() if guide.needs]) > 0


def test_the_neighbour_switches_on_its_own(editor, sign_in, read):
    turn_on(editor)
    assert "Защо е сигурно" not in read("/pages/section/online", NEIGHBOUR)
    other = sign_in(NEIGHBOUR, Role.EDITOR)
    assert turn_on(other).status_code == 303
    assert "Защо е сигурно" in read("/pages/section/online", NEIGHBOUR)


def test_who_may_not_publish_switches_nothing_on(sign_in, switch):
    switch("pages")
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert clerk.get(GUIDES).status_code == 403
    assert clerk.post(f"{GUIDES}/safety/on", {"expected_version": "0"}).status_code == 403


def page_of(uow):
    return uow.session.scalars(
        select(Page).where(Page.request_id == request_id(uow, "safety"))
    ).one()
