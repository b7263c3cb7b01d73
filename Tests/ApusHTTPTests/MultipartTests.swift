import Foundation
import Testing

@testable import ApusHTTP

@Suite struct MultipartTests {
    static let form = [
        "preamble\r\n--B\r\n",
        "Content-Disposition: form-data; name=\"text\"\r\n\r\nline 1\r\n--\r\n--b\r\n\r\n--B \r\n",
        "content-disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nContent-Type: image/png\r\n\r\n",
        "\r\r\n-\r\n--\r\n--A\r\n--B\r\n",
        "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B\r\n",
        "Content-Disposition: form-data; name=\"bare\"\r\n\r\n--B--\r\nepilogue",
    ].joined()

    static func parse(_ text: String, by size: Int) throws -> [FormPart] {
        try parse(Array(text.utf8), by: size)
    }

    static func parse(_ bytes: [UInt8], by size: Int) throws -> [FormPart] {
        let collector = FormCollector(parentDirectory: NSTemporaryDirectory(), memoryBytes: 4096)
        var parser = try #require(MultipartParser(boundary: "B"))
        for start in stride(from: 0, to: bytes.count, by: size) {
            try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes {
                try parser.feed($0, to: collector)
            }
        }
        guard parser.isComplete else { throw HTTPError(400, "incomplete") }
        return collector.parts
    }

    @Test("a form is the same however its bytes are cut", arguments: Array(1...40) + [1000])
    func pieces(size: Int) throws {
        let parts = try Self.parse(Self.form, by: size)
        #expect(parts.map(\.name) == ["text", "file", "empty", "bare"])
        #expect(parts.map(\.text) == ["line 1\r\n--\r\n--b\r\n", "\r\r\n-\r\n--\r\n--A", "", ""])
        #expect(parts[1].filename == "a.bin")
        #expect(parts[1].contentType == "image/png")
    }

    @Test(
        "a broken form is refused",
        arguments: [
            "", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
            "--B\r\n\r\nx\r\n--B--", "--B\r\nbroken\r\n\r\nx\r\n--B--",
            "--Bx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--",
            "--B\nContent-Disposition: form-data; name=\"a\"\n\nx\n--B--",
            String(repeating: "p", count: 2000) + "\r\n--B\r\n",
            "--B\r\nX: " + String(repeating: "h", count: 9000) + "\r\n\r\n\r\n--B--",
            String(repeating: "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", count: 1001)
                + "--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + String(repeating: "x", count: 5000)
                + "\r\n--B--",
        ])
    func broken(form: String) {
        #expect(throws: HTTPError.self) { try Self.parse(form, by: 7) }
    }

    @Test(
        "a boundary is a short printable text",
        arguments: ["", String(repeating: "b", count: 71), "a\nb", "ä"])
    func boundary(text: String) {
        #expect(MultipartParser(boundary: text) == nil)
    }

    @Test("a large file waits on disk and goes with the form")
    func spill() throws {
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let head = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../../x\"\r\n\r\n"
        let form = Array(head.utf8) + content + Array("\r\n--B--\r\n".utf8)
        var parts = try Self.parse(form, by: 50_000)
        guard case .file(let path) = parts[0].content else {
            Issue.record("expected a file")
            return
        }
        #expect(FileManager.default.contents(atPath: path) == Data(content))
        #expect(parts[0].filename == "../../x")
        parts = []
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
