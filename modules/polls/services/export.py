"""The results as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext

from obshto.modules.polls.services.groups import Breakdown
from obshto.modules.polls.services.results import Results


def head_of(breakdowns: Sequence[Breakdown]) -> list[str]:
    """What stands above `rows_of`: the groups that are told come last."""
    fixed = (gettext("Въпрос"), gettext("Отговор"), gettext("Общо"))
    groups = [
        f"{breakdown.title}: {group.name}" for breakdown in breakdowns for group in breakdown.groups
    ]
    return [*fixed, gettext("Онлайн"), gettext("На хартия"), *groups]


def rows_of(results: Results, breakdowns: Sequence[Breakdown]) -> Iterator[list[str]]:
    """How many answered, then one option a row; what is hidden is empty. None below ten answers."""
    if not results.is_told:
        return
    sizes = [str(group.answers) for breakdown in breakdowns for group in breakdown.groups]
    everybody = [str(number) for number in (results.answers, results.online, results.paper)]
    yield [gettext("Отговорили"), "", *everybody, *sizes]
    groups = {
        (number, option.id): cells
        for number, breakdown in enumerate(breakdowns)
        for one in breakdown.questions
        for option, cells in one.lines
    }
    for result in results.results:
        for line in result.lines:
            cells = [line.total, line.online, line.paper]
            for number, breakdown in enumerate(breakdowns):
                unknown = (None,) * len(breakdown.groups)
                cells += groups.get((number, line.option.id), unknown)
            told = ("" if cell is None else str(cell) for cell in cells)
            yield [result.question.title, line.option.label, *told]
