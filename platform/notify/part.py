"""What messages contribute: the outbox and the jobs that empty it."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Job, Part, PersonalData
from obshto.platform.notify.models import Message
from obshto.platform.notify.privacy import erase, export
from obshto.platform.notify.services import (
    SEND,
    SWEEP,
    WRITE,
    send_letter,
    sweep_letters,
    write_letters,
)

PART = Part(
    slug="notify",
    folder=Path(__file__).parent,
    models=(Message,),
    jobs=(
        Job(name=WRITE, run=write_letters),
        Job(name=SEND, run=send_letter),
        Job(name=SWEEP, run=sweep_letters, every="17 1 * * *"),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_("Пазим изпратените писма 90 дни."),
    ),
)
