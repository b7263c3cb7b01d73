import Foundation

/// A small server of Python's, to call from tests; it ends with this value.
final class PythonServer: Sendable {
    let port: Int
    private let process: Process

    var url: String { "http://127.0.0.1:\(port)" }

    init() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-u", "-c", Self.program]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        port = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
                continuation.resume(returning: Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0)
            }
        }
    }

    deinit { process.terminate() }

    private static let program = """
        import gzip, http.server, json, time, urllib.parse
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *a): pass
            def say(self, status, body=b"", **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD": self.wfile.write(body)
            def answer(self):
                body = b""
                if "chunked" in (self.headers.get("Transfer-Encoding") or ""):
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        body += self.rfile.read(size); self.rfile.readline()
                    while self.rfile.readline().strip(): pass
                else:
                    body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                url = urllib.parse.urlsplit(self.path)
                path, query = url.path, dict(urllib.parse.parse_qsl(url.query))
                if path == "/echo":
                    seen = {"method": self.command, "path": self.path, "body": body.decode("latin-1"),
                            "headers": {k.lower(): v for k, v in self.headers.items()}}
                    self.say(200, json.dumps(seen).encode(), Content_Type="application/json")
                elif path == "/status": self.say(int(query["code"]), query.get("body", "").encode())
                elif path == "/redirect":
                    self.say(int(query.get("code", "302")), b"moved", Location=query["to"])
                elif path == "/loop": self.say(302, Location="/loop")
                elif path == "/slow": time.sleep(30)
                elif path == "/half":
                    self.send_response(200); self.send_header("Content-Length", "100"); self.end_headers()
                    self.wfile.write(b"half"); self.close_connection = True
                elif path == "/big":
                    self.send_response(200); self.send_header("Connection", "close"); self.end_headers()
                    for _ in range(int(query["mb"])): self.wfile.write(b"x" * (1 << 20))
                    self.close_connection = True
                elif path == "/gzip": self.say(200, gzip.compress(b"unpacked" * 100), Content_Encoding="gzip")
                elif path == "/latin":
                    self.say(200, "gr\\u00fcn".encode("latin-1"), Content_Type="text/plain; charset=ISO-8859-1")
                elif path == "/binary": self.say(200, bytes([0xff, 0xfe, 0xfd]))
                elif path == "/named":
                    self.say(200, b"Hello World", Content_Disposition=query["disposition"])
                elif path == "/digest":
                    if (self.headers.get("Authorization") or "").startswith("Digest username=\\"user\\""):
                        self.say(200, b"in")
                    else:
                        self.say(401, b"who?", WWW_Authenticate='Digest realm="r", nonce="n", algorithm=MD5')
                elif path == "/twice":
                    self.send_response(200)
                    self.send_header("Set-Cookie", "a=1"); self.send_header("set-cookie", "b=2")
                    self.send_header("Content-Length", "0"); self.end_headers()
                else: self.say(404, b"{}")
            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer
        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64
        server = Server(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
