"""The web door: FastAPI routes without logic."""
