"""The words of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

if TYPE_CHECKING:
    from obshto.modules.feeds.models import Post
    from obshto.platform.unit_of_work import Principal

WRITERS = (Role.EDITOR, Role.REGISTRY_CLERK, Role.SECRETARY, Role.ADMIN)


class FeedsPermission(Permission):
    WRITE = "feeds:post.write", _("Пише публикации за каналите и ги изпраща"), WRITERS
    APPROVE = (
        "feeds:post.approve",
        _("Одобрява публикации, които друг е написал"),
        (Role.MAYOR, Role.SECRETARY, Role.EDITOR, Role.ADMIN),
    )
    CONNECT = (
        "feeds:channel.connect",
        _("Свързва профили в социални мрежи и научава, когато връзката се прекъсне"),
        (Role.ADMIN,),
    )
    VILLAGE = (
        "feeds:village.choose",
        _("Решава дали новото от едно село излиза в профила на областта"),
        (Role.MAYOR, Role.ADMIN),
    )


def may_approve(principal: Principal, post: Post) -> bool:
    """The second pair of eyes is somebody else's."""
    is_other = principal.is_known and principal.person_id != post.changed_by_id
    return is_other and principal.may(FeedsPermission.APPROVE)
