"""Open registers: the documents that a service issued, as far as anybody may read of them."""

from __future__ import annotations

from flask import abort, render_template

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.published_acts import acts_of, columns_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until


@citizen.get("/<key>/register")
@open_to_all
def register(key: str) -> str:
    """Number, days, and what the newest version of the service shows; nothing else."""
    uow, service = current_uow(), service_of(current_uow(), key)
    columns = columns_of(service)
    if not columns:
        abort(404)
    keep_until(None)  # nothing on it depends on the clock
    page = paginate(uow.session, acts_of(key), page_number())
    shown = {"service": service, "columns": columns, "page": page}
    assert service.own and service.own.register
    return render_template("eservices/register.html", law=service.own.register.law, **shown)
