"""Child process that looks through a PDF for what runs when somebody opens it.

A program and no module of the house: it loads qpdf and nothing else. It answers with one line of
JSON: the first thing found, or nothing.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from io import BytesIO
from typing import Any

# ISO 32000-2, 12.6.4: what an action does beside leading the reader about in this document or to an
# address of the web, which a person presses. Forms that are filled in and printed stay allowed.
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE"}
ACTIONS |= {"/Rendition", "/RichMediaExecute", "/Movie", "/Sound", "/Trans3D"}
CARRIES = {"/RichMedia", "/3D", "/Movie", "/Screen"}  # annotations
MOST_OBJECTS = 200_000
_escape = re.compile(rb"#([0-9A-Fa-f]{2})")
_named = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|OpenAction)\b")


def found_in(content: bytes) -> str:
    """The word for what is in it, empty where there is nothing."""
    import pikepdf  # noqa: PLC0415  after the limits

    try:
        with pikepdf.open(BytesIO(content)) as document:
            if len(document.objects) > MOST_OBJECTS:
                return "large"
            return next(filter(None, map(_of_object, document.objects)), "")
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, ValueError, TypeError):
        # No program that mends PDFs could read it. What stands there in clear is still looked at.
        plain = _escape.sub(lambda code: bytes([int(code[1], 16)]), content)
        return "program" if _named.search(plain) else ""


def _of_object(one: Any) -> str:
    """Of one object and the ones that are written inside of it."""
    waiting = [one]
    is_first = True
    while waiting:
        here = waiting.pop()
        if getattr(here, "is_indirect", False) and not is_first:
            continue  # its turn comes
        is_first = False
        kind = _kind(here)
        if kind == "dictionary":
            if word := _of_dictionary(here):
                return word
            waiting += [here.get(key) for key in here.keys()]  # noqa: SIM118  no mapping
        elif kind == "array":
            waiting += list(here)
    return ""


def _kind(one: Any) -> str:
    import pikepdf  # noqa: PLC0415

    if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        return "dictionary"
    return "array" if isinstance(one, pikepdf.Array) else ""


def _of_dictionary(one: Any) -> str:
    action, kind = str(one.get("/S", "")), str(one.get("/Subtype", ""))
    if action in ACTIONS or "/JS" in one or "/JavaScript" in one or kind in CARRIES:
        return "program"
    is_file = str(one.get("/Type", "")) == "/Filespec" or "/EF" in one
    return "files" if is_file and "/EF" in one else ""


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    seconds = asked["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(asked["library"])
    told = {"found": found_in(sys.stdin.buffer.read())}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
