"""Ways in which money comes: each an adapter behind one port."""
