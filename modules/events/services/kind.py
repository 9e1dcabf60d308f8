"""Editorial kind of events."""

from flask_babel import lazy_gettext as _

from obshto.modules.events.errors import NoSuchEvent, StaleVersion
from obshto.modules.events.events import (
    EventReverted,
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
)
from obshto.modules.events.models import Attachment, Event, Version
from obshto.modules.events.permissions import EventsPermission
from obshto.platform.editorial.kinds import TextKind

KIND = TextKind(
    part="events",
    key="event_id",
    called=_("Събитие"),
    text=Event,
    version=Version,
    attachment=Attachment,
    write=EventsPermission.WRITE,
    publish=EventsPermission.PUBLISH,
    missing=NoSuchEvent,
    changed=StaleVersion,
    reverted=EventReverted,
    file_added=FileAdded,
    file_described=FileDescribed,
    file_moved=FileMoved,
    file_removed=FileRemoved,
)
