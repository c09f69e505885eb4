"""Where the server listens. (That it serves, and stops on Ctrl-C, is shown by test_sudden_death.)"""

import socket

import pytest

from sdc.errors import SettingsError
from sdc.server.run import base_url, bind


def test_port_0_takes_a_free_port():
    with bind("127.0.0.1", 0) as one, bind("127.0.0.1", 0) as two:
        ports = {listener.getsockname()[1] for listener in (one, two)}
        assert len(ports) == 2
        assert base_url("127.0.0.1", one) == f"http://127.0.0.1:{one.getsockname()[1]}"


def test_a_taken_port_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError) as caught:
            bind("127.0.0.1", port)
    assert str(port) in caught.value.message
    assert "SDC_PORT" in caught.value.hint


def test_an_address_of_another_machine_is_told():
    with pytest.raises(SettingsError):
        bind("192.0.2.1", 0)


def test_addresses_of_ip_6_stand_in_brackets():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        assert base_url("::1", listener).startswith("http://[::1]:")


def test_answers_do_not_wait_for_nagles_delay():
    """asyncio sets TCP_NODELAY where a socket names its protocol; without it each answer came 40 ms later."""
    with bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
