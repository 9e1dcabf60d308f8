"""Staff pages of posts."""

from obshto.modules.feeds.console import (  # each brings its pages
    channels,
    deliveries,
    posts,
    sources,
    villages,
)

console = posts.console
__all__ = ["channels", "console", "deliveries", "sources", "villages"]
