"""Editorial kind of guides."""

from flask_babel import lazy_gettext as _

from obshto.modules.guides.errors import NoSuchGuide, StaleGuide
from obshto.modules.guides.events import (
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    GuideReverted,
)
from obshto.modules.guides.models import CitizenGuide, GuideAttachment, GuideVersion
from obshto.modules.guides.permissions import GuidesPermission
from obshto.platform.editorial.kinds import TextKind

KIND = TextKind(
    part="guides",
    key="guide_id",
    called=_("Упътване"),
    text=CitizenGuide,
    version=GuideVersion,
    attachment=GuideAttachment,
    write=GuidesPermission.WRITE,
    publish=GuidesPermission.PUBLISH,
    missing=NoSuchGuide,
    changed=StaleGuide,
    reverted=GuideReverted,
    file_added=FileAdded,
    file_described=FileDescribed,
    file_moved=FileMoved,
    file_removed=FileRemoved,
)
