"""Speech & Development Companion."""
