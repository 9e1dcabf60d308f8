"""The canary: every municipality holds marked content, and is asked for the marks of all others."""
