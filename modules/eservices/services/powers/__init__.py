"""Powers of attorney: shown once, checked by a clerk, used until they end."""
