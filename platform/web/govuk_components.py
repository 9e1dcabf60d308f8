"""What the component kit needs of an application: its templates, our words for its English."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import get_locale, gettext, ngettext
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from obshto.platform.web.assets import asset
from obshto.platform.web.theme import SHIELD

COUNT = "%{count}"  # filled in by the kit's scripts


def counted(singular: str, plural: str) -> dict[str, str]:
    """A counted sentence for the kit's scripts, one form for each plural of the language.

    Both sentences carry `%(count)s`. Keys are CLDR's: `few` stands only where the language has it.
    """
    examples = {"one": 1, "other": 20}
    if str(get_locale()).startswith("ro"):
        examples = {"one": 1, "few": 2, "other": 20}
    return {key: ngettext(singular, plural, n, count=COUNT) for key, n in examples.items()}


def count_words() -> dict[str, object]:
    """Parameters of the character count, all that it would say in English."""
    return {
        "textareaDescriptionText": gettext("До %(count)s знака", count=COUNT),
        "charactersUnderLimitText": counted("Остава %(count)s знак", "Остават %(count)s знака"),
        "charactersAtLimitText": gettext("Не остават знаци"),
        "charactersOverLimitText": counted("Махнете %(count)s знак", "Махнете %(count)s знака"),
    }


def upload_words() -> dict[str, object]:
    """Parameters of the file upload, all that it would say in English."""
    return {
        "chooseFilesButtonText": gettext("Изберете файл"),
        "dropInstructionText": gettext("или го пуснете тук"),
        "noFileChosenText": gettext("Няма избран файл"),
        "multipleFilesChosenText": counted("Избран е %(count)s файл", "Избрани са %(count)s файла"),
        "enteredDropZoneText": gettext("Пуснете файла тук"),
        "leftDropZoneText": gettext("Извън полето за файл"),
    }


def install(app: Flask) -> None:
    """Lets the application find `site.html`, `ui/*` and the kit's macros they call."""
    own = FileSystemLoader(Path(__file__).parent / "templates")
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([*filter(None, [app.jinja_loader]), own, macros])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=asset,
        shield=SHIELD,
        count_words=count_words,
        upload_words=upload_words,
    )
