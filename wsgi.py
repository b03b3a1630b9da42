"""The way in for a web server: `gunicorn wsgi:application`."""

from panel import create_app

application = create_app()
