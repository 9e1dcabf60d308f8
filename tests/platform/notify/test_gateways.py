"""One suite for every gateway, over real HTTP, with a server that behaves badly on purpose."""

import json
import socket
from contextlib import closing
from urllib.parse import parse_qs

import pytest

from obshto.platform.notify.sms.failover import FolderPhones, Gateways
from obshto.platform.notify.sms.gateways import gateway_of, is_gateway
from obshto.platform.notify.sms.port import (
    DeliveryOutcome,
    DeliveryReport,
    Receipt,
    ShortMessage,
    Unanswered,
)
from obshto.platform.notify.transport import FolderTransport, Refused, Unreachable

ID = "0" * 31 + "1"
SMS = {"message_id": ID, "sender": "GORNO", "recipient": "+359888123456"}
SMS |= {"text": "Няма вода", "report_url": "https://gorno-selo.example/notify/sms/x/y?by="}


class Infobip:
    """What its provider answers, as its pages document it."""

    url, path = "infobip+http://key@{host}", "/sms/2/text/advanced"
    taken = {
        "messages": [
            {"messageId": ID, "status": {"groupName": "PENDING", "name": "PENDING_ACCEPTED"}}
        ]
    }
    wrong_number = (
        200,
        {
            "messages": [
                {
                    "messageId": ID,
                    "status": {"groupName": "REJECTED", "name": "REJECTED_DESTINATION"},
                }
            ]
        },
    )
    no_credit = (
        200,
        {
            "messages": [
                {
                    "messageId": ID,
                    "status": {"groupName": "REJECTED", "name": "REJECTED_NOT_ENOUGH_CREDITS"},
                }
            ]
        },
    )
    wrong_key = (401, {"requestError": {"serviceException": {"messageId": "UNAUTHORIZED"}}})
    remote_id = ID

    @staticmethod
    def sent(headers, body):
        (one,) = json.loads(body)["messages"]
        assert headers["Authorization"] == "App key"
        (to,) = one["destinations"]
        assert to == {"to": "359888123456", "messageId": ID}
        return one["from"], one["text"], one["notifyUrl"]

    @staticmethod
    def report(group, name="x", error=""):
        row = {
            "messageId": ID,
            "status": {"groupName": group, "name": name},
            "error": {"name": error},
        }
        return json.dumps({"results": [row]}).encode()

    delivered = report("DELIVERED")
    failed = report("EXPIRED", "EXPIRED_EXPIRED")
    no_number = report("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", "EC_UNKNOWN_SUBSCRIBER")
    on_its_way = report("PENDING", "PENDING_ENROUTE")
    reply = json.dumps(
        {"results": [{"from": "359888123456", "to": "1917", "text": "Стоп"}]}
    ).encode()


class Twilio:
    """The same of the other."""

    url, path = "twilio+http://AC1:token@{host}", "/2010-04-01/Accounts/AC1/Messages.json"
    taken = {"sid": "SM1", "status": "queued"}
    wrong_number = (400, {"code": 21211, "message": "The 'To' number is not a valid phone number."})
    no_credit = (400, {"code": 21606, "message": "The From phone number is not valid"})
    wrong_key = (401, {"code": 20003})
    remote_id = "SM1"

    @staticmethod
    def sent(headers, body):
        told = {name: one for name, (one,) in parse_qs(body.decode()).items()}
        assert headers["Authorization"].startswith("Basic ") and told["To"] == "+359888123456"
        return told["From"], told["Body"], told["StatusCallback"]

    delivered = b"MessageSid=SM1&MessageStatus=delivered"
    failed = b"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003"
    no_number = b"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30005"
    on_its_way = b"MessageSid=SM1&MessageStatus=sent"
    reply = "From=%2B359888123456&To=1917&Body=Стоп".encode()


@pytest.fixture(params=[Infobip, Twilio], ids=["infobip", "twilio"])
def words(request):
    return request.param


@pytest.fixture
def gateway(words, elsewhere):
    """Patient for a second."""
    return gateway_of(words.url.format(host=elsewhere.address.partition("//")[2]), timeout=1)


@pytest.fixture
def answers(words, elsewhere):
    """answers(status, told): what the server says to the next messages."""

    def say(status, told):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        elsewhere.pages[words.path] = (status, {"Content-Type": "application/json"}, body)

    return say


def test_a_message_is_handed_over_with_all_that_it_needs(gateway, words, answers, elsewhere):
    answers(200, words.taken)
    receipt = gateway.send(ShortMessage(**SMS))
    assert receipt == Receipt(gateway=gateway.name, remote_id=words.remote_id)
    ((method, path, headers, body),) = elsewhere.heard
    assert (method, path) == ("POST", words.path)
    said = ("GORNO", "Няма вода", f"{SMS['report_url']}{gateway.name}")
    assert words.sent(headers, body) == said


def test_what_is_wrong_with_the_number_is_refused_for_good(gateway, words, answers):
    answers(*words.wrong_number)
    with pytest.raises(Refused, match=DeliveryOutcome.NO_SUCH_NUMBER):
        gateway.send(ShortMessage(**SMS))


@pytest.mark.parametrize("trouble", ["no_credit", "wrong_key"])
def test_what_is_wrong_with_our_account_loses_no_message(gateway, words, answers, trouble):
    answers(*getattr(words, trouble))
    with pytest.raises(Unreachable) as said:
        gateway.send(ShortMessage(**SMS))
    assert not isinstance(said.value, Unanswered)


@pytest.mark.parametrize("status", [302, 403, 429, 500, 502, 503])
def test_a_gateway_that_cannot_now_is_away(gateway, answers, status):
    answers(status, b"<html>oops")
    with pytest.raises(Unreachable) as said:
        gateway.send(ShortMessage(**SMS))
    assert not isinstance(said.value, Unanswered)


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"messages": []}', b"<p>OK"]
)
def test_a_success_that_says_nothing_leaves_it_open(gateway, answers, told):
    answers(200, told)
    with pytest.raises(Unanswered):
        gateway.send(ShortMessage(**SMS))


def hang_up(handler, body):
    handler.connection.shutdown(socket.SHUT_RDWR)


def stay_silent(handler, body):
    handler.connection.settimeout(5)
    handler.connection.recv(1)


def break_off(handler, body):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"mess')
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("badly", [hang_up, stay_silent, break_off])
def test_a_line_that_breaks_after_all_was_told_leaves_it_open(gateway, words, elsewhere, badly):
    elsewhere.pages[words.path] = badly
    with pytest.raises(Unanswered):
        gateway.send(ShortMessage(**SMS))


def test_nobody_at_that_address_is_away(words):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        host = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unreachable) as said:
            gateway_of(words.url.format(host=host)).send(ShortMessage(**SMS))
    assert not isinstance(said.value, Unanswered)


def test_no_trouble_names_the_phone_or_the_key(gateway, answers, words):
    for status, told in (
        words.wrong_number,
        words.no_credit,
        words.wrong_key,
        (500, b"+359888123456"),
    ):
        answers(status, told)
        with pytest.raises((Refused, Unreachable)) as said:
            gateway.send(ShortMessage(**SMS))
        assert "888123456" not in str(said.value) and "token" not in str(said.value)


def test_reports_are_read_as_they_are_meant(gateway, words):
    read = {
        words.delivered: DeliveryOutcome.DELIVERED,
        words.failed: DeliveryOutcome.FAILED,
        words.no_number: DeliveryOutcome.NO_SUCH_NUMBER,
        words.on_its_way: DeliveryOutcome.ON_ITS_WAY,
    }
    for body, outcome in read.items():
        told = gateway.report(body)
        assert isinstance(told, DeliveryReport) and told.outcome is outcome


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"null", b"\xff", b"a=b", b"[" * 9000])
def test_what_is_no_report_says_nothing(gateway, body):
    assert gateway.report(body) is None and gateway.reply(body) is None


def test_an_answer_of_somebody_is_read(gateway, words):
    assert gateway.reply(words.reply) == ("+359888123456", "Стоп")


@pytest.mark.parametrize(
    "url",
    ["", "infobip://", "infobip://host", "twilio://AC1@host", "smsc://k@h", "infobip+ftp://k@h"],
)
def test_another_address_is_no_gateway(url):
    assert not is_gateway(url)


@pytest.mark.parametrize(
    "broken",
    [
        {"recipient": "0888123456"},
        {"sender": "Община"},
        {"sender": "A" * 12},
        {"text": ""},
        {"message_id": "1"},
    ],
)
def test_a_message_that_no_gateway_could_take_is_never_made(broken):
    with pytest.raises(ValueError, match="a|not"):
        ShortMessage(**SMS | broken)


class Stub:
    """A gateway that does what it is told."""

    def __init__(self, name, trouble=None):
        self.name, self.trouble, self.heard = name, trouble, []

    def send(self, message):
        self.heard.append(message)
        if self.trouble:
            raise self.trouble
        return Receipt(gateway=self.name)


def test_the_second_takes_what_the_first_cannot_and_then_is_asked_first():
    first, second = Stub("first", Unreachable("first: 503")), Stub("second")
    both = Gateways([first, second])
    for _ in range(3):
        assert both.send(ShortMessage(**SMS)).gateway == "second"
    assert (len(first.heard), len(second.heard)) == (1, 3)


def test_a_refusal_is_not_carried_to_the_next():
    first, second = Stub("first", Refused("no such number")), Stub("second")
    with pytest.raises(Refused):
        Gateways([first, second]).send(ShortMessage(**SMS))
    assert second.heard == []


def test_what_may_have_been_taken_is_not_told_to_the_second_at_once():
    first, second = Stub("first", Unanswered("first: timeout")), Stub("second")
    both = Gateways([first, second])
    with pytest.raises(Unanswered):
        both.send(ShortMessage(**SMS))
    assert second.heard == []
    assert both.send(ShortMessage(**SMS), but="first").gateway == "second"


def test_one_alone_is_asked_however_it_failed():
    alone = Stub("alone", Unreachable("alone: 503"))
    one = Gateways([alone])
    for _ in range(2):
        with pytest.raises(Unreachable):
            one.send(ShortMessage(**SMS), but="alone")
    assert len(alone.heard) == 2


def test_both_away_is_away():
    both = Gateways([Stub("a", Unreachable("a: 1")), Stub("b", Unreachable("b: 2"))])
    with pytest.raises(Unreachable, match="a: 1; b: 2"):
        both.send(ShortMessage(**SMS))


def test_in_development_they_lie_beside_the_letters(tmp_path):
    FolderPhones(tmp_path).send(ShortMessage(**SMS))
    (letter,) = FolderTransport(tmp_path).letters()
    assert (letter.subject, letter.text.strip()) == ("SMS", SMS["text"])
