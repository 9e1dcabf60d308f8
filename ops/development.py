"""Development server: the house with a debugger and with the statements of each page."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event
from werkzeug.debug import DebuggedApplication
from werkzeug.wrappers import Response

from obshto.ops.catalogues import catalogues_in
from obshto.ops.compose import compose
from obshto.ops.config import Config, ConfigError, read_config
from obshto.ops.i18n import ROOT, compile_all
from obshto.ops.preparation import tell_preparation
from obshto.platform.web.fragment_store import Fragment, FragmentStore
from obshto.platform.web.fragments import FRAGMENTS

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE = "/-/sql"
KEPT = 50


@dataclass(slots=True)
class Statements:
    """What one request asked the database: text and seconds of each statement."""

    request: str
    asked: list[tuple[str, float]] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return sum(seconds for _, seconds in self.asked) * 1000

    def lines(self) -> list[str]:
        head = f"{self.request}: {len(self.asked)} statements, {self.milliseconds:.1f} ms"
        return [head, *(f"  {seconds * 1000:7.1f} ms  {text}" for text, seconds in self.asked)]


_current: ContextVar[Statements | None] = ContextVar("statements", default=None)


class StatementLayer:
    """A WSGI layer: `Server-Timing` says how many statements a page took and how long; PAGE lists
    those of the last pages. Nothing is taken out of the page cache: a template may have changed.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._last: deque[Statements] = deque(maxlen=KEPT)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PAGE:
            return self._page()(environ, start)
        environ.setdefault("HTTP_COOKIE", "")  # the page cache keeps nothing of who has one
        host, path = environ.get("HTTP_HOST", ""), environ["PATH_INFO"]
        statements = Statements(f"{environ['REQUEST_METHOD']} {host}{path}")
        token = _current.set(statements)

        def begin(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Any:
            count, spent = len(statements.asked), statements.milliseconds
            timing = f'sql;desc="{count} statements";dur={spent:.1f}'
            return start(status, [*headers, ("Server-Timing", timing)], exc_info)

        try:
            return self._app(environ, begin)
        finally:
            _current.reset(token)
            if statements.asked:
                self._last.appendleft(statements)

    def _page(self) -> Response:
        lines = [line for statements in self._last for line in (*statements.lines(), "")]
        return Response("\n".join(lines) or "Open a page first.", mimetype="text/plain")


class NoFragments(FragmentStore):
    """Keeps nothing: a template may have changed since."""

    def get(self, key: str) -> Fragment | None:
        return None

    def put(self, key: str, fragment: Fragment) -> None:
        pass


def _begin(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
    conn.info["asked_at"] = time.perf_counter()


def _end(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
    if statements := _current.get():
        spent = time.perf_counter() - conn.info["asked_at"]
        statements.asked.append((" ".join(statement.split()), spent))


def develop(config: Config) -> DebuggedApplication:
    """The house as a developer wants it. Raises ConfigError in production: a debugger runs code."""
    if config.is_production:
        raise ConfigError("OBSHTO_ENV=production: the debugger runs whatever a visitor types.")
    compile_all()
    app = compose(config)
    app.debug = app.jinja_env.auto_reload = True
    app.extensions[FRAGMENTS] = NoFragments()
    tell_preparation(app, config)
    for name, listener in (("before_cursor_execute", _begin), ("after_cursor_execute", _end)):
        if not event.contains(Engine, name, listener):
            event.listen(Engine, name, listener)
    return DebuggedApplication(StatementLayer(app.wsgi_app), evalex=True)


def develop_here() -> DebuggedApplication:
    """The same, as the environment says: what the command below serves."""
    return develop(read_config())


def development_command(config: Config) -> list[str]:
    """One process, which a debugger needs; anew after a change of Python or of words."""
    # fmt: off
    return [
        sys.executable, "-m", "gunicorn", "obshto.ops.development:develop_here()",
        "--bind", f"127.0.0.1:{config.port}",
        "--worker-class", "gthread",
        "--threads", str(config.web_threads),
        "--reload", "--reload-engine", "poll",
        "--graceful-timeout", "1",
        "--log-level", "info",
        "--no-control-socket",
        *(part for path in catalogues_in(ROOT) for part in ("--reload-extra-file", str(path))),
    ]
    # fmt: on
