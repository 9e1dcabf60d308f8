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
from obshto.modules.notices.services import edits, queries
from obshto.modules.notices.services.edits import Note, draft_of
from obshto.modules.notices.services.feed import rss
from obshto.modules.notices.services.kinds import State, state_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.soft_delete import counts

HOUR = timedelta(hours=1)


def facts(uow):
    return [fact.name.partition("notice.")[2] for fact in uow.facts]


def test_names_of_facts_and_their_keys_are_fixed():
    told = {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS}
    names = ["written", "edited", "published", "touched-up", "corrected", "withdrawn", "deleted"]
    assert told == {f"notices:notice.{name}": ["subject_id", "title"] for name in names}


def test_a_notice_comes_holds_and_is_over_by_itself(uow, published):
    notice = published(uow, starts_at=uow.now + HOUR, ends_at=uow.now + 2 * HOUR)
    moments = [uow.now, uow.now + HOUR, uow.now + 2 * HOUR]
    assert [state_of(notice, at) for at in moments] == [State.COMING, State.IN_FORCE, State.OVER]
    standing = [bool(uow.session.scalars(queries.standing(at)).all()) for at in moments]
    assert standing == [True, True, False]


def test_urgent_ones_are_first_what_comes_is_last(uow, published):
    coming = published(uow, starts_at=uow.now + HOUR, is_urgent=True)
    plain = published(uow)
    urgent = published(uow, is_urgent=True)
    assert uow.session.scalars(queries.standing(uow.now)).all() == [urgent, plain, coming]


def test_a_place_has_its_own_notices_and_those_of_the_whole_municipality(uow, published):
    here = published(uow, settlements=("00001",))
    there = published(uow, settlements=("00002",))
    everywhere = published(uow)
    found = set(uow.session.scalars(queries.standing(uow.now, place="00001")))
    assert found == {here, everywhere} and there not in found


def test_a_kind_has_its_own_notices(uow, published):
    road = published(uow, kind="road")
    published(uow)
    assert uow.session.scalars(queries.standing(uow.now, kind="road")).all() == [road]


@pytest.mark.parametrize("hours", [(0, 0), (1, 1), (2, 1), (-3, -1)])
def test_what_ends_before_it_begins_or_before_now_is_refused(uow, write, hours):
    start, end = (uow.now + number * HOUR for number in hours)
    with pytest.raises(EndsTooEarly):
        write(uow, starts_at=start, ends_at=end)


def test_a_second_click_finds_the_first_draft(uow, write):
    notice = write(uow)
    again = edits.write_notice(uow, draft_of(notice), request_id=notice.request_id)
    assert again is notice and facts(uow) == ["written"]


def test_a_draft_is_seen_by_nobody(uow, write):
    notice = write(uow)
    assert list(uow.session.scalars(queries.public())) == []
    with pytest.raises(NoSuchNotice):
        queries.public_notice(uow, notice.id)


def test_publishing_twice_is_publishing_once(uow, write):
    notice, expected_version = write(uow), 1
    edits.publish_notice(uow, notice, expected_version=expected_version)
    edits.publish_notice(uow, notice, expected_version=expected_version)
    assert facts(uow) == ["written", "published"]


def test_what_was_over_before_it_was_published_is_not_published(uow, write):
    notice = write(uow)
    notice.ends_at = uow.now
    with pytest.raises(EndsTooEarly):
        edits.publish_notice(uow, notice, expected_version=notice.version)


def test_a_correction_is_told_a_slip_is_not(uow, published):
    notice = published(uow)
    draft = replace(draft_of(notice), text="Налейте си вода за два дни.")
    edits.edit_notice(uow, notice, draft, expected_version=notice.version)
    draft = replace(draft, ends_at=uow.now + 5 * HOUR)
    note = Note(text="Свършва по-късно", words={"en": {"correction": "It ends later"}})
    expected_version = notice.version
    edits.edit_notice(uow, notice, draft, expected_version=expected_version, correction=note)
    edits.edit_notice(uow, notice, draft, expected_version=expected_version, correction=note)
    assert facts(uow) == ["written", "published", "touched-up", "corrected"]
    assert notice.said("correction", "en") == ("It ends later", "en")
    assert notice.said("correction", "ro") == ("Свършва по-късно", "bg")


def test_a_late_form_changes_nothing(uow, published):
    notice = published(uow)
    draft = replace(draft_of(notice), title="Друго")
    with pytest.raises(NoticeChanged):
        edits.edit_notice(uow, notice, draft, expected_version=notice.version - 1)
    with pytest.raises(NoticeChanged):
        edits.withdraw_notice(
            uow, notice, reason=Note(text="Не"), expected_version=notice.version - 1
        )


def test_what_was_called_off_stays_so_and_can_still_be_read(uow, published):
    notice = published(uow)
    expected_version = notice.version
    edits.withdraw_notice(
        uow, notice, reason=Note(text="Поправиха го"), expected_version=expected_version
    )
    edits.withdraw_notice(
        uow, notice, reason=Note(text="Поправиха го"), expected_version=expected_version
    )
    uow.session.flush()
    assert facts(uow) == ["written", "published", "withdrawn"]
    assert state_of(notice, uow.now) == State.WITHDRAWN
    assert list(uow.session.scalars(queries.standing(uow.now))) == []
    assert queries.public_notice(uow, notice.id) is notice
    with pytest.raises(WithdrawnAlready):
        draft = replace(draft_of(notice), title="Друго")
        edits.edit_notice(uow, notice, draft, expected_version=notice.version)


def test_only_a_draft_can_be_thrown_away(uow, write, published):
    with pytest.raises(StandsInPublic):
        notice = published(uow)
        edits.delete_draft(uow, notice, expected_version=notice.version)
    draft = write(uow)
    edits.delete_draft(uow, draft, expected_version=draft.version)
    uow.session.flush()
    assert uow.session.get(Notice, draft.id) is None


def test_what_has_been_over_for_two_years_is_forgotten(uow, published):
    old, young = published(uow), published(uow)
    old.ends_at = uow.now - edits.KEPT - HOUR
    uow.session.flush()
    edits.forget_old(uow)
    uow.session.expire_all()
    assert [uow.session.get(Notice, notice.id) for notice in (young,)] == [young]
    assert list(uow.session.scalars(queries.public())) == [young]
    assert old not in uow.session


def test_a_search_finds_what_stands_with_its_place_and_end(uow, published):
    words = {"en": {"title": "No water", "text": "Fill bottles"}}
    notice = published(uow, settlements=("00002",), words=words)
    found = {entry.language: entry for entry in entries_of(uow, None)}
    assert set(found) == {"bg", "en"}
    assert (found["en"].title, found["en"].place) == ("No water", "Pole")
    assert (found["bg"].place, found["bg"].until) == ("село Поле", notice.ends_at)
    edits.withdraw_notice(uow, notice, reason=Note(text="Не"), expected_version=notice.version)
    uow.session.flush()
    assert list(entries_of(uow, {notice.id})) == []


def test_the_feed_is_rss_and_says_what_became_of_a_notice(uow, published, write):
    first = published(uow, title="Ток & <вода>")
    uow.session.flush()
    edits.withdraw_notice(
        uow, first, reason=Note(text="Поправиха го"), expected_version=first.version
    )
    write(uow)
    notices = uow.session.scalars(queries.in_feed()).all()
    told = rss(uow, notices, names=settlements_here(uow), language="bg")
    assert rss(uow, notices, names=settlements_here(uow), language="bg") == told
    channel = ElementTree.fromstring(told).find("channel")
    assert ElementTree.fromstring(told).attrib["version"] == "2.0"
    for required in ("title", "link", "description"):
        assert channel.findtext(required)
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Ток & <вода>"
    assert item.find("guid").attrib == {"isPermaLink": "true"}
    assert item.findtext("guid").endswith(f"/notices/{first.id}")
    assert item.findtext("description").startswith("Отменено: Поправиха го\n\nЦялата община")


def test_who_wrote_a_notice_leaves_no_name(uow, write):
    notice, person = write(uow), uuid4()
    notice.author_id = notice.changed_by_id = person
    notice.changed_by = "Проба Пробова"
    uow.session.flush()
    assert [row["title"] for row in export(uow, person)["notices"]] == ["Без вода"]
    erase(uow, person)
    uow.session.expire_all()
    assert export(uow, person) == {"notices": []} and notice.changed_by == ""


def test_seeding_twice_is_seeding_once(uow):
    seed(uow)
    before = counts(uow, queries.lists(uow.now))
    seed(uow)
    after = counts(uow, queries.lists(uow.now))
    assert before == after == {"standing": 2, "drafts": 2, "over": 0}
