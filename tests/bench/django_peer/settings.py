"""Settings for speed, as the deployment checklist and the docs on performance say."""

import os

SECRET_KEY = "bench"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "django_peer.urls"
USE_TZ = True
TIME_ZONE = "Europe/Sofia"
LANGUAGE_CODE = "bg"
LANGUAGES = [("bg", "Български"), ("en", "English"), ("ro", "Română")]
APPEND_SLASH = False

DATABASES = {
    "default": {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": "django_peer",
        "USER": os.environ["PEER_USER"],
        "PASSWORD": os.environ["PEER_PASSWORD"],
        "HOST": os.environ["PEER_HOST"],
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_MODEL, TENANT_DOMAIN_MODEL = "django_peer_shared.Municipality", "django_peer_shared.Domain"
SHARED_APPS = [
    "django_tenants",
    "django_peer.shared",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
]
TENANT_APPS = ["django_peer.news", "django_peer.polls", "django_peer.desk"]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]
# A municipality more is copied from one without content.
TENANT_CREATION_FAKES_MIGRATIONS, TENANT_BASE_SCHEMA = True, "p_base"
TENANT_LIMIT_SET_CALLS = True  # the search path is set only where it changes
MIDDLEWARE = [
    "django_tenants.middleware.main.TenantMainMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django_peer.views.frame",
]
IS_JINJA = os.environ.get("PEER_TEMPLATES") == "jinja"
TEMPLATES = [
    {  # loaders are cached where DEBUG is off
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [os.path.join(os.path.dirname(__file__), "jinja2")],
        "OPTIONS": {
            "environment": "django_peer.jinja.environment",
            "context_processors": PROCESSORS,
            "auto_reload": False,
        },
    }
    if IS_JINJA
    else {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
        "OPTIONS": {"context_processors": PROCESSORS},
    }
]
