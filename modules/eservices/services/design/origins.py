"""Beginnings of a design: nothing, a service of the catalogue, one of the municipality's own."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.definitions import stored_definitions
from obshto.modules.eservices.services.design.compiler import (
    APPLICANT,
    DELIVERY,
    OWN_SOURCE,
    Design,
)
from obshto.modules.eservices.services.design.kinds import is_personal
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.questionnaires.questions import Words
from obshto.platform.web.language import LANGUAGES, SOURCE

_TEXT: Words = {
    "bg": "Текст на документа",
    "en": "Text of the document",
    "ro": "Textul documentului",
}


def blank_design(title: Mapping[str, str], need: str) -> Design:
    """Who applies and how the answer comes; the rest is the designer's."""
    return {
        "about": {"title": dict(title), "need": need, "law": "", "who": "", "note": ""},
        "procedure": "apk",
        "term": "apk_general",
        "fields": {},
        "pages": [dict(APPLICANT), dict(DELIVERY)],
        "form": [],
        "document": {
            "title": title[SOURCE],
            "lines": [
                "{municipality_name}",
                title[SOURCE].upper(),
                "по заявление вх. № {entry_number} от {date}",
                "Заявител: {applicant_name}",
                "{decision_text}",
                "Дата: {issued_on}",
                "Длъжностно лице: {official_name}",
                "(подпис)",
            ],
            "fields": {
                "decision_text": {
                    "type": "area",
                    "label": dict(_TEXT),
                    "required": True,
                    "max": 2000,
                }
            },
            "signed_by": "Длъжностно лице",
        },
        "bring": [dict(APPLICANT)],
        "source": OWN_SOURCE,
        "letters": {},
        "offer": {"fee_cents": None},
    }


def copied_design(service: Service, title: Mapping[str, str]) -> Design:
    """The newest version of a service under another name; of one without questions, its terms."""
    given = _given(service)
    if given is None:
        design = blank_design(title, service.need)
        design["term"] = service.counter_definition.terms[0].rule
    else:
        design = {key: copy.deepcopy(given[key]) for key in _COPIED if key in given}
        design |= {"letters": {}, "offer": {"fee_cents": None}, **_texts(given)}
        for field in design["fields"].values():
            if is_personal(field):
                field.setdefault("purpose", given["source"][:300])
    names = {language: service.said(language) for language in LANGUAGES}
    about = {"title": dict(title) if title else names, "need": service.need}
    about |= {"law": service.law, "who": service.who, "note": ""}
    return {**design, "about": about}


_COPIED = (*("procedure", "term", "fields", "pages", "form", "document", "bring", "source", "fee"),)


def _texts(given: Mapping[str, Any]) -> Design:
    """What is printed, with the lines of its parts: a designer writes on in one text."""
    whole = composed(given)
    return {"form": whole["form"], "document": copy.deepcopy(whole["document"])}


def _given(service: Service) -> Mapping[str, Any] | None:
    versions = [given for given in stored_definitions() if given["service"] == service.key]
    found = max(versions, key=lambda given: given["version"], default=None)
    return json.loads(json.dumps(found)) if found else None
