"""Rules of data protection, without HTTP."""
