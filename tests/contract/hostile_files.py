"""Files that were made to cost their reader, of kinds that have a shape."""

import json
import zipfile
from io import BytesIO

from openpyxl import Workbook

from obshto.modules.eservices.services.design.files import design_in
from obshto.modules.eservices.services.fragments import DATA
from obshto.modules.projects.services.accounts import rows_in
from obshto.modules.videos.services.caption_file import read_captions
from obshto.modules.voters.services.voter_list import read_list
from obshto.platform.storage.docx_reader import text_in
from obshto.platform.storage.sheet_reader import cells_in, values_in
from obshto.platform.storage.sheets import cells_of
from obshto.platform.storage.statement_reader import statements_in

LENGTH = 200_000  # characters of a shape that is repeated
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def repeated(*shapes, length=LENGTH):
    return [shape * (length // len(shape)) for shape in shapes]


def nested(begin, end, depth=900):
    return begin * depth + end * depth


def zipped(parts):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


# -- statements of a bank ----------------------------------------------------------------------


def camt():
    amount = '<Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    part = f"<TxDtls>{amount}<RmtInf><Ustrd>а</Ustrd></RmtInf></TxDtls>"
    entry = f"<Ntry>{amount}<Sts>BOOK</Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt>{{}}</Ntry>"
    inside = [
        *repeated(entry.format(""), "<Bal></Bal>", f"<Bal>{amount}</Bal>", "<Stmt></Stmt>"),
        *(entry.format(f"<NtryDtls>{it}</NtryDtls>") for it in repeated(part, "<RmtInf/>")),
        *(entry.replace("1.00", it).format("") for it in repeated("9", "1,", " ", "0.0")),
        *(entry.replace("1.00", it).format("") for it in ("1e999990", "1e-999990", "NaN")),
        entry.replace("1.00", "1e99999").format("") * 1_000,
        nested("<Stmt>", "</Stmt>"),
        nested("<Ntry>", "</Ntry>", 90_000),
    ]
    return [f"<Document><Stmt>{one}</Stmt></Document>".encode() for one in inside]


def mt940():
    head = ":20:A\n:25:BG80BNBG96611020345678\n:28C:1/1\n:60F:C261124EUR1,00\n"
    line = ":61:2611241124C1,00NTRFNONREF\n"
    shapes = (
        *(line, ":86:а\n", ":86:?20а", "?20а", "+20", ":6", ":61:", "\n", "-", ":20:A\n", "а "),
        *(f"{line}:86:+20а\n", "9", "1,", ":61:261124C", "{1:", "-}\n", ":62F:C261124EUR1,00\n"),
    )
    inside = [*repeated(*shapes), ":61:2611241124C1E99999999,NTRFNONREF\n"]
    inside += [f":61:2611241124C{it},00NTRF{it}\n" for it in repeated("9", "A", "//", " ")]
    return [f"{head}{one}\n:62F:C261124EUR1,00\n".encode() for one in inside]


# -- documents and workbooks -------------------------------------------------------------------


def docx():
    def of(body, numbering=""):
        told = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        numbers = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
        return zipped({"word/document.xml": told, "word/numbering.xml": numbers})

    said = "<w:r><w:t>а</w:t></w:r>"
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    levels = '<w:abstractNum w:abstractNumId="1">{}</w:abstractNum>'
    levels += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    paragraphs = f"<w:p>{listed}{said}</w:p>" * 3_000
    texts = [*repeated("%1", " "), "%1" * 100]
    yield from (
        of(f"<w:tbl>{it}</w:tbl>") for it in repeated("<w:tr><w:tc><w:p/></w:tc></w:tr>", "<w:tr/>")
    )
    yield from (of(f"<w:p>{it}</w:p>") for it in repeated(said, "<w:br/>", "<w:del/>", "<w:pPr/>"))
    yield from map(of, repeated(f"<w:p>{said}</w:p>", "<w:p/>", "<w:tbl/>"))
    yield of(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 300))
    yield from (of(nested(f"<w:{it}>", f"</w:{it}>", 300)) for it in ("p", "sdt", "r", "tbl"))
    for kind in ("decimal", "bullet", "lowerRoman"):
        yield from (of(paragraphs, levels.format(level.format(kind, it))) for it in texts)
    yield of(paragraphs, levels.format(level.format("decimal", "%1") * 2_000))


def xlsx():
    book = BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def of(rows, after=""):
        sheet = f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{after}</worksheet>'
        return zipped(parts | {"xl/worksheets/sheet1.xml": sheet})

    yield from map(of, repeated('<row><c t="inlineStr"><is><t>а</t></is></c></row>', "<row/>"))
    yield from (of(f"<row>{it}</row>") for it in repeated("<c><v>1</v></c>", "<c><f>A1+</f></c>"))
    yield of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield of(f"<row><c><v>{'9' * LENGTH}</v></c><c><v>1e999999999</v></c></row>")
    shared = '<c r="A{}"><f t="shared" si="0"{}>{}</f></c>'
    formula = shared.format(1, ' ref="A1:A9000"', "+A1" * 500)
    yield of(
        "<row>" + formula + "".join(shared.format(n, "", "") for n in range(2, 900)) + "</row>"
    )
    merged = "<mergeCells>{}</mergeCells>".format
    row = "<row><c><v>1</v></c></row>"
    yield of(row, merged('<mergeCell ref="A1:XFD1048576"/>'))
    yield of(row, merged('<mergeCell ref="A1:BH500"/>' * 500))


# -- captions, definitions, accounts -----------------------------------------------------------


def captions():
    cue = "00:01.000 --> 00:02.000\n{}\n\n"
    shapes = ("0", ":", "00:", " --> ", "00:01.000 --> ", "\n", "\n\n", "а\n\n", "<", "&", "<a>")
    yield from (f"WEBVTT\n\n{it}".encode() for it in repeated(*shapes, cue.format("а"), "NOTE \n"))
    yield from (f"WEBVTT\n\n{cue.format(it)}".encode() for it in repeated("<", "&#", "а ", "<а"))


def definitions():
    """The demonstration service, each of its parts as large as a design may be."""
    names = [f"q{number}" for number in range(390)]
    asked = {"type": "number", "label": {"bg": "а"}, "required": True}
    shown = {"==": [{"var": "q0"}, "1"]}
    for _ in range(3):
        shown = {"and": [shown]}
    summed = {f"q{n}": asked | {"formula": {"+": [{"var": f"q{n + 1}"}] * 2}} for n in range(300)}
    many = [{"value": name, "label": {"bg": "а"}} for name in names]
    yield design(fields=dict.fromkeys(names, asked | {"when": shown}))
    yield design(fields=dict.fromkeys(names, asked | {"when": {"or": [shown] * 3}}))
    yield design(fields=summed | {"q300": asked})
    yield design(fields={"q0": asked | {"type": "radios", "options": many}})
    yield design(fields={"q0": asked | {"type": "rows", "columns": dict.fromkeys(names, asked)}})
    yield design(pages=[{"id": "a", "title": {"bg": "а"}, "fields": names[:20]}] * 390)
    yield design(bring=[{"text": {"bg": "а"}, "when": shown}] * 390)
    for line in repeated("{q0}", "{", "{q0 ", " ", length=3_900):
        yield design(form=[line] * 60)
    yield from map(str.encode, repeated("[", '{"format":', '"\\u0041'))


def design(**parts):
    told = json.loads((DATA / "demo_service.json").read_text("utf-8")) | parts
    whole = {"format": "obshto-service", "number": 1, "design": told}
    return json.dumps(whole, ensure_ascii=False).encode()


def separated():
    head = "Проект;Програма;Дата;Сума;Валута;Документ\n"
    yield from ((head + it).encode() for it in repeated(";", '"', '";', "\n", "а;", "1,", "=", " "))


def accounts(content):
    return rows_in(cells_of(BytesIO(content), name="a.csv"))


def as_in_child(read, *asked):
    """Whatever a library trips over is an answer; that it wants more memory is none."""

    def reading(content):
        try:
            read(content, *asked)
        except MemoryError:
            raise
        except Exception as refusal:
            raise ValueError from refusal

    return reading


FILES = {  # by name: what reads it, what was made for it
    "camt": (as_in_child(statements_in, 5_000), camt),
    "mt940": (as_in_child(statements_in, 5_000), mt940),
    "document": (as_in_child(text_in, 200_000), docx),
    "workbook": (as_in_child(values_in, 502, 60), xlsx),
    "workbook of sums": (as_in_child(cells_in, 502, 60), xlsx),
    "captions": (lambda content: read_captions(content, seconds=60), captions),
    "definition": (design_in, definitions),
    "accounts": (accounts, separated),
    "voters": (read_list, separated),
}
