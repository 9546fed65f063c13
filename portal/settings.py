"""The settings of every process: one file, read from the environment, with no variants by host or stage.

Every variable is listed in the README's configuration table; a test keeps the two alike.
"""

from pathlib import Path

from portal import environment, locales
from portal.runtime.database import connection_parameters
from portal.runtime.places import data_folder

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_folder()
EMBEDDED = not environment.text("DATABASE_URL")

DEBUG = environment.flag("PORTAL_DEBUG")
HTTPS = environment.flag("PORTAL_HTTPS")
# A service behind TLS has several processes on several machines, so it must be told; a laptop makes its own.
SECRET_KEY = environment.secret("PORTAL_SECRET_KEY", file=DATA_DIR / "secret-key", may_make=not HTTPS)
ALLOWED_HOSTS = environment.words("PORTAL_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.content_security_policy",
    "portal.middleware.problems_for_programs",
    "portal.middleware.limits_for_programs",
    "portal.middleware.heads_for_programs",
    "portal.middleware.validators_for_programs",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.bad_address",
]
AUTH_USER_MODEL = "portal.Person"
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

# A lasting connection is worth a factor of ten (performance.md 1); the health check survives a restarted database.
DATABASES = {
    "default": {
        **connection_parameters(),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.templatetags.portal"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [(locales.get(code).language, locales.get(code).name) for code in locales.PORTAL_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# The demo tenants, and a sign-in without a password for them that answers on loopback only.
DEMO = environment.flag("PORTAL_DEMO", default=EMBEDDED)
LOGIN_URL = "sign-in"

ARTICLES_DIR = BASE_DIR / "articles"

# How soon a fix without a worker is seen (beat, silence, sweep: within 30 s) and how patiently one bears its directory:
# waits are multiples of FIX_WAIT_SECONDS, and above FIX_PATIENCE_SECONDS the worker does something else meanwhile.
FIX_BEAT_SECONDS, FIX_DEAD_SECONDS = 4.0, 15.0
FIX_WAIT_SECONDS, FIX_PATIENCE_SECONDS = 1.0, 10.0
WORKER_DEAD_SECONDS = 20.0
# With seconds in the sixth place.
SWEEP_FIXES_CRON, DUE_CYCLES_CRON = "* * * * * */8", "* * * * *"
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": WORKER_DEAD_SECONDS,
    "delete_jobs": "successful",
}

# The names of Django 6, so that its own policy middleware can take over some day.
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "https:", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-portal-session" if HTTPS else "portal-session"
CSRF_COOKIE_NAME = "__Host-portal-csrf" if HTTPS else "portal-csrf"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "portal.pages.signing_in.stale_form"
# A sentence may name an object of a directory: it stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Pages kept as bytes in each process, and for how long a shared cache may hold one.
PAGE_CACHE_MEGABYTES = environment.integer("PORTAL_PAGE_CACHE_MB", default=64, least=1, most=4096)
PAGE_SHARED_SECONDS = environment.integer("PORTAL_SHARED_CACHE_SECONDS", default=60, most=86_400)
CONTENT_POLL_MILLISECONDS = 100

# How many requests a minute one client may make of the API (0: any number), and how many proxies of ours stand before us.
API_RATE = environment.integer("PORTAL_API_RATE", default=600, most=1_000_000)
PROXIES = environment.integer("PORTAL_PROXIES", default=0, most=10)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Of a request that makes no sense Django would write down the address, and people type names and mail addresses into those.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": environment.text("PORTAL_LOG_LEVEL", default="WARNING")},
}
