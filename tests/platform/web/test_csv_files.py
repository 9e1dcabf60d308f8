"""Tables for a spreadsheet: as long as they come, never whole in memory."""

import gc
import tracemalloc

from obshto.platform.web import file_responses
from obshto.platform.web.file_responses import csv_file


def test_a_table_is_what_spreadsheets_in_bulgaria_open():
    answer = csv_file("a.csv", ("Име", "Сума"), [("Проба; Две", "-1,50"), ("=A1", "")])
    body = answer.get_data()
    assert body.startswith(b"\xef\xbb\xbf") and body.decode("utf-8-sig") == (
        'Име;Сума\r\n"Проба; Две";-1,50\r\n\'=A1;\r\n'
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_long_table_lies_in_a_file_until_it_was_sent():
    """Of 20 MB less than a tenth is in memory at a time."""
    rows = ((str(number), "Улица Дунавска" * 40) for number in range(20_000))
    gc.collect()
    tracemalloc.start()
    answer = csv_file("a.csv", ("Номер", "Къде"), rows)
    sizes = [len(piece) for piece in answer.iter_encoded()]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) == int(answer.headers["Content-Length"]) > 20_000_000
    assert most < 3 * file_responses.IN_MEMORY and max(sizes) <= file_responses.PIECE
    answer.close()
