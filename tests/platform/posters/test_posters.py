"""What is published hangs on the door: one page, a short address, an accessible PDF."""

import re
import zlib
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select, text

from obshto.modules.news import services as news
from obshto.modules.news.services import Text
from obshto.platform.modularity.manifest import Paper
from obshto.platform.permissions import Role
from obshto.platform.posters import addresses
from obshto.platform.posters.addresses import number_of, path_behind
from obshto.platform.posters.errors import NotHereAnyMore
from obshto.platform.posters.layout import LETTERS, Sheet, Size, shortened, typeset
from obshto.platform.posters.models import PosterAddress
from obshto.platform.posters.papers import paper_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SHEET = {"municipality": "Община Горно село", "address": "gorno-selo.example/go/48213"}
SHEET |= {
    "link": "https://gorno-selo.example/go/48213",
    "phone": "0938 12 345",
    "day": date(2026, 11, 28),
}
IMAGE = re.compile(rb"/Subtype\s*/Image")
PLAIN = Paper(kind="Новина", title="Лекарят идва", path="/news/x", language="bg", text=("Утре.",))


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def item(uow_in):
    """A published piece of news."""
    with uow_in(VILLAGE) as uow:
        said = Text(title="Лекарят идва в четвъртък", summary="В здравния дом", markdown="От 9 ч.")
        made = news.write_item(uow, said, request_id=uuid4())
        news.publish_item(uow, made, expected_version=made.version)
        uow.commit()
        return made


def printed(editor, item, **chosen):
    """The file that the button leads to."""
    chosen = {"language": "bg", **chosen}
    answer = editor.press(f"/console/posters/news/{item.id}", **chosen)
    assert answer.status_code == 303
    return editor.get(answer.location)


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", whole(pdf)))


def whole(pdf):
    """The PDF with its packed pieces opened."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_an_editor_prints_a_poster_from_the_page_of_the_news(editor, item):
    page = editor.get(f"/console/news/{item.id}")
    assert f'href="/console/posters/news/{item.id}"' in page.text
    answer = printed(editor, item, size="a4")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    pdf = whole(answer.data)
    assert b"/MarkInfo" in pdf and b"pdfuaid" in pdf and pages_of(answer.data) == 1


def test_the_number_on_the_paper_leads_to_the_thing_and_stays(editor, item, client, at, uow_in):
    for size in Size:
        assert printed(editor, item, size=size).status_code == 200
    with uow_in(VILLAGE) as uow:
        (number,) = uow.session.scalars(select(PosterAddress.number)).all()
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/go/{number}", base_url=at(VILLAGE))
        assert (answer.status_code, answer.location) == (303, f"{prefix}/news/{item.id}")
    assert client.get(f"/go/{number}", base_url=at(NEIGHBOUR)).status_code == 404
    assert client.get("/go/123", base_url=at(VILLAGE)).status_code == 404


def test_what_was_taken_down_is_printed_no_more_and_says_so_on_the_phone(
    editor, item, client, at, uow_in
):
    printed(editor, item, size="a5")
    with uow_in(VILLAGE) as uow:
        (number,) = uow.session.scalars(select(PosterAddress.number))
        again = news.item_of(uow, item.id, to_change=True)
        news.hide_item(uow, again, expected_version=again.version)
        uow.commit()
    assert editor.get(f"/console/posters/news/{item.id}").status_code == 404
    told = client.get(f"/go/{number}", base_url=at(VILLAGE))
    assert told.status_code == 404 and "вече не важи" in told.text.replace("\xa0", " ")


def test_the_list_has_what_is_published_and_finds_it_by_a_word_in_any_case(editor, item):
    assert item.title in editor.get("/console/posters/").text.replace("\xa0", " ")
    assert item.title in editor.get("/console/posters/?q=ЛЕКАРЯТ").text.replace("\xa0", " ")
    page = editor.get("/console/posters/?q=никой")
    assert item.title not in page.text and "по-кратка дума" in page.text.replace("\xa0", " ")


@pytest.mark.parametrize("broken", [{"size": "a3"}, {"language": "de"}, {"phone": "1" * 41}])
def test_a_broken_form_says_how_to_mend_it_and_keeps_the_phone(editor, item, broken):
    typed = {"size": "a4", "language": "bg", "phone": "0938 12 345"} | broken
    page = editor.press(f"/console/posters/news/{item.id}", **typed)
    assert page.status_code == 422 and typed["phone"] in page.text


def test_somebody_who_may_not_print_neither_sees_the_way_nor_goes_it(sign_in, item):
    stranger = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    assert stranger.get("/console/posters/").status_code == 403
    assert stranger.get(f"/console/posters/news/{item.id}").status_code == 403


def test_the_file_of_what_has_no_number_does_not_exist(editor, item):
    home = f"/console/posters/news/{item.id}/sheet.pdf"
    assert editor.get(f"{home}?size=a4&language=bg").status_code == 404
    printed(editor, item, size="a4")
    for asked in ("size=a5&language=ro", "size=a4&language=bg&phone=0938"):
        assert editor.get(f"{home}?{asked}").status_code == 200
    for broken in ("size=a3", "language=de"):
        assert editor.get(f"{home}?{broken}").status_code == 404


def test_a_thing_of_another_municipality_does_not_exist(sign_in, item):
    there = sign_in(NEIGHBOUR, Role.EDITOR)
    assert there.get(f"/console/posters/news/{item.id}").status_code == 404


def test_a_module_that_is_off_prints_nothing(editor, item, migrator):
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{}'"))
    assert editor.get(f"/console/posters/news/{item.id}").status_code == 404


def test_the_list_asks_the_database_no_more_often_when_it_is_longer(
    editor, item, statements_of, uow_in
):
    def once():
        return len(statements_of(lambda: editor.get("/console/posters/")))

    once()
    before = once()
    with uow_in(VILLAGE) as uow:
        for number in range(5):
            said = Text(title=f"Новина {number}", summary="Още", markdown="Още.")
            made = news.write_item(uow, said, request_id=uuid4())
            news.publish_item(uow, made, expected_version=made.version)
        uow.commit()
    assert once() <= before


def test_a_number_that_is_given_is_given_to_nothing_else(uow, monkeypatch):
    drawn = iter([0, 0, 7])
    monkeypatch.setattr(addresses.secrets, "randbelow", lambda _: next(drawn))
    first, other = uuid4(), uuid4()
    assert number_of(uow, "news", first) == 10_000
    assert number_of(uow, "news", other) == 10_007
    assert number_of(uow, "news", first) == 10_000
    assert [fact.name for fact in uow.facts] == ["posters:address.given"] * 2


def test_a_number_that_was_never_given_leads_nowhere(uow):
    with pytest.raises(NotHereAnyMore):
        path_behind(uow, 99_998)


def test_what_is_to_come_is_no_paper_yet(uow):
    said = Text(title="Утре", summary="Утре", markdown="Утре.")
    made = news.write_item(uow, said, request_id=uuid4())
    news.publish_item(uow, made, expected_version=made.version, at=uow.now + timedelta(days=1))
    uow.session.flush()
    assert paper_of(uow, "news", made.id, "bg") is None


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("language", ["bg", "en", "ro"])
def test_the_longest_text_stays_on_one_page(app, size, language):
    long = "Водата спира в цялото село заради авария на главния водопровод. " * 3
    facts = (("Къде", long[:120]), ("От", "1 май 2026 г."), ("До", "2 май 2026 г."))
    paper = Paper(
        kind="Съобщение", title=long, path="/", language=language, facts=facts, text=(long,) * 40
    )
    with app.test_request_context("/"):
        assert pages_of(typeset(paper, Sheet(size=size, **SHEET))) == 1


@pytest.mark.parametrize("size", list(Size))
def test_the_coat_of_arms_stands_on_the_paper_with_words(editor, item, sign_in, size):
    bare = whole(printed(editor, item, size=size.value).data)
    worn = BytesIO()
    Image.new("RGB", (256, 320), "#14532d").save(worn, "PNG")
    worn.seek(0)
    page = "/console/tenants/appearance/emblem/"
    assert (
        sign_in(VILLAGE, Role.ADMIN).press(page, page, file=(worn, "gerb.png")).status_code == 303
    )
    pdf = printed(editor, item, size=size.value).data
    assert IMAGE.search(whole(pdf)) and not IMAGE.search(bare)
    assert whole(pdf).count(b"/Alt") > bare.count(b"/Alt")
    assert pages_of(pdf) == 1


def test_the_same_values_give_the_same_bytes(app):
    with app.test_request_context("/"):
        one, other = (typeset(PLAIN, Sheet(size=Size.A4, **SHEET)) for _ in range(2))
    assert one == other


def test_what_is_typed_is_text_and_never_markup(app):
    paper = Paper(kind="#[x]", title="#panic() *x* $1$ \\", path="/", language="bg", text=("#set",))
    with app.test_request_context("/"):
        assert typeset(paper, Sheet(size=Size.A4, **SHEET)).startswith(b"%PDF")


def test_the_cut_is_seen_and_the_last_word_whole():
    assert shortened(("един два три",), 9) == ["един два…"]
    assert shortened(("един", " ", "два"), 100) == ["един", "два"]
    assert LETTERS[Size.A4] > LETTERS[Size.A5]
