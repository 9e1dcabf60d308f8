"""What was done in the name of the region, and who was not let in: its own activity log."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _

from obshto.platform.audit.filters import LogFilter
from obshto.platform.audit.regional import NOBODYS, regional_entries
from obshto.platform.audit.services import PAGE, RECENT, first_broken_link
from obshto.platform.audit.words import words_of_the_log
from obshto.platform.web.access import requires
from obshto.platform.web.cursor_pagination import asked_before, older_than
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission, municipalities

log = Blueprint("log", __name__)
LONGEST = 80  # letters of what is searched for
# How the names of facts begin, in the order of the menu.
KINDS = {
    "sso:": _("Вход и неуспешни опити"),
    "tenants:regional-role.": _("Хора и роли в ИТ екипа"),
    "tenants:step-in.": _("Служебно влизане в община"),
    "tenants:municipality.": _("Присъединяване и напускане"),
    "tenants:module.": _("Включване и изключване на модули"),
    "orders:": _("Поръчани копия и връщания"),
    "ops:": _("Връщания и фонови задачи"),
    "helpdesk:": _("Запитвания"),
    "incidents:": _("Аварии и профилактика"),
    "legal:": _("Стойности по закон"),
    "billing:": _("Разходи и фактури"),
}


@log.get("/log")
@requires(RegionPermission.READ_LOG)
def index() -> str:
    uow, wanted, place = current_uow(), _wanted(), request.args.get("place", "")[:LONGEST]
    before = asked_before()
    entries = regional_entries(uow, wanted, before=before, place=place)
    return render_template(
        "ops/log.html",
        entries=entries,
        wanted=wanted,
        place=place,
        before=before,
        more=older_than([entry.id for entry in entries], PAGE),
        is_proved=before is None,
        broken=first_broken_link(uow, last=RECENT) if before is None else None,
        kinds=KINDS,
        nobodys=NOBODYS,
        everyone={tenant.slug: tenant.names for tenant in municipalities()},
        **words_of_the_log(),
    )


def _wanted() -> LogFilter:
    asked = request.args
    return LogFilter(
        act=act if (act := asked.get("act", "")) in KINDS else "",
        words=asked.get("words", "").strip()[:LONGEST],
    )
