"""To-do lists of courses: whom to call."""

from __future__ import annotations

from obshto.modules.courses.services.call_desk import CALL_DESK

TODO = (CALL_DESK.todo(),)
