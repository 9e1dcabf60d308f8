"""Camera of a page: the pictures that Chromium shows while somebody walks, made into a film.

Playwright's own recording needs a program of its own; Chromium encodes by itself.
"""

import base64
from time import monotonic

from support.webm_writer import whole_webm

BATCH = 10  # pictures that go to the encoder in one message
JUMP = 4_000  # ms after which a picture stands alone
ENCODER = """
([width, height]) => {
  const film = window.film = {chunks: [], fault: ''};
  const text = bytes => btoa(Array.from(bytes, one => String.fromCharCode(one)).join(''));
  film.encoder = new VideoEncoder({
    output: chunk => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      film.chunks.push([chunk.timestamp / 1000, chunk.type === 'key', text(bytes)]);
    },
    error: fault => { film.fault = String(fault); },
  });
  film.encoder.configure({codec: 'vp8', width, height, bitrate: 900_000, latencyMode: 'quality'});
}
"""
ENCODE = """
async pictures => {
  for (const [at, alone, picture] of pictures) {
    const bytes = Uint8Array.from(atob(picture), one => one.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/jpeg'}));
    const frame = new VideoFrame(bitmap, {timestamp: at * 1000});
    window.film.encoder.encode(frame, {keyFrame: alone});
    frame.close();
    bitmap.close();
  }
}
"""
END = "async () => { await window.film.encoder.flush(); return window.film; }"


class Camera:
    """Of one page, which keeps its size. `with Camera(page) as camera` films until the end."""

    def __init__(self, page):
        self._page, self._seen = page, []
        self._size = page.viewport_size["width"], page.viewport_size["height"]

    def __enter__(self):
        self._wire = self._page.context.new_cdp_session(self._page)
        self._wire.on("Page.screencastFrame", self._see)
        self._begun = monotonic()
        self._wire.send("Page.startScreencast", {"format": "jpeg", "quality": 80})
        return self

    def __exit__(self, *fault):
        self._length = self.now()
        self._wire.send("Page.stopScreencast")
        self._wire.detach()

    def now(self):
        """Milliseconds since it began."""
        return round((monotonic() - self._begun) * 1000)

    def film(self, studio):
        """The film; `studio` is any page of a safe address, where it is encoded."""
        width, height = self._size
        studio.evaluate(ENCODER, [width, height])
        pictures = list(self._pictures())
        for number in range(0, len(pictures), BATCH):
            studio.evaluate(ENCODE, pictures[number : number + BATCH])
        told = studio.evaluate(END)
        assert not told["fault"], told["fault"]
        chunks = [(round(at), alone, base64.b64decode(data)) for at, alone, data in told["chunks"]]
        return whole_webm(chunks, width=width, height=height, length=self._length)

    def _pictures(self):
        """One at each moment that anything changed, and whatever stands, again after a while and at
        the end: who jumps there sees the last one.
        """
        last, standing = -1, 0
        for number, (seen_at, picture) in enumerate(self._seen):
            at = max(0 if number == 0 else seen_at, last + 1)
            more = self._seen[number + 1][0] if number + 1 < len(self._seen) else self._length
            for moment in (at, *range(at + JUMP, more, JUMP)):
                alone = last < 0 or moment - standing >= JUMP
                standing = moment if alone else standing
                last = moment
                yield moment, alone, picture
        if 0 <= last < self._length - 1:
            yield self._length - 1, True, picture

    def _see(self, told):
        self._seen.append((self.now(), told["data"]))
        self._wire.send("Page.screencastFrameAck", {"sessionId": told["sessionId"]})
