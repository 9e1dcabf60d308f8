"""The language is the first segment of the path: none is Bulgarian, then `/en/…` and `/ro/…`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, refresh
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SOURCE = "bg"
LANGUAGES = {"bg": "Български", "en": "English", "ro": "Română"}
OTHERS = tuple(code for code in LANGUAGES if code != SOURCE)
# Plain `en` writes "November 24, 2026".
LOCALES = {"bg": "bg", "en": "en_GB", "ro": "ro"}
KEY = "obshto.language"
_DOUBLED_STOP = re.compile(r"(?<=\w)\.((?:</\w+>)*)\.(?![\w./])")


class SentenceDomain(Domain):  # type: ignore[misc]
    """Texts in which a value that ends with a full stop („2026 г.“) ends the sentence, too."""

    def gettext(self, string: str, **variables: Any) -> str:
        return stop_once(super().gettext(string, **variables))

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        return stop_once(super().ngettext(singular, plural, num, **variables))


class LanguageLayer:
    """Moves the segment to SCRIPT_NAME, so that every link made inside keeps the language."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        segment = language_of(environ["PATH_INFO"])
        environ[KEY] = segment.removeprefix("/") or SOURCE
        if segment:
            environ["SCRIPT_NAME"] += segment
            environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(segment) or "/"
        return self._app(environ, start)


def language_of(path: str) -> str:
    """The segment of a path that names its language: „/en“, or nothing for Bulgarian."""
    first = path.removeprefix("/").partition("/")[0]
    return f"/{first}" if first in LANGUAGES and first != SOURCE else ""


def current_language() -> str:
    """The two letters of the page at hand; Bulgarian where there is no request."""
    return str(request.environ.get(KEY, SOURCE)) if has_request_context() else SOURCE


def language_in_force() -> str:
    """The two letters of what is being said: within `speaking` its language, else the page's."""
    locale = get_locale()
    return str(locale.language) if locale else SOURCE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts in another language than the page's: a letter to its reader."""
    with force_locale(LOCALES.get(language, SOURCE)):
        yield


def speak(language: str) -> None:
    """The page at hand is in this language from now on, though its address does not say so."""
    request.environ[KEY] = language
    refresh()


def prefix_of(language: str) -> str:
    """What stands before a path of a host in that language; nothing in Bulgarian."""
    return "" if language == SOURCE else f"/{language}"


def path_in(language: str) -> str:
    """The address of this same page in another language."""
    prefix = prefix_of(language)
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    return f"{prefix}{request.path}{query}"


def stop_once(text: str) -> str:
    """„до 3 май 2026 г..“ with one full stop, also across the end of an element.

    Markup stays Markup, an ellipsis an ellipsis.
    """
    if ".." not in text and ">." not in text:
        return text
    stopped = _DOUBLED_STOP.sub(r".\1", str(text))
    return Markup(stopped) if isinstance(text, Markup) else stopped


def _stopping_once(function: Callable[..., str]) -> Callable[..., str]:
    """A template's gettext, which puts the values in after the text was found."""

    @pass_context
    def ask(context: Context, *texts: Any, **variables: Any) -> str:
        return stop_once(function(context, *texts, **variables))

    return ask


def install(app: Flask, directories: Iterable[str]) -> None:
    """`directories` hold the catalogues of every part."""
    app.config.update(
        BABEL_DEFAULT_LOCALE=SOURCE,
        BABEL_DEFAULT_TIMEZONE="Europe/Sofia",
        BABEL_TRANSLATION_DIRECTORIES=";".join(directories),
    )
    babel = Babel(app, locale_selector=lambda: LOCALES[current_language()])
    babel.domain_instance = SentenceDomain()
    app.jinja_env.filters["stop_once"] = stop_once
    texts = cast("MutableMapping[str, Callable[..., str]]", app.jinja_env.globals)
    for name in ("gettext", "ngettext"):
        texts[name] = _stopping_once(texts[name])
