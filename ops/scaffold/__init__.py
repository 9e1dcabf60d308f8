"""How a new module begins."""
