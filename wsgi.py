"""What a WSGI server and `flask --app wsgi` load."""

import os

from app.conversation.warming import warm
from app.factory import create_app

application = create_app()

if os.environ.get("FLASK_RUN_FROM_CLI") != "true":  # a command is not to wait for what only messages need
    warm(application)
