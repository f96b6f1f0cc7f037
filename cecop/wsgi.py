"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from cecop.patience import be_impatient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cecop.settings")
application = get_wsgi_application()
be_impatient()
