"""The names of the three logins: grants in migrations speak of them."""

APP = "app_login"  # web and worker; owns nothing
MIGRATOR = "migrator"  # owns every schema, makes roles
BACKUP = "backup"  # reads everything
