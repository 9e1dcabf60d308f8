"""The bare application: a database, hosts and an edge; no tenants, no modules, no money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise

from obshto.platform import unit_of_work
from obshto.platform.content.qr import qr_code
from obshto.platform.content.readability import reading_of
from obshto.platform.db.engine import pool_of
from obshto.platform.db.session import db
from obshto.platform.editorial.conflict import conflict_of
from obshto.platform.maps import base_map
from obshto.platform.rate_limit import forms as rate_limit
from obshto.platform.rate_limit.address import Network
from obshto.platform.rate_limit.forms import PROXIES
from obshto.platform.telemetry import requests
from obshto.platform.unit_of_work import BeforeCommitHook
from obshto.platform.web import (
    csrf,
    error_pages,
    formats,
    forms,
    fragments,
    headers,
    language,
    redirects,
    request_uow,
    text_size,
    uploads,
    validity,
)
from obshto.platform.web.assets import STATIC_ROOT
from obshto.platform.web.hosts import FindDomain, HostGuard, HostRows, ReadHost, guard_hosts
from obshto.platform.web.language import LanguageLayer
from obshto.platform.web.page_cache import PageCache
from obshto.platform.web.retry import RetryReads

BODY_LIMIT = 1024 * 1024  # bytes of a request; a view that takes files says more for itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that the bare application must be told."""

    base_host: str  # with its port, as the browser sends it
    scheme: str
    secret_key: str
    database: str
    read_host: ReadHost
    find_domain: FindDomain
    before_commit_hooks: Sequence[BeforeCommitHook]
    catalogues: Iterable[str]  # directories of translations
    form_targets: Sequence[str] = ()
    proxies: Sequence[Network] = ()  # may say whose request they pass on
    threads: int = 0  # pages at once, where somebody keeps to it; else the pool has its own bound
    media_source: str = ""  # origin from which videos come besides our own


def create_app(ground: Ground) -> Flask:
    """An application that has no pages yet."""
    app = Flask(__name__, subdomain_matching=True, static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=ground.secret_key,
        PREFERRED_URL_SCHEME=ground.scheme,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        SQLALCHEMY_DATABASE_URI=ground.database,
        SQLALCHEMY_ENGINE_OPTIONS=pool_of(ground.threads),
        WTF_CSRF_ENABLED=False,  # `forgery` guards every write, with or without a form
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=2,  # level 5 costs 0.6 ms more on each page that is made anew
    )
    # The pages of all parts are more than Jinja keeps by itself; it compiled the others each time.
    app.jinja_options = {"cache_size": -1}
    app.config[PROXIES] = tuple(ground.proxies)
    for first in (formats, forms, text_size, base_map):
        first.install(app)
    app.jinja_env.globals.update(qr_code=qr_code, reading_of=reading_of, conflict_of=conflict_of)
    db.init_app(app)
    unit_of_work.install(app, ground.before_commit_hooks)
    requests.install(app)
    guard_hosts(app, ground.base_host)
    language.install(app, ground.catalogues)
    Compress(app)  # first in, last to see the answer
    headers.install(app, ground.form_targets, ground.media_source)
    error_pages.install(app)
    app.before_request(error_pages.tell_of_loss)
    uploads.install(app)
    redirects.install(app)
    app.before_request(error_pages.refuse_nul)
    csrf.install(app)
    validity.install(app)
    fragments.install(app)
    rate_limit.install(app)
    request_uow.install(app)  # last in, first to see the answer: it may become a 503
    _layers(app, ground)
    return app


def _layers(app: Flask, ground: Ground) -> None:
    """Written inside out: the guard is the first to see a request."""
    inner = HostRows(
        PageCache(LanguageLayer(RetryReads(app.wsgi_app))), ground.base_host, ground.read_host
    )
    static = WhiteNoise(
        inner, root=STATIC_ROOT, prefix="static/", immutable_file_test=r"\.[0-9a-f]{10}\."
    )
    app.wsgi_app = HostGuard(static, ground.base_host, ground.scheme, ground.find_domain)  # type: ignore[assignment,method-assign]  # Flask's way
