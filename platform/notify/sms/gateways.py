"""Gateways over HTTP, each as its provider documents it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from obshto.platform.notify.sms.port import (
    DeliveryOutcome,
    DeliveryReport,
    Receipt,
    ShortMessage,
    Unanswered,
)
from obshto.platform.notify.transport import Refused, Unreachable
from obshto.platform.practice_exits import refuse_exit_in_practice

CONNECTING: Final = 5.0  # seconds
TIMEOUT: Final = 15.0  # seconds for the answer
LARGEST: Final = 64 * 1024  # bytes of a body that we read


class HttpGateway(ABC):
    """What all of them share: one request, whose fate is told apart.

    An account that is closed or a key that is wrong is Unreachable: it is ours to mend, the message
    is right. Only what the gateway says of this very message is Refused.
    """

    name: str

    def __init__(self, base: str, *, timeout: float = TIMEOUT) -> None:
        self._base, self._timeout = base, timeout

    def send(self, message: ShortMessage) -> Receipt:
        """See Gateway."""
        refuse_exit_in_practice()
        asked: dict[str, Any] = {"timeout": (CONNECTING, self._timeout), "allow_redirects": False}
        asked |= {"stream": True, **self._request(message)}
        try:
            with requests.post(**asked) as answer:
                status, body = answer.status_code, answer.raw.read(LARGEST, decode_content=True)
        except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise Unreachable(f"{self.name}: {type(error).__name__}") from None
        except requests.exceptions.ConnectionError as error:
            raise self._broken(error) from None
        except Exception as error:  # whatever came half-way: it may have been taken
            raise Unanswered(f"{self.name}: {type(error).__name__}") from None
        return self._judged(status, _json(body))

    def _broken(self, error: requests.exceptions.ConnectionError) -> Unreachable:
        """Nobody listens, or the line broke when everything was told."""
        is_refused = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
        return (Unreachable if is_refused else Unanswered)(f"{self.name}: no connection")

    def _judged(self, status: int, told: Any) -> Receipt:
        if 200 <= status < 300:
            return self._taken(told)
        if status == 400 or status == 404:
            self._refuse(told)
        raise Unreachable(f"{self.name}: {status}")

    @abstractmethod
    def _request(self, message: ShortMessage) -> dict[str, Any]:
        """Arguments of `requests.post`."""

    @abstractmethod
    def _taken(self, told: Any) -> Receipt:
        """The answer of a success. Raises Refused, Unanswered for one that says something else."""

    @abstractmethod
    def _refuse(self, told: Any) -> None:
        """Raise Refused where a 400 is of this message and not of our set-up."""


class InfobipGateway(HttpGateway):
    """Infobip, „Send SMS message“ (`/sms/2/text/advanced`); `base` is the account's own address."""

    name = "infobip"
    # Groups of https://www.infobip.com/docs/essentials/response-status-and-error-codes
    OUTCOMES: Final = {
        "PENDING": DeliveryOutcome.ON_ITS_WAY,
        "DELIVERED": DeliveryOutcome.DELIVERED,
    }
    NO_NUMBER: Final = frozenset(("EC_UNKNOWN_SUBSCRIBER", "EC_UNIDENTIFIED_SUBSCRIBER"))
    NO_NUMBER_STATUS: Final = frozenset(("REJECTED_DESTINATION", "UNDELIVERABLE_REJECTED_OPERATOR"))

    def __init__(self, base: str, key: str, *, timeout: float = TIMEOUT) -> None:
        super().__init__(base, timeout=timeout)
        self._key = key

    def _request(self, message: ShortMessage) -> dict[str, Any]:
        one = {
            "from": message.sender,
            "destinations": [{"to": message.recipient[1:], "messageId": message.message_id}],
            "text": message.text,
            "notifyUrl": f"{message.report_url}{self.name}",
            "notifyContentType": "application/json",
        }
        headers = {"Authorization": f"App {self._key}", "Accept": "application/json"}
        url = f"{self._base}/sms/2/text/advanced"
        return {"url": url, "json": {"messages": [one]}, "headers": headers}

    def _taken(self, told: Any) -> Receipt:
        try:
            (one,) = told["messages"]
            group, name = one["status"]["groupName"], one["status"]["name"]
        except (KeyError, TypeError, ValueError):
            raise Unanswered(f"{self.name}: an answer that says nothing") from None
        if group == "REJECTED" and name in self.NO_NUMBER_STATUS:
            raise Refused(f"{DeliveryOutcome.NO_SUCH_NUMBER}: {name}"[:80])
        if group not in self.OUTCOMES:
            raise Unreachable(f"{self.name}: {name}"[:80])  # no credit, a sender not registered
        return Receipt(gateway=self.name, remote_id=str(one.get("messageId", ""))[:80])

    def _refuse(self, told: Any) -> None:
        """All that is wrong with one message comes with a 200."""

    def report(self, body: bytes) -> DeliveryReport | None:
        """See Gateway."""
        try:
            (one,) = _json(body)["results"]
            group, name = one["status"]["groupName"], str(one["status"]["name"])
            error = str((one.get("error") or {}).get("name", ""))
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        outcome = self.OUTCOMES.get(group, DeliveryOutcome.FAILED)
        if outcome is DeliveryOutcome.FAILED and (
            error in self.NO_NUMBER or name in self.NO_NUMBER_STATUS
        ):
            outcome = DeliveryOutcome.NO_SUCH_NUMBER
        return DeliveryReport(outcome=outcome, code=name[:80])

    def reply(self, body: bytes) -> tuple[str, str] | None:
        """See Gateway."""
        try:
            (one,) = _json(body)["results"]
            return f"+{str(one['from']).lstrip('+')}", str(one["text"])
        except (KeyError, TypeError, ValueError):
            return None


class TwilioGateway(HttpGateway):
    """Twilio, „Create a Message resource“ (API of 2010-04-01)."""

    name = "twilio"
    # https://www.twilio.com/docs/api/errors: not a number, not of a phone, said STOP, not a mobile
    NO_NUMBER: Final = frozenset((21211, 21610, 21614, 30005, 30006))
    OUTCOMES: Final = {
        "accepted": DeliveryOutcome.ON_ITS_WAY,
        "scheduled": DeliveryOutcome.ON_ITS_WAY,
        "queued": DeliveryOutcome.ON_ITS_WAY,
        "sending": DeliveryOutcome.ON_ITS_WAY,
        "sent": DeliveryOutcome.ON_ITS_WAY,
        "delivered": DeliveryOutcome.DELIVERED,
        "read": DeliveryOutcome.DELIVERED,
        "undelivered": DeliveryOutcome.FAILED,
        "failed": DeliveryOutcome.FAILED,
    }

    def __init__(self, base: str, account: str, key: str, *, timeout: float = TIMEOUT) -> None:
        super().__init__(base, timeout=timeout)
        self._account, self._key = account, key

    def _request(self, message: ShortMessage) -> dict[str, Any]:
        data = {
            "From": message.sender,
            "To": message.recipient,
            "Body": message.text,
            "StatusCallback": f"{message.report_url}{self.name}",
        }
        url = f"{self._base}/2010-04-01/Accounts/{self._account}/Messages.json"
        return {"url": url, "data": data, "auth": (self._account, self._key)}

    def _taken(self, told: Any) -> Receipt:
        try:
            return Receipt(gateway=self.name, remote_id=str(told["sid"])[:80])
        except (KeyError, TypeError):
            raise Unanswered(f"{self.name}: an answer that says nothing") from None

    def _refuse(self, told: Any) -> None:
        code = told.get("code") if isinstance(told, dict) else None
        if code in self.NO_NUMBER:
            raise Refused(f"{DeliveryOutcome.NO_SUCH_NUMBER}: {code}")

    def report(self, body: bytes) -> DeliveryReport | None:
        """See Gateway."""
        told = _form(body)
        outcome = self.OUTCOMES.get(told.get("MessageStatus", ""))
        if outcome is None:
            return None
        code = told.get("ErrorCode", "")
        if outcome is DeliveryOutcome.FAILED and code.isdecimal() and int(code) in self.NO_NUMBER:
            outcome = DeliveryOutcome.NO_SUCH_NUMBER
        return DeliveryReport(outcome=outcome, code=(code or told["MessageStatus"])[:80])

    def reply(self, body: bytes) -> tuple[str, str] | None:
        """See Gateway."""
        told = _form(body)
        return (told["From"], told["Body"]) if "From" in told and "Body" in told else None


def gateway_of(url: str, *, timeout: float = TIMEOUT) -> InfobipGateway | TwilioGateway:
    """`infobip://KEY@account.api.infobip.com` or `twilio://ACCOUNT:TOKEN@api.twilio.com`.

    `+http` after the first word speaks without TLS, for a stand-in. Raises ValueError.
    """
    parts = urlsplit(url)
    kind, _, plain = parts.scheme.partition("+")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not parts.hostname or plain not in ("", "http"):
        raise ValueError("a gateway is infobip://KEY@host or twilio://ACCOUNT:TOKEN@host")
    port = f":{parts.port}" if parts.port else ""
    base = f"{plain or 'https'}://{parts.hostname}{port}"
    if kind == InfobipGateway.name and user:
        return InfobipGateway(base, user, timeout=timeout)
    if kind == TwilioGateway.name and user and password:
        return TwilioGateway(base, user, password, timeout=timeout)
    raise ValueError("a gateway is infobip://KEY@host or twilio://ACCOUNT:TOKEN@host")


def is_gateway(url: str) -> bool:
    """Whether `gateway_of` knows how to speak to it."""
    try:
        gateway_of(url)
    except ValueError:
        return False
    return True


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError too
        return None


def _form(body: bytes) -> dict[str, str]:
    read = parse_qs(body.decode("utf-8", "replace"), max_num_fields=50)
    return {name: values[-1] for name, values in read.items()}
