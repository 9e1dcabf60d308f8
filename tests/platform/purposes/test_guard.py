"""The guard: a page that is read without a look is logged here, and in operation a finding."""

from functools import wraps

import pytest
from flask import redirect

from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.platform.keys.encryption import decrypt, encrypt
from obshto.platform.permissions import Role
from obshto.platform.purposes import guard
from obshto.platform.web.request_uow import current_uow

VILLAGE, PAGE, ENDPOINT = "gorno-selo", "/console/news/", "news_console.index"
LOOKS = "SELECT part, purpose, subject_index, by_name FROM t_gorno_selo.purposes_look"
ENTRIES = "SELECT act FROM t_gorno_selo.audit_entry WHERE act = 'purposes:person.looked-at'"


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Проба Редактор")


@pytest.fixture
def careless(app, monkeypatch):
    """careless(column): the page opens such a column and asks nobody why."""
    whole = app.view_functions[ENDPOINT]

    def make(column, answer=None):
        @wraps(whole)
        def view():
            decrypt(column, encrypt(column, "Проба"))
            return answer() if answer else whole()

        monkeypatch.setitem(app.view_functions, ENDPOINT, view)

    return make


@pytest.fixture
def in_operation(app, monkeypatch):
    monkeypatch.setitem(app.extensions, guard.UNRECORDED, guard._record)


def test_here_such_a_page_is_logged_and_leaves_nothing(editor, careless, owner, caplog):
    careless("reports_report.words")
    assert editor.get(PAGE).status_code == 200
    assert "news_console.index ['reports_report.words']" in caplog.text
    assert owner(LOOKS) == []


def test_in_operation_it_is_answered_recorded_once_a_sitting_and_found(
    editor, careless, in_operation, owner, sign_in, uow_in
):
    careless("reports_report.words")
    for _ in range(2):
        assert editor.get(PAGE).status_code == 200
    [row] = owner(LOOKS)
    assert tuple(row) == ("news", guard.UNSAID, [], "Проба Редактор")
    assert len(owner(ENTRIES)) == 1, "it stands in the chain of acts, too"
    with uow_in(VILLAGE) as uow:
        examine_looks(uow)
        uow.commit()
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    page = officer.get("/console/dataprotection/findings").text
    assert "Лични данни, отворени без въпрос защо" in page and "Проба Редактор" in page


def test_a_page_of_operation_that_cannot_be_recorded_is_answered_all_the_same(
    editor, careless, in_operation, migrator, caplog
):
    careless("reports_report.words")
    right = 'INSERT ON t_gorno_selo.purposes_look {} "t_gorno_selo"'
    with migrator.begin() as connection:
        connection.exec_driver_sql(f"REVOKE {right.format('FROM')}")
    try:
        assert editor.get(PAGE).status_code == 200
    finally:
        with migrator.begin() as connection:
            connection.exec_driver_sql(f"GRANT {right.format('TO')}")
    assert "not recorded: news_console.index" in caplog.text


def test_what_leads_on_what_an_act_answers_and_nobodys_columns_are_let_be(
    app, editor, careless, in_operation, owner
):
    careless("feeds_channel.secret")
    assert editor.get(PAGE).status_code == 200
    careless("reports_report.words", lambda: redirect("/console/", 303))
    assert editor.get(PAGE).status_code == 303
    with app.test_request_context(PAGE, method="POST"):
        guard._record(ENDPOINT, frozenset({"reports_report.words"}))
    assert owner(LOOKS) == []


def test_a_page_that_looked_is_not_told(editor, careless, app, monkeypatch):
    seen = []
    monkeypatch.setitem(app.extensions, guard.UNRECORDED, lambda *told: seen.append(told))
    careless("reports_report.words", lambda: _looked())
    assert editor.get(PAGE).status_code == 200
    assert seen == []


def _looked():
    guard._look_at_page(current_uow(), ENDPOINT)
    return "да"
