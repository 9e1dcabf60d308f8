"""An operator takes a municipality back to a moment and forth again, in the browser alone."""

import re

import pytest
from sqlalchemy import text

from obshto.ops.backup_requests import execution
from obshto.ops.backup_requests.execution import fulfil
from obshto.ops.backup_requests.services import order_of, withdraw
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow

HERE, NAME = "gorno-selo", "Горно село"
BACKUPS = f"/municipalities/{HERE}/backups"
NEWS = "SELECT count(*) FROM t_gorno_selo.news_item"


@pytest.fixture
def lost(sign_in, operator, order, uow_in):
    """Two news were written and backed up; afterwards one was deleted and one added."""
    editor = sign_in(HERE, Role.EDITOR)
    typed = {"summary": "Накратко", "markdown": "Текст"}
    for title in ("Първа", "Втора"):
        assert editor.press("/console/news/new", title=title, **typed).status_code == 303
    order(f"{BACKUPS}/take")
    with uow_in(HERE) as uow:
        uow.session.execute(text("DELETE FROM t_gorno_selo.news_item WHERE title = 'Първа'"))
        uow.session.commit()
    assert editor.press("/console/news/new", title="Трета", **typed).status_code == 303


@pytest.fixture
def beside(lost, order, found):
    """The address of the look at what was restored."""
    return found(order(found(BACKUPS, "restore")), r"restorations/[0-9a-f-]+")


@pytest.fixture
def titles(uow_in):
    def look():
        with uow_in(HERE) as uow:
            asked = text("SELECT title FROM t_gorno_selo.news_item ORDER BY title")
            return list(uow.session.scalars(asked))

    return look


def asked_again(hands, owner):
    """As if the note of the swap's end had been lost: it is swapped once."""
    swapped = owner("SELECT swapped_at FROM shared.restoration")
    with hands.engine.begin() as connection:
        connection.execute(
            text("UPDATE shared.backup_order SET done_at = NULL WHERE what = 'swap'")
        )
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE done_at IS NULL")
    fulfil(hands, order_id)
    assert owner("SELECT swapped_at FROM shared.restoration") == swapped


def test_from_a_mishap_to_a_whole_municipality_and_back(
    beside, operator, order, found, titles, hands, owner
):
    page = operator.get(beside).text
    cells = [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr.*?</tr>", page, re.S)]
    [row] = [row.split() for row in cells if " news_item " in f" {' '.join(row.split())} "]
    assert row[-4:] == ["2", "2", "1", "1"]  # living, restored; comes back, goes
    assert "Новини" in row and titles() == ["Втора", "Трета"]
    order(found(beside, "swap"), name=NAME)
    assert titles() == ["Втора", "Първа"]
    asked_again(hands, owner)
    assert titles() == ["Втора", "Първа"]
    assert "Изтрити новини" in operator.get(BACKUPS).text
    assert "На мястото на общината" in operator.get(beside).text
    order(found(beside, "undo"), name="  горно   село ")
    assert titles() == ["Втора", "Трета"]
    acts = [
        (act, who)
        for act, who in owner(
            "SELECT act, person_name FROM shared.audit_entry WHERE municipality = 'gorno-selo'"
            " AND (act LIKE 'orders:%' OR act LIKE 'ops:%') ORDER BY id"
        )
    ]
    assert [act for act, _who in acts] == [
        *("orders:backup.ordered", "orders:restore.ordered", "orders:swap.ordered"),
        *("ops:municipality.restored", "orders:undo.ordered", "ops:municipality.put-back"),
    ]
    assert {who for _act, who in acts} == {"Десислава Митова"}


UNMEANT = (
    ({"reason": "Причина", "name": "Долно село"}, "Въведете „Горно село“"),
    ({"reason": "Причина", "name": ""}, "Въведете „Горно село“"),
    ({"reason": " ", "name": NAME}, "Въведете причина"),
)


def test_what_waits_beside_is_decided_on_purpose_and_once(
    beside, operator, order, found, titles, owner
):
    for act in ("swap", "discard"):
        for typed, said in UNMEANT:
            went = operator.send(f"{beside}/{act}", **typed)
            assert went.status_code == 422 and said in went.text and typed["name"] in went.text
    assert owner("SELECT count(*) FROM shared.backup_order WHERE done_at IS NULL") == [(0,)]
    again = operator.send(found(BACKUPS, "restore"), reason="Причина")
    assert again.status_code == 409 and "вече чака копие" in again.text
    leads_nowhere_for_the_neighbour(operator, owner)
    swap = found(beside, "swap")
    order(found(beside, "discard"), name=NAME)
    assert titles() == ["Втора", "Трета"]
    assert owner("SELECT 1 FROM pg_namespace WHERE nspname ~ '^r_'") == []
    assert "Махнато" in operator.get(beside).text
    assert operator.get(BACKUPS).text.count("Вижте разликите и решете") == 0
    late = operator.send(swap, reason="Причина", name=NAME)
    assert late.status_code == 409 and "не е там" in late.text


@pytest.fixture
def told(owner, monkeypatch):
    """How far the keeper says that it is, each time."""
    monkeypatch.setattr(execution, "OFTEN", 0)
    told, telling = [], execution._telling

    def heard(engine, order_id):
        tell = telling(engine, order_id)

        def and_note(step, done, of):
            tell(step, done, of)
            [(progress,)] = owner("SELECT progress FROM shared.backup_order WHERE done_at IS NULL")
            told.append(progress)

        return and_note

    monkeypatch.setattr(execution, "_telling", heard)
    return told


def test_while_it_lasts_the_page_says_how_far_it_is(
    lost, operator, found, hands, owner, told, monkeypatch
):
    went = operator.send(found(BACKUPS, "restore"), reason="Причина")
    here = went.location.partition("?")[0]
    page = operator.get(went.location)
    assert "data-hx-get" in page.text and "Оттеглете поръчката" in page.text
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE done_at IS NULL")
    seen = []

    def watched(*args, **kwargs):
        seen.append(operator.get(here).text)
        return compare(*args, **kwargs)

    compare = execution.restoration.compare
    monkeypatch.setattr(execution.restoration, "compare", watched)
    fulfil(hands, order_id)
    assert seen[0].count("Готово") == 3 and "Сега" in seen[0]
    assert "Оттеглете" not in seen[0]
    after = operator.get(here).text
    assert after.count("Готово") == 4 and "data-hx-get" not in after and "Вижте разликите" in after
    filled = [one for one in told if one["step"] == "fill"]
    assert len(filled) > 10 and filled[-1]["done"] == filled[-1]["of"] > 0
    assert [one["done"] for one in filled] == sorted(one["done"] for one in filled)


@pytest.mark.long
def test_a_keeper_that_was_killed_goes_on(lost, operator, found, hands, titles, owner, monkeypatch):
    operator.send(found(BACKUPS, "restore"), reason="Причина")
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE done_at IS NULL")

    class Killed(BaseException):
        """No handler runs."""

    def die(*args):
        raise Killed

    with monkeypatch.context() as one:
        one.setattr(execution.restoration, "compare", die)
        one.setattr(execution, "_end", lambda *args: None)
        with pytest.raises(Killed):
            fulfil(hands, order_id)
    assert owner("SELECT state FROM shared.restoration") == [("filling",)]
    for _ in range(2):
        fulfil(hands, order_id)
    assert owner("SELECT state FROM shared.restoration") == [("ready",)]
    assert owner("SELECT trouble FROM shared.backup_order WHERE what = 'restore'") == [("",)]
    assert owner("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^r_'") == [(1,)]


def test_a_file_that_is_gone_is_said_and_changes_nothing(
    lost, config, operator, order, found, titles
):
    for path in config.backup_dir.rglob("*.zip"):
        path.unlink()
    page = operator.get(order(found(BACKUPS, "restore"))).text
    assert "вече не е на сървъра" in page and "Нищо не е променено" in page
    assert titles() == ["Втора", "Трета"]


def test_a_damaged_file_is_said(lost, config, operator, order, found):
    for path in config.backup_dir.rglob("*.zip"):
        path.write_bytes(path.read_bytes()[:-100])
    assert "Файлът на копието е повреден" in operator.get(order(found(BACKUPS, "restore"))).text


def test_an_unexpected_error_ends_it_and_is_not_swallowed(
    lost, operator, found, hands, owner, monkeypatch
):
    operator.send(found(BACKUPS, "restore"), reason="Причина")
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE done_at IS NULL")

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(execution.restoration, "restore_beside", fail)
    with pytest.raises(ZeroDivisionError):
        fulfil(hands, order_id)
    assert owner("SELECT trouble FROM shared.backup_order WHERE what = 'restore'") == [("unknown",)]


def test_one_at_a_time_and_withdrawn_before_it_begins(lost, operator, found, owner, keeper, hands):
    first = operator.send(found(BACKUPS, "restore"), reason="Причина")
    second = operator.send(f"{BACKUPS}/take", reason="Друга")
    assert second.status_code == 409 and "вече се работи" in second.text
    went = operator.send(first.location, "/withdraw")
    assert went.status_code == 303
    assert "оттеглена" in operator.get(went.location).text
    keeper()
    assert owner("SELECT count(*) FROM shared.restoration") == [(0,)]
    assert operator.send(f"{BACKUPS}/take", reason="Друга").status_code == 303


def test_what_the_keeper_works_on_cannot_be_withdrawn(lost, operator, found, hands, owner):
    went = operator.send(found(BACKUPS, "restore"), reason="Причина")
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE done_at IS NULL")
    with execution._held(hands.engine, order_id) as is_ours:
        assert is_ours
        refused = operator.send(went.location, "/withdraw")
    assert refused.status_code == 409 and "не може да се спре" in refused.text
    held = execution._held(hands.engine, order_id), execution._held(hands.engine, order_id)
    with held[0] as first, held[1] as second:
        assert first and not second


def test_what_ended_while_somebody_withdraws_it_stays_done(operator, hands, app, owner):
    """The page was read before the keeper ended, the press comes after."""
    operator.send(f"{BACKUPS}/take", reason="Причина")
    [(order_id,)] = owner("SELECT id FROM shared.backup_order")
    with app.app_context(), open_uow(None, Principal.system("test")) as region:
        order = order_of(region, HERE, order_id)
        assert order.is_open
        fulfil(hands, order_id)
        withdraw(region, order)
    assert owner("SELECT trouble FROM shared.backup_order") == [("",)]
    assert owner("SELECT 1 FROM shared.audit_entry WHERE act = 'orders:order.withdrawn'") == []


def leads_nowhere_for_the_neighbour(operator, owner):
    [(run_id,)] = owner("SELECT id FROM shared.backup_run WHERE municipality = 'gorno-selo'")
    [(order_id,)] = owner("SELECT id FROM shared.backup_order WHERE what = 'restore'")
    there = "/municipalities/dolno-selo"
    for path in (
        f"{there}/backups/{run_id}/restore",
        f"{there}/restorations/{order_id}",
        f"{there}/restorations/{order_id}/swap",
        f"{there}/orders/{order_id}",
    ):
        assert operator.get(path).status_code == 404
    page = operator.get(f"{BACKUPS}/take").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    path, sent = f"{there}/orders/{order_id}/withdraw", {"csrf_token": token}
    assert operator.client.post(path, data=sent, base_url=operator.base).status_code == 404


def test_a_municipality_can_order_nothing(app_engine, sign_in):
    with app_engine.connect() as connection:
        connection.exec_driver_sql('SET LOCAL ROLE "t_gorno_selo"')
        with pytest.raises(Exception, match="permission denied"):
            connection.exec_driver_sql("SELECT 1 FROM shared.backup_order")
    assert sign_in(HERE, Role.MAYOR).get(BACKUPS).status_code == 404


def test_nobody_waits_for_a_keeper_that_is_away_unwarned(lost, operator, found, hands):
    went = operator.send(found(BACKUPS, "restore"), reason="Причина")
    assert "Минава минута" not in operator.get(went.location).text
    with hands.engine.begin() as connection:
        old = "UPDATE shared.backup_order SET asked_at = asked_at - interval '2 minutes'"
        connection.execute(text(old))
    assert "Минава минута" in operator.get(went.location).text
