"""Have an outside service ask municipalities for what our invoices say."""
