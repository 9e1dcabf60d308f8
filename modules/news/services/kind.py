"""What news are to the hands that work at any text."""

from flask_babel import lazy_gettext as _

from obshto.modules.news.errors import NoSuchItem, StaleVersion
from obshto.modules.news.events import (
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    NewsReverted,
)
from obshto.modules.news.models import Attachment, Item, Version
from obshto.modules.news.permissions import NewsPermission
from obshto.platform.editorial.kinds import TextKind

NEWS = TextKind(
    part="news",
    key="item_id",
    called=_("Новина"),
    text=Item,
    version=Version,
    attachment=Attachment,
    write=NewsPermission.WRITE,
    publish=NewsPermission.PUBLISH,
    missing=NoSuchItem,
    changed=StaleVersion,
    reverted=NewsReverted,
    file_added=FileAdded,
    file_described=FileDescribed,
    file_moved=FileMoved,
    file_removed=FileRemoved,
)
