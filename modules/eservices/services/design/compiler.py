"""Compiler of designs: what a designer made becomes a definition that the engine reads.

A design has the shape of a definition. It may lack words in other languages, which are then said
in Bulgarian, and the lines of the application on paper, which are then written of its questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from obshto.modules.eservices.services.design.conditions import only_choice
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.web.language import LANGUAGES, SOURCE

Design = dict[str, Any]
APPLICANT, DELIVERY = {"use": "applicant.1"}, {"use": "delivery.1"}
DECISION = "decision"  # the place of what the official fills in, beside the steps
PAPERS = "papers"  # the place of documents that are attached
OWN_SOURCE = "Съставена от общината"
_HEAD = (
    "ДО",
    "КМЕТА НА {municipality_name}",
    "ЗАЯВЛЕНИЕ",
)
_WHO = (
    "От {applicant_name}, ЕГН/ЛНЧ/ЕИК {applicant_id}",
    "Адрес: {address_settlement}, {address_street}, тел.: {phone}, електронен адрес {email}",
    "Представител: {representative_name}, {representative_egn}, пълномощно №/дата"
    " {poa_number}/{poa_date}",
)
_WAY = (
    "Желая да получа отговора: ☐{delivery:office} лично на гишето ☐{delivery:electronic} по"
    " електронен път ☐{delivery:post} по пощата на адрес {post_address}"
)
_FOOT = ("Дата: {date}    Заявител: {applicant_signature}", "(подпис)")


def compiled(design: Mapping[str, Any], key: str, version: int) -> dict[str, Any]:
    """The definition that a design stands for; whether it is whole, its checks say."""
    given: dict[str, Any] = _worded(json.loads(json.dumps(design)))
    given |= {"service": key, "version": version, "cases": [], "verbatim": "none"}
    given.setdefault("source", OWN_SOURCE)
    given["official_title"] = given["about"]["title"][SOURCE]
    if "renewal" in given:  # a day of then is none of now
        dates = [name for name, field in given["fields"].items() if field["type"] == "date"]
        given["renewal"]["again"] = dates
    if not given.get("form"):
        given["form"] = form_lines(given)
    for part, name in ((given, "form"), (given["document"], "lines")):
        part[name] = [spread_rows(line, given["fields"]) for line in part[name]]
    return given


def compiled_text(design: Mapping[str, Any], key: str, version: int) -> str:
    """The same as it is stored."""
    return json.dumps(compiled(design, key, version), ensure_ascii=False)


def form_lines(design: Mapping[str, Any]) -> list[str]:
    """The application on paper, where the designer wrote none: every question in its order."""
    whole = composed(design)
    title = design["about"]["title"][SOURCE]
    lines = [*_HEAD, f"за „{title}“", *_WHO, *own_lines(design)]
    if "delivery" in whole["fields"]:
        lines.append(_WAY)
    return [*lines, *_FOOT]


def own_lines(design: Mapping[str, Any]) -> Iterator[str]:
    """A line for each question of the designer's own."""
    fields = design["fields"]
    for page in own_steps(design):
        for name in page["fields"]:
            if name in fields:
                yield from _lines(name, fields[name])


def spread_rows(line: Any, fields: Mapping[str, Any]) -> Any:
    """A line that is a repeating group and nothing else stands once for each row."""
    name = line.strip("{}") if isinstance(line, str) else ""
    if line != f"{{{name}}}" or not is_repeating(fields.get(name, {})):
        return line
    cells = (
        f"{column['label'][SOURCE].rstrip('?:. ')}: {{{name}.{key}}}"
        for key, column in fields[name]["columns"].items()
    )
    return f"{{each:{name}}}{{{name}.no}}. {'; '.join(cells)}"


def is_repeating(field: Mapping[str, Any]) -> bool:
    """Whether it has several rows."""
    return bool(field.get("columns")) and field.get("most") != 1


def own_steps(design: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps that the designer made; those of a shared part stand for themselves."""
    return [page for page in design["pages"] if "fields" in page]


def _lines(name: str, field: Mapping[str, Any]) -> Iterator[str]:
    shown = only_choice(field.get("when"))
    begin = f"{{if:{shown[0]}:{shown[1]}}}" if shown else ""
    if is_declaration(field):
        (option,) = field["options"]
        yield f"{begin}☐{{{name}:{option['value']}}} {option['label'][SOURCE]}"
        return
    label = field["label"][SOURCE].rstrip("?:. ")
    if is_repeating(field):
        yield f"{begin}{label}:"
        yield f"{begin}{spread_rows(f'{{{name}}}', {name: field})}"
        return
    yield f"{begin}{label}: {{{name}}}"


def is_declaration(field: Mapping[str, Any]) -> bool:
    """Whether it is one sentence to agree to."""
    return field["type"] == "checks" and len(field.get("options", ())) == 1


def _worded(part: Any) -> Any:
    """Words said in Bulgarian where nobody said them in another language."""
    if isinstance(part, list):
        return [_worded(item) for item in part]
    if not isinstance(part, dict):
        return part
    if SOURCE in part and set(part) <= set(LANGUAGES):
        return {language: part.get(language) or part[SOURCE] for language in LANGUAGES}
    return {name: _worded(item) for name, item in part.items()}
