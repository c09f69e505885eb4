"""Groups in which the child stands before the command: `sdc goals Sarah add …`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class ChildFirst(TyperGroup):
    """Tells those who put the command first where the child stands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command behind the child."""
        first = ctx.params.get("child")
        if self.get_command(ctx, args[0]) is None and first in self.commands:
            ctx.fail(f"The child comes first: `{ctx.command_path} {args[0]} {first}`.")
        return super().resolve_command(ctx, args)
