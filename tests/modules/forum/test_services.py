"""Rules of the forum: once, in order, quiet at night, hidden with a reason, another decides."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from obshto.modules.forum import notifications
from obshto.modules.forum.errors import (
    ClosedBeforeConfirmed,
    ConfirmedTooLate,
    DiscussionClosed,
    NoSuchDiscussion,
    PostEmailNeeded,
    PostHiddenBefore,
    StaleDiscussion,
    TooManyPosts,
)
from obshto.modules.forum.events import PostHidden
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.privacy import erase, export
from obshto.modules.forum.seeds import TALKS, seed
from obshto.modules.forum.services import discussions, moderation, queries, retention
from obshto.modules.forum.services.overview import discussed
from obshto.modules.forum.services.posts import (
    answer_discussion,
    confirm_post,
    publish_waiting,
    write_post,
)
from obshto.modules.forum.services.quiet_hours import quiet_until
from obshto.modules.forum.settings import ForumSettings
from obshto.modules.proposals.models import CitizenProposal
from obshto.platform.cases.channels import PORTAL
from obshto.platform.followers.services import FollowLink, confirm_follow
from obshto.platform.moderation import services as decisions
from obshto.platform.moderation.errors import AppealClosed, AppealWaits, SameReviewer
from obshto.platform.moderation.links import is_suspicious
from obshto.platform.moderation.models import ModerationDecision, ModerationFlag
from obshto.platform.moderation.rules import INSULT, PERSONAL
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.unit_of_work import ANONYMOUS, Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
REASON = decisions.Reason(rule=INSULT, words="Обижда друг участник.")
NIGHT = NOON.replace(hour=21)  # eleven in Sofia


def hide(uow, post):
    moderation.hide_post(uow, post, REASON, request_id=uuid4())
    uow.session.flush()
    return decisions.decision_on(uow, "forum", post.id)


def test_sent_twice_it_is_one_post_and_numbers_have_no_gap(uow, begin, add):
    once, again = uuid4(), uuid4()
    first = begin(uow, request_id=once)
    assert begin(uow, request_id=once).id == first.id
    assert add(uow, first, request_id=again).id == add(uow, first, request_id=again).id
    assert [add(uow, first).number for _ in range(3)] == [3, 4, 5]
    row = queries.discussion_of(uow, first.discussion_id)
    assert (row.last_number, row.published_at) == (5, NOON)


def test_without_an_account_it_is_seen_once_its_address_is_confirmed(uow, begin):
    visitor = replace(uow, principal=ANONYMOUS)
    with pytest.raises(PostEmailNeeded):
        begin(visitor, channel=PORTAL)
    post = begin(visitor, channel=PORTAL, email="author@villages.example")
    with pytest.raises(NoSuchDiscussion):
        queries.public_discussion(uow, post.discussion_id)
    confirm_post(visitor, post)
    confirm_post(visitor, post)
    assert post.number == 1 and queries.public_discussion(uow, post.discussion_id)


def test_what_nobody_confirmed_is_gone_after_three_days(uow, begin):
    visitor = replace(uow, principal=ANONYMOUS)
    post = begin(visitor, channel=PORTAL, email="author@villages.example")
    later = replace(uow, now=NOON + timedelta(days=3, minutes=1))
    with pytest.raises(ConfirmedTooLate):
        confirm_post(later, post)
    retention.forget_unconfirmed(later)
    assert uow.session.scalars(select(ForumPost)).all() == []
    assert uow.session.scalars(select(Discussion)).all() == []


def test_what_is_written_at_night_is_shown_in_the_morning(uow, citizen, begin, add):
    first = begin(uow)
    post = add(citizen(NIGHT), first, channel=PORTAL)
    assert post.confirmed_at and post.number is None
    publish_waiting(replace(uow, now=NIGHT + timedelta(hours=1)))
    assert post.number is None
    morning = replace(uow, now=NIGHT + timedelta(hours=8, minutes=1))
    publish_waiting(morning)
    publish_waiting(morning)
    assert (post.number, post.published_at) == (2, morning.now)


@pytest.mark.parametrize(
    ("begin_hour", "end_hour", "hour", "ends"),
    [(22, 7, 23, 7), (22, 7, 6, 7), (22, 7, 7, None), (22, 7, 21, None), (13, 15, 14, 15)],
)
def test_quiet_hours_by_the_clock_of_sofia(begin_hour, end_hour, hour, ends):
    rules = ForumSettings(quiet_from=begin_hour, quiet_until=end_hour)
    until = quiet_until(rules, NOON.replace(hour=hour - 2))  # UTC of winter
    assert (until.hour if until else None) == ends
    assert quiet_until(ForumSettings(quiet_from=0, quiet_until=0), NOON) is None


def test_a_link_to_another_site_waits_for_a_moderator(uow, citizen, begin, add):
    first = begin(uow)
    for words in ("Вижте https://spam.example/a", "www.spam.example", "HTTP://SPAM.EXAMPLE"):
        assert is_suspicious(uow, words), words
    assert not is_suspicious(uow, f"Вижте {uow.scope.address}/forum/ и www, а после хляба.")
    post = add(citizen(), first, channel=PORTAL, words="Евтино: https://spam.example/a")
    assert post.is_held and post.number is None
    uow.session.flush()
    moderation.release_post(uow, post, expected_version=post.version)
    moderation.release_post(uow, post, expected_version=post.version)
    assert (post.is_held, post.number) == (False, 2)


def test_one_person_writes_so_many_an_hour_and_hears_when_again(uow, citizen, begin, add):
    first, me = begin(uow), citizen()
    for _ in range(ForumSettings().most_an_hour):
        add(me, first, channel=PORTAL)
    with pytest.raises(TooManyPosts) as refused:
        add(me, first, channel=PORTAL)
    assert "13:00" in str(refused.value)
    assert add(citizen(NOON + timedelta(hours=1)), first, channel=PORTAL).number


def test_nobody_writes_in_a_closed_discussion_but_the_municipality(uow, citizen, begin, add, said):
    first = begin(uow)
    row = queries.discussion_of(uow, first.discussion_id)
    visitor = replace(uow, principal=ANONYMOUS)
    late = write_post(visitor, row.id, said(email="a@villages.example"), request_id=uuid4())
    discussions.shut(uow, row, "Решено е.", expected_version=row.version)
    uow.session.flush()
    with pytest.raises(ClosedBeforeConfirmed, match="на страницата на мнението"):
        confirm_post(visitor, late)
    with pytest.raises(DiscussionClosed):
        write_post(citizen(), row.id, said(), request_id=uuid4())
    answer = answer_discussion(uow, row, "Поправихме я.", request_id=uuid4())
    assert answer.number == 2 and row.awaiting_since is None
    discussions.reopen(uow, row, expected_version=row.version)
    uow.session.flush()
    assert add(uow, first).number == 3


def test_the_queue_holds_what_waits_for_an_answer(uow, begin, add):
    wanted = queries.DiscussionFilter(list="waiting")
    first = begin(uow)
    row = queries.discussion_of(uow, first.discussion_id)
    assert queries.counts(uow, wanted)["waiting"] == 1
    answer_discussion(uow, row, "Идваме утре.", request_id=uuid4())
    uow.session.flush()
    assert queries.counts(uow, wanted)["waiting"] == 0
    add(uow, first, words="Дойдоха ли?")
    assert uow.session.scalars(queries.queue(uow, wanted)).all() == [row]
    with pytest.raises(StaleDiscussion):
        discussions.settle(uow, row, expected_version=row.version - 1)
    discussions.settle(uow, row, expected_version=row.version)
    uow.session.flush()
    assert queries.counts(uow, wanted)["waiting"] == 0
    told = {"department": "Строителство", "to": None, "name": ""}
    discussions.hand_over(uow, row, **told, expected_version=row.version)
    uow.session.flush()
    assert queries.counts(uow, wanted)["waiting"] == 1  # for the other department


def test_what_nobody_has_heard_stands_before_what_is_newer(uow, begin):
    old = begin(replace(uow, now=NOON - timedelta(days=9)))
    new = begin(uow)
    row = queries.discussion_of(uow, new.discussion_id)
    answer_discussion(uow, row, "Да.", request_id=uuid4())
    uow.session.flush()
    shown = uow.session.scalars(queries.public(queries.DiscussionFilter())).all()
    assert [one.id for one in shown] == [old.discussion_id, new.discussion_id]
    (counted,) = discussed(uow)
    assert (counted.discussions, counted.posts, counted.unheard, counted.late) == (2, 3, 1, 1)


def test_hidden_words_leave_the_table_and_come_back(uow, begin, add):
    first = begin(uow)
    post = add(uow, first, words="Само глупак пише така.")
    hide(uow, post)
    assert (post.words, post.hidden_words) == ("", "Само глупак пише така.")
    assert moderation.ForumModeration().things(uow, [post.id])[post.id].what == "№ 2"
    moderation.release_post(uow, post, expected_version=post.version)
    assert (post.words, post.hidden_words, post.hidden_at) == (
        "Само глупак пише така.",
        None,
        None,
    )
    assert decisions.decision_on(uow, "forum", post.id) is None


def test_hidden_twice_its_author_is_told_once(uow, begin, add):
    post = add(uow, begin(uow))
    for _ in range(2):
        hide(uow, post)
    told = [fact for fact in uow.facts if isinstance(fact, PostHidden)]
    assert len(told) == 1
    with pytest.raises(PostHiddenBefore):
        moderation.hide_post(uow, post, replace(REASON, words="Заплашва."), request_id=uuid4())


def test_the_title_goes_with_the_first_post(uow, begin):
    first = begin(uow)
    hide(uow, first)
    row = queries.discussion_of(uow, first.discussion_id)
    assert row.is_veiled and queries.followed(row).title == "Скрит разговор"
    assert uow.session.scalars(queries.public(queries.DiscussionFilter())).all() == []
    moderation.release_post(uow, first, expected_version=first.version)
    assert not row.is_veiled


def test_personal_data_are_hidden_at_once_and_only_until_a_moderator_looked(
    switched_on, uow, begin, add
):
    post = add(uow, begin(uow), words="Иван има диабет.")
    once = uuid4()
    moderation.flag_post(uow, post, PERSONAL, request_id=once)
    moderation.flag_post(uow, post, PERSONAL, request_id=once)
    assert post.hidden_at and decisions.decision_on(uow, "forum", post.id).is_provisional
    assert len(uow.session.scalars(select(ModerationFlag)).all()) == 1
    assert uow.session.scalars(decisions.log()).all() == []
    moderation.release_post(uow, post, expected_version=post.version)
    moderation.flag_post(uow, post, PERSONAL, request_id=uuid4())
    assert post.hidden_at is None
    assert queries.check_counts(uow)["flagged"] == 1


def test_an_author_is_told_of_an_appeal_only_once_a_moderator_has_read_it(
    switched_on, uow, begin, add
):
    post = add(uow, begin(uow), words="Иван има диабет.")
    fact = {"subject_id": str(post.discussion_id), "post_id": str(post.id)}
    moderation.flag_post(uow, post, PERSONAL, request_id=uuid4())
    _subject, told = notifications.hidden(uow, fact)
    assert "Правило 3" in told
    assert "ще Ви пишем какво е решил" in told
    assert "възразете" not in told
    moderation.hide_post(uow, post, REASON, request_id=uuid4())
    _subject, told = notifications.hidden(uow, fact)
    assert "Правило 1" in told
    assert REASON.words in told
    assert "възразете" in told
    moderation.release_post(uow, post, expected_version=post.version)
    _subject, told = notifications.restored(uow, fact)
    assert REASON.words not in told


def test_an_insult_waits_for_a_moderator_and_an_answer_is_never_hidden_unread(uow, begin, add):
    first = begin(uow)
    post = add(uow, first)
    moderation.flag_post(uow, post, INSULT, request_id=uuid4())
    assert post.hidden_at is None
    row = queries.discussion_of(uow, first.discussion_id)
    answer = answer_discussion(uow, row, "Идваме.", request_id=uuid4())
    moderation.flag_post(uow, answer, PERSONAL, request_id=uuid4())
    assert answer.hidden_at is None


def test_a_quarrel_is_moderated_appealed_and_decided_by_another(switched_on, uow, begin, add):
    post = add(uow, begin(uow), words="Само глупак пише така.")
    decision = hide(uow, post)
    once = uuid4()
    decisions.appeal(uow, decision, "Никого не назовах.", request_id=once)
    decisions.appeal(uow, decision, "Никого не назовах.", request_id=once)
    uow.session.flush()
    with pytest.raises(AppealClosed):
        decisions.appeal(uow, decision, "И още.", request_id=uuid4())
    with pytest.raises(AppealWaits):  # from a page that was opened before the appeal
        moderation.release_post(uow, post, expected_version=post.version)
    seen = decision.version
    with pytest.raises(SameReviewer):
        decisions.review(uow, decision.id, "restored", "Прав е.", expected_version=seen)
    other = replace(uow, principal=Principal(person_id=uuid4(), name="Проба Секретар"))
    for _ in range(2):
        decisions.review(other, decision.id, "restored", "Прав е.", expected_version=seen)
    assert post.words == "Само глупак пише така." and post.hidden_at is None
    (line,) = uow.session.scalars(decisions.log()).all()
    assert (line.outcome, line.review, line.reviewed_by) == (
        "restored",
        "Прав е.",
        "Проба Секретар",
    )


def test_a_review_waits_for_the_discussion_before_it_holds_the_decision(
    switched_on, uow_in, uow, begin
):
    post = begin(uow)
    decision = hide(uow, post)
    decisions.appeal(uow, decision, "Не е вярно.", request_id=uuid4())
    uow.session.commit()

    def review():
        with uow_in(VILLAGE) as other:
            told = (decision_id, "upheld", "Обидно е.")
            decisions.review(other, *told, expected_version=seen)
            other.session.commit()

    decision_id, seen = decision.id, decision.version
    blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as pool:
        queries.discussion_of(uow, post.discussion_id, to_change=True)  # a moderator acts
        waits = pool.submit(review)
        while not waits.done() and not uow.session.scalar(blocked):
            pass
        wanted = select(ModerationDecision.id).where(ModerationDecision.id == decision_id)
        assert uow.session.scalar(wanted.with_for_update(nowait=True)) == decision_id
        uow.session.commit()
        waits.result()
    uow.session.expire_all()
    assert decision.outcome == "upheld"


def test_a_discussion_becomes_a_proposal_of_its_author_once(switched_on, uow, begin):
    first = begin(uow, email="author@villages.example")
    row = queries.discussion_of(uow, first.discussion_id)
    told = discussions.Transfer(way="proposal", kind="green", title="Пейка", text="Нова пейка.")
    once = uuid4()
    taken = discussions.transfer(uow, row, told, request_id=once)
    assert discussions.transfer(uow, row, told, request_id=once) == taken
    assert (row.successor_path, row.successor_number) == (taken.path, taken.number)
    (proposal,) = uow.session.scalars(select(CitizenProposal)).all()
    assert (proposal.applicant, proposal.email) == ("Проба Авторова", "author@villages.example")
    assert row.path in proposal.reason and proposal.person_id is None


def test_export_tells_all_and_erasure_leaves_nothing_of_the_person(
    switched_on, uow, citizen, begin, add
):
    me = citizen()
    post = add(me, begin(uow), channel=PORTAL, shows_name=True)
    decision = hide(uow, post)
    decisions.appeal(uow, decision, "Мое е.", request_id=uuid4())
    uow.session.flush()
    told = export(uow, me.principal.person_id)
    assert told["posts"][0]["words"] == "Пейката е счупена."
    assert told["decisions"][0]["appeal"] == "Мое е."
    erase(uow, me.principal.person_id)
    uow.session.flush()
    assert (post.person_id, post.author, post.email, post.code_index) == (None, "", None, None)
    uow.session.expire_all()
    assert uow.session.scalar(select(ModerationDecision.appeal)) is None


def test_a_year_later_only_a_name_that_is_shown_stays(uow, begin, add):
    first = begin(uow, shows_name=True, email="author@villages.example")
    other = add(uow, first, phone="0888123456")
    retention.empty_old_authors(replace(uow, now=NOON + timedelta(days=366)))
    assert (first.author, first.email, first.code_index) == ("Проба Авторова", None, None)
    assert (other.author, other.phone) == ("", None)


def test_followers_hear_once_a_day(uow, begin, add):
    row = queries.discussion_of(uow, begin(uow).discussion_id)
    retention.tell_followers(uow)
    told = row.news_told_at
    retention.tell_followers(replace(uow, now=NOON + timedelta(hours=1)))
    assert told == row.news_told_at == NOON


def test_who_follows_gets_one_letter_a_day_that_something_was_said(switched_on, uow, begin, add):
    first = begin(uow)
    row = queries.discussion_of(uow, first.discussion_id)
    thing, email = queries.followed(row), "reader@villages.example"
    link = FollowLink(thing=thing, person_id=None, email=email, language="bg", is_stale=False)
    confirm_follow(uow, link)

    def letters(days):
        uow.facts.clear()
        retention.tell_followers(replace(uow, now=NOON + timedelta(days=days)))
        for fact in uow.facts:
            write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
        sent = uow.session.scalars(select(Message)).all()
        return [f"{one.subject}\n{one.text}" for one in sent if one.recipient == email]

    [letter] = letters(0)
    assert row.title in letter and "има нови мнения" in letter and row.path in letter
    for _ in range(2):
        add(replace(uow, now=NOON + timedelta(hours=1)), first)
    assert [len(letters(days)) for days in (1, 2)] == [2, 2]


def test_seeding_twice_is_seeding_once(switched_on, uow, uow_in):
    seed(uow)
    uow.session.flush()
    seed(uow)
    uow.session.flush()
    assert len(uow.session.scalars(select(Discussion)).all()) == len(TALKS)
    waiting = uow.session.scalars(decisions.appeals(is_decided=False)).all()
    assert len(waiting) == 1
    with uow_in(NEIGHBOUR) as other:
        assert other.session.scalars(select(Discussion)).all() == []
