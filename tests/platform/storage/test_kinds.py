"""A file is what its bytes are, whatever it is called."""

import struct
from io import BytesIO

import pikepdf
import pytest

from obshto.platform.storage.errors import (
    CarriesProgram,
    FileRefused,
    HoldsFiles,
    Locked,
    NotTaken,
    OldLetters,
    RunsByItself,
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
        for length in range(1, len(content), max(7, len(content) // 20)):
            try:
                kind(content[:length], name)
            except FileRefused:
                continue


RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS = f'<Relationships xmlns="{RELS}">{{}}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def leading(kind, target, mode="External"):
    one = f'<Relationship Id="a" Type="{OFFICE}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return RELS.format(one)


@pytest.mark.parametrize(
    "part",
    [
        "word/VBAPROJECT.BIN",
        "xl/macrosheets/sheet1.xml",
        "XL/MacroSheets/sheet1.xml",
        "word/activeX/activeX1.bin",
        "word/embeddings/oleObject1.bin",
        "BASIC/Standard/Module1.xml",
    ],
)
def test_programs_are_refused_whatever_the_case_of_their_names(make, part):
    parts = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", part: "x"}
    with pytest.raises(CarriesProgram):
        kind(make.zip(**parts))


def test_a_sheet_of_old_macros_is_refused_under_any_name(make):
    said = '<Types><Override ContentType="application/vnd.ms-excel.{}+xml"/></Types>'
    for what in ("macrosheet", "intlmacrosheet", "sheet.macroEnabled.main"):
        parts = {"[Content_Types].xml": said.format(what), "xl/workbook.xml": "<x/>"}
        with pytest.raises(CarriesProgram):
            kind(make.zip(**parts))


@pytest.mark.parametrize(
    ("relation", "target", "mode"),
    [
        ("attachedTemplate", "https://evil.example/a.dotm", "External"),
        ("attachedTemplate", "https://evil.example/a.dotm", "EXTERNAL"),
        ("oleObject", "embeddings/a.docx", "Internal"),
        ("frame", "//evil.example/share", "External"),
        ("image", "https://evil.example/seen.png", "External"),
        ("subDocument", "file://///evil/a.docx", "External"),
    ],
)
def test_what_is_fetched_or_run_on_opening_is_refused(make, relation, target, mode):
    parts = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
    parts["word/_rels/settings.xml.RELS"] = leading(relation, target, mode)
    with pytest.raises(RunsByItself):
        kind(make.zip(**parts))


def test_links_that_people_press_and_pictures_inside_stay(make):
    parts = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
    parts["word/_rels/document.xml.rels"] = leading("hyperlink", "https://bg.example/")
    parts["word/_rels/footer.xml.rels"] = leading("image", "media/a.png", "Internal")
    assert kind(make.zip(**parts)).suffix == "docx"


def test_a_list_that_no_office_reads_is_refused(make):
    for broken in ("<x", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'):
        with pytest.raises(NotTaken):
            kind(make.zip(**{"[Content_Types].xml": broken, "word/document.xml": "<x/>"}))


def pdf(change=lambda document: None, **how):
    made = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        change(document)
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, **how)
    return made.getvalue()


def opening(action):
    return lambda document: document.Root.update({"/OpenAction": pikepdf.Dictionary(action)})


SCRIPT = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}


def on_the_page(document):
    document.pages[0].obj["/AA"] = pikepdf.Dictionary({"/O": pikepdf.Dictionary(SCRIPT)})


def attaching(document):
    document.attachments["a.exe"] = b"MZ"


@pytest.mark.parametrize(
    "change",
    [
        opening(SCRIPT),
        opening({"/S": pikepdf.Name.Launch, "/F": "calc.exe"}),
        opening({"/S": pikepdf.Name.GoToR, "/F": "//evil/a"}),
        on_the_page,
    ],
)
def test_a_pdf_that_runs_something_is_refused_though_its_objects_are_packed(change):
    content = pdf(change)
    assert b"/JavaScript" not in content
    with pytest.raises(RunsByItself):
        kind(content)


def test_files_inside_of_a_pdf_are_asked_for_apart():
    with pytest.raises(HoldsFiles):
        kind(pdf(attaching))


def test_a_plain_pdf_with_a_link_and_a_place_to_open_at_is_taken():
    def linked(document):
        uri = {"/S": pikepdf.Name.URI, "/URI": "https://bg.example/"}
        document.pages[0].obj["/Annots"] = pikepdf.Array(
            [pikepdf.Dictionary({"/Subtype": pikepdf.Name.Link, "/A": pikepdf.Dictionary(uri)})]
        )
        document.Root["/OpenAction"] = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])

    assert kind(pdf(linked)).suffix == "pdf"


def test_a_pdf_that_nobody_can_look_into_is_refused():
    with pytest.raises(Locked):
        kind(pdf(encryption=pikepdf.Encryption(owner="a", user="b")))
    assert kind(pdf(encryption=pikepdf.Encryption(owner="a", user=""))).suffix == "pdf"


def test_a_pdf_too_broken_to_be_read_is_looked_at_as_it_stands():
    with pytest.raises(RunsByItself):
        kind(b"%PDF-1.7\n1 0 obj <</S /Java#53cript>>")
