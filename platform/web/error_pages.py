"""The pages of everything that went wrong, in the visitor's language."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from obshto.platform.db.node_loss import is_node_loss, is_out_of_resources
from obshto.platform.errors import DomainError
from obshto.platform.web.hosts import LOST
from obshto.platform.web.last_change import last_change
from obshto.platform.web.read_only import keep_typed
from obshto.platform.web.redirects import is_own_path
from obshto.platform.web.retry import RETRY as RETRY_READ
from obshto.platform.web.writes import is_write

_ = lazy_gettext
RETRY = {503: "120", 429: "600"}
REFUSED = "refused_by_database"  # in `g`: it took nothing of this request
UNDONE = _("Това, което направихте, не е записано. Промененото от другия стои и не е загубено.")
BACK = {409: _("Вижте как е сега"), 413: _("Отворете формуляра отново")}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """What the page says: whose fault, what is safe, what to do."""

    heading: LazyString
    sentences: tuple[LazyString, ...]


FAULTS = {
    400: Fault(
        _("Браузърът изпрати нещо, което не разбрахме"),
        (_("Върнете се назад и опитайте пак. Ако се повтори, опитайте с друг браузър."),),
    ),
    403: Fault(
        _("Нямате достъп до тази страница"),
        (_("Ако страницата Ви трябва за работа, обърнете се към човека, който дава правата."),),
    ),
    404: Fault(
        _("Няма такава страница"),
        (_("Проверете адреса или започнете от началната страница. Може да сме я преместили."),),
    ),
    405: Fault(
        _("Тази страница не се отваря така"),
        (_("Върнете се назад и използвайте бутона на страницата."),),
    ),
    409: Fault(
        _("Междувременно някой промени това"),
        (_("Вижте как е сега и решете отново."), UNDONE),
    ),
    413: Fault(
        _("Изпратеното е твърде голямо"),
        (
            _("Съкратете текста или изберете по-малък файл."),
            _("Бутонът „назад“ на браузъра Ви връща при написаното."),
        ),
    ),
    422: Fault(_("Това не може да стане сега"), ()),
    429: Fault(
        _("Твърде много опити"),
        (_("За сигурност спряхме опитите за малко. Опитайте пак след десет минути."),),
    ),
    500: Fault(
        _("Грешката е наша"),
        (
            _("Екипът вече знае за нея. Опитайте пак след няколко минути."),
            _("Ако сте изпращали нещо, първо проверете дали е прието."),
        ),
    ),
    503: Fault(
        _("Порталът не успява да отговори"),
        (
            _("Изчакайте две минути и опитайте пак. Подаденото дотук е запазено."),
            _("Ако точно сега сте изпращали нещо, първо проверете дали е прието."),
        ),
    ),
}


def page_of(code: int, sentence: str | None = None) -> Response:
    """The page of a status; `sentence` says more exactly what the rule was.

    Who was not the first is led to where their form stood, which shows how it is now, and staff
    read whose change it was; who sent too much is led back to the form.
    """
    fault = FAULTS.get(code) or FAULTS[400 if code < 500 else 500]
    sentences = [sentence] if sentence else list(fault.sentences)
    if sentence and code == 409:
        sentences.append(UNDONE)
    if code == 413:
        sentences.insert(0, _limit())
    came_from = _own_referrer() if code in BACK else None
    page = make_response(
        render_template(
            "error.html",
            heading=fault.heading,
            sentences=sentences,
            change=last_change() if code == 409 else None,
            links=[(BACK[code], came_from)] if came_from else [],
        ),
        code,
    )
    if code in RETRY:
        page.headers["Retry-After"] = RETRY[code]
    return page


def is_lost(error: DBAPIError) -> bool:
    """Whether the database is away, as opposed to having refused what was asked."""
    return error.connection_invalidated or is_node_loss(error.orig) or _no_server(error)


def lost_page() -> Response:
    """503, for writes. A read is tried once more before anybody sees it."""
    request.environ[RETRY_READ] = True
    return page_of(503)


def refused_page(error: DBAPIError) -> Response | None:
    """503 where the database is lost, or could not take it for want of disk, memory or a turn.

    In the second case nothing was written, so what was typed may be sent again. None for a fault.
    `g` then has REFUSED.
    """
    if not is_lost(error) and not is_out_of_resources(error.orig):
        return None
    setattr(g, REFUSED, True)
    if is_lost(error):
        return lost_page()
    current_app.logger.error("refused by the database: %s", getattr(error.orig, "sqlstate", ""))
    return keep_typed(is_refused=True) if is_write() and request.form else page_of(503)


def _no_server(error: DBAPIError) -> bool:
    lost = isinstance(error, (OperationalError, InterfaceError))
    return lost and getattr(error.orig, "sqlstate", None) is None


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(psycopg.OperationalError, _unreachable)
    app.register_error_handler(PoolTimeout, _unreachable)


def tell_of_loss() -> Response | None:
    """The database was asked for the host and did not answer: nothing further is tried."""
    return page_of(503) if request.environ.get(LOST) else None


def refuse_nul() -> Response | None:
    """PostgreSQL text has no NUL, and no keyboard types one: refused before anything reads it."""
    asked = (
        request.path,
        *request.args.values(),
        *request.form.values(),
        *request.form,
        *request.args,
    )
    return page_of(400) if any("\x00" in text for text in asked) else None


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    page = page_of(error.code)
    if error.code == 405:
        page.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return page


def _limit() -> str:
    """How much the view takes: of files with their form, the form has one megabyte."""
    megabytes = (request.max_content_length or MEGABYTE) // MEGABYTE
    size = max(1, megabytes - 1)
    return str(gettext("Тук приемаме наведнъж най-много %(size)s MB.", size=size))


def _own_referrer() -> str | None:
    """The address of our own page that the person came from, without what was said there."""
    came = urlsplit(request.referrer or "")
    return came.path if came.netloc == request.host and is_own_path(came.path) else None


def _refused(error: DomainError) -> Response:
    if error.status == 409 and "uow" in g:
        g.uow.session.rollback()  # nothing of it is kept, and the page reads the log
    return page_of(error.status, str(error))


def _unreachable(error: psycopg.OperationalError | PoolTimeout) -> Response:
    """A prepared read of the region's tables got no answer, or others hold all connections."""
    return page_of(503)


def _database(error: DBAPIError) -> Response:
    if is_out_of_resources(error.orig) and "uow" in g:
        g.uow.session.rollback()  # the page may read
    page = refused_page(error)
    if page is None:
        raise error
    return page
