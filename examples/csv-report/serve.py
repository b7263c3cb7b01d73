#!/usr/bin/env python3
"""Serves orders.csv, and keeps what is sent to /notifications.

    GET  /orders.csv       the file beside this script
    POST /notifications    keeps a JSON document
    GET  /notifications    the documents kept so far, as a JSON list
"""
import argparse
import json
import pathlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ORDERS = pathlib.Path(__file__).with_name("orders.csv")
LARGEST_BODY = 1 << 20


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kept = []
    lock = threading.Lock()

    def do_GET(self):
        if self.path == "/orders.csv":
            self.answer(200, "text/csv", ORDERS.read_bytes())
        elif self.path == "/notifications":
            with self.lock:
                self.answer(200, "application/json", json.dumps(self.kept).encode())
        else:
            self.answer(404, "text/plain", b"not here\n")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/notifications" or length > LARGEST_BODY:
            self.close_connection = True
            self.answer(404 if length <= LARGEST_BODY else 413, "text/plain", b"refused\n")
            return
        try:
            document = json.loads(self.rfile.read(length))
        except ValueError as error:
            self.answer(400, "text/plain", f"{error}\n".encode())
            return
        with self.lock:
            self.kept.append(document)
        print("notification:", json.dumps(document), flush=True)
        self.answer(200, "application/json", b'{"ok": true}\n')

    def answer(self, status, content_type, body):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=18080)
    port = parser.parse_args().port
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"Serving orders.csv at http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
