"""From a form to a living portal: the keeper makes the tables, the worker the rest."""

from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from obshto.ops.backup_daemon import BackupDaemon
from obshto.ops.backup_daemon import build as build_keeper
from obshto.ops.dashboard.metrics import take_readings
from obshto.ops.onboarding.services import finish
from obshto.platform.jobs.worker import PROVISION
from obshto.platform.permissions import Role
from obshto.tenants.municipalities.provision import remove
from obshto.tenants.ports import DIRECTORY, DirectoryUnavailable

SENT = {
    "bg": "Ново село",
    "en": "Novo Selo",
    "slug": "novo-selo",
    "phone": "0938 12 345",
    "modules": ["news"],
    "admin_name": "Иван Админов",
    "admin_email": "ivan@novo.example",
    "reason": "Решение 12 на общинския съвет",
}


class Provider:
    """An identity provider that can be away."""

    def __init__(self):
        self.invited, self.is_away = [], False

    def ensure_organization(self, place, titles):
        if self.is_away:
            raise DirectoryUnavailable
        return f"id-of-{place}"

    def invite(self, place, *, email, name, language):
        self.invited.append((place, email))


@pytest.fixture
def provider(app, monkeypatch):
    double = Provider()
    monkeypatch.setitem(app.extensions, DIRECTORY, double)
    return double


@pytest.fixture
def keeper(app, config):
    engine = create_engine(config.migrator)
    yield BackupDaemon(config, engine, lambda: app)
    with engine.begin() as connection, suppress(ValueError), connection.begin_nested():
        remove(connection, "novo-selo", by="test")
    engine.dispose()


@pytest.fixture
def asked(keeper, operator, owner):
    """The form was sent; the id of what is waited for."""
    assert operator.send("/welcome/new", **SENT).status_code == 303
    [(found,)] = owner("select id from shared.welcome")
    return found


def test_the_portal_answers_and_its_admin_is_invited(
    asked, keeper, provider, operator, client, at, uow_in, queued, owner
):
    [(name, args)] = [job for job in queued() if job[0] == "onboarding:make-tables"]
    assert UUID(args["welcome_id"]) == asked and "municipality" not in args
    keeper.welcome(asked)
    assert client.get("/", base_url=at("novo-selo")).status_code == 200
    assert "Община Ново село" in client.get("/", base_url=at("novo-selo")).text
    [more] = [args for name, args in queued() if name == "onboarding:finish"]
    for _ in range(2):
        with uow_in("novo-selo") as uow:
            finish(uow, welcome_id=more["welcome_id"])
    assert provider.invited == [("novo-selo", "ivan@novo.example")]
    [(roles,)] = owner("select roles from t_novo_selo.tenants_invitation")
    assert roles == [Role.ADMIN]
    page = operator.get("/welcome/novo-selo").text
    assert page.count("Готово") == 3 and "hx-get" not in page
    acts = [row[0] for row in owner("select act from shared.audit_entry order by id")]
    assert "onboarding:welcome.asked" in acts


def test_an_order_is_fulfilled_once_by_the_process_that_may(asked, config, keeper, owner):
    worker = build_keeper(config)
    with worker.open():
        worker.run_worker(queues=[PROVISION], wait=False, install_signal_handlers=False)
    keeper.welcome(asked)
    assert owner("select count(*) from shared.tenant where slug = 'novo-selo'") == [(1,)]
    assert owner("select done ? 'tables' from shared.welcome") == [(True,)]


def test_a_provider_that_is_away_is_said_and_waited_for(
    asked, keeper, provider, operator, uow_in, owner
):
    keeper.welcome(asked)
    provider.is_away = True
    with uow_in("novo-selo") as uow, pytest.raises(DirectoryUnavailable):
        finish(uow, welcome_id=str(asked))
    assert "Системата за вход не отговаря" in operator.get("/welcome/novo-selo").text
    provider.is_away = False
    with uow_in("novo-selo") as uow:
        finish(uow, welcome_id=str(asked))
    assert owner("select trouble from shared.welcome") == [("",)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "Ново село"}, "Само малки латински букви"),
        ({"slug": "ops"}, "Само малки латински букви"),
        ({"admin_email": "иван"}, "Напишете имейл"),
        ({"reason": ""}, "Въведете основание"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(operator, owner, wrong, said):
    went = operator.send("/welcome/new", **SENT | wrong)
    assert went.status_code == 422 and said in went.text and 'value="Ново село"' in went.text
    assert owner("select 1 from shared.welcome") == []


def test_an_address_that_is_taken_is_refused(operator, owner):
    went = operator.send("/welcome/new", **SENT | {"slug": "gorno-selo"})
    assert went.status_code == 422 and "вече има" in went.text
    assert owner("select 1 from shared.welcome") == []


def test_a_municipality_cannot_order_one(app_engine):
    with app_engine.connect() as connection:
        connection.exec_driver_sql('SET LOCAL ROLE "t_gorno_selo"')
        with pytest.raises(Exception, match="permission denied"):
            connection.exec_driver_sql("SELECT 1 FROM shared.welcome")


def test_what_is_missing_is_seen_by_the_admin_and_on_the_board(sign_in, operator, uow_in):
    page = sign_in("gorno-selo", Role.ADMIN).get("/console/onboarding/").text
    assert "Гербът на общината" in page and "Липсва" in page
    with uow_in("gorno-selo") as uow:
        take_readings(uow)
    assert "Гербът на общината" in operator.get("/municipalities/gorno-selo").text
