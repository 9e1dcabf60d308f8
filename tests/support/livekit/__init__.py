"""A real LiveKit server on the loopback, and somebody who connects to it without a browser."""
