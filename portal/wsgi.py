"""The WSGI application, for granian and any other server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# WhiteNoise looks into it on start; without collectstatic it is empty, and files are found in `static/`.
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
application = get_wsgi_application()
