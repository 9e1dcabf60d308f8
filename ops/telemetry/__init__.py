"""Where measures go: the board's own tables always, a collector (OTLP) when one is named."""
