"""What OParl tells: composed of what others publish, kept with its moments, read in lists."""
