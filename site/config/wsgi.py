"""What the web server loads."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

# The server starts in site/; the apps lie beside it.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
