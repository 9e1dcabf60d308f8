"""Letters that come back as letters: what closes an address, what never does."""

import smtplib
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from obshto.platform.notify.bounces.address import ReturnAddress, return_address, takes_returns
from obshto.platform.notify.bounces.report_parser import LARGEST, read_verdict
from obshto.platform.notify.bounces.services import take_verdict
from obshto.platform.notify.delivery import send_letter
from obshto.platform.notify.delivery_stats import numbers_of, outbox_numbers
from obshto.platform.notify.job_names import RETURNS, TRANSPORT
from obshto.platform.notify.models import Message, State, Subscriber, Suppression
from obshto.platform.notify.subscribers import (
    FORGIVEN,
    Wishes,
    confirm,
    subscribe,
    subscribe_person,
)
from obshto.platform.notify.transport import SmtpTransport

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SHAPES = Path(__file__).parents[2] / "data" / "bounces"
WHO, HOME = "ivanka@example.org", "bounces@obshto.example"
WISHES = Wishes(topics=("notices:water",), places=())
# As each of them says that there is no such mailbox: shape, status, the server's words.
UNKNOWN = {
    "postfix": ("postfix", "5.1.1", "550 5.1.1 <ivanka@example.org>: User unknown"),
    "exim": ("exim", "", "550 5.1.1 No such user here"),
    "exim, of a server without details": ("exim", "", "550 No Such User Here"),
    "exchange": ("exchange", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found"),
    "gmail": (
        "gmail",
        "5.1.1",
        "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
        " 550-5.1.1 double-checking the recipient's email address for typos or\n"
        " 550 5.1.1 unnecessary spaces. ffacd0b85a97d - gsmtp",
    ),
    "gmail, closed": ("gmail", "5.2.1", "550-5.2.1 The account is inactive. gsmtp"),
}
# What says nothing of the address, or not for good.
OTHERWISE = {
    "a full mailbox": ("postfix", "5.2.2", "552 5.2.2 Mailbox full"),
    "taken for spam": ("gmail", "5.7.1", "550 5.7.1 Our system has detected that this is spam"),
    "given up after days": ("postfix", "4.4.1", "451 4.4.1 connect: Connection timed out"),
    "an unknown person, but only now": ("postfix", "4.1.1", "550 5.1.1 unknown"),
    "at its edge": ("exchange", "5.4.1", "550 5.4.1 Recipient address rejected: Access denied"),
    "without a route": ("postfix", "5.4.4", "X"),
}


def report(to, shape="postfix", status="5.1.1", said="550 5.1.1 unknown", **more):
    """The whole letter as it comes off the wire."""
    values = {"who": WHO, "action": "failed", **more}
    text = (SHAPES / f"{shape}.eml").read_text()
    return _wired(text.format(to=to, status=status, said=said, **values))


def complaint(to, *, kind="abuse", told_in="report", came_as="message/rfc822"):
    """`told_in`: where the complaint says which letter it is about."""
    mail_from = f"Original-Mail-From: <{to}>\n" if told_in == "report" else ""
    returned = f"Return-Path: <{to}>\n" if told_in == "letter" else ""
    told = {"kind": kind, "mail_from": mail_from, "returned": returned, "came_as": came_as}
    return _wired((SHAPES / "complaint.eml").read_text().format(**told))


def _wired(text):
    return text.replace("\n", "\r\n").encode()


@pytest.fixture(autouse=True)
def returning(app, monkeypatch):
    monkeypatch.setitem(app.extensions, RETURNS, HOME)


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def letter(uow):
    """A letter that a mail server took."""
    reader = subscribe(uow, WHO, WISHES)
    confirm(uow, reader)
    uow.session.flush()
    message = uow.session.scalars(select(Message)).one()
    message.state, message.handed_over_at = State.HANDED_OVER, uow.now
    message.subject_id = uuid4()
    uow.session.flush()
    return message


@pytest.fixture
def address(uow, letter):
    return return_address(uow, letter.id)


@pytest.fixture
def take(uow):
    """take(raw): whether anything followed."""

    def go(raw, recipient=""):
        verdict = read_verdict(raw, recipient)
        taken = verdict is not None and take_verdict(uow, verdict)
        uow.session.flush()
        return taken

    return go


@pytest.fixture
def closed(uow):
    """closed(): by what each address is closed."""
    return lambda: list(uow.session.scalars(select(Suppression.trouble)))


# -- what closes -----------------------------------------------------------------------------


@pytest.mark.parametrize("how", UNKNOWN)
def test_a_mailbox_that_does_not_exist_gets_nothing_more(how, letter, address, take, closed):
    shape, status, said = UNKNOWN[how]
    assert take(report(address, shape, status, said))
    assert letter.state == State.REFUSED
    assert closed() == [letter.trouble] and letter.trouble.startswith("550")


@pytest.mark.parametrize("how", OTHERWISE)
def test_what_is_not_of_the_address_closes_nothing(how, letter, address, take, closed):
    shape, status, said = OTHERWISE[how]
    assert take(report(address, shape, status, said))
    assert (letter.state, closed()) == (State.REFUSED, [])


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
@pytest.mark.parametrize("shape", ["postfix", "exim", "exchange", "gmail"])
def test_what_has_not_failed_is_nothing(shape, action, letter, address, take, closed):
    assert not take(report(address, shape, action=action))
    assert (letter.state, letter.trouble, closed()) == (State.HANDED_OVER, None, [])


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"told_in": "letter"},
        {"told_in": "letter", "came_as": "text/rfc822-headers"},
        {"kind": "Opt-Out"},
    ],
)
def test_a_complaint_closes_and_the_letter_was_told(how, uow, letter, address, take, closed):
    assert take(complaint(address, **how))
    assert (letter.state, closed()) == (State.HANDED_OVER, ["complaint"])
    assert numbers_of(uow, letter.subject_id)[0].complained == 1
    assert not take(complaint(address, **how))


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "other", "virus"])
def test_other_feedback_is_no_complaint(kind, address, take, closed, letter):
    assert not take(complaint(address, kind=kind))
    assert closed() == []


def test_who_passes_letters_on_keeps_their_address(letter, address, take, closed):
    assert take(report(address, who="son@elsewhere.example"))
    assert (letter.state, letter.trouble, closed()) == (State.REFUSED, "550 5.1.1", [])


def test_a_domain_in_cyrillic_is_the_same_in_ascii(uow, letter, address, take, closed):
    reader = uow.session.get_one(Subscriber, letter.subscriber_id)
    reader.address = "ivanka@кула.бг"
    assert take(report(address, who=f"Ivanka@{'кула.бг'.encode('idna').decode()}"))
    assert len(closed()) == 1


def test_a_letter_to_staff_closes_their_address_too(uow, letter, address, take, closed):
    letter.subscriber_id, letter.recipient = None, WHO
    assert take(report(address))
    assert len(closed()) == 1


def test_a_letter_of_several_things_told_none_of_them(uow, letter, address, take):
    letter.is_bulk = True
    part = Message(cause=uuid4(), fact="test", language="bg", state=State.HANDED_OVER)
    part.accepted_at, part.digest_id, part.is_bulk = uow.now, letter.id, True
    uow.session.add(part)
    uow.session.flush()
    assert take(report(address))
    uow.session.refresh(part)
    assert (part.state, part.trouble) == (State.REFUSED, "550 5.1.1")


def test_told_twice_or_late_it_changes_nothing(uow, letter, address, take, closed):
    assert take(report(address))
    uow.session.execute(update(Suppression).values(at=uow.now - 2 * FORGIVEN))
    subscribe_person(uow, uuid4(), WHO, WISHES, expected_version=0)  # they ask anew
    assert closed() == []
    assert not take(report(address))
    assert closed() == []


def test_who_stopped_meanwhile_is_not_looked_for(uow, letter, address, take, closed):
    letter.subscriber_id = None
    assert take(report(address))
    assert closed() == []


# -- who may say so --------------------------------------------------------------------------


def _changed(address, at):
    """Another letter at this place of the word."""
    name, _, rest = address.partition("+")
    other = "a" if rest[at] != "a" else "b"
    return f"{name}+{rest[:at]}{other}{rest[at + 1 :]}"


@pytest.mark.parametrize("at", [8, 20, 33, 40, 47])
def test_a_forged_address_closes_nobody(at, letter, address, take, closed):
    assert not take(report(_changed(address, at)))
    assert not take(complaint(_changed(address, at)))
    assert (letter.state, closed()) == (State.HANDED_OVER, [])


def test_a_report_without_the_word_says_nothing(letter, address, take, closed):
    for to in (HOME, f"bounces+{letter.id.hex}@obshto.example", "+@", f"{address[:-20]}"):
        assert not take(report(to))
    assert closed() == []


def test_a_word_of_a_letter_inside_a_report_of_another_is_not_it(letter, address, take, closed):
    raw = report(HOME).replace(b"Text.", f"Return-Path: <{address}>\r\nTo: {address}".encode())
    assert not take(raw)
    assert closed() == []


def test_a_neighbour_does_not_know_the_word(uow_in, letter, address, take):
    with uow_in(NEIGHBOUR) as there:
        assert not ReturnAddress.found_in(address).is_ours()
        other = return_address(there, letter.id)
    assert not take(report(other))
    assert ReturnAddress.found_in(address).may_be_of(VILLAGE)
    assert not ReturnAddress.found_in(address).may_be_of(NEIGHBOUR)


def test_a_server_may_make_letters_small_or_large_and_tell_the_address_itself(address, take):
    assert take(report("x@y.example"), recipient=address.upper())


# -- what is sent to us ----------------------------------------------------------------------

DEEP = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5000))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: b"\x00\xff\xfe" * 1000,
        lambda raw: raw.replace(b"multipart/report", b"text/plain"),
        lambda raw: raw.replace(b"message/delivery-status", b"text/html"),
        lambda raw: raw.replace(b"Action: failed", b"Action: \xff\x00failed"),
        lambda raw: raw.replace(b"Action: failed", b""),
        lambda raw: raw.partition(b"Final-Recipient")[0],
        lambda raw: DEEP.encode() + raw,
        lambda raw: raw.replace(b"Action: failed", b"X: y\r\n\r\n" * 50_000 + b"Action: failed"),
        lambda raw: b"X: " + b"y" * LARGEST + b"\r\n" + raw,
        lambda raw: b"Subject: On holiday\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.",
    ],
)
def test_what_is_broken_hostile_or_no_report_is_dropped(spoil, letter, address, take, closed):
    assert not take(spoil(report(address)))
    assert (letter.state, closed()) == (State.HANDED_OVER, [])


def test_a_large_letter_that_comes_back_whole_is_understood(letter, address, take):
    raw = report(address).replace(b"Text.", b"line\r\n" * 2_000_000)
    assert take(raw)


def test_a_report_with_no_words_of_a_server_says_what_its_status_says(
    letter, address, take, closed
):
    raw = report(address).replace(b"Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n", b"")
    assert take(raw)
    assert closed() == ["5.1.1"]


# -- there and back --------------------------------------------------------------------------


def test_a_letter_leaves_with_its_own_address_and_comes_back_by_mail(
    uow, serving, mailbox, app, monkeypatch, take, closed
):
    with serving() as port:
        monkeypatch.setitem(app.extensions, TRANSPORT, SmtpTransport(f"smtp://127.0.0.1:{port}"))
        subscribe(uow, WHO, WISHES)
        uow.session.flush()
        message = uow.session.scalars(select(Message)).one()
        send_letter(uow, message_id=str(message.id))
        sender, (to,), _ = mailbox.envelopes[0]
        assert to == WHO and len(sender.partition("@")[0]) <= 64
        assert b"bounces+" not in mailbox.taken[0]  # readers answer to somebody else
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("", [sender], report(sender))
    _, (back,), _ = mailbox.envelopes[1]
    assert take(mailbox.taken[1], back)
    assert (message.state, closed()) == (State.REFUSED, ["550 5.1.1"])
    numbers = outbox_numbers(uow)
    assert (numbers["letters.refused"], numbers["letters.closed"]) == (1, 1)


def test_without_an_address_for_it_letters_come_back_to_who_sent_them(
    uow, letter, app, monkeypatch
):
    monkeypatch.setitem(app.extensions, RETURNS, "")
    assert return_address(uow, letter.id) is None


@pytest.mark.parametrize(
    "wrong", ["x", "a+b@x.example", f"{'b' * 16}@x.example", '"a b"@x.example']
)
def test_an_address_without_room_for_the_word_is_refused(wrong):
    assert takes_returns(HOME) and takes_returns(f"{'b' * 15}@x.example")
    assert not takes_returns(wrong)
