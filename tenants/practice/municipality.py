"""The practice municipality as it joins and as each reset makes it anew: nobody's telephone."""

from __future__ import annotations

from obshto.platform.scope import PRACTICE
from obshto.tenants.municipalities.provision import NewMunicipality

NAMES = {"bg": "Учебна", "en": "Practice", "ro": "Exercițiu"}
TITLES = {
    "bg": "Община Учебна",
    "en": "Practice Municipality",
    "ro": "Municipalitatea de exercițiu",
}


def practice_municipality(modules: tuple[str, ...]) -> NewMunicipality:
    """With invented contacts and without a census."""
    return NewMunicipality(
        slug=PRACTICE,
        titles=TITLES,
        names=NAMES,
        modules=modules,
        colour="#6b21a8",
        contact={
            "phone": "0900 00 000",
            "email": f"obshtina@{PRACTICE}.example",
            "address": "0000 гр. Учебна, ул. „Първа“ № 1",
            "is_demo": True,
            "demo_fields": ["phone", "email", "address"],
        },
    )
