"""Objects of OParl: composed of public facts, kept with their moments, read in lists."""
