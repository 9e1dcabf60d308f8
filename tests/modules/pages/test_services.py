"""What pages promise, asked of the services."""

from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.pages.errors import (
    ChangedWhileWriting,
    NoSuchPage,
    StaleVersion,
)
from obshto.modules.pages.events import EVENTS
from obshto.modules.pages.models import Kind, Page, Section, Version
from obshto.modules.pages.search import entries_of
from obshto.modules.pages.services import answers, edits, links, publication, queries
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.content.markdown import LONGEST
from obshto.platform.editorial import attachments
from obshto.platform.editorial import revisions as kept
from obshto.platform.editorial.errors import FileChangedMeanwhile, TextTooLong, TooManyFiles
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.publication_window import OverBeforeBegun
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.unit_of_work import Principal

HOUR = timedelta(hours=1)


def other(text, **changed):
    return replace(text, **{"title": "Боклукът", **changed})


def edit(uow, page, text, *, expected_version=None):
    expected_version = page.version if expected_version is None else expected_version
    edits.edit_page(uow, page, text, section=page.shelf, expected_version=expected_version)
    uow.session.flush()


def later(uow, **time):
    return replace(uow, now=uow.now + timedelta(**time))


def told(uow):
    return [fact.name.removeprefix("pages:") for fact in uow.facts]


def shown(uow):
    return [page.title for page in uow.session.scalars(queries.public(uow))]


def test_what_is_written_is_a_draft_that_citizens_do_not_see(uow, page):
    assert queries.counts(uow) == {"published": 0, "drafts": 1, "deleted": 0}
    assert page.html == "<p>Камионът тръгва в <strong>7:00</strong> ч.</p>\n"
    assert told(uow) == ["page.written"] and shown(uow) == []
    with pytest.raises(NoSuchPage):
        queries.public_page(uow, page.id)


def test_the_same_request_twice_in_one_instant_is_one_page(uow_in, owner, text):
    request_id, together, ids = uuid4(), Barrier(4), []

    def click():
        with uow_in("gorno-selo") as uow:
            together.wait(120)
            made = edits.write_page(
                uow, text, kind=Kind.PLAIN, section=Section.ABOUT, request_id=request_id
            )
            ids.append(made.id)
            uow.commit()

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(ids) == 4 and len(set(ids)) == 1
    assert owner("select count(*) from t_gorno_selo.pages_page") == [(1,)]


def test_a_page_shows_from_its_hour_to_its_hour(uow, page):
    begins, ends = uow.now + HOUR, uow.now + 3 * HOUR
    publication.publish_page(uow, page, expected_version=page.version, at=begins, until=ends)
    uow.session.flush()
    shown_after = {hours: shown(later(uow, hours=hours)) != [] for hours in (0, 1, 2, 3, 4)}
    assert shown_after == {0: False, 1: True, 2: True, 3: False, 4: False}
    with pytest.raises(NoSuchPage):
        queries.public_page(uow, page.id)
    [entry] = entries_of(uow, None)  # the search looks at the hours when it is asked
    assert (entry.published_at, entry.until) == (begins, ends)


@pytest.mark.parametrize("hours", [-1, 0])
def test_a_page_that_would_be_over_before_it_begins_is_refused(uow, page, hours):
    with pytest.raises(OverBeforeBegun):
        publication.publish_page(
            uow, page, expected_version=page.version, until=uow.now + hours * HOUR
        )
    with pytest.raises(OverBeforeBegun):
        at, until = uow.now + 2 * HOUR, uow.now + HOUR
        publication.publish_page(uow, page, expected_version=page.version, at=at, until=until)


def test_to_change_the_end_leaves_the_beginning_as_it_was(uow, published):
    begun = published.published_at
    after = later(uow, hours=5)
    minute = begun.replace(second=0, microsecond=0)
    ends = after.now + HOUR
    publication.publish_page(
        after, published, expected_version=published.version, at=minute, until=ends
    )
    assert (published.published_at, published.until) == (begun, ends)


def test_what_stands_already_is_not_done_again(uow, published, text):
    before, expected_version = told(uow), published.version
    edit(uow, published, text, expected_version=expected_version - 1)
    publication.publish_page(uow, published, expected_version=0)
    assert told(uow) == before and published.version == expected_version


def test_who_saves_over_an_unseen_change_is_told_whose_it_was(uow, page, text):
    expected_version = page.version
    edit(replace(uow, principal=Principal(name="Мая")), page, other(text))
    with pytest.raises(ChangedWhileWriting) as refused:
        edit(uow, page, other(text, summary="Пак"), expected_version=expected_version)
    assert refused.value.values == {"who": "Мая"}


@pytest.mark.parametrize(
    "act", [publication.publish_page, publication.hide_page, publication.delete_page]
)
def test_a_late_copy_of_a_form_does_nothing(uow, published, text, act):
    expected_version = published.version
    if act is publication.publish_page:
        publication.hide_page(uow, published, expected_version=expected_version)
    else:
        edit(uow, published, other(text))
    uow.session.flush()
    with pytest.raises(StaleVersion):
        act(uow, published, expected_version=expected_version)


def test_each_saved_text_leaves_the_one_before_it(uow, page, text):
    edit(uow, page, other(text))
    edit(uow, page, other(text, summary="Пак"))
    found = list(uow.session.scalars(kept.versions_of(PAGES, page)))
    assert [(one.title, one.summary) for one in found] == [
        ("Боклукът", text.summary),
        (text.title, text.summary),
    ]
    assert {one.saved_by for one in found} == {"Росица Пенкова"}


def test_an_earlier_text_stands_again_and_the_later_one_is_kept(uow, published, text):
    edit(uow, published, other(text, markdown="Друго", details={}))
    [first] = uow.session.scalars(kept.versions_of(PAGES, published))
    kept.revert_text(uow, PAGES, published, first, expected_version=published.version)
    uow.session.flush()
    assert edits.reads(published, text) and "<strong>7:00" in published.html
    assert uow.session.scalars(kept.versions_of(PAGES, published)).first().markdown == "Друго"
    before = told(uow)
    kept.revert_text(uow, PAGES, published, first, expected_version=0)  # the same form, sent twice
    assert told(uow) == before and before[-1] == "page.reverted"
    edit(uow, published, other(text))
    with pytest.raises(StaleVersion):
        kept.revert_text(uow, PAGES, published, first, expected_version=published.version - 1)


def test_a_version_is_compared_word_by_word(uow, page, text):
    edit(uow, page, replace(text, markdown="Камионът тръгва в **8:00** ч."))
    [version] = uow.session.scalars(kept.versions_of(PAGES, page))
    found = kept.compared(uow, PAGES, version.id)
    assert [(piece.kind, piece.text) for piece in found.text] == [
        ("same", "Камионът тръгва в "),
        ("gone", "**7:00** "),
        ("new", "**8:00** "),
        ("same", "ч."),
    ]


def test_what_was_deleted_comes_back_as_what_it_was(uow, published):
    publication.delete_page(uow, published, expected_version=published.version)
    uow.session.flush()
    assert shown(uow) == []
    with pytest.raises(NoSuchPage):
        queries.page_of(uow, published.id)
    publication.restore_page(uow, published, expected_version=published.version)
    uow.session.flush()
    assert shown(uow) == [published.title]


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_was_deleted_is_erased_after_thirty_days_with_all_that_hung_on_it(
    uow, published, text, owner, days, left
):
    edits.translate_page(uow, published, other(text), language="en", expected_version=UNWRITTEN)
    edit(uow, published, other(text))
    attach(uow, published)
    answers.answer(uow, published, is_clear=False, words="Защо?", request_id=uuid4())
    publication.delete_page(uow, published, expected_version=published.version)
    uow.session.flush()
    publication.erase_old(later(uow, days=days))
    uow.session.commit()
    tables = ("pages_version", "pages_attachment", "pages_answer", "storage_file")
    counts = [owner(f"select count(*) from t_gorno_selo.{table}")[0][0] for table in tables]
    assert counts == [left] * 4
    assert owner("select count(*) from t_gorno_selo.pages_page") == [(2 * left,)]


def test_versions_go_after_three_years(uow, page, text):
    edit(uow, page, other(text))
    publication.erase_old(later(uow, days=3 * 365 - 1))
    assert uow.session.query(Version).count() == 1
    publication.erase_old(later(uow, days=3 * 365 + 1))
    assert uow.session.query(Version).count() == 0


def attach(uow, page, **more):
    given = {"name": "a.txt", "title": "Тарифа", "as_picture": False, "request_id": uuid4()} | more
    return attachments.add_file(uow, PAGES, page, BytesIO(more.pop("content", b"a")), **given)


def test_a_file_is_seen_where_its_page_is_seen(uow, page):
    file = attach(uow, page)
    stranger = replace(uow, principal=Principal())
    with pytest.raises(NoSuchPage):
        attachments.file_for(stranger, PAGES, file.id)
    publication.publish_page(uow, page, expected_version=page.version)
    uow.session.flush()
    assert attachments.file_for(stranger, PAGES, file.id).name == "a.txt"
    publication.hide_page(uow, page, expected_version=page.version)
    uow.session.flush()
    with pytest.raises(NoSuchPage):
        attachments.file_for(stranger, PAGES, file.id)


def test_the_same_file_sent_twice_is_one(uow, page):
    request_id = uuid4()
    first, again = (attach(uow, page, request_id=request_id) for _ in range(2))
    assert first.id == again.id and told(uow).count("file.added") == 1


def test_a_page_bears_only_so_many_files(uow, page, monkeypatch):
    monkeypatch.setattr(attachments, "MOST", 2)
    attach(uow, page), attach(uow, page)
    with pytest.raises(TooManyFiles):
        attach(uow, page)


def test_a_removed_file_is_gone_and_a_late_copy_says_so(uow, page, owner):
    file = attach(uow, page)
    expected_version = file.version
    attachments.describe_file(
        uow, PAGES, file, page, title="Тарифа за 2026 г.", expected_version=expected_version
    )
    uow.session.flush()
    with pytest.raises(FileChangedMeanwhile):
        attachments.remove_file(uow, PAGES, file, page, expected_version=expected_version)
    attachments.remove_file(uow, PAGES, file, page, expected_version=file.version)
    with pytest.raises(NoSuchFile):
        attachments.attachment_of(uow, PAGES, file.id)
    uow.session.commit()
    assert owner("select count(*) from t_gorno_selo.storage_chunk") == [(0,)]


def test_a_picture_follows_its_words_in_every_language(uow, page, text, picture):
    file = attachments.add_file(
        uow, PAGES, page, BytesIO(picture), name="a.jpg", title="Кофа", as_picture=True,
        request_id=uuid4(),
    )  # fmt: skip
    shows = f"![]({file.path})"
    edit(uow, page, replace(text, markdown=shows))
    english = edits.translate_page(
        uow, page, replace(text, markdown=shows), language="en", expected_version=UNWRITTEN
    )
    assert all(f'src="{file.path}" alt="Кофа"' in one.html for one in (page, english))
    assert f"{file.path}?width=480 480w" in page.html
    attachments.describe_file(
        uow, PAGES, file, page, title="Синя кофа", expected_version=file.version
    )
    assert all('alt="Синя кофа"' in one.html for one in (page, english))
    uow.session.flush()
    attachments.remove_file(uow, PAGES, file, page, expected_version=file.version)
    assert all("<img" not in one.html for one in (page, english))


def test_who_changes_a_file_makes_those_wait_who_write_its_page(uow, page, uow_in):
    file = attach(uow, page)
    uow.session.commit()
    free = select(Page.id).where(Page.id == page.id).with_for_update(skip_locked=True)
    with uow_in("gorno-selo") as colleague:
        assert colleague.session.scalar(free) == page.id
    attachments.attachment_of(uow, PAGES, file.id, to_change=True)
    with uow_in("gorno-selo") as colleague:
        assert colleague.session.scalar(free) is None


def test_a_picture_of_another_page_is_no_picture_here(uow, page, text, picture):
    elsewhere = edits.write_page(
        uow, text, kind=Kind.PLAIN, section=Section.ABOUT, request_id=uuid4()
    )
    file = attachments.add_file(
        uow, PAGES, elsewhere, BytesIO(picture), name="a.jpg", title="Кофа", as_picture=True,
        request_id=uuid4(),
    )  # fmt: skip
    edit(uow, page, replace(text, markdown=f"![Кофа]({file.path})"))
    assert page.html == "<p>Кофа</p>\n"


def test_an_answer_names_nobody(uow, published, owner):
    words = "Пишете ми на a@b.bg или 0888 123 456, ЕГН 8001010000, http://x.example, в 9:30 ч."
    answers.answer(uow, published, is_clear=False, words=words, request_id=uuid4())
    uow.session.commit()
    [(kept_words, day)] = owner("select words, given_on from t_gorno_selo.pages_answer")
    assert kept_words == "Пишете ми на … или …, ЕГН …, … в 9:30 ч."
    assert not hasattr(day, "hour")


def test_an_answer_sent_twice_counts_once(uow, published):
    request_id = uuid4()
    for _ in range(2):
        answers.answer(uow, published, is_clear=True, words="", request_id=request_id)
    assert answers.tallies(uow, published) == (1, 0)


def test_an_answer_with_words_waits_until_somebody_has_read_it(uow, published):
    for words in ("", "Не пише кога."):
        answers.answer(uow, published, is_clear=False, words=words, request_id=uuid4())
    assert answers.number_unread(uow) == 1
    [waiting] = uow.session.scalars(answers.unread())
    given, about = answers.answer_of(uow, waiting.id)
    for _ in range(2):
        answers.mark_read(uow, given, about, expected_version=1)
        uow.session.flush()
    assert answers.number_unread(uow) == 0 and told(uow).count("answer.read") == 1


def test_answers_go_after_a_year(uow, published):
    answers.answer(uow, published, is_clear=False, words="Защо?", request_id=uuid4())
    answers.forget_old(later(uow, days=364))
    assert answers.number_unread(uow) == 1
    answers.forget_old(later(uow, days=367))
    assert answers.number_unread(uow) == 0


def test_links_that_lead_nowhere_are_found_and_others_are_not_asked(uow, published, text):
    own = f"[тази]({published.path})"
    away, mail = "[ВиК](https://vik.example/a)", "[пишете](mailto:a@b.example)"
    broken = "[няма](/pages/section/none) [пак](/pages/section/none) [нищо](/news/x)"
    edit(uow, published, replace(text, markdown=f"{own} {away} {mail} {broken} [начало](/)"))
    uow.session.commit()
    for _ in range(2):
        links.check_links(uow)
    found = {row.address: row.is_broken for row in uow.session.scalars(links.listed())}
    assert found == {
        "/pages/section/none": True,
        "/news/x": True,
        "https://vik.example/a": False,
    }
    assert links.number_broken(uow) == 2


def test_no_address_is_too_long_to_be_noted(uow, published, text):
    away, here = f"https://vik.example/{'a' * 9_000}", f"/pages/section/{'b' * 9_000}"
    fine = f"/?q={'c' * 3_000}"
    edit(uow, published, replace(text, markdown=f"[а]({away}) [б]({here}) [в]({fine})"))
    uow.session.commit()
    links.check_links(uow)
    found = {row.address[:9]: row.is_broken for row in uow.session.scalars(links.listed())}
    assert found == {"https://v": False, "/pages/se": True}


def test_a_text_longer_than_a_page_may_hold_is_refused_whole(uow, page, text):
    with pytest.raises(TextTooLong):
        edit(uow, page, replace(text, markdown="я" * (LONGEST + 1)))


def test_pages_of_a_neighbour_do_not_exist(uow_in, uow, published):
    file = attach(uow, published)
    uow.session.commit()
    with uow_in("dolno-selo") as there:
        assert shown(there) == []
        for find in (queries.public_page, queries.page_of):
            with pytest.raises(NoSuchPage):
                find(there, published.id)
        with pytest.raises(NoSuchFile):
            attachments.file_for(there, PAGES, file.id)


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
