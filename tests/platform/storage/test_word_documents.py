"""Text out of a .docx: numbers that Word writes, tables, footnotes; what is refused and why."""

import zipfile
from io import BytesIO

import pytest

from obshto.platform.storage.errors import (
    CarriesProgram,
    NoTextInside,
    NotTaken,
    NoWordDocument,
    WordTextTooLong,
)
from obshto.platform.storage.word_documents import text_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LISTED = '<w:pPr><w:numPr><w:ilvl w:val="{0}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
LEVELS = (("decimal", "Чл. %1.", 4), ("russianLower", "%2)", 1))
NUMBERS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl>'
    for level, (kind, text, start) in enumerate(LEVELS)
)
NUMBERS = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{NUMBERS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)
NOTES = f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{{0}}</w:p></w:footnote></w:footnotes>'


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def word(body, **parts):
    """A document of these parts, by the names of their files in it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            archive.writestr(f"word/{name.replace('_', '.')}", text)
    made.seek(0)
    return made


def read(file, characters=1_000):
    return text_of(file, name="draft.docx", characters=characters)


def test_paragraphs_come_with_their_numbers_tables_and_notes():
    listed = [LISTED.format(level) for level in (0, 1, 1, 0)]
    words = ("Кучетата", "на повод", "с намордник", "Глобата")
    body = "".join(f"<w:p>{a}{run(b)}</w:p>" for a, b in zip(listed, words, strict=True))
    body += f'<w:p>{run("Такса")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("Улици", "410"))
    body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p><w:del>{run('старо')}</w:del></w:p>"
    body += f"<w:p><w:ins>{run('ново')}</w:ins><w:r><w:drawing/></w:r></w:p>"
    found = read(word(body, numbering_xml=NUMBERS, footnotes_xml=NOTES.format(run("без ДДС"))))
    assert found.lines == [
        *("Чл. 4. Кучетата", "а) на повод", "б) с намордник", "Чл. 5. Глобата"),
        *("Такса (без ДДС)", "Улици | 410", "ново"),
    ]
    assert found.lost == {"notes": 1, "tables": 1, "changes": 1, "pictures": 1}
    assert "изображения" in " ".join(found.told)


def test_a_list_that_starts_anew_counts_from_its_own_number():
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="(%1)"/></w:lvl>'
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
    for list_id, more in ((1, ""), (2, anew), (3, "")):
        own = f'<w:abstractNumId w:val="7"/>{more}'
        numbers += f'<w:num w:numId="{list_id}">{own}</w:num>'
    listed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{0}"/></w:numPr></w:pPr>{1}</w:p>'
    )
    body = "".join(listed.format(list_id, run("а")) for list_id in (1, 1, 2, 2, 3))
    found = read(word(body, numbering_xml=f"{numbers}</w:numbering>"))
    assert found.lines == ["(2) а", "(3) а", "(1) а", "(2) а", "(3) а"]


def test_a_table_inside_a_table_is_told_once():
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('вътре')}</w:p></w:tc></w:tr></w:tbl><w:p/>"
    cells = f"<w:tc>{inner}</w:tc><w:sdt><w:sdtContent><w:tc><w:p>{run('б')}</w:p></w:tc>"
    found = read(word(f"<w:tbl><w:tr>{cells}</w:sdtContent></w:sdt></w:tr></w:tbl>"))
    assert found.lines == ["вътре | б"]


def test_a_picture_that_is_drawn_for_old_programs_too_is_counted_once():
    both = "<mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    shape = f'<mc:AlternateContent xmlns:mc="{MC}">{both}</mc:AlternateContent>'
    found = read(word(f"<w:p>{run('а')}<w:r>{shape}</w:r></w:p>"))
    assert found.lines == ["а"] and found.lost["pictures"] == 1


def test_what_is_no_document_or_runs_something_is_refused():
    for file, refusal in (
        (word("<w:p/>", vbaProject_bin="x"), CarriesProgram),
        (BytesIO(b"\xd0\xcf\x11\xe0 an old document"), NotTaken),
        (word("<w:p>"), NoWordDocument),
        (word("<w:p><w:r><w:drawing/></w:r></w:p>"), NoTextInside),  # a scan
        (word(f"<w:p>{run('а' * 2_000)}</w:p>"), WordTextTooLong),
    ):
        with pytest.raises(refusal):
            read(file)


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE a [<!ENTITY b "x">]>' + f"<w:document {W}><w:body/></w:document>"
    file = word("<w:p/>")
    made = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", old.read("[Content_Types].xml"))
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(NoWordDocument):
        read(made)
