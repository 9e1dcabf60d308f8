"""A letter, and the lines of RFC 5322 that it leaves as."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

from obshto.platform.clock import now

_message_id = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}").fullmatch
_https = re.compile(r"https?://[!-;=?-~]{1,900}").fullmatch  # printable ASCII without < and >
_plain = re.compile(r"[A-Za-z0-9]{1,20}( [A-Za-z0-9]{1,20}){0,2}").fullmatch
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]").search


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
    # Where servers say later that it did not arrive: on the envelope, so `letter_of` knows it not.
    returns_to: str | None = None

    def __post_init__(self) -> None:
        if not _message_id(self.message_id):
            raise ValueError("a message id is up to 64 letters, digits, - or _")
        if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", self.language):
            raise ValueError("a language is a tag such as bg")
        if _control(self.subject):
            raise ValueError("a subject is one line")
        if self.list_unsubscribe is not None and not _https(self.list_unsubscribe):
            raise ValueError("to unsubscribe takes a URL without spaces")
        for mailbox in (self.sender, self.recipient, self.reply_to, self.returns_to):
            if mailbox is not None:
                mailbox_of(mailbox)
        if mailbox_of(self.recipient).display_name:
            raise ValueError("a recipient is an address alone")


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
    sender, message = mailbox_of(letter.sender), EmailMessage(policy=_WIRE)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.message_id}@{sender.domain}>"
    message["From"] = _mailbox(sender)
    message["To"] = _mailbox(mailbox_of(letter.recipient))
    if letter.reply_to:
        message["Reply-To"] = _mailbox(mailbox_of(letter.reply_to))
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
        return not mailbox_of(text).display_name
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


def mailbox_of(mailbox: str) -> Address:
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
