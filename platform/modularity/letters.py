"""How a part words a letter: what `Notification.letter` gives back."""


def worded(subject: str, *paragraphs: str) -> tuple[str, str]:
    """Its subject, and its text: the paragraphs in their order, without those that are empty."""
    return subject, "\n\n".join(filter(None, paragraphs)) + "\n"
