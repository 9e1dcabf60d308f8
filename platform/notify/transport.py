"""A rendered message leaves by a transport: the mail server, or a folder in development."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from os import replace, urandom
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from obshto.platform.clock import now

TIMEOUT: Final = 20.0  # seconds for each answer of the server
_PORTS: Final = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
# The server wants us to sign in first (RFC 4954 §6): our set-up is wrong, not the letter.
_SIGN_IN_FIRST: Final = frozenset((530, 534, 535, 538))
_message_id = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}").fullmatch
_https = re.compile(r"https?://[!-;=?-~]{1,900}").fullmatch  # printable ASCII without < and >
_plain = re.compile(r"[A-Za-z0-9]{1,20}( [A-Za-z0-9]{1,20}){0,2}").fullmatch
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]").search


class Refused(Exception):
    """The server will never take this letter (RFC 5321 §4.2.1: 5xx). Do not repeat."""


class Unreachable(Exception):
    """Not now: no connection, 4xx, or a sign-in that must be mended. Repeat later, unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One rendered message for one person, complete: what leaves is decided by it alone.

    `sender`, `reply_to`: `Name <address>` or an address; `recipient`: an address; `language`: a
    tag of BCP 47; `list_unsubscribe`: a URL that takes the one-click POST of RFC 8058.
    `message_id` is letters, digits, `-`, `_`, the same at each repeat. Lines of `text` end as they
    like. Raises ValueError for anything that is not so, a line break in a header above all.
    """

    message_id: str
    sender: str
    reply_to: str | None = None
    recipient: str
    subject: str
    text: str
    language: str
    list_unsubscribe: str | None = None
    html: str | None = None  # the same words for programs that show them; `text` is for all others

    def __post_init__(self) -> None:
        if not _message_id(self.message_id):
            raise ValueError("a message id is up to 64 letters, digits, - or _")
        if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", self.language):
            raise ValueError("a language is a tag such as bg")
        if _control(self.subject):
            raise ValueError("a subject is one line")
        if self.list_unsubscribe is not None and not _https(self.list_unsubscribe):
            raise ValueError("to unsubscribe takes a URL without spaces")
        for mailbox in (self.sender, self.recipient, self.reply_to):
            if mailbox is not None:
                _address(mailbox)
        if _address(self.recipient).display_name:
            raise ValueError("a recipient is an address alone")


class Transport(Protocol):
    """A way out of the house. Whoever sends keeps the letter until `send` has returned."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; returned means taken. Raises Refused, Unreachable."""


class SmtpTransport:
    """Hands letters to a mail server, one connection each.

    `url`: `smtp://user:pass@host:port`, `smtps://…` (TLS at once) or `smtp+starttls://…` (TLS or
    nothing); user and password are percent-encoded; the port may be left out. Certificates are
    checked. Raises ValueError for another URL.
    """

    def __init__(
        self, url: str, *, tls: ssl.SSLContext | None = None, timeout: float = TIMEOUT
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("a mail server is smtp://, smtps:// or smtp+starttls:// with a host")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._tls = tls or ssl.create_default_context()
        self._timeout = timeout

    def send(self, letter: Letter) -> None:
        """See Transport. A lost answer to the last byte is Unreachable: the repeat may be a second
        copy, with the same Message-ID.
        """
        try:
            connection = self._signed_in()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"mail server {self._host}: {_said(error)}") from error
        try:
            connection.send_message(
                message_of(letter),
                _address(letter.sender).addr_spec,
                [_address(letter.recipient).addr_spec],
            )
        except (smtplib.SMTPException, OSError) as error:
            code, _ = _answer(error)
            final = 500 <= code < 600 and code not in _SIGN_IN_FIRST
            raise (Refused if final else Unreachable)(_said(error)) from None  # it names the person
        finally:
            # The letter is taken or it is not; how the parting goes changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _signed_in(self) -> smtplib.SMTP:
        connection = self._connected()
        try:
            if self._scheme == "smtp+starttls":
                connection.starttls(context=self._tls)
            if self._user:
                connection.login(self._user, self._password)
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
        return connection

    def _connected(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            return smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=self._tls
            )
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)


class FolderTransport:
    """Keeps letters as files instead of sending them. For development."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, letter: Letter) -> None:
        """See Transport. A repeat leaves the first copy as it is."""
        kept = self._path / f"{letter.message_id}.eml"
        if kept.exists():
            return
        drawn = self._path / f".{letter.message_id}.{urandom(6).hex()}"
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            drawn.write_bytes(message_of(letter).as_bytes())
            replace(drawn, kept)
        except OSError as error:
            raise Unreachable(f"{self._path}: {error.strerror}") from error

    def letters(self) -> list[Letter]:
        """All that was kept, the newest first."""
        files = sorted(self._path.glob("*.eml"), key=lambda f: (f.stat().st_mtime_ns, f.name))
        return [letter_of(file.read_bytes()) for file in reversed(files)]


class _Written(EmailPolicy):
    """Headers leave as they are given, encoded and folded already.

    The library's own folding loses blanks or puts them into long Bulgarian names, one in six, and
    turns long URLs into encoded words that no program decodes in a List-Unsubscribe (Python 3.11).
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return name, value

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


_WIRE = _Written(linesep="\r\n")


def message_of(letter: Letter) -> EmailMessage:
    """The letter as RFC 5322 wants it. The body is base64, so that no server on the way touches it;
    its lines end in CRLF (RFC 2046 §4.1.1). `Auto-Submitted` (RFC 3834) keeps holiday replies away.
    """
    sender, message = _address(letter.sender), EmailMessage(policy=_WIRE)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.message_id}@{sender.domain}>"
    message["From"] = _mailbox(sender)
    message["To"] = _mailbox(_address(letter.recipient))
    if letter.reply_to:
        message["Reply-To"] = _mailbox(_address(letter.reply_to))
    message["Subject"] = _words(letter.subject)
    message["Auto-Submitted"] = "auto-generated"
    if letter.list_unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.list_unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if letter.html is None:
        _fill(message, letter.text, "plain")
    else:
        message["MIME-Version"] = "1.0"
        message["Content-Type"] = f'multipart/alternative; boundary="=_{letter.message_id}"'
        # Base64 has no equals sign followed by an underscore, so no body holds the boundary.
        message.set_payload([_part(letter.text, "plain"), _part(letter.html, "html")])
    message["Content-Language"] = letter.language  # set_content takes away what stood before
    return message


def _part(words: str, kind: str) -> EmailMessage:
    part = EmailMessage(policy=_WIRE)
    _fill(part, words, kind)
    del part["MIME-Version"]
    return part


def _fill(message: EmailMessage, words: str, kind: str) -> None:
    body = re.sub(r"\r\n|\r|\n", "\r\n", words).encode()
    message.set_content(body, "text", kind, cte="base64", params={"charset": "utf-8"})


def letter_of(raw: bytes) -> Letter:
    """The letter that `message_of` made these bytes of; its lines end in a line feed."""
    # The older of the library's two parsers: the newer puts blanks into long Bulgarian names.
    message = message_from_bytes(raw)
    found = {
        name.lower(): str(make_header(decode_header(value))) for name, value in message.items()
    }
    for name in {"from", "reply-to"} & found.keys():
        display, addr_spec = parseaddr(str(message[name]))
        display = str(make_header(decode_header(display)))
        found[name] = str(Address(display, addr_spec=addr_spec))
    parts: list[Any] = message.get_payload() if message.is_multipart() else [message]  # type: ignore[assignment]  # of the older parser
    bodies = [part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in parts]
    return Letter(
        message_id=found["message-id"][1:].partition("@")[0],
        sender=found["from"],
        reply_to=found.get("reply-to"),
        recipient=found["to"],
        subject=found["subject"],
        text=bodies[0],
        html=bodies[1] if len(bodies) > 1 else None,
        language=found["content-language"],
        list_unsubscribe=found["list-unsubscribe"][1:-1] if "list-unsubscribe" in found else None,
    )


def is_address(text: str) -> bool:
    """Whether a letter can go there."""
    try:
        return not _address(text).display_name
    except ValueError:  # UnicodeError too, of a domain that is none
        return False


def _words(text: str) -> str:
    """Text for a header: encoded words (RFC 2047), unless it is plain beyond doubt."""
    if _plain(text):
        return text
    return Header(text, "utf-8", header_name="Reply-To").encode(linesep="\r\n")


def _mailbox(address: Address) -> str:
    if not address.display_name:
        return address.addr_spec
    return f"{_words(address.display_name)}\r\n <{address.addr_spec}>"


def _address(mailbox: str) -> Address:
    """Exactly one mailbox, its domain in ASCII (кула.бг is xn--…). Raises ValueError."""
    header = None if _control(mailbox) else _parsed(mailbox)
    if header is None or header.defects or len(header.addresses) != 1:
        raise ValueError("not one e-mail address")
    found: Address = header.addresses[0]
    if header.groups[0].display_name or not found.username or not found.domain:
        raise ValueError("not one e-mail address")
    domain = found.domain.encode("idna").decode()
    return Address(found.display_name, found.username, domain)


def _parsed(mailbox: str) -> Any:
    with suppress(IndexError):  # the parser's own mistake, on "a@"
        return policy.SMTP.header_factory("To", mailbox)
    return None


def _answer(error: Exception) -> tuple[int, bytes]:
    """What the server said; 0 when it said nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()), (0, b""))
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return error.smtp_code, words if isinstance(words, bytes) else words.encode()
    return 0, b""


def _said(error: Exception) -> str:
    """For the log: the code with its details (RFC 3463), or the kind of error.

    Never the server's words, which may repeat an address.
    """
    code, words = _answer(error)
    details = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", words)
    return (
        f"{code} {details[0].decode() if details else ''}".rstrip()
        if code
        else type(error).__name__
    )
