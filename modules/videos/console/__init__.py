"""Staff pages: the list, a video with its file, chapters and captions, publication."""

from obshto.modules.videos.console.captions import add_captions
from obshto.modules.videos.console.files import add_files
from obshto.modules.videos.console.recordings import add_recordings
from obshto.modules.videos.console.tus import add_tus
from obshto.modules.videos.console.videos import console

add_files(console)
add_tus(console)
add_captions(console)
add_recordings(console)

__all__ = ["console"]
