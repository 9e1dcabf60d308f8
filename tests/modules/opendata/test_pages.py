"""Pages of open data: the catalogue, a data set, its files, a set brought by hand."""

import csv
import io
import json
import re
from collections import Counter

import pytest
from lxml import etree
from openpyxl import load_workbook

from obshto.modules.places.seeds import seed as seed_places
from obshto.platform.permissions import Role

NEIGHBOUR = "dolno-selo"
ATOM = "{http://www.w3.org/2005/Atom}"


def place_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0].removeprefix("http://gorno-selo.localhost:8000")


def version_on(page):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', page.text)[1]


def test_what_an_official_brings_is_looked_at_then_published_in_every_format(editor, draft, read):
    page, shown = draft, editor.get(draft).text
    assert "1234.5" in shown and "Дейност" in shown and "Чернова" in shown
    public = f"/opendata/sets/own/{page.rpartition('/')[2]}"
    assert read(public).status_code == 404
    assert editor.press(page, to="/publish").status_code == 303
    text = read(public).text
    assert "Разходи по дейности" in text and "Пътища" in text
    assert text.count("<rect") == 2 and "1 002,1" in text.replace("\xa0", " ")  # a column a year
    rows = list(csv.reader(io.StringIO(read(f"{public}.csv").text.removeprefix("\ufeff"))))
    assert rows == [
        ["godina", "deinost", "suma"],
        ["2024", "Пътища", "1234.5"],
        ["2025", "Пътища", "990.0"],
        ["2025", "Чистота", "12.1"],
    ]
    sheet = load_workbook(io.BytesIO(read(f"{public}.xlsx").data)).active
    assert [cell.value for cell in sheet[2]] == [2024, "Пътища", 1234.5]
    assert read(f"{public}.json").json[0] == {"godina": 2024, "deinost": "Пътища", "suma": 1234.5}
    assert read(f"{public}.geojson").status_code == 404


def test_who_follows_a_data_set_learns_of_each_new_edition(editor, bring, published, read):
    def entries(address):
        feed = etree.fromstring(read(address).data)
        assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith(address)
        return [
            (
                it.find(f"{ATOM}id").text,
                it.find(f"{ATOM}title").text,
                it.find(f"{ATOM}summary").text,
            )
            for it in feed.iter(f"{ATOM}entry")
        ]

    feed = f"{published}/atom.xml"
    assert f'href="{feed}"' in read(published).text
    assert read(feed).headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    [first] = entries(feed)
    page = f"/console/opendata/{published.rpartition('/')[2]}"
    version = version_on(editor.get(f"{page}/edit"))
    content = "Година;Дейност;Сума\n2026;Чистота;7\n"
    assert bring(content, to=f"{page}/edit", expected_version=version).status_code == 303
    assert editor.press(page, to="/publish").status_code == 303
    [second, kept] = entries(feed)
    assert kept == first and second[0] != first[0]
    assert second[1] == "Разходи по дейности, издание № 2" and "Редове: 1, нови: 1" in second[2]
    assert [words for *_, words in entries(f"/en{feed}")] != [second[2], first[2]]
    assert editor.press(page, to="/withdraw").status_code == 303
    assert read(feed).status_code == 404 == read(feed, NEIGHBOUR).status_code


def test_a_file_is_asked_for_once_and_in_ranges(published, read):
    whole = read(f"{published}.csv")
    assert read(f"{published}.csv", **{"If-None-Match": whole.headers["ETag"]}).status_code == 304
    part = read(f"{published}.csv", Range="bytes=3-12")
    assert part.status_code == 206 and part.data == whole.data[3:13]
    assert part.headers["Content-Range"] == f"bytes 3-12/{len(whole.data)}"
    assert whole.headers["Access-Control-Allow-Origin"] == "*"


def test_a_new_file_is_a_new_edition_that_tells_what_changed(editor, bring, published, read):
    page = f"/console/opendata/{published.rpartition('/')[2]}"
    content = "Година;Дейност;Сума\n2024;Пътища;1 234,50\n2026;Чистота;7\n"
    version = version_on(editor.get(f"{page}/edit"))
    changed = bring(content, to=f"{page}/edit", expected_version=version)
    assert changed.status_code == 303
    assert read(f"{published}.json").json[-1]["godina"] == 2025  # the draft is nobody's yet
    assert editor.press(page, to="/publish").status_code == 303
    assert read(f"{published}.json").json[-1]["godina"] == 2026
    text = read(f"{published}/versions").text
    assert "нови: 1" in text and "махнати: 2" in text
    assert len(read(f"{published}/versions/1.json").json) == 3
    assert read(f"{published}/versions/3.json").status_code == 404


def test_a_withdrawn_set_is_seen_by_nobody(editor, published, read):
    page = f"/console/opendata/{published.rpartition('/')[2]}"
    assert editor.press(page, to="/withdraw").status_code == 303
    for path in (published, f"{published}.csv", published.replace("sets", "api")):
        assert read(path).status_code == 404
    assert "Разходи" not in read("/opendata/").text


def test_a_personal_number_is_told_by_row_and_stops_the_publication(editor, bring, read):
    content = "Име;Код\nПърви;1111111110\nВтори;7523169263\n"
    page = place_of(bring(content))
    shown = editor.get(page).text
    assert "ЕГН" in shown and "Публикувайте</button>" not in shown
    sent = {"expected_version": 1}
    assert editor.post(f"{page}/publish", sent).status_code == 409
    assert read(f"/opendata/sets/own/{page.rpartition('/')[2]}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "празен"),
        ("Година;Година\n1;2\n", "a.csv", "Първият ред"),
        ("Само заглавие\n", "a.csv", "Първият ред"),
        (b"MZ\x90\x00", "a.exe", "CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_was_typed(bring, content, name, said):
    answer = bring(content, name, title="Моето заглавие")
    assert answer.status_code == 422
    assert "Моето заглавие" in answer.text
    assert "error-message" in answer.text and said in answer.text


def test_the_night_makes_an_edition_only_of_what_differs(published, read, refresh):
    refresh()
    assert read("/opendata/sets/places/places.json").json == []
    refresh()
    assert read("/opendata/sets/places/places/versions/2.json").status_code == 404
    listed = read("/opendata/").text
    assert "Места в общината" in listed and "Сигнали за нередности" not in listed
    assert read("/opendata/sets/reports/reports").status_code == 404  # the module is off


def test_programs_read_rows_by_filter_and_page(published, read):
    api = published.replace("sets", "api")
    assert [row["suma"] for row in read(f"{api}?godina=2025").json["data"]] == [990.0, 12.1]
    assert [row["suma"] for row in read(f"{api}?suma.from=100&suma.to=1000").json["data"]] == [
        990.0
    ]
    rows, onward = [], f"{api}?limit=2"
    while onward:
        told = read(onward.partition("8000")[2] or onward).json
        rows += told["data"]
        onward = told["next"]
    assert len(rows) == 3
    for query in (
        "nothing=1",
        "godina=x",
        "limit=0",
        "limit=9999",
        "after=7",
        "after=-1",
        "suma.over=1",
    ):
        answer = read(f"{api}?{query}")
        assert answer.status_code == 422 and answer.json["error"], query


def test_a_place_within_a_row_that_looks_like_a_row_is_refused(bring, editor, read):
    page = place_of(bring("Дейност;Сума\nРемонт {на} пътя;5\n"))
    assert editor.press(page, to="/publish").status_code == 303
    public = f"/opendata/sets/own/{page.rpartition('/')[2]}"
    at = read(f"{public}.json").data.rindex("{на}".encode())
    answer = read(f"{public.replace('sets', 'api')}?after={at}")
    assert answer.status_code == 422 and answer.json["error"]


def test_the_page_describes_itself_for_programs(published, read):
    text = read(published).text
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    assert told["@type"] == "Dataset" and told["license"].startswith("https://creativecommons.org")
    assert {one["encodingFormat"] for one in told["distribution"]} >= {
        "text/csv",
        "application/json",
    }


def test_a_neighbour_sees_nothing_of_it(published, sign_in, read):
    for path in (
        published,
        f"{published}.csv",
        f"{published}/versions",
        f"{published}/versions/1.json",
        f"{published}/datapackage.json",
        published.replace("sets", "api"),
    ):
        assert read(path, NEIGHBOUR).status_code == 404, path
    assert "Разходи" not in read("/opendata/", NEIGHBOUR).text
    assert "Разходи" not in read("/opendata/catalog.ttl", NEIGHBOUR).text
    other = sign_in(NEIGHBOUR, Role.EDITOR)
    page = f"/console/opendata/{published.rpartition('/')[2]}"
    assert other.get(page).status_code == 404
    assert other.post(f"{page}/withdraw", {"expected_version": 2}).status_code == 404


def test_who_may_not_publish_is_refused(clerk, editor, draft):
    page = draft
    assert clerk.get(page).status_code == 403
    assert clerk.post(f"{page}/publish", {"expected_version": 1}).status_code == 403
    assert editor.get("/console/opendata/requests/").status_code == 403


def test_before_its_first_file_a_set_leads_programs_nowhere(switched_on, read):
    page = read("/opendata/sets/places/places")
    assert page.status_code == 200 and "Първите файлове идват" in page.text
    assert "/opendata/api/" not in page.text and "datapackage.json" not in page.text


def test_a_set_with_a_category_is_drawn_by_its_groups(switched_on, read, refresh, uow_in):
    with uow_in("gorno-selo") as uow:
        seed_places(uow)
        uow.commit()
    refresh()
    kinds = Counter(row["kind"] for row in read("/opendata/sets/places/places.json").json)
    _, most = kinds.most_common(1)[0]
    text = read("/opendata/sets/places/places").text.replace("\xa0", " ")
    assert "Графика по групи" in text and "брой редове" in text
    assert text.count('class="part"') == len(kinds) > 1
    assert f"({most})" in text
