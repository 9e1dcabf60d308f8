"""One contract for every way out of the house, then what only one of them can do."""

import traceback
from dataclasses import replace
from email import message_from_bytes, policy
from socket import create_server

import pytest

from obshto.platform.clock import now
from obshto.platform.notify.letter import Letter, letter_of
from obshto.platform.notify.transport import FolderTransport, Refused, SmtpTransport, Unreachable

SUBJECT = "Спиране на водата в с. Старопатица на 24 ноември 2026 г. от 9:00 до 16:00 ч. – „Кула“"
TEXT = """Здравейте,

утре от 9:00 до 16:00 ч. няма да има вода – ул. „Възраждане“ № 1–25.
.
.Ред с точка в началото.
From the start: tab\t, край без нов ред"""
LETTER = Letter(
    message_id="0193599e-4f2a-7d31-9a53-9d8f3cbb1c2e",
    sender="Община Кула <obshtina@kula.example>",
    reply_to='"Кметство, с. Старопатица" <staropatitsa@kula.example>',
    recipient="ivanka@example.org",
    subject=SUBJECT,
    text=TEXT,
    language="bg",
    list_unsubscribe="https://kula.obshto.example/notify/stop/" + "0aB-_" * 30 + "?all=1",
)


@pytest.fixture
def port(serving):
    with serving() as port:
        yield port


@pytest.fixture
def smtp(port, mailbox):
    return SmtpTransport(f"smtp://127.0.0.1:{port}", timeout=5), lambda: list(mailbox.taken)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "mail" / "out"

    def kept():
        return [f.read_bytes() for f in sorted(path.iterdir(), key=lambda f: f.stat().st_mtime_ns)]

    return FolderTransport(path), kept


@pytest.fixture(params=["smtp", "folder"])
def way(request):
    """A transport, and how to see the bytes that it took."""
    return request.getfixturevalue(request.param)


# The contract


def test_a_letter_arrives_as_it_was_written(way):
    transport, taken = way
    transport.send(LETTER)
    assert [letter_of(raw) for raw in taken()] == [LETTER]


def test_a_letter_without_what_may_be_left_out_arrives_so(way):
    transport, taken = way
    bare = replace(LETTER, reply_to=None, list_unsubscribe=None, sender="obshtina@kula.example")
    transport.send(bare)
    assert letter_of(taken()[0]) == bare
    names = {name.lower() for name in message_from_bytes(taken()[0])}
    assert not {"reply-to", "list-unsubscribe", "list-unsubscribe-post", "bcc"} & names


def test_bulgarian_words_survive_byte_for_byte(way):
    transport, taken = way
    transport.send(LETTER)
    message = message_from_bytes(taken()[0], policy=policy.default)
    assert message["Subject"] == SUBJECT
    assert message.get_payload(decode=True) == TEXT.replace("\n", "\r\n").encode()
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message["From"].addresses[0].display_name == "Община Кула"


def test_what_leaves_is_ascii_in_lines_that_every_server_takes(way):
    transport, taken = way
    transport.send(LETTER)
    raw = taken()[0]
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.splitlines()) <= 998


def test_the_headers_say_when_what_and_that_a_program_wrote_it(way):
    transport, taken = way
    before = now().replace(microsecond=0)
    transport.send(LETTER)
    message = message_from_bytes(taken()[0], policy=policy.default)
    assert before <= message["Date"].datetime <= now()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "bg"
    assert message["MIME-Version"] == "1.0"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_address_to_unsubscribe_is_not_folded(way):
    transport, taken = way
    transport.send(LETTER)
    assert f"List-Unsubscribe: <{LETTER.list_unsubscribe}>\r\n".encode() in taken()[0]


def test_a_repeat_can_be_recognised(way):
    transport, taken = way
    transport.send(LETTER)
    transport.send(LETTER)
    ids = {message_from_bytes(raw)["Message-ID"] for raw in taken()}
    assert ids == {f"<{LETTER.message_id}@kula.example>"}


def test_letters_of_several_people_do_not_mix(way):
    transport, taken = way
    letters = [replace(LETTER, message_id=f"m{n}", recipient=f"p{n}@example.org") for n in range(3)]
    for letter in letters:
        transport.send(letter)
    assert [letter_of(raw) for raw in taken()] == letters


def test_a_domain_in_cyrillic_travels_in_ascii(way):
    transport, taken = way
    transport.send(replace(LETTER, recipient="ivanka@кула.бг"))
    name, _, domain = message_from_bytes(taken()[0])["To"].partition("@")
    assert (name, domain.encode("ascii").decode("idna")) == ("ivanka", "кула.бг")


# The folder


def test_a_folder_shows_the_newest_first_and_a_repeat_keeps_its_place(folder):
    transport, kept = folder
    assert transport.letters() == []
    first, second = replace(LETTER, message_id="z"), replace(LETTER, message_id="a")
    for letter in (first, second, first):
        transport.send(letter)
    assert transport.letters() == [second, first]
    assert len(kept()) == 2


def test_a_folder_keeps_a_letter_whole_or_not_at_all(folder, tmp_path):
    transport, _ = folder
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(Unreachable):
        transport.send(LETTER)


# The mail server


def test_the_envelope_names_one_person_and_the_municipality(port, mailbox):
    SmtpTransport(f"smtp://127.0.0.1:{port}").send(LETTER)
    assert mailbox.envelopes == [("obshtina@kula.example", ["ivanka@example.org"], False)]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        ("550 5.1.1 no ivanka@example.org here", Refused, "550 5.1.1"),
        ("552 too large", Refused, "552"),
        ("451 4.7.1 later", Unreachable, "451 4.7.1"),
        ("421 4.3.2 going down", Unreachable, "421 4.3.2"),
        ("530 5.7.0 sign in", Unreachable, "530 5.7.0"),
        ("close", Unreachable, "SMTPServerDisconnected"),
    ],
)
def test_the_servers_no_is_for_ever_or_for_now(smtp, mailbox, step, answer, error, said):
    transport, taken = smtp
    mailbox.answers[step] = answer
    with pytest.raises(error) as refused:
        transport.send(LETTER)
    assert (str(refused.value), taken()) == (said, [])
    assert "ivanka" not in "".join(traceback.format_exception(refused.value))
    mailbox.answers.clear()
    transport.send(LETTER)
    assert len(taken()) == 1


@pytest.mark.parametrize("answer", ["close", "451 4.0.0 stay a while", "500 what"])
def test_a_rude_goodbye_does_not_make_a_taken_letter_untaken(smtp, mailbox, answer):
    transport, taken = smtp
    mailbox.answers["QUIT"] = answer
    transport.send(LETTER)
    assert len(taken()) == 1


def test_nobody_at_home_is_unreachable():
    with create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        SmtpTransport(f"smtp://127.0.0.1:{port}").send(LETTER)


def test_a_server_that_says_nothing_is_unreachable_in_time():
    with create_server(("127.0.0.1", 0)) as server, pytest.raises(Unreachable):
        SmtpTransport(f"smtp://127.0.0.1:{server.getsockname()[1]}", timeout=0.1).send(LETTER)


@pytest.fixture(params=["smtps", "smtp+starttls"])
def tls_url(request, serving, server_tls):
    option = "ssl_context" if request.param == "smtps" else "tls_context"
    more = {} if request.param == "smtps" else {"require_starttls": True}
    with serving(**{option: server_tls, **more}) as port:
        yield f"{request.param}://127.0.0.1:{port}"


def test_a_letter_leaves_encrypted(tls_url, trusting, mailbox):
    SmtpTransport(tls_url, tls=trusting, timeout=5).send(LETTER)
    assert [letter_of(raw) for raw in mailbox.taken] == [LETTER]
    assert mailbox.envelopes[0][2]


def test_a_server_that_cannot_prove_its_name_gets_nothing(tls_url, mailbox):
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        SmtpTransport(tls_url, timeout=5).send(LETTER)
    assert mailbox.taken == []


def test_a_server_without_starttls_gets_nothing(port, trusting, mailbox):
    with pytest.raises(Unreachable, match="SMTPNotSupportedError"):
        SmtpTransport(f"smtp+starttls://127.0.0.1:{port}", tls=trusting).send(LETTER)
    assert mailbox.taken == []


def test_the_user_and_password_of_the_url_are_decoded(asking, trusting, mailbox):
    SmtpTransport(asking("obshto%40kula:s%3Ae%40c%2Fr%25t@"), tls=trusting).send(LETTER)
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize("user", ["", "obshto%40kula:wrong@"])
def test_a_sign_in_that_fails_is_not_the_letters_fault(asking, trusting, mailbox, user):
    with pytest.raises(Unreachable, match="53[05]") as refused:
        SmtpTransport(asking(user), tls=trusting).send(LETTER)
    assert "wrong" not in str(refused.value)
    assert mailbox.taken == []


@pytest.mark.parametrize(
    "url", ["", "http://mail", "smtp://", "smtp:mail", "mail:25", "smtp://:25"]
)
def test_an_address_that_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="a mail server is smtp://"):
        SmtpTransport(url)
