"""Text of a PDF as whoever holds the paper reads it: by the tables of its fonts, no more."""

import re

import pikepdf

PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def pages_of(file):
    """The words of each page, in the order in which they are set."""
    with pikepdf.open(file) as pdf:
        return ["".join(_words(page)) for page in pdf.pages]


def _words(page):
    fonts = {str(name): _letters(font) for name, font in page.resources.Font.items()}
    letters = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                yield _read(bytes(operands[0]), letters)
            case "TJ":
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        yield _read(bytes(part), letters)
            case "ET":
                yield " "


def _read(glyphs, letters):
    codes = (int.from_bytes(glyphs[n : n + 2]) for n in range(0, len(glyphs), 2))
    return "".join(letters.get(code, "") for code in codes)


def _letters(font):
    """What each glyph of a font stands for."""
    table, found = font.ToUnicode.read_bytes().decode("latin-1"), {}
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, begins in RANGE.findall(part):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(begins, 16) + step)
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, says in PAIR.findall(part):
            found[int(glyph, 16)] = bytes.fromhex(says).decode("utf-16-be")
    return found
