"""What a municipality says of its villages: who may, what people see, what stood before."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.settlements.seeds import seed

HERE, THERE = "gorno-selo", "dolno-selo"
PLACE, FOREIGN = "68148", "99999"
PAGE, EDIT = f"/settlements/{PLACE}", f"/console/tenants/settlements/{PLACE}"
PROFILE = "select mayor, version from t_gorno_selo.tenants_settlement_profile"


@pytest.fixture
def villages(migrator):
    with migrator.begin() as connection:
        for ekatte, municipality in ((PLACE, HERE), (FOREIGN, THERE)):
            connection.execute(
                text(
                    "INSERT INTO shared.settlement (ekatte, municipality, kind, names, postal_code,"
                    " is_seat, sort_key) VALUES (:ekatte, :municipality, 'село',"
                    ' \'{"bg": "Старопатица", "en": "Staropatitsa"}\', \'3835\', false, \'с\')'
                ),
                {"ekatte": ekatte, "municipality": municipality},
            )


@pytest.fixture
def editor(villages, sign_in):
    return sign_in(HERE, Role.EDITOR, name="Росица Редакторова")


@pytest.fixture
def visit(client, at):
    return lambda path, slug=HERE: client.get(path, base_url=at(slug))


def say(editor, **typed):
    return editor.press(EDIT, **{"mayor": "Мария Примерова", "phone": "0938 12 345", **typed})


def test_people_read_who_the_village_mayor_is_and_what_is_of_the_register(editor, visit):
    assert "още не е писала" in visit(PAGE).text
    assert say(editor, monday="8-12", facts="Лекарят идва в сряда").status_code == 303
    page = visit(PAGE).text.replace("\xa0", " ")
    for said in ("с. Старопатица", "Мария Примерова", "0938 12 345", "от 8:00 до 12:00", PLACE):
        assert said in page, said
    assert "Лекарят идва в сряда" in page and "Единния класификатор" in page
    assert f'href="{PAGE}"' in visit("/settlements/").text
    assert f'href="{PAGE}"' in visit("/contact").text
    romanian = visit(f"/ro{PAGE}").text
    assert "Staropatitsa" in romanian and '<span lang="bg">Мария Примерова</span>' in romanian


def test_the_name_and_the_code_are_shown_and_cannot_be_sent(editor, owner):
    page = editor.get(EDIT).text
    assert "само там" in page and 'name="ekatte"' not in page
    say(editor, name="Друго", ekatte=FOREIGN)
    assert owner("select ekatte from t_gorno_selo.tenants_settlement_profile") == [(PLACE,)]


def test_each_change_is_kept_and_can_be_brought_back(editor, visit, owner):
    say(editor)
    say(editor, mayor="Иван Примеров")
    [(to, fields)] = [form for form in editor.forms(f"{EDIT}/versions") if "revert" in form[0]]
    assert "Мария Примерова" in editor.get(f"{EDIT}/versions").text
    for _ in range(2):  # a double click is one
        assert editor.post(to, fields).status_code == 303
    assert "Мария Примерова" in visit(PAGE).text
    acts = (
        "select act from t_gorno_selo.audit_entry where act like 'tenants:settlement%' order by seq"
    )
    assert [act.rpartition(".")[2] for (act,) in owner(acts)] == ["changed", "changed", "reverted"]


def test_a_late_copy_says_so_and_keeps_what_was_typed(editor, owner):
    [(_to, fields)] = [form for form in editor.forms(EDIT) if "mayor" in form[1]]
    say(editor)
    answer = editor.post(EDIT, fields | {"mayor": "Закъснял Примеров"})
    assert answer.status_code == 422 and "Закъснял Примеров" in answer.text
    assert "друг промени" in answer.text and owner(PROFILE)[0][0] == "Мария Примерова"


@pytest.mark.parametrize("typed", [{"phone": "двойка"}, {"monday": "сутрин"}, {"mayor": "я" * 121}])
def test_what_cannot_be_is_said_and_stays_in_its_box(editor, typed, owner):
    answer = say(editor, **typed)
    assert answer.status_code == 422 and next(iter(typed.values())) in answer.text
    assert owner(PROFILE) == []


def test_a_picture_with_its_words_is_seen_and_taken_away(editor, visit):
    assert visit(f"{PAGE}/picture").status_code == 404
    stream = BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "PNG")
    stream.seek(0)
    sent = editor.press(f"{EDIT}/picture", file=(stream, "ploshtad.png"), alt="Площадът")
    assert sent.status_code == 303
    assert 'alt="Площадът"' in visit(PAGE).text
    assert visit(f"{PAGE}/picture").mimetype.startswith("image/")
    assert editor.press(f"{EDIT}/picture", to="/remove").status_code == 303
    assert visit(f"{PAGE}/picture").status_code == 404


def test_others_and_the_neighbour_have_nothing_of_it(editor, visit, sign_in):
    say(editor)
    assert sign_in(HERE, Role.REGISTRY_CLERK).get(EDIT).status_code == 403
    foreign = sign_in(THERE, Role.EDITOR)
    assert foreign.get(EDIT).status_code == 404
    assert visit(PAGE, THERE).status_code == 404
    assert visit(f"/settlements/{FOREIGN}").status_code == 404
    assert editor.get(f"/console/tenants/settlements/{FOREIGN}").status_code == 404


def test_the_demonstration_is_written_once_and_not_over_what_stands(villages, app, owner):
    for _ in range(2):
        with app.app_context(), open_uow(scope_named(HERE), Principal.system("test")) as uow:
            seed(uow)
    assert len(owner(PROFILE)) == 1
