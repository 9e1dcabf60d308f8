"""A file is what its bytes are, whatever it is called."""

import struct
from io import BytesIO

import pytest

from obshto.platform.storage.errors import (
    CarriesProgram,
    FileRefused,
    NotTaken,
    OldLetters,
    SwellsUp,
)
from obshto.platform.storage.kinds import MOST_PARTS, MOST_UNPACKED, kind_of


def kind(content, name="a"):
    return kind_of(BytesIO(content), name)


def test_every_kind_that_is_taken_is_known_again(samples):
    assert {name: f"a.{kind(content, name).suffix}" for name, content in samples.items()} == {
        name: name for name in samples
    }


@pytest.mark.parametrize("name", ["a.pdf", "a.odt", "a.docx"])
def test_the_name_does_not_matter(samples, name):
    assert f"a.{kind(samples[name], 'b.exe').suffix}" == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.csv", b"\xef\xbb\xbf \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.txt", b"a\x00b"),
        ("a.exe", b"MZ\x90\x00\x03"),
        ("a.pdf", b"MZ%PDF-1.7"),
        ("a.js", b"alert(1)"),
        ("a.docx", b"PK\x03\x04 and nothing more"),
        ("a.docx", b"PK\x03\x04" + b"PK\x05\x06"),
        ("a.gif", b"GIF89a"),
        ("", b"\x7fELF"),
    ],
)
def test_what_we_do_not_take_is_refused(name, content):
    with pytest.raises(NotTaken):
        kind(content, name)


def test_a_packed_file_of_another_kind_is_refused(make):
    for parts in (
        {"a.txt": "x"},
        {"mimetype": "application/epub+zip"},
        {"mimetype": "я" * 1000},
        {"[Content_Types].xml": "<x/>"},
        {"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"},
    ):
        with pytest.raises(NotTaken):
            kind(make.zip(**parts))


@pytest.mark.parametrize("program", ["word/vbaProject.bin", "Basic/Standard/Module1.xml"])
def test_a_document_with_macros_is_refused(make, program):
    parts = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", program: "x"}
    with pytest.raises(CarriesProgram):
        kind(make.zip(**parts))


def test_a_document_that_swells_up_is_refused_unopened(make):
    content = make.zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    at = content.index(b"PK\x01\x02")  # the first line of the list: its unpacked size is told there
    lying = bytearray(content)
    struct.pack_into("<L", lying, at + 24, MOST_UNPACKED)
    with pytest.raises(SwellsUp):
        kind(bytes(lying))


def test_a_document_of_too_many_parts_is_refused_before_they_are_read(make):
    content = bytearray(make.zip(**{"mimetype": "x"}))
    end = content.index(b"PK\x05\x06")
    struct.pack_into("<H", content, end + 10, MOST_PARTS + 1)
    with pytest.raises(SwellsUp):
        kind(bytes(content))
    struct.pack_into("<HL", content, end + 10, 1, 2**31)
    with pytest.raises(SwellsUp):
        kind(bytes(content))


def test_a_second_list_of_parts_for_larger_files_is_refused_unread(make):
    content = make.zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    end = content.index(b"PK\x05\x06")
    parts, size, start = struct.unpack_from("<HLL", content, end + 10)
    larger = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, parts, parts, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    nothing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, start, 0)
    with pytest.raises(NotTaken):
        kind(content[:end] + larger + locator + nothing)


def test_letters_of_an_old_system_are_asked_for_anew():
    with pytest.raises(OldLetters):
        kind("Дата;Сума".encode("cp1251"), "a.csv")
    with pytest.raises(OldLetters):
        kind("Дата".encode()[:-1], "a.csv")


def test_cut_off_anywhere_a_document_is_known_or_refused(samples):
    for name, content in samples.items():
        for length in range(1, len(content), 7):
            try:
                kind(content[:length], name)
            except FileRefused:
                continue
