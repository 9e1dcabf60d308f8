"""The names of the three logins: grants in migrations speak of them."""

APP = "app_login"  # web and worker; owns nothing
MIGRATOR = "migrator"  # owns every schema, makes roles
BACKUP = "backup"  # reads everything
# The group of all municipalities' roles, on a cluster alone: who may connect to a worker.
MUNICIPALITY = "municipality"
