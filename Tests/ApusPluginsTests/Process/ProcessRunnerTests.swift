import ApusPluginsScript
import Foundation
import Synchronization
import Testing

@Suite(.serialized) struct ProcessRunnerTests {
    private final class Collected: Sendable {
        private let lines = Mutex<[(ProcessStream, String)]>([])

        func add(_ stream: ProcessStream, _ new: [String]) {
            lines.withLock { $0 += new.map { (stream, $0) } }
        }
        func of(_ stream: ProcessStream) -> [String] {
            lines.withLock { $0.filter { $0.0 == stream }.map(\.1) }
        }
    }

    private static let path = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

    private func run(
        _ script: String, runner: ProcessRunner = ProcessRunner(), environment: [String: String] = path,
        in directory: String = "/", lines: Collected = Collected()
    ) async throws -> ProcessExit {
        try await runner.run(
            ProcessCommand("/bin/sh", ["-c", script], environment: environment, workingDirectory: directory)
        ) { stream, new in lines.add(stream, new) }
    }

    @Test(
        "the exit says how the process ended",
        arguments: [
            ("true", ProcessExit.code(0)), ("exit 3", .code(3)), ("exit 255", .code(255)),
            ("kill -9 $$", .signal(9)), ("kill -TERM $$", .signal(15)), ("no-such-command-here", .code(127)),
        ])
    func exits(script: String, expected: ProcessExit) async throws {
        #expect(try await run(script) == expected)
    }

    @Test("both streams arrive by line, the last one without a break too")
    func streams() async throws {
        let lines = Collected()
        _ = try await run("echo one; echo two >&2; printf three", lines: lines)
        #expect(lines.of(.out) == ["one", "three"])
        #expect(lines.of(.error) == ["two"])
    }

    @Test("standard input is empty and no descriptor is inherited")
    func descriptors() async throws {
        let held = open("/etc/passwd", O_RDONLY)  // inheritable on purpose
        defer { close(held) }
        let lines = Collected()
        _ = try await run(
            "cat; echo end; ls -l /proc/self/fd | grep -c passwd; ls /proc/self/fd", lines: lines)
        #expect(lines.of(.out) == ["end", "0", "0", "1", "2", "3"])  // 3 is the directory `ls` reads
    }

    @Test("only the given environment and directory are there")
    func environment() async throws {
        setenv("APUS_TEST_SECRET", "leaked", 1)
        let lines = Collected()
        _ = try await run(
            "env | sort; pwd", environment: ["PATH": "/usr/bin:/bin", "A": "1=2\n3"], in: "/usr", lines: lines
        )
        #expect(!lines.of(.out).contains { $0.contains("leaked") })
        #expect(lines.of(.out).contains("A=1=2"))
        #expect(lines.of(.out).last == "/usr")
    }

    @Test("what cannot be started is said in plain words")
    func failures() async throws {
        func message(_ command: ProcessCommand) async -> String? {
            do {
                _ = try await ProcessRunner().run(command) { _, _ in }
                return nil
            } catch { return (error as? ProcessError)?.message }
        }
        #expect(await message(ProcessCommand("no-such-program"))?.contains("not on the PATH") == true)
        #expect(await message(ProcessCommand("/no/such"))?.contains("No such file") == true)
        #expect(
            await message(ProcessCommand("/bin/sh", workingDirectory: "/no/such"))?.contains(
                "no directory /no/such") == true)
        #expect(await message(ProcessCommand("/bin/sh", ["a\0b"]))?.contains("zero byte") == true)
    }

    @Test("children left behind are ended, with the lines they wrote")
    func leftovers() async throws {
        let lines = Collected()
        let runner = ProcessRunner(gracePeriod: .seconds(1), lingerPeriod: .milliseconds(100))
        let exit = try await run(
            "(trap 'echo bye; exit' TERM; echo child; while :; do sleep 0.05; done) & echo $!; sleep 0.2",
            runner: runner, lines: lines)
        #expect(exit == .code(0))
        #expect(lines.of(.out).contains("bye"))
        let silent = Collected()
        _ = try await run("sleep 1000 >/dev/null 2>&1 & echo $!", runner: runner, lines: silent)
        let child = try #require(silent.of(.out).first.flatMap { Int32($0) })
        #expect(kill(child, 0) != 0 || stateOf(child) == "Z")
    }

    @Test("cancelling ends the whole group, and kills what does not listen")
    func cancellation() async throws {
        for script in [
            "echo ready; sleep 1000 & sleep 1000",
            "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo ready; while :; do sleep 1; done",
        ] {
            let (ready, signal) = AsyncStream<Void>.makeStream()
            let (exit, took) = try await withThrowingTaskGroup(of: ProcessExit.self) { group in
                group.addTask {
                    try await ProcessRunner(gracePeriod: .milliseconds(200)).run(
                        ProcessCommand("/bin/sh", ["-c", script], environment: Self.path)
                    ) { _, _ in signal.yield() }
                }
                for await _ in ready { break }
                let start = ContinuousClock.now
                group.cancelAll()
                let exit = try #require(try await group.next())
                return (exit, ContinuousClock.now - start)
            }
            #expect(exit == .signal(script.hasPrefix("trap") ? SIGKILL : SIGTERM))
            #expect(took < .seconds(3))
        }
    }

    @Test("a slow taker holds the program back, and much output needs little memory")
    func flood() async throws {
        let before = residentBytes()
        let count = Atomic(0)
        let exit = try await ProcessRunner().run(
            ProcessCommand(
                "/bin/sh", ["-c", "yes 0123456789012345678901234567890123456789 | head -c 200000000"],
                environment: Self.path)
        ) { _, lines in _ = count.add(lines.count, ordering: .relaxed) }
        #expect(exit == .code(0))
        #expect(count.load(ordering: .relaxed) == (200_000_000 + 40) / 41)
        #expect(residentBytes() - before < 40_000_000)
    }

    @Test("a line without end is cut, and memory stays flat")
    func endlessLine() async throws {
        let lines = Collected()
        let before = residentBytes()
        _ = try await run("head -c 100000000 /dev/zero | tr '\\0' x; echo; echo next", lines: lines)
        #expect(lines.of(.out).map(\.utf8.count) == [64 * 1024 + LineSplitterMark.bytes, 4])
        #expect(residentBytes() - before < 40_000_000)
    }

    @Test("many processes run side by side")
    func many() async throws {
        try await withThrowingTaskGroup(of: ProcessExit.self) { group in
            for place in 0..<100 { group.addTask { try await run("sleep 0.05; exit \(place)") } }
            var codes: Set<Int32> = []
            for try await exit in group { codes.insert(exit.code) }
            #expect(codes == Set(0..<100))
        }
    }

    @Test("nothing stays open when processes have ended")
    func leaks() async throws {
        for _ in 0..<300 { _ = try await run("true") }
        let open = (0..<20_000).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        // Other suites run processes too, a few at a time.
        #expect(open.count { $0.contains("pidfd") } < 150)
        #expect(open.count { $0.contains("pipe") } < 250)
    }

    @Test("many processes run one after another, and the cost of one is told")
    func cost() async throws {
        _ = try await run("true")
        let start = ContinuousClock.now
        for _ in 0..<100 { _ = try await run("echo hello") }
        let each = (ContinuousClock.now - start) / 100
        print("one echo: \(each)")
    }

    private func stateOf(_ id: Int32) -> String? {
        let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
        return text?.split(separator: " ").dropFirst(2).first.map(String.init)
    }

    private func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }

    private enum LineSplitterMark { static let bytes = "… [cut]".utf8.count }
}
