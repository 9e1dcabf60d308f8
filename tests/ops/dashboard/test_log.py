"""The region's own log on the operations host: who did what, who was not let in."""

import pytest

from obshto.ops.events import JobRetried
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.events import STRANGER, SignInRefused
from obshto.sso.services import note_failure

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def act(app):
    """act(3): so many acts upon the first village."""

    def do(times=1, place=HERE, reason="Пощата работи"):
        with app.app_context():
            for _ in range(times):
                with open_uow(None, Principal(name="Десислава Митова")) as region:
                    fact = JobRetried(municipality=place, job="notify:send", reason=reason)
                    region.emit(fact)

    return do


def rows(page):
    return page.text.count("<tr") - 1


def test_it_says_who_did_what_where_and_why(act, operator):
    act()
    page = operator.get("/log").text
    for said in ("Десислава Митова", "пусна отново фонова задача", "Горно село", "Пощата работи"):
        assert said in page


def test_what_the_operator_does_on_the_pages_stands_there(operator):
    operator.send(f"/municipalities/{HERE}/step-in", reason="Молба на кмета", minutes="15")
    page = operator.get("/log?act=tenants:step-in.").text
    assert "влезе в общината като ИТ екип" in page and "Молба на кмета" in page


def test_who_was_not_let_in_stands_there_without_what_they_typed(app, operator):
    with app.app_context():
        note_failure("ops", "refused")
        with open_uow(None, Principal.system(STRANGER)) as region:
            fact = SignInRefused(municipality=None, why="password", tried_at=region.now)
            region.emit(fact)
    page = operator.get("/log?act=sso:").text
    assert STRANGER in page
    assert "системата за вход не потвърди кой е" in page and "грешна парола" in page


def test_it_is_chosen_by_place_kind_and_words(act, operator):
    act(reason="Смених диска")
    act(place=THERE, reason="Молба")
    assert rows(operator.get(f"/log?place={HERE}")) == 1
    assert rows(operator.get("/log?words=молба")) == 1
    assert "Няма такива записи" in operator.get("/log?act=incidents:").text
    assert 'value="молба"' in operator.get("/log?words=молба").text
    for nonsense in ("/log?act=x", "/log?words=%25_%27", "/log?place=няма"):
        assert operator.get(nonsense).status_code == 200, nonsense


def test_it_is_read_backwards_page_by_page_and_keeps_what_was_chosen(act, operator):
    act(21)
    act(place=THERE)
    first = operator.get(f"/log?place={HERE}")
    assert rows(first) == 20
    older = first.text.partition("before=")[2].partition('"')[0].replace("&amp;", "&")
    assert rows(operator.get(f"/log?before={older}")) == 1
    assert f"place={HERE}" in older
    for nothing in ("yesterday", "1", "0" * 31):
        assert operator.get(f"/log?before={nothing}").status_code == 404


def test_a_chain_that_was_changed_is_told_on_the_page_and_on_the_board(act, operator, put):
    act(3)
    assert "Непроменен" in operator.get("/log").text
    assert "Дневникът на областта" not in operator.get("/").text
    put("UPDATE shared.audit_entry SET person_name = 'Друг' WHERE seq = 2")
    page = operator.get("/log").text
    assert (
        "запис 2 не съвпада" in page.replace("\N{NO-BREAK SPACE}", " ") and "Непроменен" not in page
    )
    assert "Дневникът на областта е променян отвън" in operator.get("/").text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_it_asks_as_much_of_the_database_however_long_it_is(act, operator, statements_of):
    act()
    few = statements_of(lambda: operator.get("/log"))
    act(60)
    many = statements_of(lambda: operator.get(f"/log?place={HERE}&act=ops:&words=пощата"))
    assert len(many) == len(few) <= 8


def test_nobody_without_the_role_reads_it(sign_in, client, at):
    assert client.get("/log", base_url=at("ops")).status_code == 302
    admin = sign_in(HERE, Role.ADMIN)
    assert admin.get("/log", base_url=at("ops")).status_code in (302, 403)
    assert admin.get("/log").status_code == 404
