"""Run a command in a network of its own that has loopback and nothing else: ``in_private_network.py COMMAND…``.

Ray listens on ports and runs what it is sent; nothing that tests start is to be reached from outside.
"""

import ctypes
import fcntl
import os
import socket
import struct
import sys

CLONE_NEWNET, CLONE_NEWUSER = 0x4000_0000, 0x1000_0000
SIOCSIFFLAGS, IFF_UP = 0x8914, 1


def enter() -> None:
    """Leave the machine's networks; ``OSError`` where the system forbids it."""
    library = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if library.unshare(CLONE_NEWNET | (CLONE_NEWUSER if user else 0)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    if user:  # in a user namespace of its own, where it may bring loopback up
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
                file.write(line)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))


def main(command: list[str]) -> None:
    """Enter it and become the command."""
    try:
        enter()
    except OSError as error:
        sys.exit(f"This system allows no private network ({error.strerror}), and Ray is not started without one.")
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
