"""How a municipality is called, how it looks, what it says at the top of its pages."""
