"""The published schema of services as files: whoever exchanges them may check them by it."""

from __future__ import annotations

import json

from flask import Response

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.modules.eservices.services.design.files import file_schema
from obshto.platform.web.access import open_to_all
from obshto.platform.web.validity import keep_until


@citizen.get("/schemas/service-definition-1.json")
@open_to_all
def schema() -> Response:
    """The very schema by which an import is held; another number is another shape."""
    keep_until(None)  # it changes with the software alone
    text = json.dumps(file_schema(), ensure_ascii=False, indent=1)
    return Response(text, mimetype="application/schema+json")
