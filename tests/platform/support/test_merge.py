"""Two things become one: whoever supports either is counted once, however they came."""

from uuid import uuid4

from sqlalchemy import update

from obshto.platform.db.base import new_id
from obshto.platform.support.merge import merge_support
from obshto.platform.support.models import Support
from obshto.platform.support.services import (
    UNSEEN,
    Supporter,
    SupportTotals,
    counts_of,
    give_support,
    is_supported_by,
    reach_of,
    withdraw_support,
)

PART, VILLAGE, EGN = "proposals", "gorno-selo", "6101057509"
PERSON = new_id()
ACCOUNT = Supporter(person_id=PERSON, email="one@villages.example", personal_number=EGN)
MAIL = Supporter(email="two@villages.example")
COUNTER = Supporter(personal_number=EGN, channel="counter")
PHONE = Supporter(phone="0888 123 456", channel="phone")


def give(uow, thing, *people):
    for who in people:
        give_support(uow, PART, thing, who, request_id=uuid4())


def totals(uow, thing):
    return counts_of(uow, PART, [thing])[thing]


def test_each_person_is_counted_once_whichever_way_they_came(uow_in):
    one, other = new_id(), new_id()
    with uow_in(VILLAGE) as uow:
        give(uow, one, ACCOUNT, MAIL, PHONE, Supporter(email="three@villages.example"))
        give(uow, other, COUNTER, MAIL, PHONE, Supporter(email="four@villages.example"))
        merged = merge_support(uow, PART, other, one)
        assert merged == totals(uow, one) == SupportTotals(online=4, entered=1)
        assert totals(uow, other) == SupportTotals()
        assert len(reach_of(uow, PART, one)) == 4 and not reach_of(uow, PART, other)
        assert merge_support(uow, PART, other, one) == merged, "twice is once"


def test_afterwards_everybody_is_known_by_what_they_gave_to_either(uow_in):
    one, other = new_id(), new_id()
    with uow_in(VILLAGE) as uow:
        give(uow, one, ACCOUNT)
        give(uow, other, COUNTER, MAIL, PHONE)
        merge_support(uow, PART, other, one)
        give(uow, one, MAIL, COUNTER, PHONE, ACCOUNT)
        assert totals(uow, one) == SupportTotals(online=2, entered=1)
        for who in (COUNTER, MAIL, PHONE, ACCOUNT):
            assert is_supported_by(uow, PART, one, who)
        for who in (COUNTER, MAIL, PHONE):
            assert withdraw_support(uow, PART, one, who, request_id=uuid4()).is_new
        assert totals(uow, one) == SupportTotals()
        give(uow, one, MAIL)
        assert totals(uow, one) == SupportTotals(online=1)


def test_what_was_merged_goes_along_once_more_and_old_rows_are_told_by_their_address(uow_in):
    one, other, third = new_id(), new_id(), new_id()
    with uow_in(VILLAGE) as uow:
        for thing in (one, other, third):
            give(uow, thing, ACCOUNT, MAIL)
        uow.session.execute(update(Support).values(matching_key=None), execution_options=UNSEEN)
        merge_support(uow, PART, other, one)
        merge_support(uow, PART, one, third)
        assert totals(uow, third) == SupportTotals(online=2)
        assert withdraw_support(uow, PART, third, MAIL, request_id=uuid4()).is_new
        assert totals(uow, third) == SupportTotals(online=1)
