"""Pages as editors and citizens meet them, over HTTP."""

import json
import re
from dataclasses import replace
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest

from obshto.modules.pages.forms import AnswerForm
from obshto.modules.pages.services import queries
from obshto.platform.permissions import Role
from obshto.platform.storage.services import LARGEST

VILLAGE = "gorno-selo"
ENGLISH = {"title": "Waste", "summary": "When we come", "markdown": "The lorry starts at 7:00."}
POISON = "<script>alert(1)</script>"


def plain(answer):
    return answer.text.replace("\xa0", " ")


@pytest.fixture
def public(begin):
    desk = begin(**{"details-price": "безплатно"})
    assert desk.publish().status_code == 303
    return desk


def test_what_is_published_is_seen_on_the_next_request(begin, visit):
    desk = begin()
    places = (f"/pages/{desk.id}", "/pages/section/environment")
    assert visit(places[0]).status_code == 404
    assert "Извозване на боклука" not in plain(visit(places[1]))
    desk.publish()
    for path in places:
        assert "Извозване на боклука" in plain(visit(path))
    for path in ("/", "/pages/"):
        assert "Околна среда и отпадъци" in plain(visit(path))
    desk.editor.press(desk.path, to="hide")
    assert visit(places[0]).status_code == 404
    assert "Околна среда и отпадъци" not in plain(visit("/"))


def test_a_page_asks_for_the_short_answers_of_its_kind(begin, visit):
    desk = begin("office", **{"details-phone": "0938 12 345", "details-head": "Мая Тошева"})
    desk.publish()
    page = plain(visit(f"/pages/{desk.id}"))
    assert "Кой отговаря" in page and "Мая Тошева" in page
    assert 'href="tel:+35993812345"' in page and "Работно време" not in page


@pytest.mark.parametrize("kind", ["secret", "%00", "PLAIN"])
def test_a_kind_that_is_none_does_not_exist(editor, kind):
    assert editor.get(f"/console/pages/new/{kind}").status_code in (400, 404)


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(editor, begin):
    answer = editor.post(
        "/console/pages/new/plain",
        {"title": "", "markdown": "Дълъг текст", "request_id": uuid4(), "section": "nowhere"},
    )
    assert answer.status_code == 422 and "<title>Грешка" in answer.text
    assert "Въведете заглавие" in plain(answer) and "Дълъг текст" in answer.text


def test_back_then_another_text_opens_the_first_page_with_what_was_typed_now(editor, owner):
    typed = {"summary": "а", "markdown": "б", "section": "about", "request_id": uuid4()}
    first = editor.post("/console/pages/new/plain", typed | {"title": "Първо"})
    again = editor.post("/console/pages/new/plain", typed | {"title": "Второ"})
    assert (first.status_code, again.status_code) == (303, 422)
    [mine] = [form for form in editor.forms_in(again.text) if "title" in form[1]]
    assert mine[1]["title"] == "Второ"
    assert editor.post(*mine).status_code == 303
    assert owner("select title from t_gorno_selo.pages_page") == [("Второ",)]


def test_html_in_any_field_stays_text(begin, visit):
    desk = begin(title=POISON, summary=POISON, markdown=POISON, **{"details-price": POISON})
    desk.attach(b"a", f"{POISON}.txt", title=POISON)
    desk.publish()
    for path in (f"/pages/{desk.id}", "/pages/section/environment"):
        page = visit(path).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for path in (desk.path, f"{desk.path}/preview", "/console/pages/"):
        assert "<script>alert" not in desk.editor.get(path).text


def test_what_machines_are_told_is_the_page_and_nothing_breaks_out_of_it(begin, visit):
    desk = begin(title=f'Боклук "{POISON}"')
    desk.publish()
    page = visit(f"/en/pages/{desk.id}").text
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(told)
    assert data["mainEntity"]["@type"] == "GovernmentService"
    assert data["name"] == f'Боклук "{POISON}"'
    assert data["url"].endswith(f"/en/pages/{desk.id}")
    assert 'property="og:title"' in page and "<svg" in page.partition("ob-paper")[2]


def test_machines_are_told_only_what_schema_org_knows(begin, visit):
    """Prose is no `openingHours`, and no Event is told without a `startDate`."""
    typed = {"hours": "сутрин", "head": "Мая Тошева", "phone": "0938 12 345", "when": "напролет"}
    answers = {f"details-{name}": value for name, value in typed.items()}

    def told(kind):
        desk = begin(kind, **answers)
        desk.publish()
        page = visit(f"/pages/{desk.id}").text
        return json.loads(re.search(r'"application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])

    office, event = told("office"), told("event")
    assert office["@type"] == "WebPage" and office["mainEntity"]["@type"] == "GovernmentOffice"
    assert office["mainEntity"]["employee"] == {"@type": "Person", "name": "Мая Тошева"}
    assert "openingHours" not in office["mainEntity"]
    assert event["@type"] == "WebPage" and "mainEntity" not in event


def test_a_page_waits_for_its_hour_and_the_console_says_so(begin, visit):
    desk = begin()
    answer = desk.publish(published_at="2099-01-01T08:30")
    said = plain(desk.editor.get(answer.location))
    assert "Запазено е кога да се вижда страницата" in said
    assert "Страницата е публикувана" not in said
    assert visit(f"/pages/{desk.id}").status_code == 404
    assert "Чака часа си" in plain(desk.editor.get(desk.path))
    assert "1 януари 2099 г., 8:30 ч." in plain(desk.editor.get("/console/pages/"))


@pytest.mark.parametrize(
    "typed", ["утре", "2026-13-01T00:00", "24.11.2026", "9" * 50, "0001-01-01T00:00"]
)
def test_an_hour_that_is_none_is_asked_for_anew(begin, typed):
    desk = begin()
    answer = desk.publish(until=typed)
    assert answer.status_code == 422 and f'value="{typed}"' in answer.text


def test_a_list_shows_the_translation_else_bulgarian_marked_as_such(public, visit):
    shelf = "/en/pages/section/environment"
    assert re.search(r'<li lang="bg">.*?Извозване', plain(visit(shelf)), re.S)
    assert '<article lang="bg">' in visit(f"/en/pages/{public.id}").text
    assert public.editor.press(f"{public.path}/in/en", **ENGLISH).status_code == 303
    assert "Waste" in plain(visit(shelf)) and '<li lang="bg">' not in visit(shelf).text
    assert "The lorry starts" in plain(visit(f"/en/pages/{public.id}"))
    assert "Извозване" in plain(visit(f"/ro/pages/{public.id}"))


def test_an_earlier_text_is_compared_and_brought_back(public, visit):
    public.change(markdown="Камионът тръгва в **8:00** ч.")
    listed = public.editor.get(f"{public.path}/versions").text
    [version] = re.findall(r"/console/pages/versions/([0-9a-f-]{36})", listed)
    compared = public.editor.get(f"/console/pages/versions/{version}").text
    assert "<del>**7:00** </del><ins>**8:00** </ins>" in compared
    path = f"/console/pages/versions/{version}"
    assert public.editor.press(path, to="revert").status_code == 303
    assert "7:00" in visit(f"/pages/{public.id}").text


def test_an_earlier_translation_is_compared_and_brought_back(public, visit):
    """As the Bulgarian text, which stays as it is."""
    there = f"{public.path}/in/en"
    assert "versions" not in public.editor.get(there).text
    for hour in (7, 8):
        text = ENGLISH | {"markdown": f"The lorry starts at **{hour}** sharp."}
        public.editor.press(there, **text)
    [listed] = re.findall(r"/console/pages/[0-9a-f-]{36}/versions", public.editor.get(there).text)
    page = public.editor.get(listed).text
    assert 'lang="en">Waste' in page and f'href="{there}"' in page
    [version] = re.findall(r"/console/pages/versions/([0-9a-f-]{36})", page)
    path = f"/console/pages/versions/{version}"
    compared = public.editor.get(path).text
    assert "<del>**7** </del><ins>**8** </ins>" in compared and '"ob-diff" lang="en"' in compared
    assert public.editor.press(path, to="revert").location.startswith(there)
    assert "starts at <strong>7</strong>" in visit(f"/en/pages/{public.id}").text
    assert "<strong>7:00</strong>" in visit(f"/pages/{public.id}").text
    public.editor.press(f"{public.path}/delete")
    assert public.editor.get(listed).status_code == public.editor.get(path).status_code == 404


def test_lines_that_a_browser_ends_in_its_way_have_not_changed(public, uow_in):
    """What a browser sends has CRLF; what was moved in from elsewhere, or seeded, has LF."""
    with uow_in(VILLAGE) as uow:
        page = queries.page_of(uow, UUID(public.id))
        page.markdown = "Камионът тръгва в 7:00.\n\n- понеделник\n- сряда"
        uow.session.commit()
    editor, path = public.editor, public.path
    as_sent = "Камионът тръгва в {}.\r\n\r\n- понеделник\r\n- сряда\r\n"
    editor.press(path, markdown=as_sent.format("7:00"))
    assert "versions/" not in editor.get(f"{path}/versions").text
    editor.press(path, markdown=as_sent.format("8:00"))
    [version] = re.findall(r"pages/versions/([0-9a-f-]{36})", editor.get(f"{path}/versions").text)
    compared = editor.get(f"/console/pages/versions/{version}").text
    changed = re.findall(r"<del>(.*?)</del><ins>(.*?)</ins>", compared, re.DOTALL)
    assert [(gone.strip(), new.strip()) for gone, new in changed] == [("7:00.", "8:00.")]


def test_files_stand_in_the_order_of_the_editor(public, visit):
    """By buttons, without JavaScript; a form that is sent twice moves once."""
    for name in ("Първи", "Втори", "Трети"):
        public.attach(b"%PDF-1.7\n", "a.pdf", title=name)
    first, _, third = public.attached()

    def form(file):
        [found] = [one for one in public.editor.forms(public.path) if f"{file}/move" in one[0]]
        return found

    def send(late, to):
        answer = public.editor.post(late[0], late[1] | {"to": to})
        return answer.status_code, answer.location

    def order():
        return re.findall("Първи|Втори|Трети|Четвърти", visit(f"/pages/{public.id}").text)

    late = form(third)
    for _ in range(2):
        assert send(late, 1) == (303, f"{public.path}#file-{third}")
    assert order() == ["Първи", "Трети", "Втори"]
    assert send(late, 0)[0] == 409  # it was seen at another place
    for nowhere in ("-1", "3", "x", ""):
        assert send(form(third), nowhere)[0] == 409
    assert send(form(first), 2)[0] == 303
    assert order() == ["Трети", "Втори", "Първи"]
    public.attach(b"%PDF-1.7\n", "a.pdf", title="Четвърти")
    assert order()[-1] == "Четвърти"


def test_hints_stand_beside_the_text_and_stop_nobody(begin):
    desk = begin(markdown="Следва да платите.")
    page = plain(desk.editor.get(desk.path))
    assert "1 предложение за по-ясен текст" in page and "„Следва да“" in page
    assert desk.publish().status_code == 303


def test_a_document_is_downloaded_with_its_kind_and_size_told(public, visit):
    content = b"%PDF-1.7\n" + b"x" * 240_000
    assert public.attach(content, "тарифа.pdf", title="Тарифа за 2026 г.").status_code == 303
    page = plain(visit(f"/pages/{public.id}"))
    assert "Тарифа за 2026 г.</span> (PDF, 234 KB)" in page
    [path] = re.findall(r'href="(/pages/files/[^"]+)"', page)
    answer = visit(path)
    assert answer.data == content and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = visit(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_picture_stands_in_the_text_and_has_a_smaller_copy(public, visit, picture, draw_pictures):
    assert public.attach(picture, "a.jpg", title="Кофа", what="picture").status_code == 303
    [file_id] = public.attached()
    public.change(markdown=f"![](/pages/files/{file_id})")
    page = visit(f"/pages/{public.id}").text
    assert 'alt="Кофа" width="1000" height="500"' in re.sub(r"\s+", " ", page)
    draw_pictures()
    sizes = {
        width: len(visit(f"/pages/files/{file_id}{width}").data) for width in ("", "?width=480")
    }
    assert sizes[""] > sizes["?width=480"] > 0
    for nonsense in ("?width=7", "?width=x", "?width=-1", "?width=" + "9" * 50):
        assert visit(f"/pages/files/{file_id}{nonsense}").status_code == 200
    assert visit(f"/pages/files/{file_id}").mimetype == "image/webp"


def test_a_file_is_absent_where_its_page_is_absent(begin, visit, sign_in, owner):
    desk = begin()
    desk.attach(b"a", "a.txt")
    [file_id] = desk.attached()
    path = f"/pages/files/{file_id}"
    assert visit(path).status_code == 404
    assert desk.editor.get(path).status_code == 200  # who writes pages sees drafts
    assert sign_in(VILLAGE).get(path).status_code == 404
    desk.publish()
    assert visit(path).status_code == 200
    desk.editor.press(f"{desk.path}/delete")
    assert visit(path).status_code == 404
    desk.editor.press("/console/pages/?list=deleted", to="restore")
    assert visit(path).status_code == 200


def test_a_file_is_absent_where_the_module_is_off(public, visit, sign_in):
    public.attach(b"a", "a.txt")
    [file_id] = public.attached()
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/pages", to="off").status_code == 303
    assert visit(f"/pages/files/{file_id}").status_code == 404
    assert public.editor.get(f"/pages/files/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "what", "told"),
    [
        (b"", "a.pdf", "document", "Файлът е празен"),
        (b"<html><script>alert(1)</script>", "a.html", "document", "Изберете файл PDF"),
        (b"<svg onload=alert(1)>", "a.svg", "picture", "Изберете снимка"),
        (b"GIF89a<script>alert(1)</script>", "a.jpg", "picture", "Изберете снимка"),
        (b"%PDF-1.7", "a.jpg", "picture", "Изберете снимка"),
        ("Сума".encode("cp1251"), "a.csv", "document", "кодиране UTF-8"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why_and_its_words_are_kept(
    begin, content, name, what, told
):
    answer = begin().attach(content, name, title="Тарифа за кучета", what=what)
    assert answer.status_code == 422 and told in plain(answer)
    assert 'value="Тарифа за кучета"' in answer.text


def test_a_file_of_a_bad_name_is_taken_under_a_good_one(public, visit):
    assert public.attach(b"a", "../\x01\x00тарифа: <b>.pdf.txt").status_code == 303
    [file_id] = public.attached()
    told = visit(f"/pages/files/{file_id}").headers["Content-Disposition"]
    assert unquote(told).endswith("''тарифа b .pdf.txt")


def test_a_picture_without_words_is_not_taken(begin, picture):
    answer = begin().attach(picture, "a.jpg", title=" ", what="picture")
    assert answer.status_code == 422 and "Въведете какво се вижда" in plain(answer)


def test_only_where_files_are_taken_may_much_be_sent(begin, visit, client, at):
    desk = begin()
    body = b"x" * (2 * 1024 * 1024)
    taken = desk.attach(b"%PDF-1.7" + body, "a.pdf")
    assert taken.status_code == 303
    too_much = desk.attach(b"%PDF-1.7" + b"x" * LARGEST, "a.pdf")
    assert too_much.status_code == 422 and "Изберете файл до 25 MB" in plain(too_much)
    far_too_much = {"CONTENT_LENGTH": str(LARGEST * 2)}  # refused before any of it is read
    path = f"{desk.path}/document"
    assert desk.editor.post(path, environ_overrides=far_too_much).status_code == 413
    for path in (desk.path, f"{desk.path}/publish", f"/pages/{desk.id}/clear", "/sign-in"):
        answer = desk.editor.client.post(path, data={"words": body}, base_url=at(VILLAGE))
        assert answer.status_code == 413, path
    stranger = client.post(f"{desk.path}/document", data={"title": body}, base_url=at(VILLAGE))
    assert stranger.status_code == 413


def test_much_that_is_no_form_with_files_is_refused_there_too(begin, editor):
    path = f"{begin().path}/document"
    assert editor.post(path, {"title": "x" * (2 * 1024 * 1024)}).status_code == 413


def test_ten_megabytes_of_text_are_refused_as_a_page(editor):
    typed = {"title": "а", "markdown": "я" * 5_000_000, "request_id": uuid4()}
    answer = editor.post("/console/pages/new/plain", typed)
    assert answer.status_code == 413 and "Изпратеното е твърде голямо" in plain(answer)


@pytest.mark.parametrize("field", ["title", "markdown", "details-price", "request_id"])
def test_a_nul_is_refused(editor, field):
    answer = editor.post("/console/pages/new/service", {field: "a\x00b"})
    assert answer.status_code == 400


def answer_form(visit, desk, **more):
    return visit(f"/pages/{desk.id}/clear?answer=no", **more)


def give(client, at, visit, desk, **typed):
    [request_id] = re.findall(
        r'name="request_id"[^>]* value="([^"]+)"', answer_form(visit, desk).text
    )
    fields = {"request_id": request_id, "is_clear": "no", "words": "Не пише кога."} | typed
    return client.post(f"/pages/{desk.id}/clear", data=fields, base_url=at(VILLAGE))


def test_a_reader_says_what_is_unclear_and_the_editor_reads_it(client, at, visit, public):
    assert give(client, at, visit, public).status_code == 303
    queue = public.editor.get("/console/pages/answers")
    assert "Не пише кога." in plain(queue)
    assert public.editor.press("/console/pages/answers", to="read").status_code == 303
    assert "Не пише кога." not in plain(public.editor.get("/console/pages/answers"))
    assert "За които не е: 1" in plain(public.editor.get(public.path))


def test_a_no_without_a_word_is_asked_for_one(client, at, visit, public):
    answer = give(client, at, visit, public, words=" ")
    assert answer.status_code == 422 and "Напишете какво не е ясно" in plain(answer)


def test_html_in_an_answer_stays_text(client, at, visit, public):
    give(client, at, visit, public, words=POISON)
    assert "<script>alert" not in public.editor.get("/console/pages/answers").text


def test_every_reader_gets_a_form_of_their_own(visit, public):
    first, second = answer_form(visit, public), answer_form(visit, public)
    assert first.headers["Cache-Control"] == "private, no-store"
    assert first.text != second.text


def test_many_answers_from_one_neighbourhood_meet_a_sum(
    client, at, visit, public, owner, monkeypatch
):
    monkeypatch.setattr(AnswerForm, "rate_limit", replace(AnswerForm.rate_limit, most=2))
    answers = [give(client, at, visit, public) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 422]
    page = plain(answers[-1])
    assert "Остава една стъпка" in page
    assert "govuk-error" not in page, "who is asked first has made no error"
    one, other = re.search(r"прави (\d) плюс (\d)", page).groups()
    assert "Не пише кога." in page
    token = re.search(r'name="sum_token"[^>]* value="([^"]+)"', page)[1]
    solved = {"sum_token": token, "sum_answer": str(int(one) + int(other))}
    wrong = give(client, at, visit, public, **solved | {"sum_answer": "1"})
    assert wrong.status_code == 422 and "Напишете колко прави сметката" in plain(wrong)
    assert "Остава една стъпка" not in plain(wrong)
    assert give(client, at, visit, public, **solved).status_code == 303
    assert owner("select count(*) from t_gorno_selo.pages_answer") == [(3,)]


def test_an_answer_about_a_draft_is_not_taken(client, at, visit, begin):
    desk = begin()
    fields = {"request_id": uuid4(), "is_clear": "yes"}
    path = f"/pages/{desk.id}/clear"
    assert client.post(path, data=fields, base_url=at(VILLAGE)).status_code == 404


def test_a_preview_may_be_framed_by_our_own_page_and_the_page_itself_by_none(begin, visit):
    desk = begin()
    framed = desk.editor.get(f"{desk.path}/preview").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed
    assert f'src="{desk.path}/preview"' in desk.editor.get(f"{desk.path}/phone").text
    desk.publish()
    shown = visit(f"/pages/{desk.id}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in shown


def test_what_is_published_is_found_and_told_to_search_engines(public, visit):
    assert "Извозване" in plain(visit("/search?q=боклук"))
    assert f"/pages/{public.id}</loc>" in visit("/sitemap.xml").text
    public.editor.press(public.path, to="hide")
    assert f"/pages/{public.id}" not in visit("/search?q=боклук").text + visit("/sitemap.xml").text


def test_a_short_answer_is_found_too(public, visit):
    assert f"/pages/{public.id}" in visit("/search?q=безплатно").text


def test_who_may_only_read_the_log_does_not_write_pages(sign_in, begin):
    desk, officer = begin(), sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    for path in ("/console/pages/", desk.path, f"{desk.path}/document", "/console/pages/answers"):
        assert officer.get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["/pages/section/none", "/pages/section/%00", "/console/pages/?list=x"]
)
def test_what_is_not_there_is_a_page_that_says_so(editor, path):
    assert editor.get(path).status_code in (400, 404)


def test_a_long_page_begins_with_its_contents(begin, visit):
    desk = begin(markdown="# Кога\n\nа\n\n# Къде\n\nб\n\n# Колко\n\nв")
    desk.publish()
    page = visit(f"/pages/{desk.id}").text
    assert page.index('<a href="#part-3">Колко</a>') < page.index('<h2 id="part-3">Колко</h2>')
    assert 'href="#part-1"' in desk.editor.get(f"{desk.path}/preview").text
