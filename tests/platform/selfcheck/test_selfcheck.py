"""The site is judged by a job; the page shows what it found and leads to what is to mend."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask_babel import lazy_gettext
from sqlalchemy import create_engine, text

from obshto.modules.pages.models import Kind, Page, Section
from obshto.modules.pages.services import edits, publication
from obshto.ops.dashboard.health import health_of
from obshto.ops.dashboard.metrics import take_readings
from obshto.platform.modularity.manifest import Criterion, Mend, Outcome
from obshto.platform.permissions import Role
from obshto.platform.selfcheck import services
from obshto.platform.selfcheck.notifications import NOTIFICATIONS, digest
from obshto.platform.selfcheck.services import criteria, look, report, score_of
from obshto.platform.web.language import speaking
from obshto.tenants.people.roles import StaffAddresses

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PAGE = "/console/selfcheck/"


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
def check(uow_in):
    """The job, as the worker runs it; answers the report."""

    def run(slug=VILLAGE):
        with uow_in(slug) as uow:
            look(uow)
            uow.commit()
            return report(uow)

    return run


@pytest.fixture
def publish(uow_in):
    """publish(kind, **answers): a page that shows; answers its id."""

    def publish(kind=Kind.SERVICE, markdown="Камионът тръгва в 7:00 ч.", **answers):
        told = edits.Text(title="Боклук", summary="Кога", markdown=markdown, details=answers)
        with uow_in(VILLAGE) as uow:
            page = edits.write_page(
                uow, told, kind=kind, section=Section.ENVIRONMENT, request_id=uuid4()
            )
            publication.publish_page(uow, page, expected_version=page.version)
            uow.commit()
            return page.id

    return publish


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


def line(found, word):
    [line] = [line for line in found.lines if line.word == word]
    return line


def criterion(word, points, share, *mends):
    def looked(uow):
        return Outcome(share, mends)

    title = lazy_gettext("Ясен текст")
    return Criterion(word=word, title=title, advice=title, points=points, look=looked)


def test_before_the_first_check_the_page_says_so_and_the_button_asks_for_one(editor, queued):
    assert "Още не сме проверявали" in editor.get(PAGE).text.replace("\xa0", " ")
    [form] = [form for form in editor.forms(PAGE) if form[0].endswith("/again")]
    for _ in range(2):
        assert editor.post(*form).status_code == 303
    assert [name for name, _ in queued()] == ["selfcheck:look"]


def test_a_late_copy_of_the_button_asks_for_nothing(editor, check, queued):
    [form] = [form for form in editor.forms(PAGE) if form[0].endswith("/again")]
    check()
    assert editor.post(*form).status_code == 409
    assert "selfcheck:look" not in dict(queued())


def test_a_page_that_tells_less_than_its_kind_asks_loses_points_and_is_led_to(
    switch, publish, check, editor
):
    switch("pages")
    page_id = publish(Kind.SERVICE, price="безплатно")
    found = line(check(), "pages.details")
    assert (found.share, found.number) == (0.2, 1)
    assert f'href="/console/pages/{page_id}"' in editor.get(PAGE).text


def test_what_is_mended_brings_its_points(switch, publish, check, uow_in):
    switch("pages")
    page_id = publish(Kind.SERVICE)
    before = check()
    with uow_in(VILLAGE) as uow:
        page = uow.session.get(Page, page_id)
        whole = {detail.name: "да" for detail in Kind.SERVICE.details}
        told = replace(edits.text_of(page), details=whole)
        edits.edit_page(uow, page, told, section=page.shelf, expected_version=page.version)
        uow.commit()
    after = check()
    assert line(after, "pages.details").share == 1
    assert after.score > before.score


def test_an_old_page_and_one_that_is_hard_to_read_are_named(switch, publish, check, uow_in):
    switch("pages")
    hard = "Следва да се има предвид, че съгласно правилата се извършва почистване своевременно."
    page_id = publish(Kind.PLAIN, markdown=hard)
    with uow_in(VILLAGE) as uow:
        uow.session.get(Page, page_id).changed_at = uow.now - timedelta(days=400)
        uow.commit()
    found = check()
    for word in ("pages.fresh", "pages.plain", "pages.languages"):
        assert [mend.path for mend in line(found, word).mends] == [f"/console/pages/{page_id}"]


def test_a_module_that_is_off_has_none_of_its_points_and_is_led_to(switch, check):
    switch("pages")
    found = line(check(), "news.fresh")
    assert (found.share, found.mends[0].path) == (0, "/console/tenants/news")


def test_the_page_never_looks_by_itself(switch, check, editor, monkeypatch):
    switch("pages")
    check()

    def refuse(*_):
        raise AssertionError("a page view must not look")

    monkeypatch.setattr(services, "_outcome", refuse)
    assert editor.get(PAGE).status_code == 200


def test_the_neighbours_report_is_its_own(switch, publish, check, sign_in):
    switch("pages")
    publish(Kind.SERVICE)
    mine = check()
    theirs = check(NEIGHBOUR)
    assert mine.score > theirs.score
    other = sign_in(NEIGHBOUR, Role.EDITOR).get(PAGE).text
    assert f"<b>{theirs.score}</b>" in other
    assert "Боклук" not in other


def test_the_board_of_the_region_shows_points_and_things_to_mend(switch, check, uow_in, operator):
    switch("pages")
    with uow_in(VILLAGE) as uow:
        take_readings(uow)
    with uow_in(None) as region:
        assert "site.score" not in health_of(region, VILLAGE).readings
    found = check()
    with uow_in(VILLAGE) as uow:
        take_readings(uow)
    with uow_in(None) as region:
        readings = health_of(region, VILLAGE).readings
    mends = sum(line.number for line in found.lines)
    assert (readings["site.score"], readings["site.mends"]) == (found.score, mends)
    page = operator.get("/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert mends > 1 and f"{mends} поправки чакат" in page


def test_who_has_no_part_in_it_is_kept_out(sign_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert clerk.get(PAGE).status_code == 403
    assert clerk.post(f"{PAGE}again", {"expected_version": "0"}).status_code == 403


def test_all_of_it_is_a_hundred_and_anything_less_is_not(monkeypatch):
    both = [(None, criterion("a", 99, 1)), (None, criterion("b", 1, 1))]
    monkeypatch.setattr(services, "criteria", lambda: both)
    assert score_of({"a": {"share": 1}, "b": {"share": 1}}) == 100
    assert score_of({"a": {"share": 1}, "b": {"share": 0.999}}) == 99
    assert score_of({"a": {"share": 0}, "b": {"share": 0}}) == 0
    assert score_of({}) == 0


def test_many_things_to_mend_are_counted_and_the_first_are_listed(app, editor, uow_in, monkeypatch):
    mends = [Mend(f"Страница {n}", f"/console/pages/{uuid4()}") for n in range(30)]
    tenants = app.extensions["obshto"].parts["tenants"]
    monkeypatch.setattr(
        services, "criteria", lambda: [(tenants, criterion("tenants.x", 5, 0.5, *mends))]
    )
    with uow_in(VILLAGE) as uow:
        look(uow)
        uow.commit()
    page = editor.get(PAGE).text.replace("\xa0", " ")
    assert page.count("/console/pages/") == services.LISTED
    assert "и още 20" in page
    assert re.search(r"2,5 от 5 точки", page)


def test_every_criterion_has_a_word_of_its_part_and_some_points(app):
    with app.app_context():
        found = criteria()
    assert len({one.word for _, one in found}) == len(found) >= 15
    assert all(one.word.startswith(f"{part.slug}.") and one.points > 0 for part, one in found)


@pytest.fixture
def told(app, owner, check, monkeypatch):
    """told(mend, …): a look finds these to mend; how many new ones the log tells of, all in all."""

    def tell(*mends):
        asked = criterion("pages.clear", 10, 0.5, *mends)
        part = app.extensions["obshto"].parts["pages"]
        monkeypatch.setattr(services, "criteria", lambda: [(part, asked)])
        check()
        acts = "select detail ->> 'number' from t_gorno_selo.audit_entry"
        rows = owner(f"{acts} where act = 'selfcheck:report.found' order by at")
        return [int(number) for (number,) in rows]

    return tell


def test_each_thing_to_mend_is_told_once_until_it_is_mended_and_comes_again(told, switch):
    switch("pages")
    first, second = Mend("Боклук", "/console/pages/1"), Mend("Автобуси", "/console/pages/2")
    assert told(first) == [1]
    assert told(first) == [1]
    assert told(second, first) == [1, 1]
    assert told(replace(first, title="Боклук и смет"), second) == [1, 1]  # only called otherwise
    assert told(second) == [1, 1]
    assert told(first, second) == [1, 1, 1]
    assert told() == [1, 1, 1]


def test_the_digest_names_what_is_new_in_the_readers_language(told, switch, uow_in):
    switch("pages")
    told(*(Mend(f"Страница {number}", f"/console/pages/{number}") for number in range(12)))
    with uow_in(VILLAGE) as uow:
        with speaking("bg"):
            subject, text = digest(uow, {})
        with speaking("en"):
            assert "12 new things to mend" in digest(uow, {})[1]
    assert subject == "Какво да поправите в портала – Община Горно село"
    assert "12 нови пропуска" in text and "• Ясен текст: Страница 0" in text
    assert "Страница 9" in text and "Страница 10" not in text and "и още 2" in text
    assert f"http://{VILLAGE}.localhost:8000/console/selfcheck/" in text
    with uow_in(NEIGHBOUR) as uow:
        assert digest(uow, {}) is None


def test_the_letter_goes_to_who_mends_and_not_to_the_mayor(told, switch, sign_in, queued, uow_in):
    sign_in(VILLAGE, Role.EDITOR, name="Редактор", email="editor@villages.example")
    sign_in(VILLAGE, Role.MAYOR, name="Кмет", email="mayor@villages.example")
    sign_in(NEIGHBOUR, Role.EDITOR, name="Чужд", email="other@villages.example")
    switch("pages")
    told(Mend("Боклук", "/console/pages/1"))
    with uow_in(VILLAGE) as uow:
        [permission] = {one.to for one in NOTIFICATIONS}
        heard = StaffAddresses().holders(uow, permission)
        assert [address.email for address in heard] == ["editor@villages.example"]
