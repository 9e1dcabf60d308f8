"""One board of all municipalities: who needs help stands first."""

import os
import re
from importlib.metadata import version

import pytest
from sqlalchemy import Engine, event, text

from obshto.ops.dashboard.health import health_of, health_of_all
from obshto.ops.dashboard.measures import NOW, PAGES
from obshto.ops.dashboard.metrics import take_readings
from obshto.platform import clock
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.transport import FolderTransport
from obshto.platform.permissions import Role

HERE, THERE = "gorno-selo", "dolno-selo"
PAGES_OF_THE_BOARD = (
    *("/", "/jobs", "/backups", f"/municipalities/{HERE}", f"/municipalities/{HERE}/backups"),
)
GOOD = """
INSERT INTO shared.backup_run (id, at, municipality, kind, taken_at, is_good, trouble, rows,
    size, ms)
SELECT gen_random_uuid(), now(), slug, kind, now(), true, '', 1, 1, 1
FROM (SELECT slug FROM shared.tenant UNION ALL SELECT '_region') AS everyone,
     unnest(ARRAY['taken', 'rehearsed']) AS kind
"""


@pytest.fixture
def well(put, uow_in, sign_in):
    """Both villages are backed up, rehearsed, heard of; somebody is responsible for each."""
    put(GOOD)
    put("UPDATE shared.tenant SET created_at = now() - interval '60 days'")
    for slug in (HERE, THERE):
        sign_in(slug, Role.ADMIN)
        with uow_in(slug) as uow:
            take_readings(uow)
    put("UPDATE shared.reading SET number = 0 WHERE word LIKE 'missing.%'")


@pytest.fixture
def found(uow_in):
    def ask():
        with uow_in(None) as region:
            return {it.slug: [one.sentence for one in it.findings] for it in health_of_all(region)}

    return ask


def order(page):
    return re.findall(r'href="/municipalities/([a-z-]+)"', page)


def test_where_nothing_is_wrong_nothing_is_said(well, found, operator):
    assert found() == {HERE: [], THERE: []}
    page = operator.get("/")
    assert page.status_code == 200
    assert page.text.count("Работи") == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "INSERT INTO shared.request_minute VALUES"
            " ('gorno-selo', date_trunc('minute', now()), 9, 2, array_fill(0, ARRAY[12]))",
            "2 грешки за последния час",
        ),
        (
            "INSERT INTO shared.request_minute VALUES ('gorno-selo', date_trunc('minute', now()),"
            " 9, 0, '{0,0,0,0,0,0,0,9,0,0,0,0}')",
            "Страниците се отварят бавно",
        ),
        (
            "UPDATE shared.reading SET at = now() - interval '20 minutes'"
            " WHERE municipality = 'gorno-selo'",
            "Фоновите задачи не са се обаждали отдавна",
        ),
        (
            "UPDATE shared.reading SET number = 7 WHERE word = 'log.broken'"
            " AND municipality = 'gorno-selo'",
            "Дневникът на общината е променян отвън",
        ),
        (
            "UPDATE shared.reading SET number = 1 WHERE word = 'letters.refused'"
            " AND municipality = 'gorno-selo'",
            "1 върнато писмо за седмица",
        ),
        (
            "UPDATE shared.reading SET number = 4000 WHERE word = 'letters.today'"
            " AND municipality = 'gorno-selo'",
            "Писмата за днес са на привършване",
        ),
        (
            "UPDATE shared.reading SET number = 5000 WHERE word = 'letters.today'"
            " AND municipality = 'gorno-selo'",
            "Писмата за днес са изчерпани, останалите чакат до утре",
        ),
        (
            "UPDATE shared.reading SET number = 2 WHERE word = 'letters.held'"
            " AND municipality = 'gorno-selo'",
            "Писма получават само служители, останалите се задържат",
        ),
        (
            "UPDATE shared.reading SET number = 0 WHERE word = 'people.admins'"
            " AND municipality = 'gorno-selo'",
            "Порталът няма администратор",
        ),
        (
            "UPDATE shared.backup_run SET at = now() - interval '27 hours' WHERE kind = 'taken'"
            " AND municipality = 'gorno-selo'",
            "Няма резервно копие от последното денонощие",
        ),
        (
            "UPDATE shared.backup_run SET is_good = false WHERE kind = 'taken'"
            " AND municipality = 'gorno-selo'",
            "Последното резервно копие не стана",
        ),
        (
            "UPDATE shared.backup_run SET is_good = false WHERE kind = 'rehearsed'"
            " AND municipality = 'gorno-selo'",
            "Пробното възстановяване не успя",
        ),
        (
            "DELETE FROM shared.backup_run WHERE kind = 'rehearsed'"
            " AND municipality = 'gorno-selo'",
            "Няма пробно възстановяване от последния месец",
        ),
    ],
)
def test_what_is_wrong_is_said_and_stands_first(well, put, found, operator, change, said):
    put(change)
    assert found() == {HERE: [said], THERE: []}
    page = operator.get("/").text
    assert said in page
    assert order(page)[0] == HERE


def test_who_has_just_joined_is_in_no_trouble_yet(put, found):
    put("UPDATE shared.tenant SET created_at = now()")
    assert found() == {HERE: [], THERE: []}
    put("UPDATE shared.tenant SET created_at = now() - interval '27 hours'")
    assert found()[HERE] == [
        "Фоновите задачи не са се обаждали отдавна",
        "Няма резервно копие от последното денонощие",
    ]


def test_a_failed_job_is_counted_where_it_failed(well, job, found, operator):
    job("failed", slug=THERE)
    job("todo", slug=HERE)
    assert found() == {THERE: ["1 неуспешна фонова задача"], HERE: []}
    assert order(operator.get("/").text)[0] == THERE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE shared.backup_run SET is_good = false WHERE municipality = '_region'",
            "Последното резервно копие не стана",
        ),
        (
            "UPDATE shared.backup_run SET at = now() - interval '27 hours'"
            " WHERE municipality = '_region'",
            "Няма резервно копие от последното денонощие",
        ),
        (
            "INSERT INTO queue.procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('keeping', 'ops:tidy-up', 'failed')",
            "1 неуспешна фонова задача",
        ),
        (
            "INSERT INTO shared.failed_sign_in (failure_id, at, why)"
            " SELECT n, now() - interval '5 minutes', 'password' FROM generate_series(1, 51) n",
            "51 неуспешни опита за вход за последния час",
        ),
    ],
)
def test_what_fails_for_all_of_them_stands_on_top(well, put, operator, change, said):
    assert "Област Видин" not in operator.get("/").text.partition("<table")[0]
    put(change)
    top = operator.get("/").text.replace("\N{NO-BREAK SPACE}", " ").partition("<table")[0]
    assert "Област Видин" in top and said in top


READ = """INSERT INTO shared.reading (municipality, word, day, number, at)
SELECT '_region', word, current_date - ago, number, now() - make_interval(days => ago) FROM (VALUES
    ('disk.size.database', 0, 1000::bigint), ('disk.free.database', 10, {before}),
    ('disk.free.database', 0, {free})) AS read(word, ago, number)"""


@pytest.mark.parametrize(
    ("before", "free", "said"),
    [
        (500, 490, None),
        (300, 400, None),
        (500, 300, "Дискът „База данни“ ще се напълни след 15 дни"),
        (140, 140, "Дискът „База данни“ се пълни: свободни са 14 на сто"),
        (60, 40, "Дискът „База данни“ е почти пълен: свободни са 4 на сто"),
    ],
)
def test_a_disk_is_told_before_it_is_full(well, put, operator, before, free, said):
    put(READ.format(before=before, free=free))
    top = operator.get("/").text.replace("\N{NO-BREAK SPACE}", " ").partition("<table")[0]
    assert said in top if said else "Дискът" not in top


def test_tables_of_an_older_version_are_said(well, put, found):
    ((state,),) = put("SELECT state FROM shared.tenant WHERE slug = 'gorno-selo'")
    put("UPDATE shared.tenant SET state = 'older' WHERE slug = 'gorno-selo'")
    try:
        assert found()[HERE] == ["Таблиците са от по-стара версия"]
    finally:
        put(f"UPDATE shared.tenant SET state = '{state}' WHERE slug = 'gorno-selo'")


def test_one_municipality_in_depth_has_its_numbers_as_text(well, put, operator):
    put(
        "INSERT INTO shared.request_hour SELECT 'gorno-selo', date_trunc('hour', now())"
        " - n * interval '1 hour', 'news_citizen.index', 50, 1, '{0,50,0,0,0,0,0,0,0,0,0,0}'"
        " FROM generate_series(0, 5) n"
    )
    for path in ("", "?period=month", "?period=nonsense"):
        page = operator.get(f"/municipalities/{HERE}{path}").text
        assert "news_citizen.index" in page and "<svg" in page
        assert ">300<" in page  # six hours of fifty
        assert f">{version('obshto')}</td>" in page
    assert "news_citizen.index" not in operator.get(f"/municipalities/{THERE}").text


def test_who_is_not_there_has_no_page(operator):
    for slug in ("narnia", "ops", "%00", "a" * 200):
        assert operator.get(f"/municipalities/{slug}").status_code in (400, 404)


def test_only_the_regions_team_sees_the_board(client, at, sign_in):
    paths = (
        "/",
        "/jobs",
        "/backups",
        f"/municipalities/{HERE}",
        f"/municipalities/{HERE}/backups",
        "/jobs/1/retry",
        "/jobs/1/discard",
    )
    for path in paths:
        assert client.get(path, base_url=at("ops")).status_code == 302, path
    mayor = sign_in(HERE, Role.ADMIN, Role.MAYOR)
    for path in paths[1:]:
        assert mayor.get(path).status_code == 404, path


@pytest.fixture
def heard():
    """Statements that went to the database, with their values."""
    found = []

    def note(connection, cursor, statement, values, *more):
        found.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def test_the_board_asks_no_more_when_there_is_more(well, operator, put, job, heard):
    def asked(path):
        heard.clear()
        assert operator.get(path).status_code == 200
        return len(heard)

    few = {path: asked(path) for path in PAGES_OF_THE_BOARD}
    for _ in range(15):
        put(GOOD)
        job("failed")
    put(
        "INSERT INTO shared.request_minute SELECT slug, date_trunc('minute', now())"
        " - n * interval '1 minute', 1, 0, array_fill(0, ARRAY[12])"
        " FROM shared.tenant, generate_series(1, 50) n"
    )
    assert {path: asked(path) for path in few} == few
    assert max(few.values()) <= 16


def test_what_was_measured_is_read_in_one_pass(uow_in):
    asked = {"since": clock.now(), "place": None}
    with uow_in(None) as region:
        for table, statement in (("request_minute", NOW), ("request_hour", PAGES)):
            explained = text(f"EXPLAIN {statement.text}")
            plan = "\n".join(region.session.scalars(explained, asked))
            assert "SubPlan" not in plan and "CTE" not in plan
            assert plan.count(f"on {table}") == 1


def test_for_one_municipality_no_rows_of_another_are_read(well, uow_in, heard):
    heard.clear()
    with uow_in(None) as region:
        health_of(region, THERE)
    about = [
        values for statement, values in heard if "shared." in statement or "queue." in statement
    ]
    assert len(about) >= 7
    assert all(THERE in values.values() for values in about)


def test_readings_hold_no_word_of_a_person(well, put):
    rows = put("SELECT word, number FROM shared.reading")
    assert {word for word, _ in rows} == {
        *("letters.waiting", "letters.collected", "letters.sent", "letters.refused"),
        *("letters.held", "letters.prompt", "letters.today", "letters.budget"),
        *("letters.complained", "letters.closed", "sms.today", "sms.budget"),
        *("storage.bytes", "log.broken", "people.admins"),
        *("slo.requests", "slo.errors", "slo.slow", "missing.contact", "missing.emblem"),
        *("missing.second-factor", "missing.data-protection", "missing.letters"),
    }
    columns = put(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'shared' AND table_name = 'reading' AND data_type = 'text'"
    )
    assert sorted(name for name, _ in columns) == ["municipality", "word"]


def test_the_last_reading_of_a_day_stays(put, uow_in):
    for _ in range(2):
        with uow_in(HERE) as uow:
            take_readings(uow)
    assert put("SELECT count(*) FROM shared.reading WHERE word = 'storage.bytes'") == [(1,)]
    put("UPDATE shared.reading SET day = day - 1")
    with uow_in(HERE) as uow:
        take_readings(uow)
    assert put("SELECT count(*) FROM shared.reading WHERE word = 'storage.bytes'") == [(2,)]


def test_letters_of_development_stand_in_pages(client, at, app, tmp_path, monkeypatch):
    folder = FolderTransport(tmp_path)
    for number in range(25):
        letter = Letter(
            message_id=f"letter-{number}",
            sender="obshto@obshto.example",
            recipient="somebody@villages.example",
            subject=f"Писмо {number:02}",
            text="Добър ден",
            language="bg",
        )
        folder.send(letter)
        os.utime(tmp_path / f"letter-{number}.eml", ns=(number, number))
    monkeypatch.setitem(app.extensions, TRANSPORT, folder)
    first, second = (client.get(f"/letters?page={n}", base_url=at("ops")).text for n in (1, 2))
    found = [re.findall(r"Писмо\W(\d\d)", page) for page in (first, second)]
    assert found == [[f"{n:02}" for n in range(24, 4, -1)], [f"{n:02}" for n in range(4, -1, -1)]]


RED = ("ob-stat--alert", "govuk-tag--red")
MILD_CHANGES = (
    "UPDATE shared.reading SET number = 1 WHERE word = 'letters.refused'",
    "UPDATE shared.reading SET number = 5000 WHERE word = 'letters.today'",
    "UPDATE shared.reading SET number = 0 WHERE word = 'people.admins'",
    "DELETE FROM shared.backup_run WHERE kind = 'rehearsed' AND municipality = 'gorno-selo'",
    "INSERT INTO shared.request_minute VALUES ('gorno-selo', date_trunc('minute', now()),"
    " 9, 0, '{0,0,0,0,0,0,0,9,0,0,0,0}')",
)


def test_what_can_wait_is_not_red(well, put, found, operator):
    """Five things at once that are looked at today or tomorrow."""
    page = operator.get("/").text
    assert not [word for word in RED if word in page]
    for change in MILD_CHANGES:
        put(change)
    assert len(found()[HERE]) == len(MILD_CHANGES)
    page = operator.get("/").text
    assert "govuk-tag--yellow" in page and not [word for word in RED if word in page]


def test_what_needs_a_hand_now_is_red_in_its_figures_and_its_row(well, job, operator):
    job("failed", slug=THERE)
    page = operator.get("/").text
    assert page.count("ob-stat--alert") == 2  # the municipality, the job
    assert page.count("govuk-tag--red") == 1
