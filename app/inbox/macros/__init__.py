"""Several acts under one name, which a lead made for their partner or desk."""
