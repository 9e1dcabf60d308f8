"""Letters to many leave by a real mail server: all of them, once, urgent first, within a budget."""

import os
import re
import signal
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import psycopg
import pytest
from flask_babel import get_locale
from sqlalchemy import select

from obshto.ops.compose import conninfo
from obshto.platform.clock import SOFIA, now
from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.manifest import Audience, Notification
from obshto.platform.notify.audience import write_to_audience
from obshto.platform.notify.delivery import PAGE, resume_letters
from obshto.platform.notify.digests import write_digests
from obshto.platform.notify.job_names import DRAIN, TRANSPORT
from obshto.platform.notify.letter import letter_of
from obshto.platform.notify.models import Message, Pace
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.subscribers import Wishes, confirm, subscribe, token_of
from obshto.platform.notify.transport import SmtpTransport
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of

VILLAGE = "gorno-selo"
AN_HOUR_LATER = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
RESCUE = """
    INSERT INTO procrastinate_jobs (task_name, queue_name, args)
    VALUES ('jobs:rescue', 'default', '{"timestamp": 0}')
"""
OUTBOX = "SELECT state, trouble, count(*) FROM t_gorno_selo.notify_message"
OUTBOX += " WHERE is_bulk GROUP BY 1, 2 ORDER BY 1"


@dataclass(frozen=True, kw_only=True)
class Told(DomainEvent):
    """For these tests."""

    name: ClassVar[str] = "test:thing.told"
    label: ClassVar[str] = "Казано"


def said(uow, payload):
    return f"{payload['text']} {get_locale().language}", "Налейте си вода.\n"


NOTICE = Notification(fact=Told, title="Казано", to=lambda *_: (), letter=said)


@pytest.fixture(autouse=True)
def by_mail(app, port, monkeypatch):
    monkeypatch.setitem(app.extensions, TRANSPORT, SmtpTransport(f"smtp://127.0.0.1:{port}"))


@pytest.fixture
def readers(uow_in, owner):
    """readers(3): so many who have confirmed; their tokens. Their own letters are not counted."""

    def make(number, **wishes):
        tokens = []
        with uow_in(VILLAGE) as uow:
            for one in range(number):
                asked = Wishes(topics=("notices:water",), places=(), **wishes)
                reader = subscribe(uow, f"r{one}@example.org", asked)
                confirm(uow, reader)
                tokens.append(token_of(reader))
            uow.session.flush()
            for letter in uow.session.scalars(select(Message)):
                uow.session.delete(letter)
            uow.jobs.clear()
            uow.commit()
        return tokens

    return make


@pytest.fixture
def tell(uow_in):
    """tell("Вода", …): written to all who follow the topic."""

    def go(text="Вода", subject=None, **audience):
        with uow_in(VILLAGE) as uow:
            payload = {"subject_id": str(subject or uuid4()), "text": text}
            to = Audience(topic="notices:water", **audience)
            write_to_audience(uow, NOTICE, to, payload, uuid4())
            uow.commit()

    return go


@pytest.fixture
def set_letters(uow_in):
    def put(**values):
        with uow_in(VILLAGE) as uow:
            expected_version = version_of(uow, "notify")
            save_settings(
                uow, "notify", NotifySettings(**values), expected_version=expected_version
            )
            uow.commit()

    return put


@pytest.fixture
def resume(uow_in):
    """The clock looks whether there is something to go on with."""

    def go():
        with uow_in(VILLAGE) as uow:
            resume_letters(uow)
            uow.commit()

    return go


@pytest.fixture
def outbox(owner):
    return lambda: [tuple(row) for row in owner(OUTBOX)]


def test_each_gets_one_with_the_way_to_stop_it(readers, tell, drain, mail, mailbox, outbox):
    tokens = readers(2, language="en")
    tell()
    with mail():
        drain()
    assert outbox() == [("handed over", None, 2)]
    letters = sorted(map(letter_of, mailbox.taken), key=lambda letter: letter.recipient)
    assert [letter.recipient for letter in letters] == ["r0@example.org", "r1@example.org"]
    for letter, token in zip(letters, tokens, strict=True):
        page = f"http://{VILLAGE}.localhost:8000/notify/{token}"
        assert letter.list_unsubscribe == f"{page}/stop"
        assert page.replace("/notify", "/en/notify") in letter.text
        assert (letter.subject, letter.language) == ("Вода en", "en")


def test_more_than_a_page_leaves_page_by_page(readers, tell, drain, mail, mailbox, outbox, jobs):
    readers(PAGE + 3)
    tell()
    with mail():
        drain()
    assert outbox() == [("handed over", None, PAGE + 3)]
    assert len({letter_of(raw).recipient for raw in mailbox.taken}) == PAGE + 3
    assert len(mailbox.taken) == PAGE + 3 and len(jobs(DRAIN)) == 2


def test_letters_of_others_have_their_turn_between_the_pages(
    readers, tell, drain, mail, mailbox, publish, sign_in
):
    readers(3 * PAGE)
    tell()
    sign_in(VILLAGE, Role.MAYOR, email="kmet@example.org")
    publish()
    with mail():
        drain()
    order = [letter_of(raw).recipient for raw in mailbox.taken]
    assert len(order) == 3 * PAGE + 1 and order.index("kmet@example.org") < 2 * PAGE + 1


def test_what_is_over_the_budget_waits_and_what_is_urgent_goes_first(
    readers, tell, drain, mail, mailbox, outbox, set_letters, resume, owner, queue
):
    set_letters(letters_a_day=3)
    readers(2)
    tell("Боклук"), tell("Пожар", is_urgent=True)
    with mail():
        drain()
        resume()
        drain()
        assert outbox() == [("accepted", None, 1), ("handed over", None, 3)]
        subjects = [letter_of(raw).subject for raw in mailbox.taken]
        assert subjects == ["Пожар bg", "Пожар bg", "Боклук bg"]
        yesterday(owner, queue)
        resume()
        drain()
    assert outbox() == [("handed over", None, 4)]


def yesterday(owner, queue):
    """What left today has left two days ago."""
    queue(
        "UPDATE t_gorno_selo.notify_message SET handed_over_at = now() - interval '2 days'"
        " WHERE handed_over_at IS NOT NULL"
    )


def test_a_letter_that_somebody_waits_for_leaves_over_the_budget(
    readers, tell, drain, mail, mailbox, set_letters, uow_in
):
    set_letters(letters_a_day=1)
    readers(1)
    tell()
    with uow_in(VILLAGE) as uow:
        subscribe(uow, "new@example.org", Wishes(topics=("notices:water",), places=()))
        uow.commit()
    with mail():
        drain()
    assert {letter_of(raw).recipient for raw in mailbox.taken} == {
        "r0@example.org",
        "new@example.org",
    }


def test_one_mailbox_that_is_full_keeps_nobody_else_waiting(
    readers, tell, drain, mail, mailbox, outbox, resume, owner, queue
):
    readers(3)
    tell()
    with mail():
        mailbox.refusals["r1@example.org"] = "452 4.2.2 full"
        drain()
        assert outbox() == [("handed over", None, 2), ("handing over", "452 4.2.2", 1)]
        mailbox.refusals.clear()
        resume()
        drain()
        assert len(mailbox.taken) == 2  # not yet due
        queue("UPDATE t_gorno_selo.notify_message SET due_at = now() WHERE due_at IS NOT NULL")
        resume()
        drain()
    assert outbox() == [("handed over", None, 3)]


def test_a_mail_server_that_is_away_is_left_in_peace(readers, tell, drain, outbox, jobs, owner):
    readers(5)
    tell()
    drain()
    states = {state: number for state, _, number in outbox()}
    assert states == {"handing over": 3, "accepted": 2} and len(jobs(DRAIN)) == 1


def test_an_address_that_does_not_exist_is_not_tried_a_second_time(
    readers, tell, drain, mail, mailbox, outbox
):
    readers(2)
    tell()
    with mail():
        mailbox.refusals["r0@example.org"] = "550 5.1.1 no such person"
        drain()
        assert outbox() == [("handed over", None, 1), ("refused", "550 5.1.1", 1)]
        mailbox.refusals.clear()
        tell()
        drain()
    assert [letter_of(raw).recipient for raw in mailbox.taken] == ["r1@example.org"] * 2


def test_a_refusal_that_is_not_of_the_address_closes_nothing(readers, tell, drain, mail, mailbox):
    readers(1)
    tell()
    with mail():
        mailbox.refusals["r0@example.org"] = "554 5.7.1 looks like spam"
        drain()
        mailbox.refusals.clear()
        tell()
        drain()
    assert len(mailbox.taken) == 1


def test_what_is_over_before_it_leaves_does_not_leave(readers, tell, drain, mail, mailbox, outbox):
    readers(1)
    tell(until=now() + timedelta(milliseconds=1))
    with mail():
        drain()
    assert mailbox.taken == [] and outbox() == [("too late", None, 1)]


def test_while_it_is_tried_out_only_staff_get_letters(
    readers, tell, drain, mail, mailbox, outbox, set_letters, sign_in
):
    set_letters(only_to_staff=True)
    readers(2)
    sign_in(VILLAGE, Role.EDITOR, email="R1@example.org")
    tell()
    with mail():
        drain()
    assert outbox() == [("handed over", None, 1), ("held", None, 1)]
    assert [letter_of(raw).recipient for raw in mailbox.taken] == ["r1@example.org"]


def test_a_letter_of_several_things_counts_for_each_of_them(
    readers, tell, drain, mail, mailbox, outbox, uow_in
):
    readers(1, pace=Pace.DAILY)
    tell("Вода"), tell("Ток")
    drain()
    assert outbox() == [("collected", None, 2)]
    with uow_in(VILLAGE) as uow:
        tomorrow = (uow.now.astimezone(SOFIA) + timedelta(days=1)).replace(hour=10)
        object.__setattr__(uow, "now", tomorrow.astimezone(uow.now.tzinfo))
        write_digests(uow)
        uow.commit()
    with mail():
        drain()
    (letter,) = map(letter_of, mailbox.taken)
    assert "Вода" in letter.text and "Ток" in letter.text
    assert outbox() == [("handed over", None, 3)]


def test_who_stopped_in_between_gets_nothing(readers, tell, drain, mail, mailbox, client, at):
    (token,) = readers(1)
    tell()
    one_click = {"List-Unsubscribe": "One-Click"}
    mailed = client.application.test_client()  # no browser: it says nothing of where it comes from
    answer = mailed.post(f"/notify/{token}/stop", data=one_click, base_url=at(VILLAGE))
    assert answer.status_code == 200
    with mail():
        drain()
    assert mailbox.taken == []


def test_no_address_and_no_token_is_told_to_the_log(
    readers, tell, drain, mail, mailbox, caplog, client, at
):
    caplog.set_level("DEBUG")
    (token,) = readers(1)
    client.get(f"/notify/{token}", base_url=at(VILLAGE))
    tell()
    with mail():
        mailbox.refusals["r0@example.org"] = "550 5.1.1 r0@example.org"
        drain()
    # The mail server stands in this process, and is not ours.
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("mail.")]
    assert ours and not [line for line in ours if re.search(f"r0@|{re.escape(token)}", line)]


def wait_for(what, seconds=120):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_a_worker_that_is_killed_before_it_sends_loses_no_letter_and_doubles_none(
    readers, tell, config, jobs, queue, drain, mail, mailbox, outbox, request
):
    readers(5)
    tell()
    queue(
        "UPDATE t_gorno_selo.notify_message SET state = 'handing over' WHERE id IN"
        " (SELECT id FROM t_gorno_selo.notify_message WHERE is_bulk LIMIT 1)"
    )
    with psycopg.connect(conninfo(config.migrator)) as holding:
        holding.execute("LOCK TABLE t_gorno_selo.notify_text")  # its words cannot be read
        worker = request.getfixturevalue("worker_process")
        wait_for(lambda: jobs(DRAIN)[0][0] == "doing")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert outbox() == [("accepted", None, 4), ("handing over", None, 1)]
    queue(AN_HOUR_LATER)
    queue(RESCUE)
    with mail():
        drain()
    assert outbox() == [("handed over", None, 5)]
    letters = [letter_of(raw) for raw in mailbox.taken]
    assert len(letters) == len({letter.recipient for letter in letters}) == 5
