"""The terminal door: Typer commands without logic. Only ``output`` prints."""
