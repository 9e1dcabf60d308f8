"""How a part words a letter: what `Notification.letter` gives back."""

from obshto.platform.web.language import stop_once


def worded(subject: str, *paragraphs: str) -> tuple[str, str]:
    """Its subject, and its text: the paragraphs in their order, without those that are empty.

    A sentence that ends with a short word („10:00 ч.“) has one full stop.
    """
    return stop_once(subject), stop_once("\n\n".join(filter(None, paragraphs))) + "\n"
