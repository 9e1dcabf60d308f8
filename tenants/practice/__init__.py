"""The municipality where staff practise."""
