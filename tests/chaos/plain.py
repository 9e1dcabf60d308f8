"""One request as it is answered: no ledger, no second try."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode

from house import BASE

PATIENCE = 60  # seconds: longer than any answer may take


def ask(port, slug, path, form=None, *, cookie="", address="", tag=""):
    """Status, headers, text; 0 and what happened where there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    told = {"Cookie": cookie, "X-Forwarded-For": address, "If-None-Match": tag}
    headers = {"Host": f"{slug}.{BASE}"} | {name: value for name, value in told.items() if value}
    body = None
    if form is not None:
        body = urlencode(form, doseq=True)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Sec-Fetch-Site"] = "same-origin"
    try:
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, {}, repr(error)
    finally:
        connection.close()
