"""Keyed indexes of the person whose data is opened: known by account or by how one writes to them.

An e-mail or a phone is no proof of a person. Whoever asks for their own looks is found by what was
proven alone: the account, the address that the provider checked, the number that the state told.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.sms.phones import read_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person, in each way in which they are known; what is empty is not known."""

    person_id: UUID | None = None
    email: str = ""
    phone: str = ""
    number: str = ""  # ЕГН, ЛНЧ
    name: str = ""  # compared with the name of who looks, never kept; of an account it is known

    @classmethod
    def reached_at(cls, contact: str) -> Subject:
        """Whoever left one line to be reached at: an e-mail where it has „@“, else a phone."""
        return cls(email=contact) if "@" in contact else cls(phone=contact)

    def indexes(self) -> list[bytes]:
        """A keyed index for each. Raises NoMunicipality, NoDataKey."""
        known = {
            "person": self.person_id.hex if self.person_id else "",
            "email": self.email.strip().casefold(),
            "phone": (read_number(self.phone) or self.phone.strip()) if self.phone else "",
            "number": self.number.strip(),
        }
        return [blind_index(f"purposes_look.{way}", said) for way, said in known.items() if said]
