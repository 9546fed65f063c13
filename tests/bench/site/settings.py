"""The portal's settings with the addresses and the commands of the benchmarks added."""

from portal import settings as portal

globals().update({name: getattr(portal, name) for name in dir(portal) if name.isupper()})

ROOT_URLCONF = "tests.bench.site.urls"
INSTALLED_APPS = [*portal.INSTALLED_APPS, "tests.bench.site"]
