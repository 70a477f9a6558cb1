"""Photos of reports: written anew without anything but the picture, sealed, and shown to who reads the report."""
