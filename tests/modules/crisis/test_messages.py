"""One text: two people, numbered, replaced, ended; who hears of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.crisis.errors import (
    CrisisOver,
    MessageChanged,
    MessagePending,
    NeedsSecondPerson,
    NoSuchCrisis,
    WaitAlone,
)
from obshto.modules.crisis.models import Crisis
from obshto.modules.crisis.paper import paper_of
from obshto.modules.crisis.privacy import erase, export
from obshto.modules.crisis.search import entries_of
from obshto.modules.crisis.seeds import seed
from obshto.modules.crisis.services import messages, queries, spoken
from obshto.modules.crisis.services.alarms_port import CrisisAlarms, show_in_region
from obshto.modules.crisis.settings import CrisisSettings
from obshto.modules.feeds.models import Post
from obshto.modules.feeds.reactions import REACTIONS
from obshto.modules.feeds.services.danger import tell_of_danger
from obshto.modules.feeds.services.posts import draft_of, edit_post
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.subscribers import Wishes, confirm, subscribe
from obshto.platform.search.services import index_what_changed
from obshto.platform.unit_of_work import Principal

DAY, NIGHT = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 23, tzinfo=UTC)


def send(uow, message):
    messages.confirm_message(uow, message, expected_version=message.version)
    uow.session.flush()


def go_on(uow, message, title, *, is_all_clear=False):
    crisis = queries.crisis_of(uow, message.crisis_id)
    words = replace(messages.words_of(message), title=title)
    once = uuid4()
    new = messages.write_next(uow, crisis, words, is_all_clear=is_all_clear, request_id=once)
    new.changed_by_id = uuid4()
    uow.session.flush()
    return new


def facts(uow):
    return [fact.name.partition(":")[2] for fact in uow.facts]


def tell(uow):
    """What the job of letters does with the last fact."""
    write_letters(uow, fact=uow.facts[-1].name, payload=uow.facts[-1].payload(), cause=str(uuid4()))


def follow(uow, name, *, topics=("news:all",), places=("00002",)):
    found = subscribe(uow, f"{name}@example.com", Wishes(topics=topics, places=places))
    confirm(uow, found)
    uow.session.flush()
    return found.id


def heard(uow):
    rows = select(Message).where(Message.is_bulk, Message.state != State.REPLACED)
    return sorted(str(one.subscriber_id) for one in uow.session.scalars(rows))


def test_the_second_person_lets_it_go_once(uow, write):
    message, seen = write(uow), 2
    messages.confirm_message(uow, message, expected_version=seen)
    messages.confirm_message(uow, message, expected_version=seen)
    assert facts(uow) == ["message.asked", "crisis.begun"]
    assert (
        not message.is_alone
        and queries.told_text(uow, queries.public_crisis(uow, message.crisis_id)) is message
    )


@pytest.mark.parametrize(
    ("hour", "minutes", "refusal"),
    [(DAY, 60, NeedsSecondPerson), (NIGHT, 1, WaitAlone), (NIGHT, 2, None)],
)
def test_who_wrote_it_lets_it_go_alone_at_night_after_two_minutes(
    uow, write, hour, minutes, refusal
):
    message, work = write(uow), replace(uow, now=hour)
    message.changed_by_id, message.changed_at = None, hour - timedelta(minutes=minutes)
    uow.session.flush()
    if refusal:
        with pytest.raises(refusal):
            send(work, message)
        assert message.sent_at is None
        return
    send(work, message)
    assert message.is_alone and message.sent_at == hour


@pytest.mark.parametrize(
    ("start", "end", "is_night"), [(20, 7, False), (8, 18, True), (5, 5, True)]
)
def test_the_hours_of_the_night_are_a_setting(start, end, is_night):
    settings = CrisisSettings(night_from=start, night_until=end)
    assert messages.is_night(settings, DAY) is is_night


def test_the_late_one_of_two_editors_reads_who_changed_what(uow, write):
    message = write(uow)
    seen, words = message.version, messages.words_of(message)
    first = replace(words, title="Реката приижда", phone="+35993811111")
    messages.edit_message(uow, message, first, expected_version=seen)
    for act in (
        lambda: messages.edit_message(uow, message, words, expected_version=seen),
        lambda: messages.confirm_message(uow, message, expected_version=seen),
        lambda: messages.drop_message(uow, message, expected_version=seen),
    ):
        with pytest.raises(MessageChanged) as refused:
            act()
        assert "какво се случва, телефон" in str(refused.value)
    assert message.title == "Реката приижда" and message.sent_at is None


def test_an_update_replaces_the_text_and_one_waits_at_a_time(uow, write):
    first = write(uow)
    send(uow, first)
    second = go_on(uow, first, "Реката спада")
    with pytest.raises(MessagePending):
        go_on(uow, first, "Трети текст")
    (alarm,) = CrisisAlarms().here(uow)
    assert (alarm.title, alarm.number, alarm.places) == ("Реката прелива", 1, "село Поле")
    send(uow, second)
    (alarm,) = CrisisAlarms().here(uow)
    assert (alarm.title, alarm.number) == ("Реката спада", 2)
    send(uow, go_on(uow, second, "Опасността премина", is_all_clear=True))
    assert list(CrisisAlarms().here(uow)) == []
    with pytest.raises(CrisisOver):
        go_on(uow, second, "Пак")
    assert facts(uow)[-1] == "crisis.ended"


def test_everybody_there_hears_whatever_they_follow_and_once(uow, write):
    there, everywhere = follow(uow, "there"), follow(uow, "everywhere", places=())
    follow(uow, "elsewhere", places=("00001",))
    message = write(uow)
    send(uow, message)
    fact, cause = uow.facts[-1], str(uuid4())
    for _again in range(2):  # killed before it said that it was done
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)
    assert heard(uow) == sorted(map(str, (there, everywhere)))
    reach = spoken.outlook_of(uow, queries.crisis_of(uow, message.crisis_id), message)
    assert reach.letters == 2


def test_the_end_is_told_to_those_who_were_told(uow, write):
    there = follow(uow, "there")
    message = write(uow)
    send(uow, message)
    tell(uow)
    uow.session.scalars(select(Message).where(Message.is_bulk)).one().state = State.HANDED_OVER
    late = follow(uow, "late")
    send(uow, go_on(uow, message, "Опасността премина", is_all_clear=True))
    tell(uow)
    assert heard(uow) == [str(there), str(there)] and str(late) not in heard(uow)


def test_a_rehearsal_reaches_who_agreed_and_shows_nothing_in_public(uow, uow_in, write):
    follow(uow, "there")
    agreed = follow(uow, "agreed", topics=("crisis:rehearsal",))
    message = write(uow, is_rehearsal=True)
    send(uow, message)
    tell(uow)
    assert facts(uow)[-1] == "rehearsal.told" and heard(uow) == [str(agreed)]
    crisis = queries.crisis_of(uow, message.crisis_id)
    assert list(CrisisAlarms().here(uow)) == [] and list(entries_of(uow, None)) == []
    with pytest.raises(NoSuchCrisis):
        queries.public_crisis(uow, crisis.id)
    show_in_region(uow, crisis.id)
    with uow_in("") as region:
        assert list(CrisisAlarms().in_region(region)) == []
    posts = spoken.post_texts(uow, crisis, message).values()
    assert all("УЧЕНИЕ" in one and "http" not in one for one in posts)
    assert paper_of(uow, crisis.id).kind == "УЧЕНИЕ"


def test_the_region_shows_what_stands_and_lets_go_of_it(uow, uow_in, write):
    message = write(uow)
    send(uow, message)
    crisis_id = message.crisis_id
    for _again in range(2):
        show_in_region(uow, crisis_id)
    with uow_in("") as region:
        (alarm,) = CrisisAlarms().in_region(region)
        assert (alarm.municipality, alarm.places) == ("gorno-selo", "село Поле")
    send(uow, go_on(uow, message, "Край", is_all_clear=True))
    show_in_region(uow, crisis_id)
    with uow_in("") as region:
        assert list(CrisisAlarms().in_region(region)) == []


def test_the_networks_get_it_at_once_and_urgently(uow, write):
    message = write(uow)
    send(uow, message)
    index_what_changed(uow)
    for _again in range(2):
        tell_of_danger(uow, "crisis", message.crisis_id)
        uow.session.flush()
    post = uow.session.scalars(select(Post)).one()
    assert post.is_urgent and post.title == "Реката прелива"
    assert post.approved_edition == post.edition and "region" in post.targets


def test_words_of_an_editor_that_wait_hold_back_neither_update_nor_end(uow, write):
    message = write(uow)
    send(uow, message)

    def told():
        index_what_changed(uow)
        [fact] = [one for one in uow.facts if one.name in REACTIONS][-1:]
        REACTIONS[fact.name].run(uow, payload=fact.payload())
        uow.session.flush()
        return uow.session.scalars(select(Post)).one()

    post, house = told(), uow.principal
    object.__setattr__(uow, "principal", Principal(person_id=uuid4(), name="Редактор Пробов"))
    shorter = replace(draft_of(post), title="Реката прелива, пазете се")
    edit_post(uow, post, shorter, expected_version=post.version)
    object.__setattr__(uow, "principal", house)
    uow.session.flush()
    assert post.approved_edition != post.edition  # a colleague has to look at it
    for title, is_over in (("Реката спада", False), ("Край на опасността", True)):
        message = go_on(uow, message, title, is_all_clear=is_over)
        send(uow, message)
        assert told().title.endswith(title)
        assert post.approved_edition == post.edition


def test_posts_fit_their_networks_and_end_with_the_address(uow, write):
    message = write(uow, text="Дълго. " * 150, advice="Качете се на високо.")
    send(uow, message)
    crisis = queries.crisis_of(uow, message.crisis_id)
    for name, said in spoken.post_texts(uow, crisis, message).items():
        assert len(said) <= spoken.NETWORKS[name] and said.endswith(crisis.path)


def test_an_official_leaves_no_name_beside_the_text(uow, write):
    message, person = write(uow), uuid4()
    message.written_by_id = person
    uow.session.flush()
    assert [one["title"] for one in export(uow, person)["warnings"]] == ["Реката прелива"]
    erase(uow, person)
    uow.session.expire_all()
    assert message.written_by == "" and export(uow, person)["warnings"] == []


def test_seeding_twice_is_seeding_once(uow):
    def number():
        return uow.session.scalar(select(func.count()).select_from(Crisis))

    seed(uow)
    before = number()
    seed(uow)
    assert before == number() == 3
