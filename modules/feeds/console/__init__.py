"""Staff pages of posts."""

from obshto.modules.feeds.console import channels, posts, sources  # each brings its pages

console = posts.console
__all__ = ["channels", "console", "sources"]
