"""Progress of the first start, told by the process that writes to the one that answers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.ops.config import Config
from obshto.platform.web.hosts import PROBES, spelled
from obshto.platform.web.language import LANGUAGES, speaking

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RELOAD_SECONDS = 2
STATIC = "/static/"


@dataclass(slots=True)
class Preparation:
    """A file that is there from before the first municipality until all have their contents.

    What finds it at a start goes on with what a killed process began.
    """

    file: Path
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by slug, by language
    ready: list[str] = field(default_factory=list)

    @property
    def is_unfinished(self) -> bool:
        return self.file.exists()

    def begin(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self.names, self.ready = names, []
        self._write()

    def finish_one(self, slug: str) -> None:
        self.ready.append(slug)
        self._write()

    def end(self) -> None:
        self.file.unlink(missing_ok=True)

    def read(self) -> bool:
        """As the file says now; False once it is gone."""
        try:
            written = json.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return False
        self.names, self.ready = written["names"], written["ready"]
        return True

    def _write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        written = {"names": dict(self.names), "ready": self.ready}
        new.write_text(json.dumps(written, ensure_ascii=False), "utf-8")
        os.replace(new, self.file)


def preparation_of(config: Config) -> Preparation:
    """The one of this installation."""
    return Preparation(config.data_dir / "preparation.json")


class PreparationLayer:
    """A WSGI layer: municipalities that have their contents are answered, other hosts are told
    how far it is. 503 with Retry-After, so that no program takes the page for the contents.
    """

    def __init__(self, app: Flask, base: str, scheme: str, preparation: Preparation) -> None:
        self._flask, self._app = app, app.wsgi_app
        self._base, self._scheme = base, scheme
        self._preparation, self._is_over = preparation, False

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self._is_over or self._may_pass(environ):
            return self._app(environ, start)
        return self._page()(environ, start)

    def _may_pass(self, environ: WSGIEnvironment) -> bool:
        if not self._preparation.read():
            self._is_over = True
            return True
        path = environ["PATH_INFO"]
        if path in PROBES or path.startswith(STATIC):
            return True
        host = spelled(environ.get("HTTP_HOST", ""), self._scheme)
        return host.removesuffix(f".{self._base}") in self._preparation.ready

    def _page(self) -> Response:
        told = self._preparation
        # Not Flask's render_template: what it adds is asked of a municipality.
        page = self._flask.jinja_env.get_template("ops/preparation.html").render(
            said=self._words,
            seconds=RELOAD_SECONDS,
            done=len(told.ready),
            total=len(told.names),
            places=[(slug, self._address(slug), told.names[slug]) for slug in told.names],
            ready=told.ready,
        )
        headers = {
            "Retry-After": str(RELOAD_SECONDS),
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'",
        }
        return Response(page, 503, headers, mimetype="text/html")

    def _address(self, slug: str) -> str:
        return f"{self._scheme}://{slug}.{self._base}/"

    @cached_property
    def _words(self) -> dict[str, tuple[str, str]]:
        """Nobody can be asked yet which language they read, so the page speaks all of them."""
        words = {}
        for language in LANGUAGES:
            with self._flask.test_request_context(), speaking(language):
                words[language] = (
                    gettext("Порталът се подготвя"),
                    gettext("Записваме примерното съдържание. Страницата се обновява сама."),
                )
        return words


def tell_preparation(app: Flask, config: Config) -> None:
    """Let visitors of a first start see how far it is; later starts carry nothing of it."""
    preparation = preparation_of(config)
    if not config.is_production and preparation.is_unfinished:
        layer: WSGIApplication = PreparationLayer(app, config.base_host, config.scheme, preparation)
        app.wsgi_app = layer  # type: ignore[method-assign,assignment]  # Flask's way
