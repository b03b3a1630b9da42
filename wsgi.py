"""The way in for a web server: `gunicorn wsgi:application`."""

from panel import create_app
from panel.memory import settle

application = create_app()
settle()
