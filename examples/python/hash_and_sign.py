#!/usr/bin/python3
"""Hashes a file and signs it with a key in a slot, through keyslotd.

Needs the classes that flatc makes from the published schema, and Debian's python3-flatbuffers: see README.md.
The wire is described in docs/protocol.md.

    hash_and_sign.py ENDPOINT KEY FILE     ENDPOINT as in KEYSLOT_ENDPOINT (unix:/path), KEY the name of an ECDSA-P256 slot
"""
import importlib
import json
import socket
import struct
import sys

import flatbuffers

HEADER = struct.Struct("<IHHII")  # length of the body, operation, flags, request, deadline or status
MORE, ANSWER = 1, 2
MAGIC = 0x544C534B
OPERATIONS = {
    "Hello": 1,
    "ResolveResource": 16,
    "CreateContext": 32,
    "CloseContext": 33,
    "Init": 35,
    "Update": 37,
    "Finalize": 38,
    "ExportKey": 73,
}
KEY_SLOT = 2  # type of a resource
HASH, SIGN = 1, 5  # kinds of contexts
DER = 2  # format of a key
PIECE = 64 * 1024


class Refused(Exception):
    """The daemon answered with an error."""


def packed(name, fields):
    """A message as bytes, padded to a multiple of 8."""
    message = getattr(importlib.import_module("keyslot." + name), name + "T")()
    for field, value in fields.items():
        if not hasattr(message, field):
            raise TypeError(f"{name} has no field {field}")
        setattr(message, field, value)
    builder = flatbuffers.Builder(256)
    builder.Finish(message.Pack(builder))
    body = bytes(builder.Output())
    return body + bytes(-len(body) % 8)


def unpacked(name, body):
    module = importlib.import_module("keyslot." + name)
    return getattr(module, name + "T").InitFromObj(getattr(module, name).GetRootAs(body, 0))


class Client:
    """One connection. Everything that is made through it is freed by the daemon when it closes."""

    def __init__(self, endpoint):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(endpoint.removeprefix("unix:"))
        self.request = 0
        self.limits = self.call("Hello", magic=MAGIC, versionMin=1, versionMax=1, client="python example")

    def call(self, operation, **fields):
        """One request and its answer. Only one is under way at a time, so the next answer is ours."""
        self.request += 1
        number = OPERATIONS[operation]
        body = packed(operation + "Request", fields)
        self.socket.sendall(HEADER.pack(len(body), number, 0, self.request, 5000) + body)
        return self.answer(operation, number)

    def answer(self, operation, number):
        body, status, flags = b"", None, MORE
        while flags & MORE:
            length, of, flags, request, word = HEADER.unpack(self.receive(HEADER.size))
            body += self.receive(length)
            status = word if status is None else status
        if status != 0:
            detail = unpacked("ErrorDetail", body)
            raise Refused(f"{operation}: error 0x{status:08x}: {(detail.message or b'').decode()}")
        if (of, request, flags) != (number, self.request, ANSWER):
            raise Refused("the daemon answered what was not asked")
        return unpacked(operation + "Response", body)

    def receive(self, size):
        data = bytearray()
        while len(data) < size:
            piece = self.socket.recv(size - len(data))
            if not piece:
                raise Refused("the daemon closed the connection")
            data += piece
        return bytes(data)

    def stream(self, path, **config):
        """What a hash or sign context makes of a file, read in pieces."""
        context = self.call("CreateContext", **config).context
        self.call("Init", context=context)
        with open(path, "rb") as file:
            while piece := file.read(PIECE):
                self.call("Update", context=context, data=piece)
        result = self.call("Finalize", context=context).data
        self.call("CloseContext", context=context)
        return bytes(list(result))


def main(endpoint, key_name, path):
    client = Client(endpoint)
    key = client.call("ResolveResource", name=key_name, type=KEY_SLOT).resource.id
    digest = client.stream(path, kind=HASH, algorithm="SHA-256")
    signature = client.stream(path, kind=SIGN, algorithm="ECDSA-P256", key=key)
    public_key = client.call("ExportKey", key=key, format=DER, publicHalf=1).data
    print(json.dumps({"sha256": digest.hex(), "signature": signature.hex(), "publicKey": bytes(list(public_key)).hex()}))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (Refused, OSError) as error:
        sys.exit(str(error))
