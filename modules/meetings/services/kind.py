"""Editorial kind of meetings: their materials and earlier texts."""

from flask_babel import lazy_gettext as _

from obshto.modules.meetings.errors import NoSuchMeeting, StaleMeeting
from obshto.modules.meetings.events import (
    MaterialAdded,
    MaterialDescribed,
    MaterialMoved,
    MaterialRemoved,
    MeetingReverted,
)
from obshto.modules.meetings.models import Meeting, MeetingFile, MeetingVersion
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.platform.editorial.kinds import TextKind

KIND = TextKind(
    part="meetings",
    key="meeting_id",
    called=_("Среща"),
    text=Meeting,
    version=MeetingVersion,
    attachment=MeetingFile,
    write=MeetingsPermission.PLAN,
    publish=MeetingsPermission.PUBLISH,
    missing=NoSuchMeeting,
    changed=StaleMeeting,
    reverted=MeetingReverted,
    file_added=MaterialAdded,
    file_described=MaterialDescribed,
    file_moved=MaterialMoved,
    file_removed=MaterialRemoved,
)
