"""The binary under test as a process, and a client that runs flows on it."""
import json
import os
import pathlib
import subprocess
import sys
import time

from client import Connection, free_port

NAMESPACE = "bench"


class Server:
    """The binary under test, as a process."""

    def __init__(self, binary, data):
        self.binary, self.data, self.port = binary, data, free_port()
        self.process = None

    def start(self):
        """Seconds from the start of the process to the first answer that says it is ready."""
        environment = dict(os.environ, ENDPOINTS_ALL_PORT="0")
        self.log = open(self.data.parent / "server.log", "ab")
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [self.binary, "server", "local", "--port", str(self.port), "--data-dir", str(self.data)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment)
        while time.perf_counter() - begin < 30:
            if self.process.poll() is not None:
                break
            try:
                with Connection(self.port) as connection:
                    if connection.call("GET", "/ready")[0] == 200:
                        return time.perf_counter() - begin
            except OSError:
                pass
            time.sleep(0.002)
        sys.exit("The server did not become ready:\n" + (self.data.parent / "server.log").read_text())

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def cpu_seconds(self):
        """Of the server itself, without its children."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self):
        return self.status_megabytes("VmRSS:")

    def peak_megabytes(self):
        """The most that was resident since the process began."""
        return self.status_megabytes("VmHWM:")

    def status_megabytes(self, field):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return 0.0


class Client:
    """Starts executions one after another over one connection; times include the whole answer, unparsed."""

    def __init__(self, port):
        self.connection = Connection(port)

    def create(self, source):
        status, body = self.connection.call(
            "POST", "/api/v1/main/flows", source.encode(), "application/x-yaml")
        if status != 200:
            sys.exit(f"The flow was refused with {status}: {body[:500]!r}")

    def run(self, name):
        """Milliseconds of the request, and the ended execution."""
        begin = time.perf_counter()
        status, body = self.connection.start(f"{NAMESPACE}/{name}?wait=true")
        milliseconds = (time.perf_counter() - begin) * 1000
        execution = json.loads(body) if status == 200 else {}
        while status == 200 and execution["state"]["current"] in ("CREATED", "RUNNING"):
            time.sleep(0.01)
            status, body = self.connection.call("GET", f"/api/v1/main/executions/{execution['id']}")
            execution = json.loads(body) if status == 200 else {}
            milliseconds = (time.perf_counter() - begin) * 1000
        if execution.get("state", {}).get("current") != "SUCCESS":
            sys.exit(f"{name} ended badly: {status} {body[:500]!r}")
        return milliseconds, execution

    def times(self, name, count):
        return sorted(self.run(name)[0] for _ in range(count))

    def commits(self):
        for line in self.connection.call("GET", "/metrics")[1].decode().splitlines():
            if line.startswith("apus_database_commits_total"):
                return float(line.rpartition(" ")[2])
        return None

    def commits_of(self, name):
        """Of one run of the flow; the least of several, for the server has commits of its own now and then."""
        counts = []
        for _ in range(5):
            before = self.commits()
            if before is None:
                return None
            self.run(name)
            counts.append(self.commits() - before)
        return min(counts)

    def get(self, path, count):
        """Sorted milliseconds of the whole answer to a request, unparsed, and its bytes."""
        times, size = [], 0
        for _ in range(count):
            begin = time.perf_counter()
            status, body = self.connection.call("GET", "/api/v1/main/" + path)
            times.append((time.perf_counter() - begin) * 1000)
            if status != 200:
                sys.exit(f"GET {path} answered {status}: {body[:500]!r}")
            size = len(body)
        return sorted(times), size
