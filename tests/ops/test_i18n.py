"""Catalogues: collected, brought up to date, compiled, heard by the application."""

import ast
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_babel import Babel, force_locale, gettext, ngettext
from jinja2 import TemplateSyntaxError

from obshto.ops.catalogues import catalogue_of, catalogues_in, messages, read, written
from obshto.ops.cli import main
from obshto.ops.i18n import ROOT, check, compile_all, extract, update
from obshto.ops.proofreading import forms as forms_of

NEWS = Path("modules/news")


@pytest.fixture
def place(tmp_path):
    """A house with one module, which says three things, in a file each of its own kind."""
    folder = tmp_path / NEWS
    (folder / "templates").mkdir(parents=True)
    (folder / "manifest.py").write_text('_("Новини")\n', "utf-8")
    (folder / "services.py").write_text('ngettext("%(n)s ден", "%(n)s дни", n)\n', "utf-8")
    (folder / "templates/index.html").write_text("{{ _('Всички новини') }}\n", "utf-8")
    return tmp_path


def said(root, folder=NEWS):
    return [message.id for message in messages(extract(root)[folder])]


def translate(root, language, words):
    path = root / catalogue_of(NEWS, language)
    catalogue = read(path)
    for source, told in words.items():
        catalogue.get(source).string = told
    path.write_bytes(written(catalogue, language))
    return path


def test_a_module_keeps_the_words_of_its_code_and_of_its_templates(place):
    assert said(place) == ["Новини", ("%(n)s ден", "%(n)s дни"), "Всички новини"]


def test_words_of_no_part_are_kept_with_the_shells_of_pages(place):
    (place / "platform/audit").mkdir(parents=True)
    (place / "platform/errors.py").write_text('lazy_gettext("Грешка")\n', "utf-8")
    (place / "platform/audit/component.py").write_text('_("Дневник")\n', "utf-8")
    assert said(place, Path("platform/web")) == ["Грешка"]
    assert said(place, Path("platform/audit")) == ["Дневник"]


def test_what_is_not_ours_is_not_read(place):
    (place / NEWS / "node_modules").mkdir()
    (place / NEWS / "node_modules/foreign.py").write_text('_("Чуждо")\n', "utf-8")
    assert "Чуждо" not in said(place)


def test_a_template_that_does_not_parse_is_not_silently_empty(place):
    (place / NEWS / "templates/broken.html").write_text("{% if %}", "utf-8")
    with pytest.raises(TemplateSyntaxError):
        extract(place)


def test_update_keeps_what_is_told_and_makes_room_for_what_is_new(place):
    update(place)
    path = translate(place, "en", {"Новини": "News"})
    (place / NEWS / "services.py").write_text('_("Ново")\n', "utf-8")
    update(place)
    told = {message.id: message.string for message in messages(read(path))}
    assert told == {"Новини": "News", "Ново": "", "Всички новини": ""}


def test_a_second_update_changes_no_byte(place):
    update(place)
    before = {path: path.read_bytes() for path in catalogues_in(place)}
    (place / NEWS / "manifest.py").write_text('# a line above\n\n_("Новини")\n', "utf-8")
    update(place)
    assert {path: path.read_bytes() for path in catalogues_in(place)} == before
    assert len(before) == 2


def test_committed_catalogues_are_as_update_writes_them():
    for path in catalogues_in(ROOT):
        assert path.read_bytes() == written(read(path), path.parts[-3]), path


def test_what_a_string_of_braces_says_is_in_a_catalogue():
    """`f"{gettext('…')}"` is read by no extractor: such words must stand elsewhere as well."""
    known = {
        forms_of(message.id)[0] for path in catalogues_in(ROOT) for message in messages(read(path))
    }
    rooms = (ROOT / room for room in ("platform", "tenants", "billing", "modules", "sso", "ops"))
    files = [
        file for room in rooms for file in room.rglob("*.py") if "node_modules" not in file.parts
    ]
    found = {text for file in files for text in said_in_braces(file.read_text("utf-8"))}
    assert found - known == set()


def said_in_braces(code):
    if "gettext(" not in code:
        return
    for outer in ast.walk(ast.parse(code)):
        for one in ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ():
            called = getattr(getattr(one, "func", None), "id", "")
            if called in ("gettext", "ngettext") and isinstance(one.args[0], ast.Constant):
                yield one.args[0].value


def test_only_what_changed_is_compiled(place):
    update(place)
    assert len(compile_all(place)) == 2
    assert compile_all(place) == []
    path = place / catalogue_of(NEWS, "ro")
    later = path.stat().st_mtime + 1
    os.utime(path, (later, later))
    assert compile_all(place) == [path]


def hear(*folders):
    """An application of these catalogues only, so that nothing is remembered of another test."""
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, folders))
    Babel(app)
    return app.app_context()


def test_romanian_counts_with_three_forms(place):
    update(place)
    forms = ("%(n)s zi", "%(n)s zile", "%(n)s de zile")
    translate(place, "ro", {("%(n)s ден", "%(n)s дни"): forms})
    compile_all(place)
    spoken = {0: "0 zile", 1: "1 zi", 2: "2 zile", 19: "19 zile", 20: "20 de zile"}
    spoken |= {101: "101 zile", 119: "119 zile", 120: "120 de zile"}
    with hear(place / NEWS / "translations"), force_locale("ro"):
        assert {n: ngettext("%(n)s ден", "%(n)s дни", n, n=n) for n in spoken} == spoken


def test_the_house_hears_every_catalogue(app):
    compile_all()
    heard = app.config["BABEL_TRANSLATION_DIRECTORIES"].split(";")
    assert {str(path.parents[2].resolve()) for path in catalogues_in(ROOT)} <= {
        str(Path(folder).resolve()) for folder in heard
    }
    with hear(*heard), force_locale("en_GB"):
        assert gettext("Всички новини") == "All news"
    # A part without a catalogue brings plurals of its own; the last folder must set them right.
    with hear(*heard), force_locale("ro"):
        drafts = ("%(num)s чернова на новина", "%(num)s чернови на новини")
        assert ngettext(*drafts, 2) == "2 ciorne de știri"
        assert ngettext(*drafts, 20) == "20 de ciorne de știri"


def test_compiling_needs_no_configuration_and_no_application():
    code = (
        "import sys; from obshto.ops.i18n import main; main(['compile']);"
        "print(sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_command_counts(place, monkeypatch):
    monkeypatch.setattr("obshto.ops.i18n.extract", partial(extract, place))
    counted = CliRunner().invoke(main, ["i18n", "extract"])
    assert (counted.exit_code, counted.stdout) == (0, "    3  modules/news\n")


def test_the_command_checks(place, monkeypatch):
    monkeypatch.setattr("obshto.ops.i18n.check", partial(check, place))
    update(place)
    checked = CliRunner().invoke(main, ["i18n", "check"])
    faults = check(place)
    assert (checked.exit_code, checked.stdout.splitlines()) == (1, faults) and faults
    for language, forms in {
        "en": ("%(n)s day", "%(n)s days"),
        "ro": ("%(n)s zi", "%(n)s zile", "%(n)s de zile"),
    }.items():
        words = {said: "News" for said in ("Новини", "Всички новини")}
        translate(place, language, words | {("%(n)s ден", "%(n)s дни"): forms})
    checked = CliRunner().invoke(main, ["i18n", "check"])
    assert (checked.exit_code, checked.stdout) == (0, "Nothing is missing.\n")
