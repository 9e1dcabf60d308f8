"""The look: the kit we pin, the files we serve, the colours we allow, the words we replace."""

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from flask import render_template, render_template_string
from jinja2 import UndefinedError
from wtforms import Form, RadioField
from wtforms.fields.choices import SelectChoice

from obshto.platform.web import assets, theme

FIXTURES = Path(__file__).parents[2] / "data" / "govuk"
FIRST_PAGE, SCRIPT = 14 * 1024, 8 * 1024  # bytes after Brotli


class Reader(HTMLParser):
    """Tags with their attributes, texts without idle space: what two renderings must share."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, sorted((name, " ".join((v or "").split())) for name, v in attrs)))

    def handle_endtag(self, tag):
        self.seen.append(tag)

    def handle_data(self, data):
        if text := " ".join(data.split()):
            self.seen.append(text)


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.seen


FRAME = SimpleNamespace(
    title="Община Кула",
    place="Област Видин",
    theme_url="/theme.0123456789.css",
    language="bg",
    languages=[("bg", "Български", "/", True), ("en", "English", "/en/", False)],
    doors=[
        SimpleNamespace(
            title="Живот",
            href="/go/life/",
            icon="leaf",
            is_current=False,
            lines=[SimpleNamespace(text="Новини", href="/news/", is_current=False)],
        )
    ],
    section="/news/",
    foot=[("Достъпност", "/accessibility")],
    phone="0938 12 345",
    notice="Готово е",
    person=None,
    sign_in_url="/sign-in",
    sign_out_url="/sign-out",
    console_url=None,
    home_url="/",
    console_doors=[
        SimpleNamespace(
            title="Живот",
            href="/go/life/",
            icon="leaf",
            is_current=False,
            lines=[SimpleNamespace(text="Новини", href="/news/", is_current=False)],
        )
    ],
    step_in=None,
    is_demo=True,
    region_url="https://obshto.test/",
    is_cacheable=True,
)


class Vote(Form):
    choice = RadioField(
        "Кое да ремонтираме първо през 2027 г.?",
        choices=[
            SelectChoice("park", "Градския парк"),
            SelectChoice("road", "Пътя до Старопатица"),
        ],
    )


HOME = """{% extends "site.html" %}
{% from "ui/parts.html" import bars, card, entry, search_box %}
{% from "ui/form.html" import error_summary, radios, submit %}
{% block title %}Начало{% endblock %}
{% block main %}{{ error_summary(form) }}<h1>С какво да помогнем?</h1>{{ search_box('/search') }}
<h2>Услуги</h2><ul class="ob-cards">
{{ card('Подайте сигнал', '/reports/new', 'Улица, вода, осветление', 'alert') }}
{{ card('Удостоверения', '/eservices/', 'Адрес, семейно положение', 'file-text') }}
{{ card('Данъци и такси', '/payments/', 'Проверка и плащане', 'euro') }}
{{ card('Запишете час', '/centres/', 'Гише „Граждани“', 'pin') }}</ul>
<h2>Новини</h2><ul class="ob-list">
{{ entry('Ремонт на ул. „Възраждане“', '/news/1', 'Движението минава по ул. „Иван Кръстев“.', at) }}
{{ entry('График за снегопочистване', '/news/2', 'Кога минава машината във Вашето село.', at) }}
{{ entry('Прием на граждани при кмета', '/news/3', 'Всеки вторник от 10:00 ч.', at) }}</ul>
<h2>Анкета</h2><form method="post" novalidate>
{{ radios(form.choice) }}{{ submit('Гласувайте') }}</form>
{{ bars([('Градския парк', 124), ('Пътя до Старопатица', 211)]) }}{% endblock %}"""


def page(look, name, frame=FRAME, **values):
    with look.test_request_context("/"):
        return render_template(name, frame=frame, **values)


@pytest.mark.parametrize("component", sorted(file.stem for file in FIXTURES.glob("*.json")))
def test_our_macros_draw_what_the_pinned_kit_draws(look, component):
    fixtures = json.loads((FIXTURES / f"{component}.json").read_text("utf-8"))
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    with look.test_request_context("/"):
        macro = getattr(look.jinja_env.get_template(path).module, name)
        for fixture in fixtures:
            drawn = read(str(macro(fixture["options"])))
            assert drawn == read(fixture["html"]), fixture["name"]
    assert fixtures


def weight(name):
    return (assets.STATIC_ROOT / f"{assets.MANIFEST[name]}.br").stat().st_size


def test_the_first_page_fits_what_a_server_may_send_at_once(look):
    with look.test_request_context("/"):
        form = Vote()
        html = render_template_string(HOME, frame=FRAME, form=form, at=dt.date(2026, 11, 24))
    sent = len(brotli.compress(html.encode(), quality=5))  # the quality of production
    assert "Подайте сигнал" in html and sent > 2000
    assert sent + weight("site.css") + len(theme.theme_css(theme.DEFAULT)) <= FIRST_PAGE


def test_scripts_stay_small():
    assert weight("site.js") <= SCRIPT
    assert weight("htmx.js") + weight("site.js") + weight("console.css") <= 22 * 1024


def test_no_script_is_inline(look):
    assert "<script>" not in page(look, "error.html", **ERROR)


ERROR = {"heading": "Няма такава страница", "sentences": ["Проверете адреса."]}


def test_the_title_ends_with_the_municipality(look):
    html = page(look, "error.html", **ERROR)
    assert "<title>Няма такава страница – Община Кула</title>" in html


def test_a_page_with_errors_says_so_in_its_title(look):
    assert "<title>Грешка: " in page(look, "error.html", form_has_errors=True, **ERROR)


def test_an_error_page_needs_next_to_nothing(look):
    html = page(look, "error.html", SimpleNamespace(title="Област Видин"), **ERROR)
    assert "<h1>Няма такава страница</h1>" in html
    assert 'lang="bg"' in html


def test_a_page_that_may_be_kept_shows_no_person(look):
    named = SimpleNamespace(**{**vars(FRAME), "person": "Мария Петрова"})
    assert "Мария" not in page(look, "error.html", named, **ERROR)
    own = SimpleNamespace(**{**vars(named), "is_cacheable": False})
    assert "Мария Петрова" in page(look, "error.html", own, **ERROR)


@pytest.mark.parametrize("name", ["error.html", "console.html", "board.html"])
def test_no_page_breaks_the_policy_on_inline_code(look, name):
    html = page(look, name, **ERROR)
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", html)


def test_htmx_is_for_staff_only(look):
    assert "htmx" not in page(look, "error.html", **ERROR)
    for name in ("console.html", "board.html"):
        html = page(look, name)
        assert assets.asset("htmx.js") in html
        assert '"includeIndicatorCSS":false' in html


@pytest.mark.parametrize("name", ["error.html", "console.html", "board.html"])
def test_pages_carry_no_english_of_the_kit(look, name):
    words = " ".join(item for item in read(page(look, name, **ERROR)) if isinstance(item, str))
    said = re.sub(r"function.*?classList\)|</?\w+|English", "", words)
    assert not re.search(r"\b(Menu|Skip|Success|Important|Back|Error|Page|Show|Hide)\b", said)


PAGER = '{% from "ui/parts.html" import pager %}{{ pager(page) }}'


def pages_shown(look, number, pages):
    here = SimpleNamespace(number=number, pages=pages, href=lambda n: f"?page={n}")
    with look.test_request_context("/"):
        html = render_template_string(PAGER, page=here)
    return re.findall(r"Страница (\d+)", html), html


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (
            dt.datetime(2026, 11, 28, 14, tzinfo=dt.UTC),
            "На 28 ноември 2026 г. от 9:00 до 16:00 ч.",
        ),
        # The next day by the clocks of Bulgaria, though not yet by those of Greenwich.
        (
            dt.datetime(2026, 11, 28, 22, tzinfo=dt.UTC),
            "От 28 ноември 2026 г., 9:00 ч. до 29 ноември 2026 г., 0:00 ч.",
        ),
    ],
    ids=["one day", "into the next"],
)
def test_a_span_says_its_day_once(look, end, said):
    source = '{% from "ui/parts.html" import during %}{{ during(start, end) }}'
    with look.test_request_context("/"):
        start = dt.datetime(2026, 11, 28, 7, tzinfo=dt.UTC)
        html = render_template_string(source, start=start, end=end)
    assert re.sub(r"<[^>]+>", "", html).replace("\xa0", " ").strip() == said


def test_a_pager_shows_the_ends_with_the_neighbours(look):
    assert pages_shown(look, 6, 12)[0] == ["1", "5", "6", "7", "12"]
    assert pages_shown(look, 1, 3)[0] == ["1", "2", "3"]
    assert pages_shown(look, 6, 12)[1].count("--ellipsis") == 2


def test_one_page_has_no_pager(look):
    assert pages_shown(look, 1, 1)[1].strip() == ""


def test_the_switch_tells_its_state_outside_the_button(look):
    source = (
        '{% from "ui/parts.html" import switch %}'
        "{{ switch('news', 'Новини', 'За жителите', true, post='/console/modules') }}"
    )
    with look.test_request_context("/"):
        html = render_template_string(source)
    button = html[html.index("<button") : html.index("</button>")]
    assert 'aria-pressed="true"' in button and 'data-hx-post="/console/modules"' in button
    assert "Включен" in html and "Включен" not in button


def test_an_icon_nobody_drew_stops_the_page(look):
    source = '{% from "ui/icon.html" import icon %}{{ icon(name) }}'
    with look.test_request_context("/"):
        assert "<path" in render_template_string(source, name="phone")
        with pytest.raises(UndefinedError, match="no_such_icon"):
            render_template_string(source, name="unicorn")


def test_a_text_typed_by_somebody_cannot_become_code(look):
    source = '{% from "ui/parts.html" import card, empty, banner, panel %}' + "".join(
        f"{{{{ {macro} }}}}" for macro in ("card(x, '/')", "empty(x)", "banner(x)", "panel(x, x)")
    )
    with look.test_request_context("/"):
        html = render_template_string(source, x="<script>alert(1)</script>")
    assert "<script>" not in html and html.count("&lt;script&gt;") == 5
