"""Places come and go by a table: looked at first, done once, each wrong row named."""

import csv
import io
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import create_engine, insert, text

from obshto.modules.places.services.table import COLUMNS
from obshto.platform.permissions import Role
from obshto.tenants.municipalities.models import Settlement

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TABLE, FILE = "/console/places/table", "/console/places/places.csv"
HEAD = "Вид;Име;Населено място;Адрес;Телефон;Понеделник;Удобства"
POST = "Поща, банка, друга услуга;Пощата;с. Гъмзово;пл. 1;0938 12 345;8-17;Вход без стъпала"
SHOP = "Магазин;Хлебарница;Гъмзово;ул. 2;;7:00-12:00, 14:00-19:00;"


@pytest.fixture(autouse=True)
def places_on(house, config):
    """Both villages have places switched on, and one settlement each."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{places}'"))
        for ekatte, slug, name in (("00001", VILLAGE, "Гъмзово"), ("00002", NEIGHBOUR, "Друго")):
            row = {"ekatte": ekatte, "municipality": slug, "kind": "село", "is_seat": False}
            row |= {"names": {"bg": name, "en": "X"}, "sort_key": name.casefold()}
            connection.execute(insert(Settlement).values(row))
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement WHERE ekatte IN ('00001', '00002')"))
    engine.dispose()


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def count(owner):
    return lambda: owner("SELECT count(*) FROM t_gorno_selo.places_place")[0][0]


def table(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def look(editor, content, name="a.csv"):
    """Send a table; the preview."""
    return editor.press(TABLE, TABLE, file=(BytesIO(content), name))


def read(answer):
    return answer.text.replace("\xa0", " ")


def take(editor, preview, **more):
    """Press the button of the preview."""
    [(address, fields)] = [f for f in editor.forms_in(preview.text) if "rows" in f[1]]
    return editor.post(address, fields | more)


def bring(editor, *rows, **more):
    answer = take(editor, look(editor, table(*rows)), **more)
    assert answer.status_code == 303
    return answer


def taken_away(editor, slug=VILLAGE):
    told = editor.get(FILE).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told), delimiter=";"))


# -- what is shown first -----------------------------------------------------------------------


def test_nothing_is_written_before_somebody_has_looked(editor, count):
    preview = look(editor, table(POST, SHOP))
    assert preview.status_code == 200
    assert "Пощата" in preview.text and "Хлебарница" in preview.text
    assert count() == 0


def test_each_wrong_row_is_named_with_its_column_and_how_to_mend_it(editor, count):
    wrong = [
        "Кръчма;Без вид;;;;;",
        "Магазин;;;;;;",
        "Магазин;Телефон;;;много;;",
        "Магазин;Часове;;;;преди обед;",
        "Магазин;Далеч;с. Друго;;;;",
        "Магазин;Удобство;;;;;басейн",
    ]
    page = read(look(editor, table(POST, *wrong)))
    for number, column in enumerate(("Вид", "Име", "Телефон", "Понеделник"), 3):
        assert f"ред {number}<" in page
        assert f'<b lang="bg">{column}</b>:' in page
    assert "Населено място</b>:" in page and "Удобства</b>:" in page
    assert page.count("С грешка") == len(wrong)
    take(editor, look(editor, table(POST, *wrong)))
    assert count() == 1


def test_a_table_in_which_nothing_is_right_is_refused(editor):
    answer = look(editor, table("Кръчма;А;;;;;"))
    assert answer.status_code == 422
    assert 'name="rows"' not in answer.text


def test_the_same_place_in_two_rows_is_told(editor, count):
    page = look(editor, table(POST, POST.replace("пл. 1", "пл. 2")))
    assert "Същото място стои и на ред 2" in read(page)
    take(editor, page)
    assert count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (table(POST, head=HEAD.replace("Име", "Название")), "a.csv", "няма колона „Име“"),
        (table(), "a.csv", "нито едно място"),
        (b"", "a.csv", "Файлът е празен"),
        (b"%PDF-1.7", "a.pdf", "CSV или XLSX"),
        (table(*([SHOP] * 501)), "a.csv", "до 500 реда"),
    ],
    ids=["column", "rows", "empty", "pdf", "many"],
)
def test_what_is_no_table_of_places_is_refused_with_words(editor, content, name, said):
    answer = look(editor, content, name)
    assert answer.status_code == 422
    assert said in read(answer)


# -- what is done ------------------------------------------------------------------------------


def test_new_places_wait_among_the_drafts(editor, client, at):
    bring(editor, POST, SHOP)
    assert "Пощата" in editor.get("/console/places/?list=drafts").text
    assert "Пощата" not in client.get("/places/", base_url=at(VILLAGE)).text


def test_or_they_are_published_at_once_and_found(editor, client, at):
    bring(editor, POST, publish="y")
    page = client.get("/places/", base_url=at(VILLAGE)).text
    assert "Пощата" in page
    assert "Пощата" in client.get("/search?q=поща", base_url=at(VILLAGE)).text


def test_a_spreadsheet_does_the_same(editor, count):
    content, book = BytesIO(), Workbook()
    for row in (HEAD, POST, SHOP):
        book.active.append(row.split(";"))
    book.save(content)
    take(editor, look(editor, content.getvalue(), "места.xlsx"))
    assert count() == 2


def test_the_same_table_again_changes_nothing(editor, count, owner):
    bring(editor, POST, SHOP)
    acts = owner("SELECT count(*) FROM t_gorno_selo.audit_entry")
    again = look(editor, table(POST, SHOP))
    assert read(again).count("Без промяна") == 2
    assert 'name="rows"' not in again.text
    assert (count(), owner("SELECT count(*) FROM t_gorno_selo.audit_entry")) == (2, acts)


def test_the_button_pressed_twice_does_it_once(editor, count, owner):
    preview = look(editor, table(POST, SHOP))
    for _ in range(2):
        assert take(editor, preview).status_code == 303
    assert count() == 2
    written = "SELECT count(*) FROM t_gorno_selo.audit_entry WHERE act = 'places:place.written'"
    assert owner(written) == [(2,)]


def test_what_is_taken_away_comes_back_without_a_change(editor):
    bring(editor, POST, SHOP)
    again = look(editor, editor.get(FILE).data)
    assert again.status_code == 200
    assert read(again).count("Без промяна") == 2


def test_a_row_with_a_number_changes_its_place_and_what_has_no_column_stays(editor, owner):
    bring(editor, POST)
    [row] = taken_away(editor)
    changed = table(f"{row['Номер']};Музей;Пощенският музей", head="Номер;Вид;Име")
    changed = changed.replace("Музей;".encode(), "Култура и библиотека;".encode())
    take(editor, look(editor, changed))
    [after] = taken_away(editor)
    assert (after["Име"], after["Вид"]) == ("Пощенският музей", "Култура и библиотека")
    assert (after["Адрес"], after["Понеделник"]) == (row["Адрес"], row["Понеделник"])


def test_who_changed_a_place_meanwhile_is_not_overwritten(editor):
    bring(editor, POST)
    preview = look(editor, table(POST.replace("пл. 1", "пл. 9")))
    [row] = taken_away(editor)
    edit = f"/console/places/{row['Номер']}"
    editor.press(edit, edit, address="пл. 5", kind="service", ekatte="00001", features="step-free")
    answer = take(editor, preview)
    assert answer.headers["Location"].endswith("said=places.taken-some")
    assert taken_away(editor)[0]["Адрес"] == "пл. 5"


@pytest.mark.parametrize(
    "rows", ["x", "{}", "[1]", "[[1, {}, 0]]", '[["a", {"kind": "shop", "name": "А"}, 0]]', "[[]]"]
)
def test_rows_that_nobody_packed_are_refused(editor, count, rows):
    preview = look(editor, table(POST))
    assert take(editor, preview, rows=rows).status_code == 422
    assert count() == 0


def test_rows_that_were_changed_on_the_way_are_judged_anew(editor, count):
    preview = look(editor, table(POST))
    told = '[[2, {"kind": "Кръчма", "name": "А"}, 0]]'
    assert take(editor, preview, rows=told).status_code == 303
    assert count() == 0


# -- what is taken away ------------------------------------------------------------------------


def test_the_table_has_the_columns_that_are_read_and_runs_nothing(editor):
    bring(editor, "Магазин;=1+1;;;;;")
    answer = editor.get(FILE)
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    [row] = taken_away(editor)
    assert list(row) == list(COLUMNS.values())
    assert row["Име"] == "'=1+1"


# -- whose they are ----------------------------------------------------------------------------


def test_a_place_of_the_neighbour_cannot_be_changed_by_its_number(editor, sign_in, owner):
    bring(editor, POST)
    [row] = taken_away(editor)
    other = sign_in(NEIGHBOUR, Role.EDITOR)
    answer = look(other, table(f"{row['Номер']};Магазин;Чуждо", head="Номер;Вид;Име"))
    assert answer.status_code == 422
    assert "Няма такова място" in read(answer)
    assert taken_away(other) == []


def test_who_may_not_publish_places_is_kept_out(sign_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert clerk.get(TABLE).status_code == 403
    assert clerk.get(FILE).status_code == 403


def test_many_rows_ask_no_more_than_few(editor, statements_of):
    def asked(number):
        content = table(*(f"Магазин;Номер {n};;;;;" for n in range(number)))
        answers = []
        asked = statements_of(lambda: answers.append(look(editor, content).status_code))
        assert answers == [200]
        return len(asked)

    look(editor, table(POST))
    assert asked(50) == asked(5)
