"""Weekly letter to the mayor: what waits, with links that lead to it."""
