"""Programs of the vote that run away from the server: letters of the commission, the audit."""
