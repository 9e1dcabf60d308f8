"""The look: the kit we pin, the files we serve, the colours we allow, the words we replace."""

import datetime as dt
import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, FormField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from obshto.platform.web import assets, formats, forms, theme

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


@pytest.fixture(scope="module")
def house():
    made = Flask(__name__)
    Babel(made, default_locale="bg", default_timezone="Europe/Sofia")
    formats.install(made)
    forms.install(made)
    made.jinja_env.undefined = StrictUndefined
    return made


@pytest.fixture(scope="module")
def lenient():
    """The kit's macros ask for parameters nobody gave, so they read undefined as nothing."""
    made = Flask(__name__)
    Babel(made, default_locale="bg")
    formats.install(made)
    forms.install(made)
    return made


FRAME = SimpleNamespace(
    title="Община Кула",
    place="Област Видин",
    theme_url="/theme.0123456789.css",
    language="bg",
    languages=[("bg", "Български", "/", True), ("en", "English", "/en/", False)],
    nav=[("Начало", "/", True), ("Новини", "/news/", False)],
    foot=[("Достъпност", "/accessibility")],
    phone="0938 12 345",
    notice="Готово е",
    person=None,
    sign_in_url="/sign-in",
    sign_out_url="/sign-out",
    console_url=None,
    home_url="/",
    console_nav=[("Начало", "/console/", True)],
    step_in=None,
    is_demo=True,
    region_url="https://obshto.test/",
    is_cacheable=True,
)


def page(house, name, frame=FRAME, **values):
    with house.test_request_context("/"):
        return render_template(name, frame=frame, **values)


@pytest.mark.parametrize("component", sorted(file.stem for file in FIXTURES.glob("*.json")))
def test_our_macros_draw_what_the_pinned_kit_draws(lenient, component):
    fixtures = json.loads((FIXTURES / f"{component}.json").read_text("utf-8"))
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    with lenient.test_request_context("/"):
        macro = getattr(lenient.jinja_env.get_template(path).module, name)
        for fixture in fixtures:
            drawn = read(str(macro(fixture["options"])))
            assert drawn == read(fixture["html"]), fixture["name"]
    assert fixtures


def test_the_manifest_names_every_file_there_is():
    root = assets.STATIC_ROOT
    files = {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}
    served = {file for file in files if not file.endswith((".br", ".gz", "manifest.json"))}
    assert served == set(assets.MANIFEST.values())
    for file in served - {file for file in served if file.endswith(".woff2")}:
        plain = (root / file).read_bytes()
        assert brotli.decompress((root / f"{file}.br").read_bytes()) == plain
        assert f"{file}.gz" in files


def test_names_carry_the_content():
    for name, file in assets.MANIFEST.items():
        printed = sha256((assets.STATIC_ROOT / file).read_bytes()).hexdigest()[:10]
        assert f".{printed}." in file
        assert assets.asset(name) == f"/static/{file}"


def test_stylesheets_point_only_to_files_that_exist():
    for name in ("site.css", "console.css"):
        css = (assets.STATIC_ROOT / assets.MANIFEST[name]).read_text("utf-8")
        for target in re.findall(r"url\(([^)]+)\)", css):
            assert target in assets.MANIFEST.values()
        assert "@import" not in css


def weight(name):
    return (assets.STATIC_ROOT / f"{assets.MANIFEST[name]}.br").stat().st_size


def test_the_first_page_fits_what_a_server_may_send_at_once(house):
    html = len(brotli.compress(page(house, "error.html", **ERROR).encode(), quality=5))
    home = 2600  # what a home page has in its middle: search, four services, news, a poll
    assert html + home + weight("site.css") + len(theme.theme_css(theme.DEFAULT)) <= FIRST_PAGE


def test_scripts_stay_small():
    assert weight("site.js") <= SCRIPT
    assert weight("htmx.js") + weight("site.js") + weight("console.css") <= 22 * 1024


def test_the_inline_line_is_allowed_by_its_hash(house):
    lines = re.findall(r"<script>(.*?)</script>", page(house, "error.html", **ERROR), re.S)
    hashes = [f"sha256-{b64encode(sha256(line.encode()).digest()).decode()}" for line in lines]
    assert hashes == [assets.BOOT_HASH]


@pytest.mark.parametrize("colour", ["#14532d", "#1e3a8a", "#7c2d12", "#6b21a8", "#0f5257"])
def test_every_shade_of_a_readable_colour_is_readable(colour):
    assert theme.readable(colour)
    shade = theme.shades(theme.Colour.parse(colour))
    tint = shade["--govuk-surface-background-colour"]
    for dark in ("--govuk-link-colour", "--govuk-link-hover-colour", "--ob-hover", "--ob-deep"):
        assert theme.contrast(shade[dark], theme.WHITE) >= theme.CONTRAST
        assert theme.contrast(shade[dark], tint) >= theme.CONTRAST
    assert theme.contrast(theme.Colour(0x48, 0x49, 0x49), tint) >= 7  # secondary text


def test_a_colour_that_passes_on_white_alone_is_refused():
    grey = "#767676"
    assert theme.contrast(theme.Colour.parse(grey), theme.WHITE) >= theme.CONTRAST
    assert not theme.readable(grey)
    with pytest.raises(theme.UnreadableColour):
        theme.theme_css(grey)


@pytest.mark.parametrize("text", ["red", "#123", "#14532d}body{", "#14532g", ""])
def test_only_a_colour_gets_into_a_stylesheet(text):
    with pytest.raises(ValueError, match="colour"):
        theme.theme_css(text)


def test_contrast_is_the_one_of_the_standard():
    assert theme.contrast(theme.BLACK, theme.WHITE) == 21
    assert round(theme.contrast(theme.Colour.parse("#777777"), theme.WHITE), 2) == 4.48


ERROR = {"heading": "Няма такава страница", "sentences": ["Проверете адреса."]}


def test_the_title_ends_with_the_municipality(house):
    html = page(house, "error.html", **ERROR)
    assert "<title>Няма такава страница – Община Кула</title>" in html


def test_a_page_with_errors_says_so_in_its_title(house):
    assert "<title>Грешка: " in page(house, "error.html", form_has_errors=True, **ERROR)


def test_an_error_page_needs_next_to_nothing(lenient):
    html = page(lenient, "error.html", SimpleNamespace(title="Област Видин"), **ERROR)
    assert "<h1>Няма такава страница</h1>" in html
    assert 'lang="bg"' in html


def test_a_page_that_may_be_kept_shows_no_person(house):
    named = SimpleNamespace(**{**vars(FRAME), "person": "Мария Петрова"})
    assert "Мария" not in page(house, "error.html", named, **ERROR)
    own = SimpleNamespace(**{**vars(named), "is_cacheable": False})
    assert "Мария Петрова" in page(house, "error.html", own, **ERROR)


@pytest.mark.parametrize("name", ["error.html", "console.html", "board.html"])
def test_no_page_breaks_the_policy_on_inline_code(house, name):
    html = page(house, name, **ERROR)
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", html)


def test_htmx_is_for_staff_only(house):
    assert "htmx" not in page(house, "error.html", **ERROR)
    for name in ("console.html", "board.html"):
        html = page(house, name)
        assert assets.asset("htmx.js") in html
        assert '"includeIndicatorCSS":false' in html


@pytest.mark.parametrize("name", ["error.html", "console.html", "board.html"])
def test_pages_carry_no_english_of_the_kit(house, name):
    words = " ".join(item for item in read(page(house, name, **ERROR)) if isinstance(item, str))
    said = re.sub(r"function.*?classList\)|</?\w+|English", "", words)
    assert not re.search(r"\b(Menu|Skip|Success|Important|Back|Error|Page|Show|Hide)\b", said)


class Address(Form):
    street = StringField("Улица", [InputRequired("Въведете улица")])


class Application(Form):
    """Every kind of field that needs care: groups, boxes, a form in a form."""

    how = RadioField(
        "Начин на получаване",
        [InputRequired("Изберете отговор")],
        choices=[
            SelectChoice("desk", "Лично", render_kw={"hint": "ул. „Първа“ № 1"}),
            SelectChoice("post", "По пощата"),
        ],
    )
    born = forms.DayField("Дата на раждане", [InputRequired("Въведете дата на раждане")])
    moved = forms.DayField("Дата на преместване", [Optional()])
    phone = StringField("Телефон", [Optional()])
    agree = BooleanField("Съгласие", [InputRequired("Отбележете съгласието си")])
    address = FormField(Address)


def filled(**typed):
    return Application(MultiDict([(k, v) for k, vs in typed.items() for v in vs]))


DRAWN = """{% from "ui/form.html" import error_summary, text, radios, date, check, submit %}
{{ error_summary(form) }}{{ radios(form.how) }}{{ date(form.born) }}{{ date(form.moved) }}
{{ text(form.phone, 'Например 0888 123 456') }}{{ check(form.agree) }}{{ text(form.address.street) }}
{{ submit('Подайте заявлението') }}"""


def drawn(house, form):
    with house.test_request_context("/"):
        return render_template_string(DRAWN, form=form)


def test_every_line_of_the_summary_leads_to_something_that_takes_the_focus(lenient):
    with lenient.test_request_context("/"):
        form = filled(moved=["", "11", "2026"])
        assert not form.validate()
        html = drawn(lenient, form)
    links = re.findall(r'<a href="#([^"]+)">', html)
    assert links == ["how", "born", "moved", "agree", "address-street"]
    for target in links:
        assert re.search(rf'<input[^>]* id="{target}"', html), target


def test_every_id_is_used_once(lenient):
    with lenient.test_request_context("/"):
        form = filled()
        form.validate()
        ids = re.findall(r' id="([^"]+)"', drawn(lenient, form))
    assert len(ids) == len(set(ids)) > 10


def test_only_optional_questions_say_that_they_are(lenient):
    with lenient.test_request_context("/"):
        html = drawn(lenient, filled())
    assert "Телефон (по желание)" in html
    assert html.count("(по желание)") == 2


def test_nothing_in_a_form_speaks_english(lenient):
    with lenient.test_request_context("/"):
        form = filled(born=["1", "13", "2026"])
        form.validate()
        html = drawn(lenient, form)
    texts = [
        item for item in read(html) if isinstance(item, str) and not re.fullmatch(r"\w+", item)
    ]
    assert not re.search(r"\b(Error|Day|Month|Year|There is a problem|Not a valid)\b", html)
    assert "Грешка" in html and "Ден" in html and texts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "", ""], "Въведете дата на раждане"),
        (["24", "", "1956"], "Добавете месец към датата"),
        (["24", "11", ""], "Добавете година към датата"),
        (["31", "2", "1956"], "Няма такава дата. Проверете деня и месеца."),
        (["24", "11", "56"], "Няма такава дата. Проверете деня и месеца."),
        (["a", "b", "1956"], "Няма такава дата. Проверете деня и месеца."),
    ],
)
def test_a_date_says_what_is_wrong_with_it(lenient, typed, said):
    with lenient.test_request_context("/"):
        form = filled(born=typed)
        form.validate()
    assert form.born.errors[0] == said
    assert list(form.born.parts) == typed


def test_a_date_typed_in_three_boxes_is_a_date(lenient):
    with lenient.test_request_context("/"):
        form = filled(born=[" 24", "11 ", "1956"], moved=["", "", ""])
        form.validate()
    assert form.born.data == dt.date(1956, 11, 24)
    assert not form.born.errors and not form.moved.errors
    assert Application(data={"born": dt.date(1956, 11, 24)}).born.parts == ("24", "11", "1956")


def test_half_a_date_is_an_error_even_where_none_is_needed(lenient):
    with lenient.test_request_context("/"):
        form = filled(moved=["", "11", "2026"])
        form.validate()
    assert form.moved.errors == ["Добавете ден към датата"]


PAGER = '{% from "ui/parts.html" import pager %}{{ pager(page) }}'


def pages_shown(house, number, pages):
    here = SimpleNamespace(number=number, pages=pages, href=lambda n: f"?page={n}")
    with house.test_request_context("/"):
        html = render_template_string(PAGER, page=here)
    return re.findall(r"Страница (\d+)", html), html


def test_a_pager_shows_the_ends_with_the_neighbours(lenient):
    assert pages_shown(lenient, 6, 12)[0] == ["1", "5", "6", "7", "12"]
    assert pages_shown(lenient, 1, 3)[0] == ["1", "2", "3"]
    assert pages_shown(lenient, 6, 12)[1].count("--ellipsis") == 2


def test_one_page_has_no_pager(lenient):
    assert pages_shown(lenient, 1, 1)[1].strip() == ""


def test_the_switch_tells_its_state_outside_the_button(lenient):
    source = (
        '{% from "ui/parts.html" import switch %}'
        "{{ switch('news', 'Новини', 'За жителите', true, post='/console/modules') }}"
    )
    with lenient.test_request_context("/"):
        html = render_template_string(source)
    button = html[html.index("<button") : html.index("</button>")]
    assert 'aria-pressed="true"' in button and 'data-hx-post="/console/modules"' in button
    assert "Включен" in html and "Включен" not in button


def test_an_address_typed_by_somebody_cannot_become_code(lenient):
    source = '{% from "ui/parts.html" import card, empty, banner, panel %}' + "".join(
        f"{{{{ {macro} }}}}" for macro in ("card(x, '/')", "empty(x)", "banner(x)", "panel(x, x)")
    )
    with lenient.test_request_context("/"):
        html = render_template_string(source, x="<script>alert(1)</script>")
    assert "<script>" not in html and html.count("&lt;script&gt;") == 5


def test_the_shield_takes_one_letter_only():
    assert ">К</text>" in theme.shield_svg("К", "#14532d")
    with pytest.raises(ValueError, match="one letter"):
        theme.shield_svg("<script>", "#14532d")
