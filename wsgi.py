"""The way in for a web server: `gunicorn wsgi:application`."""

import gc

from panel import create_app

application = create_app()
# What is loaded by now stays for good: looking through it again and again costs a request 40 ms.
gc.collect()
gc.freeze()
