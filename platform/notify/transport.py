"""A rendered message leaves by a transport: the mail server, or a folder in development."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from os import replace, urandom
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from obshto.platform.notify.letter import Letter, letter_of, mailbox_of, message_of
from obshto.platform.practice_exits import refuse_exit_in_practice

TIMEOUT: Final = 20.0  # seconds for each answer of the server
_PORTS: Final = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
# The server wants us to sign in first (RFC 4954 §6): our set-up is wrong, not the letter.
_SIGN_IN_FIRST: Final = frozenset((530, 534, 535, 538))


class Refused(Exception):
    """The server will never take this letter (RFC 5321 §4.2.1: 5xx). Do not repeat."""


class Unreachable(Exception):
    """Not now: no connection, 4xx, or a sign-in that must be mended. Repeat later, unchanged."""


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
        refuse_exit_in_practice()
        try:
            connection = self._signed_in()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"mail server {self._host}: {_said(error)}") from error
        try:
            connection.send_message(
                message_of(letter),
                mailbox_of(letter.returns_to or letter.sender).addr_spec,
                [mailbox_of(letter.recipient).addr_spec],
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
        return [letter_of(file.read_bytes()) for file in self.files()]

    def files(self) -> list[Path]:
        """Of the letters, the newest first."""
        files = sorted(self._path.glob("*.eml"), key=lambda f: (f.stat().st_mtime_ns, f.name))
        return files[::-1]


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
