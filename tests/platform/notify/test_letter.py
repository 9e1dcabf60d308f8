"""What a letter may be: any words, one person, no smuggled header."""

from dataclasses import replace
from email.headerregistry import Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from obshto.platform.notify.letter import Letter, letter_of, message_of

LETTER = Letter(
    message_id="0193599e-4f2a-7d31-9a53-9d8f3cbb1c2e",
    sender="Община Кула <obshtina@kula.example>",
    reply_to='"Кметство, с. Старопатица" <staropatitsa@kula.example>',
    recipient="ivanka@example.org",
    subject="Спиране на водата",
    text="Здравейте",
    language="bg",
    list_unsubscribe="https://kula.obshto.example/notify/stop/0aB-_",
)

one_line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


@given(subject=one_line)
@example("  два   интервала  ")
@example("Спиране на водата в с. Старопатица от 9:00 ч. – „Кула“ " * 6)
@example("=?utf-8?q?a?=")
def test_any_subject_of_one_line_survives(subject):
    letter = replace(LETTER, subject=subject)
    assert letter_of(message_of(letter).as_bytes()) == letter


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
@example("\n\n.\r\n")
@example("a\rb")
@example("a\x85b\u2028c")
def test_any_text_survives_with_its_line_breaks(text):
    found = letter_of(message_of(replace(LETTER, text=text)).as_bytes()).text
    assert found == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("field", ["message_id", "sender", "reply_to", "recipient", "subject"])
@pytest.mark.parametrize("broken", ["\n", "\r", "\r\n", "\0", "\x0b", "\x85", "\u2028"])
def test_no_header_can_be_smuggled_in(field, broken):
    before = getattr(LETTER, field)
    for value in (f"{before}{broken}Bcc: thief@example.org", f"{broken}{before}", before + broken):
        with pytest.raises(ValueError):
            replace(LETTER, **{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("recipient", value) for value in ("", "a", "a@", "@b", "a@b, c@d", "g: a@b;", "a@b c")),
        *(("recipient", value) for value in ("Иван <a@b.bg>", "иван@b.bg", "a@b..bg", "<a@b> x")),
        *(("sender", value) for value in ("", "Община Кула, <a@b.bg>", "Кула <a@b", "a@b,c@d")),
        *(
            ("message_id", value)
            for value in ("", "a b", "../a", "a/b", ".a", "a.b", "м", "a" * 65)
        ),
        *(("language", value) for value in ("", "b", "bg\nX: y", "bg bg", "бг")),
        *(
            ("list_unsubscribe", value)
            for value in ("", "javascript:1", "https://a b", "https://a\nb")
        ),
        *(("list_unsubscribe", value) for value in ("https://a>b", "https://кула.бг/")),
    ],
)
def test_a_letter_that_could_not_leave_is_not_made(field, value):
    with pytest.raises(ValueError):
        replace(LETTER, **{field: value})


@given(name=st.text('абвгщ ,."()-z1', min_size=1, max_size=80).filter(str.strip))
@example("Кметство, с. Старопатица и с. Големаново, община Кула, област Видин")
@example("Kula, Municipality")
def test_any_name_of_a_sender_survives(name):
    letter = replace(LETTER, sender=str(Address(name.strip(), "obshtina", "kula.example")))
    found = letter_of(message_of(letter).as_bytes()).sender
    assert " ".join(found.split()) == " ".join(letter.sender.split())
