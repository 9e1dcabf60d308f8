"""Services of guides and campaigns."""
