"""`python -m sdc.cli` is `sdc`."""

from sdc.cli.main import app

app(prog_name="sdc")
