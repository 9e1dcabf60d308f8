"""HTML of another site becomes Markdown without scripts, looks and pictures."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.content.fromhtml import LONGEST, Unreadable, to_markdown
from obshto.platform.content.markdown import to_html

DEEP = 3_000


def turned(html, **more):
    return to_markdown(html, **more).markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Един <strong>важен</strong> ред.</p>", "Един **важен** ред."),
        ("<h2>Кога</h2><p>Утре</p>", "## Кога\n\nУтре"),
        ("<ul><li>хляб</li><li>сирене</li></ul>", "- хляб\n- сирене"),
        ("<ol><li>първо</li><li>второ</li></ol>", "1. първо\n2. второ"),
        ('<a href="https://bg.example/x">Вижте</a>', "[Вижте](https://bg.example/x)"),
        ("Ред едно\n\nРед две", "Ред едно\n\nРед две"),
        ("Улица\nномер", "Улица\\\nномер"),
        ("<!-- wp:paragraph --><p>Текст</p><!-- /wp:paragraph -->", "Текст"),
        ('[gallery ids="1,2"]Текст [caption width="3"]под[/caption]', "Текст под"),
        ("Запис [1] и [виж тук]", "Запис \\[1] и \\[виж тук]"),
        ("", ""),
    ],
)
def test_what_people_see_stays(html, markdown):
    assert turned(html).replace("\\[", "[").replace("\\]", "]") == markdown.replace("\\[", "[")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{color:red}</style>",
        "<iframe src='https://evil.example'></iframe>",
        "<form><input name='a'>Поле</form>",
        "<p onclick='alert(1)'></p>",
    ],
)
def test_what_nobody_reads_goes(html):
    assert turned(f"<p>Преди</p>{html}<p>След</p>").split() == ["Преди", "След"]


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//["])
def test_a_link_that_is_none_leaves_its_words(scheme):
    html = to_html(turned(f'<p><a href="{scheme}">Вижте</a></p>'))
    assert "Вижте" in html
    assert scheme not in html


def test_pictures_are_counted_and_left_out():
    html = '<p>Текст <img src="https://old.example/a.jpg" alt="Мост"> още</p><IMG src=b>'
    told = to_markdown(html)
    assert told.pictures == 2
    assert "![" not in told.markdown and "a.jpg" not in told.markdown


def test_links_to_the_old_site_become_paths_and_its_files_stay_where_they_are():
    html = (
        '<p><a href="https://www.old.example/kontakti/?a=1">Контакти</a>'
        '<a href="https://old.example/wp-content/uploads/a.pdf">Файл</a>'
        '<a href="https://other.example/x">Друг</a></p>'
    )
    told = turned(html, host="old.example")
    assert "[Контакти](/kontakti/?a=1)" in told
    assert "(https://old.example/wp-content/uploads/a.pdf)" in told
    assert "(https://other.example/x)" in told


def test_a_table_stays_a_table():
    html = "<table><tr><th>Ден</th><th>Час</th></tr><tr><td>вторник</td><td>8:00</td></tr></table>"
    assert "<table>" in to_html(turned(html))


def test_what_is_too_long_or_nested_without_end_is_refused_or_read():
    with pytest.raises(Unreadable):
        to_markdown("а" * (LONGEST + 1))
    with suppress(Unreadable):
        assert "Текст" in turned("<div>" * DEEP + "Текст" + "</div>" * DEEP)


@given(st.text(alphabet="<>/abp\"'=&;# \n[]-!кЖ1\\`*_|", max_size=200))
def test_anything_becomes_text_that_may_stand_on_a_page(html):
    told = to_html(turned(html))
    assert "<script" not in told and "<img" not in told and "onclick=" not in told.replace("&", "")
