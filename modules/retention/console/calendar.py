"""The calendar, its table, the dry run in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import abort, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from obshto.modules.retention.console.blueprint import console
from obshto.modules.retention.forms import CheckForm
from obshto.modules.retention.permissions import RetentionPermission
from obshto.modules.retention.services import calendar, checks, holds, runs
from obshto.platform.modularity.manifest import OwnTerm
from obshto.platform.modularity.retention_rules import OutsideRun
from obshto.platform.soft_delete import count
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

READ = RetentionPermission.READ


@console.get("/")
@requires(READ)
def index() -> str:
    """Every rule with what is over soon and what went last."""
    uow, rules = current_uow(), calendar.rules_here()
    check = checks.finished_check(uow)
    return render_template(
        "retention/calendar.html",
        rules=rules,
        own=calendar.own_terms(uow, rules),
        elsewhere=calendar.rules_elsewhere(),
        outside=calendar.last_outside(uow),
        due=checks.due_by_rule(check, rules),
        last=calendar.last_runs(uow, rules),
        check=check,
        holds=count(uow, holds.holds(uow, in_force=True)),
    )


@console.get("/calendar.csv")
@requires(READ)
def calendar_file() -> Response:
    """The calendar as a table."""
    uow, rules = current_uow(), calendar.rules_here()
    due = checks.due_by_rule(checks.finished_check(uow), rules)
    last, own = calendar.last_runs(uow, rules), calendar.own_terms(uow, rules)
    head = [_("Какво"), _("Срок"), _("Правно основание"), _("Кои данни")]
    head += [_("До 30 дни"), _("До 90 дни"), _("Последно изтрито на")]
    rows = (
        (
            *(str(rule.what), _terms(rule, own.get(rule.key, ())), rule.ground),
            ", ".join(str(kind.label) for kind in rule.kinds),
            *(str(due[rule.key][days].total) if rule.key in due else "" for days in (30, 90)),
            moment.isoformat(timespec="seconds") if (moment := last[rule.key].took_at) else "",
        )
        for rule in rules
    )
    return csv_file("retention.csv", head, [*rows, *_outside_rows(calendar.last_outside(uow))])


def _outside_rows(last: Mapping[str, OutsideRun]) -> Iterator[Sequence[str]]:
    """What lies outside the tables, in the same columns."""
    for rule in calendar.rules_elsewhere():
        run = last.get(rule.key)
        moment = run.at.isoformat(timespec="seconds") if run else ""
        yield (str(rule.what), str(rule.kept), rule.ground, "", "", "", moment)


def _terms(rule: calendar.CalendarRule, own: Sequence[OwnTerm]) -> str:
    """The term, then each thing that is kept for another time."""
    said = (f"{one.what}: {years_said(one.years)} ({one.ground})" for one in own)
    return "; ".join([str(rule.kept), *said])


def years_said(years: int) -> str:
    """A number of years in words."""
    return str(ngettext("%(num)s година", "%(num)s години", years))


@console.get("/dry-run")
@requires(READ)
def dry_run() -> str:
    """What tonight's jobs would take, in words."""
    uow, rules = current_uow(), calendar.rules_here()
    check, latest = checks.finished_check(uow), checks.latest_check(uow)
    return render_template(
        "retention/dry_run.html",
        rules=rules,
        due=checks.due_by_rule(check, rules),
        check=check,
        is_waiting=latest is not None and latest.finished_at is None,
        form=CheckForm(formdata=None),
        words_of=runs.words_of,
        outside=calendar.outside_due(uow),
    )


@console.post("/dry-run")
@requires(READ)
def ask_dry_run() -> Response:
    """The dry run is a job: its page shows the numbers when they are there."""
    form = CheckForm()
    if not form.validate():
        abort(422)
    checks.ask_check(current_uow(), request_id=form.request_id.data)
    return see_other(".dry_run", said="retention.asked")
