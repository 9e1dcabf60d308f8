"""What pages are to the hands that work at any text."""

from flask_babel import lazy_gettext as _

from obshto.modules.pages.errors import NoSuchPage, StaleVersion
from obshto.modules.pages.events import (
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    PageReverted,
)
from obshto.modules.pages.models import Attachment, Page, Version
from obshto.modules.pages.permissions import PagesPermission
from obshto.platform.editorial.kinds import TextKind

PAGES = TextKind(
    part="pages",
    key="page_id",
    called=_("Страница"),
    text=Page,
    version=Version,
    attachment=Attachment,
    write=PagesPermission.WRITE,
    publish=PagesPermission.PUBLISH,
    missing=NoSuchPage,
    changed=StaleVersion,
    reverted=PageReverted,
    file_added=FileAdded,
    file_described=FileDescribed,
    file_moved=FileMoved,
    file_removed=FileRemoved,
)
