"""Staff pages of assistants: the coordinator's, the visitor's, those of officials."""

from obshto.modules.assistants.console import coordination, problems, staff, visits
from obshto.modules.assistants.console.blueprint import console

__all__ = ["console", "coordination", "problems", "staff", "visits"]
