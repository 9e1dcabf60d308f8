"""What editors write becomes HTML that may stand on a page."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.content.markdown import LONGEST, Picture, TooLong, to_html, to_text

OURS = Picture(
    src="/pages/files/1",
    width=960,
    height=640,
    description="Чешмата на площада",
    widths=((480, "/pages/files/2"),),
)
TABLE = "| Ден | Час |\n|:--|--:|\n| петък | 8:30 |\n"


def find(address):
    return OURS if address == "/pages/files/1" else None


def levels(markdown):
    return re.findall(r"<h(\d)>", to_html(markdown))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("# А\n\n## Б\n\n### В", "234"),
        ("### А\n\n### Б", "22"),
        ("# А\n\n#### Б\n\n## В", "233"),
        ("## А\n\n# Б\n\n## В", "223"),
        ("# А\n\n## Б\n\n### В\n\n#### Г\n\n##### Д", "23444"),
    ],
)
def test_headings_stand_below_the_pages_own_and_skip_no_level(written, expected):
    assert "".join(levels(written)) == expected


@pytest.mark.parametrize(
    "poison",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[тук](javascript:alert(1))",
        "[тук](JaVaScRiPt:alert(1))",
        "[тук](data:text/html;base64,PHNjcmlwdD4=)",
        "[тук](vbscript:x)",
        '[тук](https://a.example "onmouseover=alert(1)")',
        '<div class="ob-scroll" role="group">',
        "![х](javascript:alert(1))",
        "<svg/onload=alert(1)>",
        "<a href='//evil.example'>тук</a>",
    ],
)
def test_nothing_that_is_written_becomes_a_script_or_a_tag(poison):
    html = to_html(poison, find_picture=find)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in {"html", "head", "body", "p", "a"}
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not re.match(r"(javascript|data|vbscript):", element.get("href", ""), re.I)


@given(st.text(alphabet="<>[]()!|#*_`\"'\\&;:/= \nаbимgсrхon", max_size=80))
def test_whatever_is_written_the_tags_are_ours(text):
    html = to_html(text, find_picture=find)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert not {"script", "iframe", "object", "form", "input", "style"} & {
        element.tag for element in tree.iter()
    }
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_a_link_leads_out_without_telling_where_from():
    html = to_html("[ВиК](https://vik.example)")
    assert html == '<p><a href="https://vik.example" rel="noopener noreferrer">ВиК</a></p>\n'


def test_a_picture_of_ours_has_its_size_its_copies_and_its_words():
    html = to_html("![Чешма](/pages/files/1)", find_picture=find)
    [picture] = re.findall(r"<img[^>]*>", html)
    for attribute in (
        'src="/pages/files/1"',
        'alt="Чешма"',
        'width="960"',
        'height="640"',
        'loading="lazy"',
        'srcset="/pages/files/2 480w, /pages/files/1 960w"',
    ):
        assert attribute in picture


def test_a_picture_that_stands_alone_with_a_title_has_a_caption():
    html = to_html('![](/pages/files/1 "Площадът <b>през</b> май")\n\nТекст.', find_picture=find)
    assert html.startswith("<figure>") and "<p>Текст.</p>" in html
    assert "<figcaption>Площадът &lt;b&gt;през&lt;/b&gt; май</figcaption>" in html
    assert 'alt="Чешмата на площада"' in html and "title=" not in html
    within = to_html('Вижте ![](/pages/files/1 "Площадът") тук.', find_picture=find)
    foreign = to_html('![Чешма](https://other.example/1.png "Площадът")', find_picture=find)
    assert "figure" not in within and "figure" not in foreign and "Площадът" not in foreign


def test_a_picture_without_words_takes_those_of_its_file():
    assert f'alt="{OURS.description}"' in to_html("![](/pages/files/1)", find_picture=find)


@pytest.mark.parametrize("src", ["https://a.example/x.png", "//a.example/x.png", "/other.png", ""])
def test_of_a_picture_that_is_not_ours_the_words_stay(src):
    assert to_html(f"![Чешма <b>]({src})", find_picture=find) == "<p>Чешма &lt;b&gt;</p>\n"


def test_a_table_scrolls_by_itself_and_its_heads_name_the_columns(app):
    with app.app_context():
        html = to_html(TABLE + "\nтекст\n\n" + TABLE)
    assert html.count('role="group" tabindex="0"') == html.count('class="ob-scroll"') == 2
    assert 'aria-label="Таблица 1"' in html and 'aria-label="Таблица 2"' in html
    assert html.count('<th scope="col">') == 4 and "style" not in html


def test_a_table_is_named_in_the_language_of_its_text(app):
    with app.app_context():
        assert 'aria-label="Tabelul 1"' in to_html(TABLE, language="ro")


def test_an_empty_corner_is_no_head(app):
    with app.app_context():
        html = to_html("| | Час |\n|--|--|\n| петък | 8:30 |\n")
    assert "<td></td>" in html and html.count("<th") - html.count("<thead") == 1


def test_more_than_a_page_may_hold_is_refused():
    assert to_html("я" * LONGEST)
    with pytest.raises(TooLong):
        to_html("я" * (LONGEST + 1))


def test_the_text_of_a_page_is_read_without_marks():
    assert to_text(to_html("# Вода\n\n- петък\n- събота\n\nКрай.")) == "Вода; петък; събота; Край."
