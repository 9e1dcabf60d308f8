"""Whatever is sent, a person gets a page that says what to do; never a fault of ours."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from obshto.platform.app import BODY_LIMIT
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
HEADINGS = {
    400: "Браузърът изпрати нещо, което не разбрахме",
    403: "Нямате достъп до тази страница",
    404: "Няма такава страница",
    405: "Тази страница не се отваря така",
    413: "Изпратеното е твърде голямо",
}


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def ask(client, at):
    def ask(path, method="GET", **more):
        return client.open(path, method=method, base_url=at(VILLAGE), **more)

    return ask


def said(answer):
    return answer.text.replace("\xa0", " ")


def is_told(answer, status):
    assert answer.status_code == status
    assert HEADINGS[status] in said(answer)
    assert "Към началната страница" in said(answer)
    return True


@pytest.mark.parametrize(
    "path",
    [
        "/news/%00",
        "/%00",
        "/news/?page=%00",
        "/news/?%00=1",
        "/en/%00",
    ],
)
def test_a_nul_byte_is_refused(ask, path):
    answer = ask(path)
    assert answer.status_code in (400, 404)
    assert "govuk" in answer.text


def test_a_nul_byte_in_a_field_is_refused_before_the_database(editor, owner):
    typed = {"title": "x\x00y", "summary": "x", "markdown": "x", "request_id": uuid4()}
    assert is_told(editor.post("/console/news/new", typed), 400)
    assert owner("select 1 from t_gorno_selo.news_item") == []


@pytest.mark.parametrize("path", ["/%ff%fe", "/news/%c3%28", "/news/?page=%ff", "/%ed%a0%80"])
def test_broken_utf8_is_no_fault_of_ours(ask, path):
    answer = ask(path)
    assert answer.status_code in (200, 400, 404)
    assert "govuk" in answer.text


def test_broken_utf8_in_a_field_is_stored_as_what_can_be_read(editor):
    body = b"title=%ff%fe&summary=x&markdown=x&request_id=" + str(uuid4()).encode()
    body += b"&csrf_token=" + editor.form_token().encode()
    answer = editor.client.post(
        "/console/news/new",
        data=body,
        base_url=editor.base,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (303, 400, 422)


def test_half_a_character_pair_is_no_fault_of_ours(editor):
    """A lone surrogate can't be written as UTF-8; a browser never sends one."""
    body = {"title": "x", "summary": "x", "markdown": "&#xD800;", "request_id": uuid4()}
    assert editor.post("/console/news/new", body).status_code == 303


def test_a_body_that_is_too_large_is_told_so(ask, editor):
    large = {"person": "x" * (BODY_LIMIT + 1)}
    assert is_told(ask("/sign-in", "POST", data=large), 413)
    page = "/console/news/new"
    came_from = {"Referer": f"{editor.base}{page}"}
    answer = editor.post(page, {"markdown": "x" * (BODY_LIMIT + 1)}, headers=came_from)
    assert is_told(answer, 413)
    told = answer.text.replace("\xa0", " ")
    assert "най-много 1 MB" in told and f'href="{page}"' in told


def test_a_form_of_too_many_fields_is_told_so(ask):
    many = {f"field{number}": "x" for number in range(2000)}
    answer = ask("/sign-in", "POST", data=many, content_type="multipart/form-data")
    assert is_told(answer, 413)


@pytest.mark.parametrize(
    "page", ["9999", "99999999999999999999", "-1", "0", "1e9", "x", "", "١", "1' or '1'='1"]
)
def test_a_page_number_that_is_none_shows_a_page(ask, page):
    answer = ask("/news/", query_string={"page": page})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name", ["x", "1", "0" * 32, "0" * 36, "00000000-0000-0000-0000-00000000000g", "..", "%2e%2e"]
)
def test_what_is_no_id_does_not_exist(ask, name):
    assert is_told(ask(f"/news/{name}"), 404)


@pytest.mark.parametrize("language", ["de", "EN", "bg", "e", "en-GB", "рум"])
def test_an_unknown_language_is_an_address_that_does_not_exist(ask, language):
    assert is_told(ask(f"/{language}/news/"), 404)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Page not found"), ("ro", "Pagina nu există")],
)
def test_the_page_of_a_fault_speaks_the_visitors_language(ask, language, heading):
    answer = ask(f"/{language}/nowhere")
    assert answer.status_code == 404
    assert f'lang="{language}"' in answer.text
    assert HEADINGS[404] not in said(answer)
    assert heading in said(answer)


@pytest.mark.parametrize("path", ["/", "/news/", "/contact", "/en/", "/nowhere"])
def test_head_is_get_without_a_body(ask, path):
    got, head = ask(path), ask(path, "HEAD")
    assert head.status_code == got.status_code
    assert head.data == b""
    assert head.content_type == got.content_type


def test_options_says_what_may_be_done(ask):
    answer = ask("/news/", "OPTIONS")
    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_told_with_what_would_be_right(ask, method):
    answer = ask("/news/", method)
    assert is_told(answer, 405)
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "BREW", "get"])
def test_a_method_that_nobody_knows_is_no_fault_of_ours(ask, method):
    assert ask("/news/", method).status_code in (200, 403, 405, 501)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://dolno-selo.localhost:8000"},
        {"Origin": f"https://{VILLAGE}.localhost:8000"},
        {"Origin": "\x80"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_write_from_another_origin_is_refused(app, at, headers):
    answer = app.test_client().post(
        "/sign-in", data={"next": "/"}, headers=headers, base_url=at(VILLAGE)
    )
    assert is_told(answer, 403)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a/" * 500,
        "/news/" + "../" * 50 + "etc/passwd",
        "/static/" + "../" * 10 + "etc/passwd",
        "/news/" + "%2e%2e%2f" * 20,
        "/" + "x" * 8000,
        "/\\evil.example",
        "/news/;x=1",
        "/news/'\"><script>alert(1)</script>",
        "/en/en/en/",
        "/console/../console/news/",
    ],
)
def test_a_deep_or_crooked_path_does_not_exist(ask, path):
    answer = ask(path)
    assert answer.status_code in (302, 308, 400, 404)
    assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0]
    assert "root:" not in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/news", "///evil.example/.."])
def test_two_slashes_do_not_lead_to_another_host(ask, path):
    """As the server hands them over; the client of the tests would take them for a host."""
    answer = ask("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code in (302, 308, 400, 404)
    assert not answer.headers.get("Location", "/").startswith(("//", "http://evil"))


@pytest.mark.parametrize("cookie", ["", "x", "\x7f", "a" * 4000, "' or 1=1 --", "session", "é"])
def test_a_made_up_cookie_is_nobody(app, at, cookie):
    client = app.test_client()
    answer = client.get("/", base_url=at(VILLAGE), headers={"Cookie": f"session={cookie}"})
    assert answer.status_code == 200
    answer = client.get("/console/", base_url=at(VILLAGE), headers={"Cookie": f"session={cookie}"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "way", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_after_sign_in_never_leads_elsewhere(ask, way):
    answer = ask("/sign-in", "POST", data={"next": way})
    assert answer.status_code == 303
    there = urlsplit(answer.headers["Location"])
    assert there.netloc == "login.localhost:8000"
    assert parse_qs(there.query)["next"] == ["/"]


@pytest.mark.parametrize("typed", ["news.saved", "<script>", "x" * 5000, "news.nothing"])
def test_a_made_up_notice_says_nothing_of_its_own(ask, typed):
    answer = ask("/", query_string={"said": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("header", ["Accept-Encoding", "If-None-Match", "Accept-Language", "Range"])
@pytest.mark.parametrize("value", ["", "\x80", "*", "x" * 5000, ";;;q=q", "bytes=0-"])
def test_a_broken_header_is_no_fault_of_ours(ask, header, value):
    assert ask("/", headers={header: value}).status_code in (200, 206, 304)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "x"])
def test_a_body_of_another_kind_is_an_empty_form(ask, kind):
    answer = ask("/sign-in", "POST", data=b'{"next": "/news/"}', content_type=kind)
    assert answer.status_code == 303
    assert "next=%2F&" in answer.headers["Location"]
