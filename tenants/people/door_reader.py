"""Door reader: the stamp of a host, and who holds the cookie there, by one prepared read.

A page for somebody with a cookie is kept nowhere and asks for both. It gives up that requests which
arrive together share a stamp, so without a cookie the host is read as ever. Both parts are read
before the first statement of the municipality's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.http import parse_cookie

from obshto.platform.web.cookies import SESSION, name_under
from obshto.platform.web.hosts import HostRow
from obshto.tenants.municipalities.lookup import HostReader
from obshto.tenants.people.sessions import ALIVE, AT_THE_DOOR, session_asked

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

DOOR = f"""
SELECT tenant.slug, tenant.version AS stamp, tenant.xmin::text AS xmin, alive.*
FROM shared.tenant LEFT JOIN LATERAL ({ALIVE}) AS alive ON true
WHERE tenant.slug = %(municipality)s
"""


class DoorReader:
    """Supplies `ReadHost`; whom a cookie stands for is left in the environment for `recognise`."""

    def __init__(self, reader: HostReader, scheme: str) -> None:
        self._reader, self._cookie = reader, name_under(scheme, SESSION)

    def __call__(self, label: str, environ: WSGIEnvironment) -> HostRow | None:
        token = parse_cookie(environ.get("HTTP_COOKIE", "")).get(self._cookie) if label else None
        if not token:
            return self._reader(label)
        asked = session_asked(token, label)
        found = self._reader.one(DOOR, asked)
        environ[AT_THE_DOOR] = asked, found
        return self._reader.as_of(label, (found["stamp"], found["xmin"]) if found else None)
