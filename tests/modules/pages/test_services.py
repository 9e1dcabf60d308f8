"""What pages promise, asked of the services."""

from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.pages.errors import (
    ChangedMeanwhile,
    ChangedWhileWriting,
    NoSuchPage,
)
from obshto.modules.pages.events import EVENTS
from obshto.modules.pages.models import Kind, Page, Section, Version
from obshto.modules.pages.search import entries_of
from obshto.modules.pages.services import answers, links, publishing, reading, writing
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.content.markdown import LONGEST
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.texts import files
from obshto.platform.texts import versions as kept
from obshto.platform.texts.errors import FileChangedMeanwhile, TextTooLong, TooManyFiles
from obshto.platform.timed import OverBeforeBegun
from obshto.platform.work import Principal

HOUR = timedelta(hours=1)


def other(text, **changed):
    return replace(text, **{"title": "Боклукът", **changed})


def edit(work, page, text, *, seen=None):
    seen = page.version if seen is None else seen
    writing.edit_page(work, page, text, section=page.shelf, seen=seen)
    work.session.flush()


def later(work, **time):
    return replace(work, now=work.now + timedelta(**time))


def told(work):
    return [fact.name.removeprefix("pages:") for fact in work.facts]


def shown(work):
    return [page.title for page in work.session.scalars(reading.public(work))]


def test_what_is_written_is_a_draft_that_citizens_do_not_see(work, page):
    assert reading.counts(work) == {"published": 0, "drafts": 1, "deleted": 0}
    assert page.html == "<p>Камионът тръгва в <strong>7:00</strong> ч.</p>\n"
    assert told(work) == ["page.written"] and shown(work) == []
    with pytest.raises(NoSuchPage):
        reading.public_page(work, page.id)


def test_the_same_request_twice_in_one_instant_is_one_page(work_in, owner, text):
    request_id, together, ids = uuid4(), Barrier(4), []

    def click():
        with work_in("gorno-selo") as work:
            together.wait(10)
            made = writing.write_page(
                work, text, kind=Kind.PLAIN, section=Section.ABOUT, request_id=request_id
            )
            ids.append(made.id)
            work.commit()

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(ids) == 4 and len(set(ids)) == 1
    assert owner("select count(*) from t_gorno_selo.pages_page") == [(1,)]


def test_a_page_shows_from_its_hour_to_its_hour(work, page):
    begins, ends = work.now + HOUR, work.now + 3 * HOUR
    publishing.publish_page(work, page, seen=page.version, at=begins, until=ends)
    work.session.flush()
    seen = {hours: shown(later(work, hours=hours)) != [] for hours in (0, 1, 2, 3, 4)}
    assert seen == {0: False, 1: True, 2: True, 3: False, 4: False}
    with pytest.raises(NoSuchPage):
        reading.public_page(work, page.id)
    [entry] = entries_of(work, None)  # the search looks at the hours when it is asked
    assert (entry.published_at, entry.until) == (begins, ends)


@pytest.mark.parametrize("hours", [-1, 0])
def test_a_page_that_would_be_over_before_it_begins_is_refused(work, page, hours):
    with pytest.raises(OverBeforeBegun):
        publishing.publish_page(work, page, seen=page.version, until=work.now + hours * HOUR)
    with pytest.raises(OverBeforeBegun):
        at, until = work.now + 2 * HOUR, work.now + HOUR
        publishing.publish_page(work, page, seen=page.version, at=at, until=until)


def test_to_change_the_end_leaves_the_beginning_as_it_was(work, published):
    begun = published.published_at
    after = later(work, hours=5)
    minute = begun.replace(second=0, microsecond=0)
    ends = after.now + HOUR
    publishing.publish_page(after, published, seen=published.version, at=minute, until=ends)
    assert (published.published_at, published.until) == (begun, ends)


def test_what_stands_already_is_not_done_again(work, published, text):
    before, seen = told(work), published.version
    edit(work, published, text, seen=seen - 1)
    publishing.publish_page(work, published, seen=0)
    assert told(work) == before and published.version == seen


def test_who_saves_over_an_unseen_change_is_told_whose_it_was(work, page, text):
    seen = page.version
    edit(replace(work, principal=Principal(name="Мая")), page, other(text))
    with pytest.raises(ChangedWhileWriting) as refused:
        edit(work, page, other(text, summary="Пак"), seen=seen)
    assert refused.value.values == {"who": "Мая"}


@pytest.mark.parametrize(
    "act", [publishing.publish_page, publishing.hide_page, publishing.delete_page]
)
def test_a_late_copy_of_a_form_does_nothing(work, published, text, act):
    seen = published.version
    if act is publishing.publish_page:
        publishing.hide_page(work, published, seen=seen)
    else:
        edit(work, published, other(text))
    work.session.flush()
    with pytest.raises(ChangedMeanwhile):
        act(work, published, seen=seen)


def test_each_saved_text_leaves_the_one_before_it(work, page, text):
    edit(work, page, other(text))
    edit(work, page, other(text, summary="Пак"))
    found = list(work.session.scalars(kept.versions_of(PAGES, page)))
    assert [(one.title, one.summary) for one in found] == [
        ("Боклукът", text.summary),
        (text.title, text.summary),
    ]
    assert {one.saved_by for one in found} == {"Росица Пенкова"}


def test_an_earlier_text_stands_again_and_the_later_one_is_kept(work, published, text):
    edit(work, published, other(text, markdown="Друго", details={}))
    [first] = work.session.scalars(kept.versions_of(PAGES, published))
    kept.revert_text(work, PAGES, published, first, seen=published.version)
    work.session.flush()
    assert writing.reads(published, text) and "<strong>7:00" in published.html
    assert work.session.scalars(kept.versions_of(PAGES, published)).first().markdown == "Друго"
    before = told(work)
    kept.revert_text(work, PAGES, published, first, seen=0)  # the same form, sent twice
    assert told(work) == before and before[-1] == "page.reverted"
    edit(work, published, other(text))
    with pytest.raises(ChangedMeanwhile):
        kept.revert_text(work, PAGES, published, first, seen=published.version - 1)


def test_a_version_is_compared_word_by_word(work, page, text):
    edit(work, page, replace(text, markdown="Камионът тръгва в **8:00** ч."))
    [version] = work.session.scalars(kept.versions_of(PAGES, page))
    found = kept.compared(work, PAGES, version.id)
    assert [(piece.kind, piece.text) for piece in found.text] == [
        ("same", "Камионът тръгва в "),
        ("gone", "**7:00** "),
        ("new", "**8:00** "),
        ("same", "ч."),
    ]


def test_what_was_deleted_comes_back_as_what_it_was(work, published):
    publishing.delete_page(work, published, seen=published.version)
    work.session.flush()
    assert shown(work) == []
    with pytest.raises(NoSuchPage):
        reading.page_of(work, published.id)
    publishing.restore_page(work, published, seen=published.version)
    work.session.flush()
    assert shown(work) == [published.title]


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_was_deleted_is_erased_after_thirty_days_with_all_that_hung_on_it(
    work, published, text, owner, days, left
):
    writing.translate_page(work, published, other(text), language="en", seen=writing.UNWRITTEN)
    edit(work, published, other(text))
    attach(work, published)
    answers.answer(work, published, is_clear=False, words="Защо?", request_id=uuid4())
    publishing.delete_page(work, published, seen=published.version)
    work.session.flush()
    publishing.erase_old(later(work, days=days))
    work.session.commit()
    tables = ("pages_version", "pages_attachment", "pages_answer", "storage_file")
    counts = [owner(f"select count(*) from t_gorno_selo.{table}")[0][0] for table in tables]
    assert counts == [left] * 4
    assert owner("select count(*) from t_gorno_selo.pages_page") == [(2 * left,)]


def test_versions_go_after_three_years(work, page, text):
    edit(work, page, other(text))
    publishing.erase_old(later(work, days=3 * 365 - 1))
    assert work.session.query(Version).count() == 1
    publishing.erase_old(later(work, days=3 * 365 + 1))
    assert work.session.query(Version).count() == 0


def attach(work, page, **more):
    given = {"name": "a.txt", "title": "Тарифа", "as_picture": False, "request_id": uuid4()} | more
    return files.add_file(work, PAGES, page, BytesIO(more.pop("content", b"a")), **given)


def test_a_file_is_seen_where_its_page_is_seen(work, page):
    file = attach(work, page)
    stranger = replace(work, principal=Principal())
    with pytest.raises(NoSuchPage):
        files.file_for(stranger, PAGES, file.id)
    publishing.publish_page(work, page, seen=page.version)
    work.session.flush()
    assert files.file_for(stranger, PAGES, file.id).name == "a.txt"
    publishing.hide_page(work, page, seen=page.version)
    work.session.flush()
    with pytest.raises(NoSuchPage):
        files.file_for(stranger, PAGES, file.id)


def test_the_same_file_sent_twice_is_one(work, page):
    request_id = uuid4()
    first, again = (attach(work, page, request_id=request_id) for _ in range(2))
    assert first.id == again.id and told(work).count("file.added") == 1


def test_a_page_bears_only_so_many_files(work, page, monkeypatch):
    monkeypatch.setattr(files, "MOST", 2)
    attach(work, page), attach(work, page)
    with pytest.raises(TooManyFiles):
        attach(work, page)


def test_a_removed_file_is_gone_and_a_late_copy_says_so(work, page, owner):
    file = attach(work, page)
    seen = file.version
    files.describe_file(work, PAGES, file, page, title="Тарифа за 2026 г.", seen=seen)
    work.session.flush()
    with pytest.raises(FileChangedMeanwhile):
        files.remove_file(work, PAGES, file, page, seen=seen)
    files.remove_file(work, PAGES, file, page, seen=file.version)
    with pytest.raises(NoSuchFile):
        files.attachment_of(work, PAGES, file.id)
    work.session.commit()
    assert owner("select count(*) from t_gorno_selo.storage_chunk") == [(0,)]


def test_a_picture_follows_its_words_in_every_language(work, page, text, picture):
    file = files.add_file(
        work, PAGES, page, BytesIO(picture), name="a.jpg", title="Кофа", as_picture=True,
        request_id=uuid4(),
    )  # fmt: skip
    shows = f"![]({file.path})"
    edit(work, page, replace(text, markdown=shows))
    english = writing.translate_page(
        work, page, replace(text, markdown=shows), language="en", seen=writing.UNWRITTEN
    )
    assert all(f'src="{file.path}" alt="Кофа"' in one.html for one in (page, english))
    assert f"{file.path}?width=480 480w" in page.html
    files.describe_file(work, PAGES, file, page, title="Синя кофа", seen=file.version)
    assert all('alt="Синя кофа"' in one.html for one in (page, english))
    work.session.flush()
    files.remove_file(work, PAGES, file, page, seen=file.version)
    assert all("<img" not in one.html for one in (page, english))


def test_who_changes_a_file_makes_those_wait_who_write_its_page(work, page, work_in):
    file = attach(work, page)
    work.session.commit()
    free = select(Page.id).where(Page.id == page.id).with_for_update(skip_locked=True)
    with work_in("gorno-selo") as colleague:
        assert colleague.session.scalar(free) == page.id
    files.attachment_of(work, PAGES, file.id, to_change=True)
    with work_in("gorno-selo") as colleague:
        assert colleague.session.scalar(free) is None


def test_a_picture_of_another_page_is_no_picture_here(work, page, text, picture):
    elsewhere = writing.write_page(
        work, text, kind=Kind.PLAIN, section=Section.ABOUT, request_id=uuid4()
    )
    file = files.add_file(
        work, PAGES, elsewhere, BytesIO(picture), name="a.jpg", title="Кофа", as_picture=True,
        request_id=uuid4(),
    )  # fmt: skip
    edit(work, page, replace(text, markdown=f"![Кофа]({file.path})"))
    assert page.html == "<p>Кофа</p>\n"


def test_an_answer_names_nobody(work, published, owner):
    words = "Пишете ми на a@b.bg или 0888 123 456, ЕГН 8001010000, http://x.example, в 9:30 ч."
    answers.answer(work, published, is_clear=False, words=words, request_id=uuid4())
    work.session.commit()
    [(kept_words, day)] = owner("select words, given_on from t_gorno_selo.pages_answer")
    assert kept_words == "Пишете ми на … или …, ЕГН …, … в 9:30 ч."
    assert not hasattr(day, "hour")


def test_an_answer_sent_twice_counts_once(work, published):
    request_id = uuid4()
    for _ in range(2):
        answers.answer(work, published, is_clear=True, words="", request_id=request_id)
    assert answers.tallies(work, published) == (1, 0)


def test_an_answer_with_words_waits_until_somebody_has_read_it(work, published):
    for words in ("", "Не пише кога."):
        answers.answer(work, published, is_clear=False, words=words, request_id=uuid4())
    assert answers.number_unread(work) == 1
    [waiting] = work.session.scalars(answers.unread())
    given, about = answers.answer_of(work, waiting.id)
    for _ in range(2):
        answers.mark_read(work, given, about, seen=1)
        work.session.flush()
    assert answers.number_unread(work) == 0 and told(work).count("answer.read") == 1


def test_answers_go_after_a_year(work, published):
    answers.answer(work, published, is_clear=False, words="Защо?", request_id=uuid4())
    answers.forget_old(later(work, days=364))
    assert answers.number_unread(work) == 1
    answers.forget_old(later(work, days=367))
    assert answers.number_unread(work) == 0


def test_links_that_lead_nowhere_are_found_and_others_are_not_asked(work, published, text):
    own = f"[тази]({published.path})"
    away, mail = "[ВиК](https://vik.example/a)", "[пишете](mailto:a@b.example)"
    broken = "[няма](/pages/section/none) [пак](/pages/section/none) [нищо](/news/x)"
    edit(work, published, replace(text, markdown=f"{own} {away} {mail} {broken} [начало](/)"))
    work.session.commit()
    for _ in range(2):
        links.check_links(work)
    found = {row.address: row.is_broken for row in work.session.scalars(links.listed())}
    assert found == {
        "/pages/section/none": True,
        "/news/x": True,
        "https://vik.example/a": False,
    }
    assert links.number_broken(work) == 2


def test_no_address_is_too_long_to_be_noted(work, published, text):
    away, here = f"https://vik.example/{'a' * 9_000}", f"/pages/section/{'b' * 9_000}"
    fine = f"/?q={'c' * 3_000}"
    edit(work, published, replace(text, markdown=f"[а]({away}) [б]({here}) [в]({fine})"))
    work.session.commit()
    links.check_links(work)
    found = {row.address[:9]: row.is_broken for row in work.session.scalars(links.listed())}
    assert found == {"https://v": False, "/pages/se": True}


def test_a_text_longer_than_a_page_may_hold_is_refused_whole(work, page, text):
    with pytest.raises(TextTooLong):
        edit(work, page, replace(text, markdown="я" * (LONGEST + 1)))


def test_pages_of_a_neighbour_do_not_exist(work_in, work, published):
    file = attach(work, published)
    work.session.commit()
    with work_in("dolno-selo") as there:
        assert shown(there) == []
        for find in (reading.public_page, reading.page_of):
            with pytest.raises(NoSuchPage):
                find(there, published.id)
        with pytest.raises(NoSuchFile):
            files.file_for(there, PAGES, file.id)


def test_names_of_facts_with_their_keys_are_fixed():
    assert {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS} == {
        name: ["subject_id", "title"]
        for name in (
            "pages:page.written",
            "pages:page.edited",
            "pages:page.changed",
            "pages:page.translated",
            "pages:page.published",
            "pages:page.hidden",
            "pages:page.reverted",
            "pages:page.deleted",
            "pages:page.restored",
            "pages:file.added",
            "pages:file.described",
            "pages:file.moved",
            "pages:file.removed",
            "pages:answer.read",
        )
    }
