"""Files as people have them, made here."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def packed(**parts):
    """A zip; dots and slashes of the names are written as arguments of a dict."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def picture(size=(640, 480), form="PNG", mode="RGB", **options):
    made = BytesIO()
    image = Image.new(mode, size, "#14532d")
    image.paste("#f1f5f2", (0, 0, size[0] // 2, size[1] // 2))
    image.save(made, form, **options)
    return made.getvalue()


def bomb(width, height):
    """A PNG of so many pixels that says so and holds almost nothing."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def samples():
    """Each kind of document that is taken: name → bytes."""
    return {
        "a.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n",
        "a.odt": packed(**{"mimetype": ODT, "content.xml": "<x/>"}),
        "a.ods": packed(**{"mimetype": ODS, "content.xml": "<x/>"}),
        "a.docx": packed(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        "a.xlsx": packed(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}),
        "a.csv": "\ufeffДата;Сума\n1.12.2026;12,50\n".encode(),
        "a.txt": "Здравейте.\n".encode(),
    }


@pytest.fixture(scope="session")
def make():
    """The makers of other files."""

    class Makers:
        zip, image, bomb = staticmethod(packed), staticmethod(picture), staticmethod(bomb)

    return Makers
