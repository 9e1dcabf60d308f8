"""A letter for the eye beside the plain one, within the limits of mail programs."""

from email import message_from_bytes
from html.parser import HTMLParser
from uuid import uuid4

import html5lib
import pytest

from obshto.platform.notify.html import LARGEST, html_of
from obshto.platform.notify.letter import Letter, message_of
from obshto.platform.notify.letter_frame import letter_of
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.transport import FolderTransport
from obshto.platform.settings.services import save_settings, version_of

VILLAGE = "gorno-selo"
LETTER = {"message_id": "a1", "sender": "Община <a@obshto.example>", "recipient": "b@example.org"}
LETTER |= {"subject": "Без вода", "text": "Утре.\n", "language": "bg", "html": "<p>Утре.</p>"}


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def made(app):
    def make(text, subject="Без вода"):
        with app.app_context():
            return html_of(title="Община Горно село", subject=subject, text=text, language="bg")

    return make


def test_both_parts_leave_and_are_read_again(tmp_path):
    parsed = message_from_bytes(message_of(Letter(**LETTER)).as_bytes())
    assert parsed.get_content_type() == "multipart/alternative"
    kinds = [
        (part.get_content_type(), part.get_payload(decode=True).decode())
        for part in parsed.get_payload()
    ]
    assert kinds == [("text/plain", "Утре.\r\n"), ("text/html", "<p>Утре.</p>")]
    folder = FolderTransport(tmp_path)
    folder.send(Letter(**LETTER))
    assert folder.letters() == [Letter(**LETTER)]


def test_what_is_typed_is_text_and_an_address_can_be_pressed(made):
    html = made(
        "<script>alert(1)</script> & https://a.bg/x?a=1&b=2.\nВтори ред\n\nДруг абзац", "<b>"
    )
    assert "<script>" not in html and "&lt;script&gt;" in html and "<b>" not in html
    links = [given["href"] for tag, given in Tags(html).found if tag == "a"]
    assert links == ["https://a.bg/x?a=1&b=2"] and html.count("<p ") == 2 and "<br>" in html


def test_it_is_valid_and_takes_nothing_from_elsewhere(made):
    html = made("Утре https://gorno-selo.example/notices/1")
    html5lib.HTMLParser(strict=True).parse(html)
    tags = {tag for tag, _ in Tags(html).found}
    assert not tags & {"script", "img", "link", "style", "iframe", "form"}
    assert all("src" not in given and "class" not in given for _, given in Tags(html).found)


def test_what_would_be_cut_leaves_as_plain_text_alone(made):
    assert made("я" * LARGEST) is None and len(made("я" * 1000).encode()) < LARGEST


@pytest.mark.parametrize("own", [{}, {"reply_to": "kmet@gorno.bg", "mail_from": "portal@gorno.bg"}])
def test_a_municipality_has_its_own_sender_and_who_is_answered(uow_in, own):
    with uow_in(VILLAGE) as uow:
        expected_version = version_of(uow, "notify")
        save_settings(uow, "notify", NotifySettings(**own), expected_version=expected_version)
        row = Message(
            id=uuid4(), cause=uuid4(), fact="test", language="bg", recipient="b@example.org",
            subject="Тема", text="Текст", state=State.ACCEPTED, accepted_at=uow.now,
        )  # fmt: skip
        letter = letter_of(uow, row, reader=None, text=None)
    assert letter.reply_to == own.get("reply_to")
    assert letter.sender.startswith('"Община Горно село" <')
    assert letter.sender.endswith(f"<{own.get('mail_from', 'obshto@localhost')}>")
    assert "Текст" in letter.html and letter.text == "Текст"
