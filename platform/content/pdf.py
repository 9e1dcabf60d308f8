"""Accessible PDFs, set by typst from a template and plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

STANDARD: Final = "ua-1"  # PDF/UA-1: tagged, titled, read in its order


def pdf_of(template: Path, told: Mapping[str, Any]) -> bytes:
    """The PDF of a template that reads `json(bytes(sys.inputs.data))`.

    Values are text and never markup. The same values give the same bytes on every machine: no
    fonts of the system are used.
    """
    return typst.compile(
        template,
        format="pdf",
        pdf_standards=[STANDARD],
        sys_inputs={"data": json.dumps(told)},
        ignore_system_fonts=True,
    )
