"""Launching a training run on a rented machine: one job file, rendered for each provider without its SDK."""
