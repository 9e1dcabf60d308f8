"""To-do lists of courses: whom to call, groups with too few people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.call_desk import CALL_DESK
from obshto.modules.courses.services.queries import small_groups
from obshto.platform.modularity.todo import Todo, TodoKind

TODO = (
    CALL_DESK.todo(),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Групи с малко хора"),
        permission=CoursesPermission.KEEP,
        endpoint="courses_console.small",
        rows=small_groups,
    ),
)
