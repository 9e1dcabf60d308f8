"""Component of documents: tables, and the page on which anybody checks one."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.documents.citizen import citizen
from obshto.platform.documents.events import EVENTS
from obshto.platform.documents.front import front
from obshto.platform.documents.models import MODELS, DocumentCounter
from obshto.platform.modularity.manifest import Component, Door, NavEntry, NoPersonalData, Unmarked
from obshto.platform.web.hosts import Host

COMPONENT = Component(
    slug="documents",
    folder=Path(__file__).parent,
    models=MODELS,
    door=Door.SERVICES,
    nav=(
        NavEntry(
            label=_("Проверете документ"),
            endpoint="documents_citizen.ask",
            hint=_("Истински ли е издаденият документ, по кода върху него"),
            weight=18,
        ),
    ),
    citizen=citizen,
    front={Host.MUNICIPALITY: front},
    events=EVENTS,
    outlives_restore=frozenset({DocumentCounter.__tablename__}),  # no number is given twice
    canary=Unmarked(because="a check shows a number and a day; the parts that issue mark theirs"),
    impersonal={
        "documents_seal.*": "a machine's secret",
    },
    privacy=NoPersonalData(because="who issues a document exports its file and has it forgotten"),
)
