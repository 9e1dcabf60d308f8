"""Acts upon initiatives; the numbers of the law are data of the platform."""
