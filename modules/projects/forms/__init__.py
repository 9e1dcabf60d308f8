"""Forms of projects: of who writes them, of citizens, of the work of staff."""
