"""Support counts a person once, however they come and however often, and forgets who it was."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest

from obshto.platform.db.base import new_id
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.address import Address
from obshto.platform.support import privacy, services
from obshto.platform.support.services import Supporter, SupportTotals

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PART = "proposals"
THREADS = 16


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def thing():
    return new_id()


def give(uow, thing, request_id=None, **known):
    who = Supporter(**known)
    return services.give_support(uow, PART, thing, who, request_id=request_id or uuid4())


def withdraw(uow, thing, **known):
    who = Supporter(**known)
    return services.withdraw_support(uow, PART, thing, who, request_id=uuid4())


def count(uow, thing):
    return services.counts_of(uow, PART, [thing])[thing]


def test_a_person_counts_once_and_again_after_taking_it_back(uow, thing):
    me = uuid4()
    assert count(uow, thing) == SupportTotals(0, 0)
    assert give(uow, thing, person_id=me) == services.Given(True, SupportTotals(1, 0))
    assert give(uow, thing, person_id=me) == services.Given(False, SupportTotals(1, 0))
    assert withdraw(uow, thing, person_id=me) == services.Given(True, SupportTotals(0, 0))
    assert withdraw(uow, thing, person_id=me) == services.Given(False, SupportTotals(0, 0))
    assert not services.is_supported_by(uow, PART, thing, Supporter(person_id=me))
    assert give(uow, thing, person_id=me).is_new
    assert services.is_supported_by(uow, PART, thing, Supporter(person_id=me))
    assert services.supported_by(uow, PART, me) == {thing}
    assert count(uow, thing) == SupportTotals(1, 0)


def test_other_things_and_other_parts_are_counted_by_themselves(uow, thing):
    me, other = uuid4(), new_id()
    give(uow, thing, person_id=me)
    give(uow, other, person_id=me)
    assert services.counts_of(uow, PART, [thing, other]) == {
        thing: SupportTotals(1),
        other: SupportTotals(1),
    }
    assert services.counts_of(uow, "initiatives", [thing]) == {thing: SupportTotals(0)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "Proba@Villages.example"}, {"email": " proba@villages.example "}),
        ({"phone": "0888 123 456"}, {"phone": "0888123456"}),
        ({"personal_number": "6101057509", "channel": "counter"}, {"email": "a@b.example"}),
    ],
)
def test_whatever_is_known_of_somebody_makes_them_one(uow, thing, first, second):
    me = uuid4()
    assert give(uow, thing, **first).is_new
    known = {**first, "channel": "portal", **second}
    assert not give(uow, thing, person_id=me, **known).is_new
    # What was newly learned is noted: the account alone is known as well from now on.
    assert not give(uow, thing, person_id=me).is_new
    assert count(uow, thing).total == 1
    assert withdraw(uow, thing, person_id=me).is_new
    assert count(uow, thing) == SupportTotals(0, 0)
    assert give(uow, thing, **first).is_new
    assert not give(uow, thing, person_id=me).is_new


def test_at_the_counter_they_are_marked_and_who_is_unknown_is_one_a_form(uow, thing):
    form = uuid4()
    assert give(uow, thing, form, channel="counter").is_new
    assert not give(uow, thing, form, channel="counter").is_new
    assert give(uow, thing, channel="phone").is_new
    give(uow, thing, person_id=uuid4())
    assert count(uow, thing) == SupportTotals(online=1, entered=2)


def test_those_who_can_be_told_are_told_and_a_withdrawn_address_is_gone(uow, thing):
    me = uuid4()
    give(uow, thing, person_id=me, email="of-the-account@villages.example")
    give(uow, thing, email="alone@villages.example", language="ro")
    alone = Address(None, "", "alone@villages.example", "ro")
    assert set(services.reach_of(uow, PART, thing)) == {me, alone}
    withdraw(uow, thing, email="alone@villages.example")
    assert set(services.reach_of(uow, PART, thing)) == {me}


def test_those_with_most_support_come_first(uow, thing):
    other, alone = new_id(), new_id()
    for number in range(3):
        give(uow, other, device=str(number))
    give(uow, thing, device="a")
    give(uow, alone, device="a")
    withdraw(uow, alone, device="a")
    first = services.most_supported(uow, PART, limit=5)
    assert list(first.items()) == [(other, SupportTotals(3)), (thing, SupportTotals(1))]
    assert list(services.most_supported(uow, PART, limit=1)) == [other]


def test_a_neighbour_sees_nothing_of_it(uow_in, thing):
    with uow_in(VILLAGE) as uow:
        give(uow, thing, email="a@villages.example")
        uow.commit()
    with uow_in(NEIGHBOUR) as uow:
        assert count(uow, thing) == SupportTotals(0, 0)
        assert give(uow, thing, email="a@villages.example").is_new
        assert count(uow, thing) == SupportTotals(1, 0)


def test_who_leaves_is_forgotten_and_stays_counted(uow, thing):
    me, clerk = uuid4(), uuid4()
    give(uow, thing, person_id=me, email="a@villages.example")
    [row] = privacy.export(uow, me)["support"]
    assert row["id"] == str(thing) and row["part"] == PART
    privacy.erase(uow, me)
    assert privacy.export(uow, me)["support"] == []
    assert list(services.reach_of(uow, PART, thing)) == []
    assert count(uow, thing) == SupportTotals(1, 0)
    privacy.erase(uow, clerk)


def test_after_the_end_the_count_stays_and_of_what_is_gone_nothing(uow, thing):
    give(uow, thing, email="a@villages.example")
    services.anonymize(uow, PART, [thing])
    assert list(services.reach_of(uow, PART, thing)) == []
    assert count(uow, thing) == SupportTotals(1, 0)
    services.forget(uow, PART, [thing])
    assert count(uow, thing) == SupportTotals(0, 0)


def test_sixteen_at_once_count_once_each(uow_in, owner, thing):
    """Twelve people, four of them twice: each total was seen by one of them alone."""
    together, seen = Barrier(THREADS), []
    with uow_in(VILLAGE) as uow:  # the key is fetched now, not by sixteen at once
        give(uow, new_id(), email="nobody@villages.example")

    def support(number):
        with uow_in(VILLAGE) as mine:
            together.wait(120)
            given = give(mine, thing, email=f"{number % 12}@villages.example")
            mine.commit()
            seen.append(given)

    threads = [Thread(target=support, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one.count.total for one in seen if one.is_new) == list(range(1, 13))
    assert sum(not one.is_new for one in seen) == 4
    assert owner("select online, entered from t_gorno_selo.support_count") == [(12, 0)]
    assert owner("select count(*) from t_gorno_selo.support_support") == [(12,)]


def test_what_was_dropped_is_not_counted(uow_in, thing):
    with uow_in(VILLAGE) as uow:
        give(uow, thing, email="a@villages.example")  # and no commit
    with uow_in(VILLAGE) as uow:
        assert count(uow, thing) == SupportTotals(0, 0)


def test_no_address_lies_readable(uow_in, owner, thing):
    with uow_in(VILLAGE) as uow:
        give(uow, thing, email="readable@villages.example", personal_number="6101057509")
        uow.commit()
    [kept] = owner("select string_agg(s::text, '') from t_gorno_selo.support_support s")
    lying = "".join(bytes.fromhex(part).decode("latin-1") for part in _hex(kept[0]))
    assert "readable" not in lying + kept[0] and "6101057509" not in lying + kept[0]


def _hex(text):
    return [part.split('"')[0] for part in text.split("\\x")[1:]]


def test_a_link_opens_where_and_for_what_it_was_made(uow_in):
    with uow_in(VILLAGE) as uow:
        token = make_token("support_support.link", {"email": "a@b.example"}, at=uow.now)
        assert read_token("support_support.link", token) == ({"email": "a@b.example"}, uow.now)
        assert "a@b" not in token
        for wrong in (token[:-2], "x", "", "я", "A" * 5_000):
            with pytest.raises(NoSuchLink):
                read_token("support_support.link", wrong)
        with pytest.raises(NoSuchLink):
            read_token("followers_follower.link", token)
    with uow_in(NEIGHBOUR), pytest.raises(NoSuchLink):
        read_token("support_support.link", token)
