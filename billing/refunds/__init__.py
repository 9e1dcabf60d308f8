"""Money that goes back: by our own will, or by the bank's."""
