"""Letters that a mail server took and that come back later, as a letter to us."""
