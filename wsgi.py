"""What a WSGI server and `flask --app wsgi` load."""

from app.factory import create_app

application = create_app()
