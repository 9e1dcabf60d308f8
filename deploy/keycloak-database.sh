#!/bin/sh
# PostgreSQL runs this once, when its data folder is new: Keycloak's own database, closed to the house.
set -eu
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set password="$KEYCLOAK_DB_PASSWORD" <<'SQL'
CREATE ROLE keycloak LOGIN PASSWORD :'password';
CREATE DATABASE keycloak OWNER keycloak;
REVOKE ALL ON DATABASE keycloak FROM PUBLIC;
SQL
