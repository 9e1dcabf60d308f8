"""Dates, numbers, money, phones as people of three languages write them."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from obshto.platform.web import formats

MOMENT = dt.datetime(2026, 11, 24, 6, 30, tzinfo=dt.UTC)  # 8:30 in Sofia
LATE = dt.datetime(2026, 11, 23, 22, 30, tzinfo=dt.UTC)  # already the 24th in Sofia


@pytest.fixture
def speaking(look):
    """The locale of everything inside: `with speaking("ro"): …`."""
    with look.app_context():
        yield force_locale


def spaced(text):
    """Unbreakable spaces made visible."""
    return str(text).replace("\u00a0", "~").replace("\u202f", "!")


@pytest.mark.parametrize(
    ("locale", "filter_", "value", "written"),
    [
        ("bg", formats.day, MOMENT, "24~ноември 2026~г."),
        ("en_GB", formats.day, MOMENT, "24~November 2026"),
        ("ro", formats.day, MOMENT, "24~noiembrie 2026"),
        ("bg", formats.day, dt.date(2026, 12, 8), "8~декември 2026~г."),
        ("bg", formats.day, LATE, "24~ноември 2026~г."),
        ("bg", formats.moment, MOMENT, "24~ноември 2026~г., 8:30~ч."),
        ("en_GB", formats.moment, MOMENT, "24~November 2026, 8:30"),
        ("ro", formats.moment, MOMENT, "24~noiembrie 2026, 8:30"),
        ("bg", formats.short_day, MOMENT, "24.11.2026~г."),
        ("en_GB", formats.short_day, MOMENT, "24~Nov 2026"),
        ("ro", formats.short_day, MOMENT, "24.11.2026"),
        ("bg", formats.clock, LATE, "0:30~ч."),
        ("bg", formats.number, 1250, "1~250"),
        ("en_GB", formats.number, 1250, "1,250"),
        ("ro", formats.number, 1250, "1.250"),
        ("bg", formats.number, Decimal("1250.4"), "1~250,4"),
        ("bg", formats.percent, 0.4, "40~%"),
        ("en_GB", formats.percent, 0.4, "40%"),
        ("ro", formats.percent, 0.4, "40~%"),
        ("bg", formats.euro, 1250, "12,50~€"),
        ("bg", formats.euro, 123450, "1~234,50~€"),
        ("en_GB", formats.euro, 123450, "€1,234.50"),
        ("ro", formats.euro, 123450, "1.234,50~EUR"),
        ("bg", formats.euro, -5, "-0,05~€"),
    ],
)
def test_each_language_writes_it_its_own_way(speaking, locale, filter_, value, written):
    with speaking(locale):
        assert spaced(filter_(value)) == written


def test_decimals_of_a_share_are_asked_for(speaking):
    with speaking("bg"):
        assert spaced(formats.percent(0.9995, 2)) == "99,95~%"
        assert spaced(formats.percent(1, 2)) == "100~%"
        assert spaced(formats.percent(0.285)) == "28~%"


@pytest.mark.parametrize("filter_", [formats.day, formats.moment, formats.short_day])
def test_a_moment_without_a_zone_is_refused(speaking, filter_):
    with pytest.raises(ValueError, match="zone"):
        filter_(dt.datetime(2026, 11, 24, 8, 30))


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("0938 12 345", "0938~12~345", "tel:+35993812345"),
        ("0888123456", "0888~123~456", "tel:+359888123456"),
        ("+359888123456", "+359~888~123~456", "tel:+359888123456"),
        ("00359 938 12345", "+359~938~12~345", "tel:+35993812345"),
        ("094/600 123", "094~600~123", "tel:+35994600123"),
        ("02 940 1234", "02~9401~234", "tel:+35929401234"),
        ("+40 721 000 000", "+40~721~000~000", "tel:+40721000000"),
        ("112", "112", "tel:112"),
    ],
)
def test_phones_are_grouped_as_people_say_them(written, shown, href):
    assert spaced(formats.phone(written)) == shown
    assert formats.phone_href(written) == href


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("до 8 декември 2026 г. включително", "до 8~декември 2026~г. включително"),
        ("от 8:30 до 17:00 ч.", "от 8:30 до 17:00~ч."),
        ("ул. „Възраждане“ № 38, ет. 2", "ул.~„Възраждане“ №~38, ет.~2"),
        ("с. Старопатица, общ. Кула", "с.~Старопатица, общ. Кула"),
        ("вх. № 2026-00412", "вх.~№~2026-00412"),
        ("чл. 58, ал. 1, т. 3", "чл.~58, ал.~1, т.~3"),
        ("24,45 лв. (12,50 €), 40 %, 10 MB", "24,45~лв. (12,50~€), 40~%, 10~MB"),
        ("Община Кула – портал", "Община Кула~– портал"),
        ("Обадете се на 0938 12 345.", "Обадете се на 0938~12~345."),
        ("или на +359 888 123 456", "или на +359~888~123~456"),
        ("1 250 души", "1~250 души"),
        ("4 март\u202f2027\u202fг.", "4~март~2027~г."),
        ("on 24 November", "on 24~November"),
        ("24 noiembrie", "24~noiembrie"),
        ("Пет души. Те дойдоха.", "Пет души. Те дойдоха."),
        ("в 2026 година", "в 2026 година"),
        ("Нещо с. край", "Нещо с.~край"),
    ],
)
def test_what_belongs_together_stays_on_one_line(typed, bound):
    assert spaced(formats.nbsp(typed)) == bound


def test_text_is_escaped_while_tags_of_markup_stay_as_they_are():
    assert formats.nbsp("<b>5 €") == Markup("&lt;b&gt;5\u00a0€")
    link = Markup('<a title="до 5 €" href="/a?x=5 %">до 5 €</a>')
    assert formats.nbsp(link) == '<a title="до 5 €" href="/a?x=5 %">до 5\u00a0€</a>'


def test_binding_twice_changes_nothing():
    once = formats.nbsp("ул. „Възраждане“ № 38 & до 8 декември 2026 г.")
    assert formats.nbsp(once) == once


@pytest.mark.parametrize("locale", ["bg", "en_GB", "ro", "bg"])
def test_what_is_remembered_belongs_to_its_language_and_its_day(speaking, locale):
    with speaking(locale):
        first = [(formats.moment(at), formats.month(at)) for at in (MOMENT, LATE)]
        formats._date.cache_clear()
        formats._moment.cache_clear()
        assert [(formats.moment(at), formats.month(at)) for at in (MOMENT, LATE)] == first


def bound_slowly(text):
    """Every look taken at every text, one after the other."""
    text = text.replace("\u202f", "\u00a0")
    text = formats._PHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    text = formats._GROUP.sub("\u00a0", text)
    text = formats._AFTER.sub("\\1\u00a0", text)
    text = formats._BEFORE.sub("\u00a0", text)
    return re.sub(" (?=–)", "\u00a0", text)


PIECES = (
    *(" ", "  ", "\u00a0", "\u202f", "–", ".", ",", "+", "№", "§", "„", "<b>", "</b>", "&", "\n"),
    *("1", "12", "250", "1 250", "0938", "+359", "888 123 456", "٣", "²"),
    *("г.", "ч.", "лв", "€", "%", "KB", "EUR", "март", "May", "iunie", "маркет"),
    *("чл.", "ЧЛ.", "т.", "ул.", "с.", "тел.", "Не", "x"),
)


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_a_look_that_is_spared_would_have_found_nothing(text):
    assert formats._bind(text) == bound_slowly(text)
    pieces = re.split(r"(<[^>]*>)", text)
    whole = [piece if piece.startswith("<") else bound_slowly(piece) for piece in pieces]
    assert formats.nbsp(Markup(text)) == "".join(whole)


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Община Кула", "К"),
        ("Община Ново село", "Н"),
        ("Област Видин", "В"),
        ("Kula Municipality", "K"),
        ("Municipalitatea Kula", "K"),
        ("", "О"),
    ],
)
def test_the_shield_carries_the_letter_of_the_name(title, letter):
    assert formats.initial(title) == letter


def test_templates_know_every_filter(look):
    with look.app_context():
        template = look.jinja_env.from_string("{{ when | day }} {{ 5 | euro }} {{ '5 €' | nbsp }}")
        assert spaced(template.render(when=MOMENT)) == "24~ноември 2026~г. 0,05~€ 5~€"
