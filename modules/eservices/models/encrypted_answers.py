"""Answers of people, sealed for their one row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from obshto.platform.keys.encryption import decrypt_for, encrypt_for


class Answered:
    """A row with answers that open nowhere else: not in another row, not elsewhere."""

    sealed_as: ClassVar[str]
    id: Mapped[UUID]
    answers: Mapped[bytes]

    def keep(self, answers: Mapping[str, str]) -> None:
        """Seal them; the id of the row must be known already."""
        self.answers = encrypt_for(self.sealed_as, self.id, json.dumps(dict(answers)))

    def read(self) -> dict[str, str]:
        """What was kept."""
        answers: dict[str, str] = json.loads(decrypt_for(self.sealed_as, self.id, self.answers))
        return answers
