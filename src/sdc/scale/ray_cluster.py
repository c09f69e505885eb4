"""A connection to Ray: a cluster of one machine, on loopback only, or one that runs already; never without a token."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from importlib.util import find_spec
from pathlib import Path

from sdc.cores import n_cores
from sdc.errors import EngineError, ExtraMissingError, SettingsError

OBJECTS_BYTES = 100 * 2**20
"""Memory for what travels: keys and words."""
KNOCK_S = 10.0


@contextmanager
def connected(address: str | None = None) -> Iterator[None]:
    """Be connected with Ray while the block lasts.

    Parameters
    ----------
    address : str, optional
        ``host:port`` of a cluster; default: one is started on this machine, which listens on loopback only,
        and is ended afterwards.

    Raises
    ------
    ExtraMissingError
        Ray is not installed.
    SettingsError
        ``batch.ray-token``: no token for the cluster.
    EngineError
        ``batch.ray``: the cluster cannot be reached, or not be started.
    """
    if find_spec("ray") is None:
        raise ExtraMissingError(
            "Ray is not installed.", hint="Run `pip install 'speech-development-companion[ray]'`, or leave out --ray."
        )
    _guard(address)
    import ray

    with ExitStack() as ends:
        ends.enter_context(redirect_stdout(sys.stderr))  # Ray tells of lost nodes there; stdout is for results
        # Ray would end the process at once where a polite kill is to give jobs back.
        handler = signal.getsignal(signal.SIGTERM)
        ends.callback(signal.signal, signal.SIGTERM, handler)
        ends.callback(ray.shutdown)
        try:
            _begin(address, ends)
        except Exception as error:  # Ray has no common error for what goes wrong here
            raise _not_reached(address, error) from error
        signal.signal(signal.SIGTERM, handler)
        yield


def _begin(address: str | None, ends: ExitStack) -> None:
    import ray

    quiet = {"logging_level": "error", "log_to_driver": False}
    if address is not None:
        _knock(address)
        ray.init(address=address, **quiet)
        return
    # Ray's log files may tell names of files: in a folder that only the owner can read, gone afterwards.
    folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="sdc-ray-", ignore_cleanup_errors=True))
    ray.init(
        address="local",
        num_cpus=n_cores(),
        include_dashboard=False,
        object_store_memory=OBJECTS_BYTES,
        _node_ip_address="127.0.0.1",  # with this address Ray listens on loopback only
        _temp_dir=folder,
        **quiet,
    )
    ends.callback(ray.shutdown)  # before the folder goes


def _knock(address: str) -> None:
    """Make sure that somebody listens there: Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK_S):
        pass


def _guard(address: str | None) -> None:
    """Set what Ray reads from the environment when it is imported."""
    os.environ |= {"RAY_AUTH_MODE": "token", "RAY_USAGE_STATS_ENABLED": "0"}
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "error")
    if address is None:
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    elif not _has_token():
        raise SettingsError(
            "There is no token for the Ray cluster.",
            code="batch.ray-token",
            hint="Set RAY_AUTH_TOKEN_PATH to the file with the token that its nodes were started with.",
        )


def _has_token() -> bool:
    named = os.environ.get("RAY_AUTH_TOKEN_PATH")
    return bool(os.environ.get("RAY_AUTH_TOKEN")) or Path(named or "~/.ray/auth_token").expanduser().is_file()


def _not_reached(address: str | None, error: Exception) -> EngineError:
    told = str(error).strip().splitlines() or [type(error).__name__]
    if address is None:
        return EngineError(f"Ray cannot be started here: {told[0]}", code="batch.ray", hint="Leave out --ray.")
    return EngineError(
        f"The Ray cluster at {address} cannot be reached: {told[0]}",
        code="batch.ray",
        hint="Check the address and the token, and that its nodes run the same versions of Ray and Python.",
    )
