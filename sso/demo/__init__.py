"""Eight fixed people of demonstration: development only, production has no such page."""
