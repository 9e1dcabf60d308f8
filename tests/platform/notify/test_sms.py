"""By SMS: a phone is confirmed by its code, each part is counted, STOP stops."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from support.sms_phones import NUMBER, VILLAGE, WATER, allow, code_in, sent_today

from obshto.billing.sharing.usage import REACTIONS
from obshto.platform.clock import now
from obshto.platform.modularity.manifest import Audience
from obshto.platform.notify.budgets import room_left, spent_today, warn_of_budgets
from obshto.platform.notify.delivery import drain_letters, send_letter
from obshto.platform.notify.errors import NoSmsToday, WrongCode
from obshto.platform.notify.models import (
    Channel,
    Message,
    State,
    Subscriber,
    Suppression,
    Text,
)
from obshto.platform.notify.reach_preview import outlook
from obshto.platform.notify.sms.message_text import example_of_many
from obshto.platform.notify.sms.phone_verification import ask_phone, confirm_phone
from obshto.platform.notify.sms.phones import is_mobile, read_number
from obshto.platform.notify.sms.port import DeliveryOutcome, DeliveryReport, Unanswered
from obshto.platform.notify.sms.reports import (
    take_reply,
    take_report,
)
from obshto.platform.notify.sms.segments import fitted, parts_of
from obshto.platform.notify.subscribers import Wishes, subscriber_with
from obshto.platform.notify.transport import Refused, Unreachable
from obshto.platform.web.language import speaking


@pytest.fixture
def uow(uow_in, phones):
    """Of a village that sends short messages."""
    with uow_in(VILLAGE) as begun:
        allow(begun)
        yield begun


@pytest.fixture
def reader(uow):
    """Somebody whose phone is confirmed."""
    found = ask_phone(uow, NUMBER, WATER)
    found.confirmed_at = uow.now
    uow.session.flush()
    return found


@pytest.fixture
def tell(uow):
    """tell(): a message about water waits for each reader; answers the rows."""

    def go(subject="Вода: авария", until=None):
        cause = uuid4()
        said = Text(
            cause=cause,
            language="bg",
            topic="notices:water",
            places=[],
            until=until,
            subject=subject,
            text="Дълъг текст",
        )
        uow.session.add(said)
        uow.session.flush()
        rows = [
            Message(
                cause=cause,
                fact="test",
                subscriber_id=one.id,
                channel=one.channel,
                language="bg",
                text_id=said.id,
                is_bulk=True,
                state=State.ACCEPTED,
                accepted_at=uow.now,
            )
            for one in uow.session.scalars(select(Subscriber))
        ]
        uow.session.add_all(rows)
        uow.session.flush()
        return rows

    return go


# -- parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("я" * 70, 1), ("я" * 71, 2), ("я" * 134, 2), ("я" * 135, 3),
        ("a" * 69 + "я", 1), ("€" * 80, 1), ("€" * 81, 2), ("😀" * 35, 1), ("😀" * 36, 2),
    ],
)  # fmt: skip
def test_a_message_is_counted_as_it_is_paid_for(said, parts):
    assert parts_of(said) == parts


def test_the_middle_gives_way_and_the_address_stays_whole():
    cut = fitted("Горно село: ", "дума " * 60, " https://gorno-selo.example/notify/x", parts=2)
    assert parts_of(cut) == 2 and cut.endswith("дума… https://gorno-selo.example/notify/x")


@pytest.mark.parametrize(
    "typed", ["0888 123 456", "+359 888 123456", "00359888123456", "0888-123-456"]
)
def test_a_number_is_read_as_people_write_it(typed):
    assert read_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "12", "0938 12 345", "+1 900 123 4567", "+44 7400 123456", "ало"]
)
def test_what_is_no_mobile_number_here_is_none(typed):
    assert read_number(typed) is None


# -- asking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["0888 123 456", "няма", ""])
def test_a_number_in_no_full_form_gets_no_message_and_breaks_no_letter(number):
    assert not is_mobile(number)


def test_a_code_comes_to_the_phone_and_confirms_it(uow):
    found = ask_phone(uow, NUMBER, WATER)
    assert found.confirmed_at is None and (found.channel, found.address) == ("sms", NUMBER)
    code = code_in(uow)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    with pytest.raises(WrongCode):
        confirm_phone(uow, NUMBER, wrong)
    assert confirm_phone(uow, NUMBER, code) is found and found.confirmed_at
    with pytest.raises(WrongCode):
        confirm_phone(uow, NUMBER, code)  # it held once


def test_a_code_ends(uow):
    ask_phone(uow, NUMBER, WATER)
    object.__setattr__(uow, "now", uow.now + timedelta(minutes=16))
    with pytest.raises(WrongCode):
        confirm_phone(uow, NUMBER, code_in(uow))


def test_neither_number_nor_code_lie_open(uow, owner):
    ask_phone(uow, NUMBER, WATER)
    code = code_in(uow)
    uow.commit()
    for table in ("notify_subscriber", "notify_message", "audit_entry"):
        for (row,) in owner(f"SELECT to_jsonb(t)::text FROM t_gorno_selo.{table} t"):
            assert "888123456" not in row and f" {code} " not in row


def test_who_has_confirmed_keeps_their_wishes_whoever_types_the_number(uow, reader):
    object.__setattr__(uow, "now", uow.now + timedelta(minutes=3))
    ask_phone(uow, NUMBER, Wishes(topics=("notices:road",), places=()))
    assert reader.topics == ["notices:water"]


def test_a_second_code_is_not_sent_at_once(uow):
    for _ in range(2):
        ask_phone(uow, NUMBER, WATER)
    assert len(uow.session.scalars(select(Message)).all()) == 1


def test_no_code_leaves_where_the_budget_is_spent(uow):
    allow(uow, sms_a_day=1)
    uow.session.add(sent_today(uow, parts=1))
    uow.session.flush()
    with pytest.raises(NoSmsToday):
        ask_phone(uow, NUMBER, WATER)


# -- sending ---------------------------------------------------------------------------------


def test_what_leaves_says_what_is_public_and_where_it_is_stopped(uow, reader, tell, phones):
    (row,) = tell()
    drain_letters(uow)
    (said,) = phones.heard
    assert (said.sender, said.recipient) == ("GORNO", NUMBER)
    assert said.text.startswith("Община Горно село: Вода: авария")
    token = said.text.rpartition("/notify/")[2]
    assert subscriber_with(uow, token).id == reader.id
    assert (row.state, row.parts, row.gateway) == (
        State.HANDED_OVER,
        parts_of(said.text),
        "infobip",
    )


def test_billing_hears_of_each_part_once(uow, reader, tell, queued):
    (row,) = tell()
    drain_letters(uow)
    told = [args for name, args in queued() if name == REACTIONS["notify:sms.sent"].name]
    assert [(args["payload"]["subject_id"], args["payload"]["parts"]) for args in told] == [
        (str(row.id), row.parts)
    ]


def test_what_nobody_answered_waits_for_a_report_and_then_goes_another_way(
    uow, reader, tell, phones
):
    (row,) = tell()
    phones.trouble = Unanswered("infobip: ReadTimeout")
    drain_letters(uow)
    assert row.state == State.HANDING_OVER and row.due_at >= now() + timedelta(minutes=9)
    drain_letters(uow)
    assert len(phones.heard) == 1
    row.due_at, phones.trouble = now(), None
    drain_letters(uow)
    assert phones.but == ["", "infobip"] and row.state == State.HANDED_OVER
    assert phones.heard[0].message_id == phones.heard[1].message_id


def test_a_report_that_it_was_taken_after_all_sends_it_no_second_time(uow, reader, tell, phones):
    (row,) = tell()
    phones.trouble = Unanswered("infobip: ReadTimeout")
    drain_letters(uow)
    take_report(
        uow, row.id, DeliveryReport(outcome=DeliveryOutcome.DELIVERED, code="ok"), gateway="infobip"
    )
    assert (row.state, row.due_at) == (State.HANDED_OVER, None) and row.delivered_at
    assert [fact.name for fact in uow.facts] == ["notify:sms.sent"]


def test_a_number_that_does_not_exist_is_not_written_to_again(uow, reader, tell, phones):
    tell()
    phones.trouble = Refused(f"{DeliveryOutcome.NO_SUCH_NUMBER}: 21211")
    drain_letters(uow)
    phones.trouble = None
    (row,) = tell()
    drain_letters(uow)
    assert (row.state, row.trouble, len(phones.heard)) == (State.REFUSED, "suppressed", 1)


def test_what_was_reported_lost_is_told_and_no_number_is_suppressed(uow, reader, tell):
    for outcome, suppressed in ((DeliveryOutcome.FAILED, 0), (DeliveryOutcome.NO_SUCH_NUMBER, 1)):
        (row,) = tell()
        drain_letters(uow)
        take_report(uow, row.id, DeliveryReport(outcome=outcome, code="x"), gateway="infobip")
        uow.session.flush()
        assert row.state == State.REFUSED
        assert len(uow.session.scalars(select(Suppression)).all()) == suppressed


def test_what_was_delivered_stays_so_whatever_comes_late(uow, reader, tell):
    (row,) = tell()
    drain_letters(uow)
    for outcome in (
        DeliveryOutcome.ON_ITS_WAY,
        DeliveryOutcome.DELIVERED,
        DeliveryOutcome.FAILED,
        DeliveryOutcome.DELIVERED,
    ):
        take_report(uow, row.id, DeliveryReport(outcome=outcome, code="x"), gateway="infobip")
    assert row.state == State.HANDED_OVER and row.delivered_at


def test_when_the_gateway_is_away_letters_leave_all_the_same(uow, reader, tell, phones):
    for _ in range(4):
        tell()
    phones.trouble = Unreachable("infobip: 503")
    letter = sent_today(uow)
    letter.channel, letter.is_bulk, letter.state = Channel.EMAIL, True, State.ACCEPTED
    letter.handed_over_at, letter.recipient = None, "ivanka@example.org"
    letter.subject = letter.text = "Писмо"
    uow.session.add(letter)
    uow.session.flush()
    drain_letters(uow)
    assert len(phones.heard) == 3 and letter.state == State.HANDED_OVER


def test_a_budget_counts_parts_and_holds_back_the_rest(uow, reader, tell, phones):
    allow(uow, sms_a_day=3)
    rows = [row for _ in range(3) for row in tell()]
    assert {parts_of(phones.heard[0].text) if phones.heard else 2} == {2}
    drain_letters(uow)
    assert [row.state for row in rows].count(State.HANDED_OVER) == 2
    assert room_left(uow)[Channel.SMS] == 0 and spent_today(uow)[Channel.SMS] == 4


def test_staff_hear_once_a_day_before_the_budget_is_spent(uow):
    allow(uow, sms_a_day=10)
    uow.session.add(sent_today(uow, parts=7))
    uow.session.flush()
    uow.facts.clear()
    warn_of_budgets(uow)
    assert uow.facts == []
    uow.session.add(sent_today(uow, parts=1))
    uow.session.flush()
    for _ in range(2):
        warn_of_budgets(uow)
    (fact,) = [one for one in uow.facts if one.name.startswith("notify:")]
    assert (fact.name, fact.channel, fact.spent) == ("notify:budget.nearly-spent", "sms", 8)


def test_without_a_sender_no_short_message_leaves(uow, reader, tell, phones):
    allow(uow, sms_sender="")
    (row,) = tell()
    drain_letters(uow)
    assert phones.heard == [] and row.state == State.ACCEPTED


def test_while_it_is_tried_out_only_staff_get_any(uow, reader, tell, phones):
    allow(uow, only_to_staff=True)
    (row,) = tell()
    drain_letters(uow)
    assert row.state == State.HELD and phones.heard == []


def test_what_is_over_is_not_sent_late(uow, reader, tell, phones):
    (row,) = tell(until=now() - timedelta(seconds=1))
    drain_letters(uow)
    assert row.state == State.TOO_LATE and phones.heard == []


def test_a_code_is_sent_by_its_own_job(uow, phones):
    ask_phone(uow, NUMBER, WATER)
    (job,) = [job for job in uow.jobs if job.name == "notify:send"]
    send_letter(uow, **job.arguments)
    assert re.fullmatch(
        r"Код \d{6} за абонамент от Община Горно село\. Не го .+", phones.heard[0].text
    )


def test_editors_are_told_what_it_costs_before_they_send(uow, reader):
    with speaking("bg"):
        sms = example_of_many("Община Горно село", "Вода: авария", uow.scope.address)
    told = outlook(uow, Audience(topic="notices:water"), sms=sms)
    assert (told.letters, told.sms, told.parts, told.cost, told.waits) == (0, 1, 2, 2, False)
    allow(uow, sms_a_day=1)
    assert outlook(uow, Audience(topic="notices:water"), sms=sms).waits
    assert outlook(uow, Audience(topic="notices:road"), sms=sms).sms == 0


# -- replies and reports over HTTP -----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "stops"), [("СТОП", 1), ("stop.", 1), (" Спри ", 1), ("Благодаря", 0), ("", 0)]
)
def test_stop_stops(uow, reader, words, stops):
    assert take_reply(uow, NUMBER, words) is bool(stops)
    uow.session.flush()
    assert len(uow.session.scalars(select(Subscriber)).all()) == 1 - stops
