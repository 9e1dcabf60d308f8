"""What can be done with news."""

from obshto.modules.news.services.edits import (
    Text,
    edit_item,
    reads,
    take_item,
    translate_item,
    write_item,
)
from obshto.modules.news.services.publication import (
    announce_waiting,
    delete_item,
    erase_deleted,
    hide_item,
    publish_item,
    restore_item,
)
from obshto.modules.news.services.queries import (
    deleted,
    drafts,
    item_of,
    originals,
    public,
    published,
    published_item,
    translations,
    waiting,
)
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.soft_delete import count

__all__ = [
    "UNWRITTEN",
    "Text",
    "announce_waiting",
    "count",
    "delete_item",
    "deleted",
    "drafts",
    "edit_item",
    "erase_deleted",
    "hide_item",
    "item_of",
    "originals",
    "public",
    "publish_item",
    "published",
    "published_item",
    "reads",
    "restore_item",
    "take_item",
    "translate_item",
    "translations",
    "waiting",
    "write_item",
]
