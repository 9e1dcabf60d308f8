"""Staff pages of courses."""

from obshto.modules.courses.console import (
    courses,
    enrolments,
    fees,
    groups,
    neighbour_courses,
    reports,
    small_groups,
    substitutes,
)
from obshto.modules.courses.console.courses import console

__all__ = [
    "console",
    "courses",
    "enrolments",
    "fees",
    "groups",
    "neighbour_courses",
    "reports",
    "small_groups",
    "substitutes",
]
