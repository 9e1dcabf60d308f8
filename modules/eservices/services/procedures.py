"""The laws that a service goes by: for each act its article, and how a refusal is appealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from obshto.modules.eservices.services.fragments import DATA

PROCEDURES: Mapping[str, Mapping[str, Any]] = json.loads(
    (DATA / "procedures.json").read_text("utf-8")
)
