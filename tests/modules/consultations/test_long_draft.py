"""A draft of two hundred pages out of Word: taken whole, read in parts of a page's weight."""

import re
from uuid import uuid4

from tests.modules.consultations.test_pages import (
    VILLAGE,
    WRITTEN,
    path_of,
    secretary,
    switched_on,
)
from tests.platform.storage.test_word_documents import run, word

from obshto.modules.consultations.services.paragraphs import (
    PART,
    Paragraph,
    part_with,
    parts_of,
    sections_of,
)

__all__ = ["secretary", "switched_on"]  # fixtures
PAGES, LINES = 200, 5  # paragraphs on a page, of 450 letters
HEAVIEST = 260_000  # bytes of one page
SENTENCE = "Общината поддържа улиците, чешмите и гробищния парк в селото всяка година. " * 6


def article(number):
    if number % 100 == 1:
        return f"<w:p>{run(f'Глава {number // 100 + 1}')}</w:p>"
    return f"<w:p>{run(f'Чл. {number}. {SENTENCE}')}</w:p>"


def test_two_hundred_pages_are_taken_and_read_in_parts(secretary, client, at):
    file = word("".join(article(number) for number in range(1, PAGES * LINES + 1)))
    typed = {**WRITTEN, "draft": "", "request_id": uuid4(), "document": (file, "draft.docx")}
    read = secretary.post("/console/consultations/new", typed)
    assert read.status_code == 200
    [(_path, fields)] = [it for it in secretary.forms_in(read.text) if "draft" in it[1]]
    assert len(fields["draft"]) > 2_000 * PAGES and "Чл. 1000. " in fields["draft"]
    fields.pop("document")
    as_a_browser = {"content_type": "multipart/form-data"}
    typed = fields | {"kind": "other"}
    desk = path_of(secretary.post("/console/consultations/new", typed, **as_a_browser))
    assert secretary.press(f"{desk}/publish").status_code == 303
    public = f"/consultations/{desk.rpartition('/')[2]}"

    def read_at(address):
        return client.get(address, base_url=at(VILLAGE)).text

    page = read_at(public)
    addresses = re.findall(rf'href="({public}\?paragraph=\d+)#text"', page)
    texts = [page, *(read_at(address) for address in dict.fromkeys(addresses))]
    assert len(texts) > 10 and max(len(text.encode()) for text in texts) < HEAVIEST
    shown = [number for text in texts for number in re.findall(r'<(?:li|h3) id="p(\d+)"', text)]
    assert sorted(map(int, shown)) == sorted(set(range(1, PAGES * LINES + 1)))
    assert 'id="p777"' in read_at(f"{public}?paragraph=777")
    assert f"{public}?paragraph=777#p777" in read_at(f"{public}/say?paragraph=777")


def test_a_part_ends_before_a_heading_or_between_paragraphs():
    half = "а" * (PART // 2)
    texts = ["ГЛАВА ПЪРВА", half, half, half, "ГЛАВА ВТОРА", "Кратко"]
    rows = [
        Paragraph(number, text, is_heading=text.isupper()) for number, text in enumerate(texts, 1)
    ]
    parts = parts_of(sections_of(rows))
    numbers = [[one.number for section in part for one in section.everything] for part in parts]
    assert numbers == [[1, 2, 3], [4, 5, 6]]
    assert [part_with(parts, number) for number in (3, 5, 99, None)] == [0, 1, 0, 0]
    assert parts_of([]) == []
