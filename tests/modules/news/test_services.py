"""What news promise, asked of the services."""

from dataclasses import fields, replace
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from obshto.modules.news import services as news
from obshto.modules.news.errors import ChangedWhileWriting, NoSuchItem, StaleVersion
from obshto.modules.news.events import EVENTS
from obshto.modules.news.privacy import erase, export
from obshto.modules.news.search import entries_of
from obshto.modules.news.services import Text
from obshto.platform.content.markdown import LONGEST
from obshto.platform.editorial.errors import TextTooLong
from obshto.platform.publication_window import OverBeforeBegun
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
TEXT = Text(title="Водата спира", summary="За два часа", markdown="В **петък** няма вода.")
OTHER = Text(title="Водата тръгна", summary="По-рано", markdown="Вече има вода.")
ENGLISH = Text(title="No water", summary="For two hours", markdown="No water on *Friday*.")


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=Principal(person_id=uuid4(), name="Росица Пенкова"))


@pytest.fixture
def item(uow):
    return news.write_item(uow, TEXT, request_id=uuid4())


@pytest.fixture
def published(uow, item):
    news.publish_item(uow, item, expected_version=item.version)
    uow.session.flush()
    return item


def translate(uow, item, text, *, expected_version):
    return news.translate_item(uow, item, text, language="en", expected_version=expected_version)


def told(uow):
    return [fact.name.removeprefix("news:item.") for fact in uow.facts]


def test_what_is_written_is_a_draft_that_citizens_do_not_see(uow, item):
    assert (news.count(uow, news.drafts()), news.count(uow, news.published())) == (1, 0)
    assert item.html == "<p>В <strong>петък</strong> няма вода.</p>\n"
    assert (item.changed_by, item.author_id) == ("Росица Пенкова", uow.principal.person_id)
    assert told(uow) == ["written"]
    with pytest.raises(NoSuchItem):
        news.published_item(uow, item.id)


def test_the_same_request_twice_is_one_item_with_one_fact(uow):
    request_id = uuid4()
    first = news.write_item(uow, TEXT, request_id=request_id)
    again = news.write_item(uow, OTHER, request_id=request_id)
    assert (again.id, again.title) == (first.id, TEXT.title)
    assert news.count(uow, news.drafts()) == 1
    assert told(uow) == ["written"]


def test_the_same_request_twice_in_one_instant_is_one_item(uow_in, owner):
    request_id, together, ids = uuid4(), Barrier(4), []

    def click():
        with uow_in(VILLAGE) as uow:
            together.wait(120)
            ids.append(news.write_item(uow, TEXT, request_id=request_id).id)
            uow.commit()

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(ids) == 4 and len(set(ids)) == 1
    assert owner("select count(*) from t_gorno_selo.news_item") == [(1,)]
    acts = "select count(*) from t_gorno_selo.audit_entry where act = 'news:item.written'"
    assert owner(acts) == [(1,)]


def test_who_saves_over_an_unseen_change_is_told_whose_it_was(uow, item):
    expected_version = item.version
    other = replace(uow, principal=Principal(name="Мая"))
    news.edit_item(other, item, OTHER, expected_version=expected_version)
    uow.session.flush()
    with pytest.raises(ChangedWhileWriting) as refused:
        news.edit_item(uow, item, TEXT, expected_version=expected_version)
    assert refused.value.values == {"who": "Мая"}
    assert item.title == OTHER.title


def test_a_change_of_a_draft_is_no_correction(uow, item):
    news.edit_item(uow, item, OTHER, expected_version=item.version, correction="Часът беше друг")
    assert (item.correction, item.corrected_at) == (None, None)
    assert told(uow) == ["written", "edited"]


def test_a_correction_of_what_is_published_is_told_to_readers(uow, published):
    news.edit_item(
        uow, published, OTHER, expected_version=published.version, correction="Часът беше друг"
    )
    assert (published.correction, published.corrected_at) == ("Часът беше друг", uow.now)
    assert told(uow)[-1] == "corrected"


def test_a_silent_change_keeps_the_note_of_an_earlier_one(uow, published):
    news.edit_item(
        uow, published, OTHER, expected_version=published.version, correction="Часът беше друг"
    )
    uow.session.flush()
    news.edit_item(uow, published, TEXT, expected_version=published.version)
    assert published.correction == "Часът беше друг"


def test_a_translation_is_one_for_a_language(uow, published):
    first = translate(uow, published, ENGLISH, expected_version=news.UNWRITTEN)
    again = translate(uow, published, OTHER, expected_version=first.version)
    assert again.id == first.id
    assert news.translations(uow, [published], "en")[published.id].title == OTHER.title
    assert news.translations(uow, [published], "ro") == {}
    assert news.count(uow, news.published()) == 1


def test_a_translation_of_a_draft_is_no_more_public_than_the_draft(uow, item):
    translated = translate(uow, item, ENGLISH, expected_version=news.UNWRITTEN)
    for item_id in (item.id, translated.id):
        with pytest.raises(NoSuchItem):
            news.published_item(uow, item_id)


def test_what_stands_already_is_not_done_again(uow, item):
    """A form that is sent twice finds its effect, whatever version it saw."""
    acts = (news.publish_item, news.hide_item, news.delete_item, news.restore_item)
    for act in acts:
        expected_version = item.version
        for _ in range(2):
            act(uow, item, expected_version=expected_version)
            uow.session.flush()
    news.edit_item(uow, item, TEXT, expected_version=0)
    assert told(uow) == ["written", "published", "hidden", "deleted", "restored"]


LATE = [
    (news.publish_item, (news.publish_item, news.hide_item)),
    (news.hide_item, (news.publish_item, news.hide_item, news.publish_item)),
    (news.delete_item, (news.delete_item, news.restore_item)),
    (news.restore_item, (news.delete_item, news.restore_item, news.delete_item)),
]


@pytest.mark.parametrize(("late", "lived"), LATE, ids=[act.__name__ for act, _ in LATE])
def test_a_late_copy_does_not_undo_what_came_after_it(uow, item, late, lived):
    seen = {}
    for act in lived:
        seen.setdefault(act, item.version)
        act(uow, item, expected_version=item.version)
        uow.session.flush()
    state, facts = (item.published_at, item.deleted_at), told(uow)
    with pytest.raises(StaleVersion) as refused:
        late(uow, item, expected_version=seen[late])
    assert refused.value.values == {"who": "Росица Пенкова"}
    assert ((item.published_at, item.deleted_at), told(uow)) == (state, facts)


def test_a_late_translation_does_not_undo_a_newer_one(uow, item):
    first = translate(uow, item, ENGLISH, expected_version=news.UNWRITTEN)
    assert translate(uow, item, ENGLISH, expected_version=news.UNWRITTEN).id == first.id
    expected_version = first.version
    translate(uow, item, OTHER, expected_version=expected_version)
    uow.session.flush()
    for late in (news.UNWRITTEN, expected_version):
        with pytest.raises(ChangedWhileWriting):
            translate(uow, item, ENGLISH, expected_version=late)
    assert first.title == OTHER.title
    assert told(uow) == ["written", "translated", "translated"]


def test_what_was_deleted_comes_back_as_what_it_was(uow, published):
    news.delete_item(uow, published, expected_version=published.version)
    uow.session.flush()
    assert news.count(uow, news.published()) == 0
    for gone in (lambda: news.item_of(uow, published.id), lambda: _public(uow, published)):
        with pytest.raises(NoSuchItem):
            gone()
    news.restore_item(uow, published, expected_version=published.version)
    assert _public(uow, published).id == published.id
    assert told(uow)[-2:] == ["deleted", "restored"]


def _public(uow, item):
    return news.published_item(uow, item.id)


def test_who_goes_is_named_beside_nothing_and_others_stay(uow, item):
    other = Principal(person_id=uuid4(), name="Борис Тодоров")
    news.edit_item(replace(uow, principal=other), item, OTHER, expected_version=item.version)
    uow.session.flush()
    assert other.person_id and uow.principal.person_id
    assert len(export(uow, other.person_id)["news"]) == 1
    erase(uow, uow.principal.person_id)
    uow.session.expire_all()
    assert (item.author_id, item.changed_by) == (None, "Борис Тодоров")
    erase(uow, other.person_id)
    uow.session.expire_all()
    assert (item.changed_by_id, item.changed_by) == (None, "")
    assert export(uow, other.person_id) == {"news": []}


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_was_deleted_is_erased_after_thirty_days_with_its_translations(uow, item, days, left):
    translate(uow, item, ENGLISH, expected_version=news.UNWRITTEN)
    news.delete_item(uow, item, expected_version=item.version)
    uow.session.flush()
    later = replace(uow, now=uow.now + timedelta(days=days))
    news.erase_deleted(later)
    news.erase_deleted(later)
    assert news.count(uow, news.deleted()) == left
    assert len(news.translations(uow, [item], "en")) == left


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>\n"),
        ("# Голямо", "<h2>Голямо</h2>\n"),
        ("###### Малко", "<h2>Малко</h2>\n"),
    ],
)
def test_text_stays_text(uow, markdown, html):
    item = news.write_item(uow, replace(TEXT, markdown=markdown), request_id=uuid4())
    assert item.html == html


@pytest.mark.parametrize(
    "markdown",
    [
        "![x](https://evil.example/x.png)",
        '[x](https://a.example "t\\" onmouseover=alert(1)")',
        "<img src=x onerror=alert(1)>",
        "<https://a.example/'><svg/onload=alert(1)>",
        "[x](vbscript:x)\n\n[y](JaVaScRiPt:y)",
    ],
)
def test_nothing_that_runs_or_loads_comes_through(uow, markdown):
    html = news.write_item(uow, replace(TEXT, markdown=markdown), request_id=uuid4()).html
    for poison in ("<script", "<img", "<svg", ' onmouseover="', 'href="javascript', 'href="vb'):
        assert poison not in html.lower()


def test_a_text_longer_than_a_page_may_hold_is_refused_whole(uow, item):
    long = replace(TEXT, markdown="я" * (LONGEST + 1))
    with pytest.raises(TextTooLong):
        news.write_item(uow, long, request_id=uuid4())
    with pytest.raises(TextTooLong):
        news.edit_item(uow, item, long, expected_version=item.version)
    assert item.markdown == TEXT.markdown
    news.write_item(uow, replace(TEXT, markdown="я" * LONGEST), request_id=uuid4())
    assert news.count(uow, news.drafts()) == 2


def test_news_of_a_neighbour_do_not_exist(uow_in, uow, published):
    uow.commit()
    with uow_in("dolno-selo") as there:
        assert news.count(there, news.originals()) == 0
        with pytest.raises(NoSuchItem):
            news.item_of(there, published.id)


def test_every_act_stands_in_the_log_with_who_did_it(uow, published, owner):
    uow.commit()
    rows = "select act, person_name, subject_id from t_gorno_selo.audit_entry order by seq"
    assert [tuple(row) for row in owner(rows)] == [
        ("news:item.written", "Росица Пенкова", UUID(str(published.id))),
        ("news:item.published", "Росица Пенкова", UUID(str(published.id))),
    ]


def test_names_of_facts_with_their_keys_are_fixed():
    """Others react to them: a change here is a new name, not a new meaning."""
    acts = ("written", "edited", "published", "corrected", "reverted")
    acts += ("translated", "hidden", "deleted", "restored", "moved-in", "scheduled")
    names = [f"item.{act}" for act in acts]
    names += [f"file.{act}" for act in ("added", "described", "moved", "removed")]
    assert {fact.name: [field.name for field in fields(fact)] for fact in EVENTS} == {
        f"news:{name}": ["subject_id", "title"] for name in names
    }


def at(uow, **past):
    return replace(uow, now=uow.now + timedelta(**past))


def public(uow):
    return [item.title for item in uow.session.scalars(news.public(uow))]


def test_an_item_shows_from_its_hour_until_its_hour(uow, item):
    begins, ends = uow.now + timedelta(hours=1), uow.now + timedelta(hours=3)
    news.publish_item(uow, item, expected_version=item.version, at=begins, until=ends)
    uow.session.flush()
    shown = {hours: public(at(uow, hours=hours)) != [] for hours in (0, 1, 2, 3)}
    assert shown == {0: False, 1: True, 2: True, 3: False}
    with pytest.raises(NoSuchItem):
        news.published_item(uow, item.id)
    [entry] = entries_of(uow, None)  # the search looks at the hours when it is asked
    assert (entry.published_at, entry.until) == (begins, ends)


def test_those_who_follow_are_told_when_it_shows_and_once(uow, item):
    news.publish_item(uow, item, expected_version=item.version, at=uow.now + timedelta(hours=1))
    uow.session.flush()
    assert told(uow) == ["written", "scheduled"]
    news.announce_waiting(uow)
    assert told(uow) == ["written", "scheduled"]
    after = at(uow, hours=1)
    news.announce_waiting(after)
    uow.session.flush()
    news.announce_waiting(after)
    assert told(after) == ["written", "scheduled", "published"]


def test_what_was_over_before_anybody_was_told_is_not_told(uow, item):
    hour = timedelta(hours=1)
    news.publish_item(
        uow, item, expected_version=item.version, at=uow.now + hour, until=uow.now + 2 * hour
    )
    uow.session.flush()
    news.announce_waiting(at(uow, hours=2))
    assert "published" not in told(uow)


def test_an_end_set_later_tells_nobody_again(uow, published):
    news.publish_item(
        uow, published, expected_version=published.version, until=uow.now + timedelta(hours=1)
    )
    assert told(uow) == ["written", "published", "scheduled"]


def test_an_item_that_would_be_over_before_it_begins_is_refused(uow, item):
    with pytest.raises(OverBeforeBegun):
        news.publish_item(uow, item, expected_version=item.version, until=uow.now)
