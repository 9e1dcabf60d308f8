"""Staff pages of the review of access: reach, use, reviews."""

from obshto.modules.accessreview.console import reach, reviews
from obshto.modules.accessreview.console.blueprint import console

__all__ = ["console", "reach", "reviews"]
