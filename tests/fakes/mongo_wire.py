"""A fake of MongoDB on loopback: the real wire protocol (OP_MSG, BSON) over collections in memory.

The driver that talks to it is the real one. It answers as the primary of a replica set of one
member: hello, ping, insert, find, getMore, killCursors, findAndModify, aggregate (the count
only), createIndexes, dropDatabase and endSessions; a write that the driver sends again under
its transaction number is answered from memory, as the server does. Nothing is kept on disk.

It can be told to go away and come back, to be slow, and to drop a connection in the middle of a
reply. ``python tests/fakes/mongo_wire.py --port 0`` runs it by itself and prints its address.

Protocol: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ and the drivers'
specifications of hello and of retryable writes.
"""

import argparse
import copy
import itertools
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import bson

try:
    from fakes.mongo_memory import Collection, Document, MongoError, change
except ModuleNotFoundError:  # run as a script, from its own folder
    from mongo_memory import Collection, Document, MongoError, change

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
FIRST_BATCH = 101
NEXT_BATCH = 1000
WRITES = {"insert", "findAndModify"}


class FakeMongo(socketserver.ThreadingTCPServer):
    """The server's state; one lock makes every command atomic.

    Attributes
    ----------
    delay_s : float
        Each answer but hello's waits so long.
    asked : list[str]
        Names of the commands that came, hello and endSessions left out.
    latest : dict[str, dict]
        The last command of each name, without its documents.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Connection)
        self.address = f"127.0.0.1:{self.server_address[1]}"
        self.lock = threading.RLock()
        self.databases: dict[str, dict[str, Collection]] = {}
        self.cursors: dict[int, Iterator[Document]] = {}
        self.answered: dict[bytes, tuple[int, Document]] = {}
        self.connections: set[socket.socket] = set()
        self.numbers = itertools.count(1)
        self.delay_s = 0.0
        self.drops: list[str] = []
        self.asked: list[str] = []
        self.latest: dict[str, Document] = {}
        self.away = False

    @property
    def url(self) -> str:
        return f"mongodb://{self.address}"

    def go_away(self) -> None:
        """Cut all connections and refuse new ones; the documents stay."""
        self.away = True
        for connection in list(self.connections):
            hang_up(connection)

    def come_back(self) -> None:
        self.away = False

    def copy_database(self, old: str, new: str) -> None:
        with self.lock:
            self.databases[new] = copy.deepcopy(self.databases[old])

    def drop_reply_to(self, *commands: str) -> None:
        """Do the next command of each of these names, then cut the connection half-way through the answer."""
        self.drops += commands

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return not self.away

    def answer(self, command: Document) -> Document:
        """Return the reply to a command."""
        name = next(iter(command))
        do = COMMANDS.get(name)
        if do is None:
            return {"ok": 0.0, "code": 59, "codeName": "CommandNotFound", "errmsg": f"no such command: '{name}'"}
        if name.lower() not in ("hello", "ismaster", "endsessions"):
            self.asked.append(name)
            self.latest[name] = {key: value for key, value in command.items() if key != "documents"}
            time.sleep(self.delay_s)
        with self.lock:
            session = command.get("lsid", {}).get("id")
            number = command.get("txnNumber")
            if name in WRITES and number is not None and self.answered.get(session, (None,))[0] == number:
                return self.answered[session][1]
            try:
                reply = do(self, command) | {"ok": 1.0}
            except MongoError as error:
                reply = {"ok": 0.0, "code": error.code, "codeName": error.name, "errmsg": str(error)}
            if name in WRITES and number is not None:
                self.answered[session] = (number, copy.deepcopy(reply))
            return reply

    def at(self, command: Document, key: str | None = None) -> Collection:
        name = command[key or next(iter(command))]
        return self.databases.setdefault(command["$db"], {}).setdefault(name, Collection())

    def batch(self, cursor_id: int, space: str, name: str, size: int) -> Document:
        """Return the next documents of a cursor, which ends with its last ones."""
        found = list(itertools.islice(self.cursors[cursor_id], size))
        ended = len(found) < size
        if ended:
            del self.cursors[cursor_id]
        return {"cursor": {"id": bson.Int64(0 if ended else cursor_id), "ns": space, name: found}}


def hello(server: FakeMongo, command: Document) -> Document:
    return {
        "isWritablePrimary": True,
        "ismaster": True,
        "helloOk": True,
        "setName": "fake",
        "setVersion": 1,
        "hosts": [server.address],
        "primary": server.address,
        "me": server.address,
        "minWireVersion": 0,
        "maxWireVersion": 21,
        "maxBsonObjectSize": 16 * 1024 * 1024,
        "maxMessageSizeBytes": 48_000_000,
        "maxWriteBatchSize": 100_000,
        "logicalSessionTimeoutMinutes": 30,
        "readOnly": False,
    }


def insert(server: FakeMongo, command: Document) -> Document:
    collection, n = server.at(command), 0
    for at, document in enumerate(command["documents"]):
        try:
            collection.put(document)
            n += 1
        except MongoError as error:
            return {"n": n, "writeErrors": [{"index": at, "code": error.code, "errmsg": str(error)}]}
    return {"n": n}


def find(server: FakeMongo, command: Document) -> Document:
    found = server.at(command).select(command.get("filter", {}), command.get("sort", {}))
    limit = command.get("limit") or None
    # A cursor shows the documents as they were when it began.
    shown = [copy.deepcopy(d) for d in itertools.islice(found, limit)]
    if paths := command.get("projection"):
        shown = [projected(d, paths) for d in shown]
    number = next(server.numbers)
    server.cursors[number] = iter(shown)
    size = command.get("batchSize") or (len(shown) + 1 if command.get("singleBatch") else FIRST_BATCH)
    return server.batch(number, f"{command['$db']}.{command['find']}", "firstBatch", size)


def projected(document: Document, paths: Iterable[str]) -> Document:
    """Keep ``_id`` and these fields."""
    kept: Document = {"_id": document["_id"]}
    for path in paths:
        *places, name = path.split(".")
        source, target = document, kept
        for place in places:
            source, target = source.get(place), target.setdefault(place, {})
            if not isinstance(source, dict):
                break
        else:
            if name in source:
                target[name] = source[name]
    return kept


def get_more(server: FakeMongo, command: Document) -> Document:
    if command["getMore"] not in server.cursors:
        raise MongoError(43, "CursorNotFound", "cursor id not found")
    space = f"{command['$db']}.{command['collection']}"
    return server.batch(command["getMore"], space, "nextBatch", command.get("batchSize") or NEXT_BATCH)


def kill_cursors(server: FakeMongo, command: Document) -> Document:
    for number in command["cursors"]:
        server.cursors.pop(number, None)
    return {"cursorsKilled": command["cursors"], "cursorsNotFound": [], "cursorsAlive": [], "cursorsUnknown": []}


def find_and_modify(server: FakeMongo, command: Document) -> Document:
    collection = server.at(command)
    old = collection.first(command.get("query", {}), command.get("sort", {}))
    if command.get("remove"):
        if old is not None:
            collection.remove(old)
        return modified(command, old, None)
    update = command["update"]
    if old is None:
        if not command.get("upsert"):
            return modified(command, None, None)
        if any(key.startswith("$") for key in update):
            raise MongoError(8000, "OutsideTheSubset", "an upsert replaces here")
        collection.put(update)
        return modified(command, None, update, upserted=True)
    new = changed(old, update)
    collection.put(new, old)
    return modified(command, old, new)


def changed(old: Document, update: Document) -> Document:
    from_operators = all(key.startswith("$") for key in update) and update
    new = copy.deepcopy(old) if from_operators else {"_id": old["_id"], **update}
    if from_operators:
        change(new, update)
    if new["_id"] != old["_id"]:
        raise MongoError(66, "ImmutableField", "_id is immutable")
    return new


def modified(command: Document, old: Document | None, new: Document | None, *, upserted: bool = False) -> Document:
    value = new if command.get("new") else old
    if value is not None and command.get("fields") == {"_id": 1}:
        value = {"_id": value["_id"]}
    state: Document = {"n": int(old is not None or upserted)}
    if not command.get("remove"):
        state["updatedExisting"] = old is not None
    if upserted and new is not None:
        state["upserted"] = new["_id"]
    return {"value": copy.deepcopy(value), "lastErrorObject": state}


def aggregate(server: FakeMongo, command: Document) -> Document:
    stages = command["pipeline"]
    if len(stages) != 2 or stages[1] != {"$group": {"_id": 1, "n": {"$sum": 1}}}:
        raise MongoError(8000, "OutsideTheSubset", "only the driver's count is evaluated here")
    n = sum(1 for _ in server.at(command).select(stages[0]["$match"], {}))
    space = f"{command['$db']}.{command['aggregate']}"
    return {"cursor": {"id": bson.Int64(0), "ns": space, "firstBatch": [{"_id": 1, "n": n}] if n else []}}


def create_indexes(server: FakeMongo, command: Document) -> Document:
    collection = server.at(command)
    before = len(collection.indexes)
    for index in command["indexes"]:
        collection.create_index(index["name"], list(index["key"]), bool(index.get("unique")))
    return {"numIndexesBefore": before + 1, "numIndexesAfter": len(collection.indexes) + 1}


def drop_database(server: FakeMongo, command: Document) -> Document:
    server.databases.pop(command["$db"], None)
    return {"dropped": command["$db"]}


def nothing(server: FakeMongo, command: Document) -> Document:
    return {}


COMMANDS: dict[str, Callable[[FakeMongo, Document], Document]] = {
    "hello": hello,
    "ismaster": hello,
    "isMaster": hello,
    "ping": nothing,
    "endSessions": nothing,
    "insert": insert,
    "find": find,
    "getMore": get_more,
    "killCursors": kill_cursors,
    "findAndModify": find_and_modify,
    "aggregate": aggregate,
    "createIndexes": create_indexes,
    "dropDatabase": drop_database,
}


class Connection(socketserver.BaseRequestHandler):
    """One connection: requests come, replies go, until either side hangs up."""

    server: FakeMongo

    def handle(self) -> None:
        connection: socket.socket = self.request
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server.connections.add(connection)
        try:
            while (message := read_message(connection)) is not None:
                self.reply(connection, *message)
        except OSError:  # cut off, by us or by the other side
            pass
        finally:
            self.server.connections.discard(connection)

    def reply(self, connection: socket.socket, request: int, command: Document, legacy: bool) -> None:
        name = next(iter(command))
        body = bson.encode(self.server.answer(command))
        if legacy:
            payload, code = struct.pack("<iqii", 8, 0, 0, 1) + body, OP_REPLY
        else:
            payload, code = struct.pack("<IB", 0, 0) + body, OP_MSG
        data = struct.pack("<iiii", 16 + len(payload), next(self.server.numbers), request, code) + payload
        if name in self.server.drops:
            self.server.drops.remove(name)
            connection.sendall(data[: len(data) // 2])
            hang_up(connection)
            return
        connection.sendall(data)


def read_message(connection: socket.socket) -> tuple[int, Document, bool] | None:
    """Return a request's number, its command, and whether it came in the old form; None at the end."""
    head = read_exactly(connection, 16)
    if head is None:
        return None
    length, request, _, code = struct.unpack("<iiii", head)
    body = read_exactly(connection, length - 16)
    if body is None:
        return None
    if code == OP_QUERY:
        start = body.index(b"\0", 4) + 1 + 8
        return request, bson.decode(body[start:]), True
    if code != OP_MSG:
        raise ConnectionError(f"opcode {code}")
    return request, read_sections(body), False


def read_sections(body: bytes) -> Document:
    flags = struct.unpack_from("<I", body)[0]
    end = len(body) - (4 if flags & 1 else 0)
    command: Document = {}
    lists: Document = {}
    at = 4
    while at < end:
        kind, size = body[at], struct.unpack_from("<i", body, at + 1)[0]
        section = body[at + 1 : at + 1 + size]
        if kind == 0:
            command = bson.decode(section)
        else:
            name_end = section.index(b"\0", 4)
            lists[section[4:name_end].decode()] = bson.decode_all(section[name_end + 1 :])
        at += 1 + size
    return command | lists


def read_exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


def hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def fake_mongo() -> Iterator[FakeMongo]:
    """Run the fake in this process while the block lasts."""
    with FakeMongo() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="fake-mongo")
        thread.start()
        try:
            yield server
        finally:
            server.go_away()
            server.shutdown()
            thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    with FakeMongo(parser.parse_args().port) as server:
        print(server.url, flush=True)  # noqa: T201
        server.serve_forever()


if __name__ == "__main__":
    main()
