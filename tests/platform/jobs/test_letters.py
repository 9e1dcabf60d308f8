"""A letter leaves once, under one id, whatever its mail server says first."""

import pytest

from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import letter_of
from obshto.platform.notify.transport import SmtpTransport
from obshto.platform.permissions import Role

NOW = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"


@pytest.fixture
def letters(owner):
    """Id, state, trouble of each letter in the outbox of the village."""
    columns = "replace(id::text, '-', ''), state, trouble"
    told = f"SELECT {columns} FROM t_gorno_selo.notify_message"
    return lambda: [tuple(row) for row in owner(told)]


@pytest.fixture
def published(app, sign_in, publish, port, monkeypatch):
    """An item whose mayor hears of it by a mail server on that port."""
    monkeypatch.setitem(app.extensions, TRANSPORT, SmtpTransport(f"smtp://127.0.0.1:{port}"))
    sign_in("gorno-selo", Role.MAYOR, email="kmet@example.org")
    return publish()


def test_a_letter_is_handed_over_once(published, drain, mail, mailbox, letters, jobs):
    with mail():
        drain()
    ((message_id, state, trouble),) = letters()
    assert (state, trouble) == ("handed over", None)
    (letter,) = map(letter_of, mailbox.taken)
    assert (letter.message_id, letter.recipient) == (message_id, "kmet@example.org")
    assert str(published) in letter.text
    assert jobs("notify:send") == [("succeeded", 1)]


def test_a_letter_waits_for_a_mail_server_that_is_away_and_keeps_its_id(
    published, drain, mail, mailbox, letters, jobs, queue
):
    drain()
    ((message_id, state, _),) = letters()
    assert state == "handing over"
    assert jobs("notify:send") == [("todo", 1)]
    with mail():
        mailbox.answers["DATA"] = "451 4.3.0 later"
        queue(NOW)
        drain()
        assert jobs("notify:send") == [("todo", 2)]
        mailbox.answers["DATA"] = "250 OK"
        queue(NOW)
        drain()
    assert letters() == [(message_id, "handed over", None)]
    assert [letter_of(raw).message_id for raw in mailbox.taken] == [message_id]


def test_a_letter_that_is_refused_is_not_tried_again(
    published, drain, mail, mailbox, letters, jobs, queue
):
    with mail():
        mailbox.answers["DATA"] = "550 5.1.1 no such person"
        drain()
        ((_, state, trouble),) = letters()
        assert (state, trouble) == ("refused", "550 5.1.1")
        assert jobs("notify:send") == [("succeeded", 1)]
        mailbox.answers["DATA"] = "250 OK"
        queue(NOW)
        drain()
    assert mailbox.taken == []


def test_the_job_that_writes_letters_writes_each_once_however_often_it_runs(
    published, drain, mail, mailbox, letters, jobs, queue
):
    with mail():
        drain()
        again = "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
        again += " SELECT task_name, queue_name, args FROM procrastinate_jobs"
        queue(f"{again} WHERE task_name IN ('notify:write', 'notify:send')")
        drain()
    assert len(letters()) == len(mailbox.taken) == 1
