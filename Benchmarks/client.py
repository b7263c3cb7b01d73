"""A small HTTP/1.1 client that costs little of the machine it shares with the server it measures."""
import json
import selectors
import socket
import sys
import time

BOUNDARY = "apus-bench"
EMPTY_FORM = f"--{BOUNDARY}--\r\n".encode()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def request(method, path, body=b"", content_type=None):
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    if content_type:
        head += f"Content-Type: {content_type}\r\n"
    return (head + "\r\n").encode() + body


def start_request(flow):
    """`flow` is `namespace/id`, maybe with a query."""
    return request(
        "POST", f"/api/v1/main/executions/{flow}", EMPTY_FORM, f"multipart/form-data; boundary={BOUNDARY}")


def response(data):
    """Status, body and length of the first response in `data`; None while it is not all there."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(data[:end]).lower()
    status, start = int(head[9:12]), end + 4
    place = head.find(b"content-length:")
    if place >= 0:
        length = int(head[place + 15:].split(b"\r\n", 1)[0])
        if len(data) < start + length:
            return None
        return status, bytes(data[start:start + length]), start + length
    if b"transfer-encoding: chunked" not in head:
        raise ValueError("a response without a length")
    body, place = b"", start
    while True:
        line = data.find(b"\r\n", place)
        if line < 0:
            return None
        size = int(bytes(data[place:line]).split(b";")[0], 16)
        if len(data) < line + 2 + size + 2:
            return None
        body += data[line + 2:line + 2 + size]
        place = line + 2 + size + 2
        if size == 0:
            return status, body, place


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=120)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class Connection:
    """One connection, one request at a time."""

    def __init__(self, port):
        self.socket, self.data = connect(port), bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def start(self, flow):
        return self.exchange(start_request(flow))

    def call(self, method, path, body=b"", content_type=None):
        return self.exchange(request(method, path, body, content_type))

    def exchange(self, message):
        self.socket.sendall(message)
        while True:
            answer = response(self.data)
            if answer:
                del self.data[:answer[2]]
                return answer[:2]
            more = self.socket.recv(1 << 18)
            if not more:
                raise ConnectionError("the server closed the connection")
            self.data += more


def has_succeeded(execution):
    return execution["state"]["current"] == "SUCCESS"


class Load:
    """Many starts of a flow at once, over connections that stay open."""

    def __init__(self, port, flow, connections):
        self.port, self.message = port, start_request(flow)
        self.sockets = [connect(port) for _ in range(connections)]

    def run(self, count):
        """Seconds from the first request to the last final state."""
        selector, left, open_ones = selectors.DefaultSelector(), count, []
        buffers, done = {}, 0
        begin = time.perf_counter()
        for connection in self.sockets:
            buffers[connection] = bytearray()
            selector.register(connection, selectors.EVENT_READ)
            if left:
                connection.sendall(self.message)
                left -= 1
        while done < count:
            for key, _ in selector.select(60):
                connection, buffer = key.fileobj, buffers[key.fileobj]
                more = connection.recv(1 << 16)
                if not more:
                    sys.exit("The server closed a connection under load")
                buffer += more
                answer = response(buffer)
                if not answer:
                    continue
                status, body, length = answer
                del buffer[:length]
                if status != 200:
                    sys.exit(f"A start was refused with {status}: {body[:300]!r}")
                done += 1
                if left:
                    connection.sendall(self.message)
                    left -= 1
                execution = json.loads(body)
                if not has_succeeded(execution):
                    open_ones.append(execution["id"])
        with Connection(self.port) as connection:
            for execution in open_ones:
                path = f"/api/v1/main/executions/{execution}"
                while not has_succeeded(json.loads(connection.call("GET", path)[1])):
                    if time.perf_counter() - begin > 120:
                        sys.exit(f"Execution {execution} did not end")
                    time.sleep(0.002)
        seconds = time.perf_counter() - begin
        for connection in self.sockets:
            connection.close()
        return seconds
