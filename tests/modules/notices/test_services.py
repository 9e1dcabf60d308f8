"""What a notice is on its way from a draft until it is over."""

from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from obshto.modules.notices.errors import (
    EndsTooEarly,
    NoSuchNotice,
    NoticeChanged,
    StandsInPublic,
    WithdrawnAlready,
)
from obshto.modules.notices.events import EVENTS
from obshto.modules.notices.models import Notice
from obshto.modules.notices.privacy import erase, export
from obshto.modules.notices.search import entries_of
from obshto.modules.notices.seeds import seed
from obshto.modules.notices.services import reading, writing
from obshto.modules.notices.services.feed import rss
from obshto.modules.notices.services.kinds import State, state_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.modules.notices.services.writing import Note, draft_of
from obshto.platform.returnable import counts

HOUR = timedelta(hours=1)


def facts(work):
    return [fact.name.partition("notice.")[2] for fact in work.facts]


def test_names_of_facts_and_their_keys_are_fixed():
    told = {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS}
    names = ["written", "edited", "published", "touched-up", "corrected", "withdrawn", "deleted"]
    assert told == {f"notices:notice.{name}": ["subject_id", "title"] for name in names}


def test_a_notice_comes_holds_and_is_over_by_itself(work, published):
    notice = published(work, starts_at=work.now + HOUR, ends_at=work.now + 2 * HOUR)
    moments = [work.now, work.now + HOUR, work.now + 2 * HOUR]
    assert [state_of(notice, at) for at in moments] == [State.COMING, State.IN_FORCE, State.OVER]
    standing = [bool(work.session.scalars(reading.standing(at)).all()) for at in moments]
    assert standing == [True, True, False]


def test_urgent_ones_are_first_what_comes_is_last(work, published):
    coming = published(work, starts_at=work.now + HOUR, is_urgent=True)
    plain = published(work)
    urgent = published(work, is_urgent=True)
    assert work.session.scalars(reading.standing(work.now)).all() == [urgent, plain, coming]


def test_a_place_has_its_own_notices_and_those_of_the_whole_municipality(work, published):
    here = published(work, settlements=("00001",))
    there = published(work, settlements=("00002",))
    everywhere = published(work)
    found = set(work.session.scalars(reading.standing(work.now, place="00001")))
    assert found == {here, everywhere} and there not in found


def test_a_kind_has_its_own_notices(work, published):
    road = published(work, kind="road")
    published(work)
    assert work.session.scalars(reading.standing(work.now, kind="road")).all() == [road]


@pytest.mark.parametrize("hours", [(0, 0), (1, 1), (2, 1), (-3, -1)])
def test_what_ends_before_it_begins_or_before_now_is_refused(work, write, hours):
    start, end = (work.now + number * HOUR for number in hours)
    with pytest.raises(EndsTooEarly):
        write(work, starts_at=start, ends_at=end)


def test_a_second_click_finds_the_first_draft(work, write):
    notice = write(work)
    again = writing.write_notice(work, draft_of(notice), request_id=notice.request_id)
    assert again is notice and facts(work) == ["written"]


def test_a_draft_is_seen_by_nobody(work, write):
    notice = write(work)
    assert list(work.session.scalars(reading.public())) == []
    with pytest.raises(NoSuchNotice):
        reading.public_notice(work, notice.id)


def test_publishing_twice_is_publishing_once(work, write):
    notice, seen = write(work), 1
    writing.publish_notice(work, notice, seen=seen)
    writing.publish_notice(work, notice, seen=seen)
    assert facts(work) == ["written", "published"]


def test_what_was_over_before_it_was_published_is_not_published(work, write):
    notice = write(work)
    notice.ends_at = work.now
    with pytest.raises(EndsTooEarly):
        writing.publish_notice(work, notice, seen=notice.version)


def test_a_correction_is_told_a_slip_is_not(work, published):
    notice = published(work)
    draft = replace(draft_of(notice), text="Налейте си вода за два дни.")
    writing.edit_notice(work, notice, draft, seen=notice.version)
    draft = replace(draft, ends_at=work.now + 5 * HOUR)
    note = Note(text="Свършва по-късно", words={"en": {"correction": "It ends later"}})
    seen = notice.version
    writing.edit_notice(work, notice, draft, seen=seen, correction=note)
    writing.edit_notice(work, notice, draft, seen=seen, correction=note)
    assert facts(work) == ["written", "published", "touched-up", "corrected"]
    assert notice.said("correction", "en") == ("It ends later", "en")
    assert notice.said("correction", "ro") == ("Свършва по-късно", "bg")


def test_a_late_form_changes_nothing(work, published):
    notice = published(work)
    draft = replace(draft_of(notice), title="Друго")
    with pytest.raises(NoticeChanged):
        writing.edit_notice(work, notice, draft, seen=notice.version - 1)
    with pytest.raises(NoticeChanged):
        writing.withdraw_notice(work, notice, reason=Note(text="Не"), seen=notice.version - 1)


def test_what_was_called_off_stays_so_and_can_still_be_read(work, published):
    notice = published(work)
    seen = notice.version
    writing.withdraw_notice(work, notice, reason=Note(text="Поправиха го"), seen=seen)
    writing.withdraw_notice(work, notice, reason=Note(text="Поправиха го"), seen=seen)
    work.session.flush()
    assert facts(work) == ["written", "published", "withdrawn"]
    assert state_of(notice, work.now) == State.WITHDRAWN
    assert list(work.session.scalars(reading.standing(work.now))) == []
    assert reading.public_notice(work, notice.id) is notice
    with pytest.raises(WithdrawnAlready):
        draft = replace(draft_of(notice), title="Друго")
        writing.edit_notice(work, notice, draft, seen=notice.version)


def test_only_a_draft_can_be_thrown_away(work, write, published):
    with pytest.raises(StandsInPublic):
        notice = published(work)
        writing.delete_draft(work, notice, seen=notice.version)
    draft = write(work)
    writing.delete_draft(work, draft, seen=draft.version)
    work.session.flush()
    assert work.session.get(Notice, draft.id) is None


def test_what_has_been_over_for_two_years_is_forgotten(work, published):
    old, young = published(work), published(work)
    old.ends_at = work.now - writing.KEPT - HOUR
    work.session.flush()
    writing.forget_old(work)
    work.session.expire_all()
    assert [work.session.get(Notice, notice.id) for notice in (young,)] == [young]
    assert list(work.session.scalars(reading.public())) == [young]
    assert old not in work.session


def test_a_search_finds_what_stands_with_its_place_and_end(work, published):
    words = {"en": {"title": "No water", "text": "Fill bottles"}}
    notice = published(work, settlements=("00002",), words=words)
    found = {entry.language: entry for entry in entries_of(work, None)}
    assert set(found) == {"bg", "en"}
    assert (found["en"].title, found["en"].place) == ("No water", "Pole")
    assert (found["bg"].place, found["bg"].until) == ("село Поле", notice.ends_at)
    writing.withdraw_notice(work, notice, reason=Note(text="Не"), seen=notice.version)
    work.session.flush()
    assert list(entries_of(work, {notice.id})) == []


def test_the_feed_is_rss_and_says_what_became_of_a_notice(work, published, write):
    first = published(work, title="Ток & <вода>")
    work.session.flush()
    writing.withdraw_notice(work, first, reason=Note(text="Поправиха го"), seen=first.version)
    write(work)
    notices = work.session.scalars(reading.in_feed()).all()
    told = rss(work, notices, names=settlements_here(work), language="bg")
    assert rss(work, notices, names=settlements_here(work), language="bg") == told
    channel = ElementTree.fromstring(told).find("channel")
    assert ElementTree.fromstring(told).attrib["version"] == "2.0"
    for required in ("title", "link", "description"):
        assert channel.findtext(required)
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Ток & <вода>"
    assert item.find("guid").attrib == {"isPermaLink": "true"}
    assert item.findtext("guid").endswith(f"/notices/{first.id}")
    assert item.findtext("description").startswith("Отменено: Поправиха го\n\nЦялата община")


def test_who_wrote_a_notice_leaves_no_name(work, write):
    notice, person = write(work), uuid4()
    notice.author_id = notice.changed_by_id = person
    notice.changed_by = "Проба Пробова"
    work.session.flush()
    assert [row["title"] for row in export(work, person)["notices"]] == ["Без вода"]
    erase(work, person)
    work.session.expire_all()
    assert export(work, person) == {"notices": []} and notice.changed_by == ""


def test_seeding_twice_is_seeding_once(work):
    seed(work)
    before = counts(work, reading.lists(work.now))
    seed(work)
    after = counts(work, reading.lists(work.now))
    assert before == after == {"standing": 2, "drafts": 2, "over": 0}
