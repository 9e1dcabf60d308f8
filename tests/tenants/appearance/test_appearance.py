"""How a municipality looks: seen at once, by it alone, and never unreadable."""

from datetime import timedelta
from pathlib import Path

import pytest

from obshto.platform.clock import SOFIA, now
from obshto.platform.modularity.manifest import Component, HomeBlock, NoPersonalData
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.theme import nearest_readable, readable
from obshto.tenants.api import find_municipality
from obshto.tenants.appearance.services import post_notice
from obshto.tenants.municipalities.notice import Notice
from obshto.tenants.portal.home import blocks_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
LOOK, HOME, NOTICE = (f"/console/tenants/appearance/{page}" for page in ("", "home", "notice"))
WHO = Principal(name="Ивайло Демирев")
WORDS = "Днес няма вода до 18 часа"
LANGUAGES = ["en", "ro"]  # boxes that are ticked, which a browser sends along


@pytest.fixture
def admin(sign_in):
    return sign_in(VILLAGE, Role.ADMIN)


@pytest.fixture
def look(client, at):
    """What a visitor is shown."""
    return lambda slug=VILLAGE, path="/": client.get(path, base_url=at(slug)).text


def in_days(days):
    return (now() + timedelta(days=days)).astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")


def filled(admin, **typed):
    """The form as it is shown, with what is missing in the tests' villages."""
    missing = {"title_ro": "Municipalitatea", "name_ro": "Satul", "address": "пл. 1"}
    missing |= {"address_latin": "pl. 1", "languages": LANGUAGES}
    return admin.press(LOOK, **missing | typed)


# -- name, colour, contacts --------------------------------------------------------------------


def test_a_new_name_and_a_new_telephone_are_seen_on_the_next_request(admin, look):
    assert "Община Горно село" in look()
    answer = filled(admin, title_bg="Община Горно ново село", phone="0938 99 999")
    assert answer.status_code == 303
    assert "Община Горно ново село" in look()
    assert "0938 99 999" in look(path="/contact").replace("\xa0", " ")


def test_the_neighbour_looks_as_before(admin, look):
    before = look(NEIGHBOUR)
    filled(admin, title_bg="Община Друга", colour="#7c2d12")
    assert look(NEIGHBOUR) == before


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(admin):
    answer = filled(admin, colour="#ffd54f", title_bg="Община Жълта")
    assert answer.status_code == 422
    nearest = nearest_readable("#ffd54f")
    assert f'name="take" value="{nearest}"' in answer.text
    assert 'value="Община Жълта"' in answer.text
    assert find_colour(admin) == "#14532d"


def test_the_nearest_colour_is_taken_by_one_button(admin):
    nearest = nearest_readable("#ffd54f")
    assert filled(admin, colour="#ffd54f", take=nearest).status_code == 303
    assert find_colour(admin) == nearest


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd54f", "#00ff00", "#808080", "#ff0000"])
def test_the_nearest_readable_colour_can_be_read_and_a_lighter_one_could_not(colour):
    nearest = nearest_readable(colour)
    assert readable(nearest)
    assert nearest == colour or not readable(colour)


def test_a_colour_that_can_be_read_stays(admin):
    assert nearest_readable("#14532d") == "#14532d"


@pytest.mark.parametrize("colour", ["red", "#12345", "#14532d}body{display:none", ""])
def test_anything_but_a_colour_is_refused(admin, colour):
    assert filled(admin, colour=colour).status_code == 422
    assert filled(admin, colour="#000000", take=colour or "x").status_code == 422


def test_a_language_that_is_switched_off_leaves_the_menu(admin, look):
    assert 'lang="ro"' in look()
    filled(admin, languages=["en"])
    assert 'lang="ro"' not in look()
    assert 'lang="en"' in look()


def test_a_late_copy_of_the_form_undoes_nothing(admin, look):
    [(_, late)] = [form for form in admin.forms(LOOK) if "title_bg" in form[1]]
    filled(admin, phone="0938 11 111")
    late |= {"title_ro": "M", "name_ro": "S", "address": "пл. 2", "address_latin": "pl. 2"}
    answer = admin.post(LOOK, late | {"phone": "0938 22 222"})
    assert answer.status_code == 422
    assert "0938 22 222" in answer.text
    assert "0938 11 111" in look(path="/contact").replace("\xa0", " ")


def test_who_may_not_change_it_is_kept_out(sign_in):
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert [editor.get(page).status_code for page in (LOOK, HOME, NOTICE)] == [403, 403, 200]
    assert editor.post(f"{HOME}/news/first").status_code == 403
    assert sign_in(VILLAGE).post(f"{NOTICE}/take-down").status_code == 403


def test_the_log_of_the_municipality_tells_who_did_it(admin, sign_in):
    filled(admin)
    log = sign_in(VILLAGE, Role.ADMIN).get("/console/audit/").text
    assert "Променен облик на портала" in log
    assert (
        "Променен облик на портала"
        not in sign_in(NEIGHBOUR, Role.ADMIN).get("/console/audit/").text
    )


# -- the notice --------------------------------------------------------------------------------


def post(admin, **typed):
    said = {"text_bg": WORDS, "place": "", "until": in_days(1)} | typed
    return admin.press(NOTICE, NOTICE, **said)


def test_a_notice_stands_on_every_page_until_it_is_taken_down(admin, look):
    assert post(admin, link="/news/").status_code == 303
    for path in ("/", "/news/", "/contact", "/en/"):
        assert WORDS in look(path=path)
    assert 'href="/news/">Прочетете повече' in look()
    assert WORDS not in look(NEIGHBOUR)
    assert admin.press(NOTICE, "take-down").status_code == 303
    assert WORDS not in look()


def test_a_notice_without_a_translation_is_marked_as_bulgarian(admin, look):
    post(admin, text_ro="Astăzi nu este apă")
    assert f'lang="bg">{WORDS}' in look(path="/en/")
    assert "Astăzi nu este apă" in look(path="/ro/")
    assert WORDS not in look(path="/ro/")


def test_a_notice_falls_by_itself_when_its_end_comes(look, app):
    ended = Notice(texts={"bg": WORDS}, place=None, link=None, until=now() - timedelta(seconds=1))
    with app.app_context(), open_uow(None, WHO) as region:
        post_notice(region, VILLAGE, ended, expected_version=find_municipality(VILLAGE).edits)
    assert WORDS not in look()


def test_the_end_of_a_notice_is_also_taken_as_people_write_it(admin, look):
    day = (now() + timedelta(days=2)).astimezone(SOFIA)
    assert post(admin, until=f"{day:%d.%m.%Y} 8:30").status_code == 303
    assert WORDS in look() and ", 8:30 ч." in look().replace("\xa0", " ")


def test_a_notice_is_plain_text(admin, look):
    post(admin, text_bg="<script>alert(1)</script>")
    assert "<script>alert" not in look()
    assert "&lt;script&gt;alert" in look()


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": in_days(-1)},
        {"until": in_days(100)},
        {"until": "утре"},
        {"text_bg": ""},
        {"text_bg": "а" * 201},
        {"place": "99999"},
        {"link": "javascript:alert(1)"},
        {"link": "//evil.example"},
        {"link": "http://evil.example"},
        {"link": "https://"},
    ],
)
def test_a_wrong_notice_is_refused_and_what_was_typed_stays(admin, look, wrong):
    answer = post(admin, text_en="No water today", **wrong)
    assert answer.status_code == 422
    assert "No water today" in answer.text
    assert WORDS not in look()


def test_a_second_click_changes_nothing_and_complains_of_nothing(admin, owner):
    [(_, fields)] = [form for form in admin.forms(NOTICE) if "text_bg" in form[1]]
    fields |= {"text_bg": WORDS, "place": ""}
    assert [admin.post(NOTICE, fields).status_code for _ in range(2)] == [303, 303]
    [(address, down)] = [form for form in admin.forms(NOTICE) if form[0].endswith("take-down")]
    assert [admin.post(address, down).status_code for _ in range(2)] == [303, 303]
    entries = owner("SELECT act FROM shared.audit_entry ORDER BY id")
    assert [act for (act,) in entries] == ["tenants:notice.posted", "tenants:notice.taken-down"]


def test_a_late_copy_of_the_button_takes_no_other_notice_down(admin, look):
    post(admin)
    [(address, late)] = [f for f in admin.forms(NOTICE) if f[0].endswith("take-down")]
    post(admin, text_bg="Друго съобщение")
    assert admin.post(address, late).status_code == 409
    assert "Друго съобщение" in look()


# -- the order of the home page ----------------------------------------------------------------


def test_a_home_page_of_one_section_has_nothing_to_arrange(admin):
    assert "няма какво да се подрежда" in admin.get(HOME).text


def test_the_sections_that_were_put_first_come_first_then_the_lightest():
    def part(slug, weight):
        block = HomeBlock(template=slug, context={}, weight=weight)
        privacy = NoPersonalData(because="a test")
        return Component(slug=slug, folder=Path(), privacy=privacy, home=lambda uow: block)

    parts = [part("a", 1), part("b", 2), part("c", 3), part("d", 0)]

    def order(*first):
        return "".join(shown.slug for shown, _ in blocks_of(None, parts, first))

    assert (order(), order("c"), order("b", "gone", "a")) == ("dabc", "cdab", "badc")


def test_a_section_that_is_not_there_cannot_be_put_first(admin):
    assert admin.post(f"{HOME}/nothing/first", {"expected_version": 0}).status_code == 404


def find_colour(admin):
    with admin.app.app_context():
        return find_municipality(VILLAGE).colour
