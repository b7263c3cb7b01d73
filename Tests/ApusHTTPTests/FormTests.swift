import Foundation
import Testing

@testable import ApusHTTP

@Suite(.timeLimit(.minutes(2))) struct FormTests {
    static let form = Route("POST", "/form") { request in
        var lines: [String] = []
        for part in try request.form() {
            switch part.content {
            case .bytes(let bytes): lines.append("\(part.name) \(part.filename ?? "-") \(bytes.count) memory")
            case .file(let path):
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                lines.append("\(part.name) \(part.filename ?? "-") \(size ?? -1) disk")
            }
        }
        return .text(lines.joined(separator: "\n"))
    }

    static func curl(_ arguments: [String]) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
                process.arguments = ["-sS", "--max-time", "60"] + arguments
                let output = Pipe()
                process.standardOutput = output
                process.standardError = output
                do {
                    try process.run()
                    let data = output.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    continuation.resume(returning: String(decoding: data, as: UTF8.self))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    @Test("curl's forms arrive, small files in memory and large ones on disk")
    func multipart() async throws {
        let path = NSTemporaryDirectory() + "apus-form-\(UUID().uuidString)"
        try Data(count: 20 << 20).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withServer(routes: [Self.form]) { port in
            let answer = try await Self.curl([
                "-F", "hello=world", "-F", "big=@\(path);filename=big.bin", "-F",
                "small=tiny;filename=a b.txt",
                "http://localhost:\(port)/form",
            ])
            #expect(answer == "hello - 5 memory\nbig big.bin 20971520 disk\nsmall a b.txt 4 memory")
        }
    }

    @Test("urlencoded forms are forms too")
    func urlencoded() async throws {
        try await withServer(routes: [Self.form]) { port in
            let answer = try await Self.curl([
                "--data-urlencode", "a=b c&d", "-d", "e=", "http://localhost:\(port)/form",
            ])
            #expect(answer == "a - 5 memory\ne - 0 memory")
        }
    }

    @Test(
        "what is no form is refused",
        arguments: [
            ("application/json", "{}", 415), ("multipart/form-data", "x", 400),
            ("multipart/form-data; boundary=B", "--B\r\n", 400),
            ("application/x-www-form-urlencoded", "a=%zz", 400),
        ])
    func refused(type: String, body: String, status: Int) async throws {
        try await withServer(routes: [Self.form]) { port in
            let answer = await ask(
                port, "POST", "/form", headers: [("Content-Type", type)], body: Array(body.utf8))
            #expect(answer.status == status)
        }
    }

    @Test("a route may want the bytes of a form")
    func raw() async throws {
        let route = Route("POST", "/raw", bodyKind: .bytes) { .text("\($0.body.count)") }
        try await withServer(routes: [route]) { port in
            let answer = await ask(
                port, "POST", "/raw", headers: [("Content-Type", "multipart/form-data; boundary=B")],
                body: [1, 2])
            #expect(answer.text == "2")
        }
    }
}
