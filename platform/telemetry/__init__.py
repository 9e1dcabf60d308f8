"""What the house says of its own running: one line of JSON a request, never what people typed."""
