import ApusPlugin
import Foundation
import Testing

@testable import ApusPluginsCore

@Suite struct FileReversalTests {
    private func reversed(_ bytes: [UInt8], _ separator: [UInt8], unitBytes: Int = 1) async throws
        -> (bytes: [UInt8], peak: Int)
    {
        let files = ScratchFiles()
        let source = try LocalFile(try files.write(bytes))
        let target = try NewLocalFile(try files.directory.path(of: "target"))
        var reversal = FileReversal(source, separator: separator, unitBytes: unitBytes)
        try await reversal.write(to: target)
        try target.finish()
        return (Array(try Data(contentsOf: URL(fileURLWithPath: target.path))), reversal.peakBytes)
    }

    @Test(
        "the last row comes first",
        arguments: [
            ("1\n2\n3\n", "\n", "3\n2\n1\n"), ("1\n2\n3", "\n", "3\n2\n1\n"), ("", "\n", ""),
            ("one", "\n", "one\n"), ("\n", "\n", "\n"), ("a\n\nb\n", "\n", "b\n\na\n"),
            ("a--b--c", "--", "c--b--a--"), ("ä\nö\n", "\n", "ö\nä\n"),
        ])
    func reverses(text: String, separator: String, result: String) async throws {
        let bytes = try await reversed(Array(text.utf8), Array(separator.utf8)).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == result)
    }

    @Test("a separator counts only where a code unit begins")
    func wideUnits() async throws {
        // In UTF-16BE the bytes 00 0A lie across two letters here: 0A00, 0A41.
        let charset = try RowCharset("UTF-16BE")
        let text: [UInt8] = [0x0A, 0x00, 0x0A, 0x41, 0x00, 0x0A, 0x00, 0x42]
        let result = try await reversed(text, try charset.encode("\n"), unitBytes: charset.unitBytes).bytes
        #expect(result == [0x00, 0x42, 0x00, 0x0A, 0x0A, 0x00, 0x0A, 0x41, 0x00, 0x0A])
    }

    @Test("rows and separators are found wherever a block of the file begins, with little of it in memory")
    func blocks() async throws {
        // Rows of many lengths, so that blocks begin at every place within a separator, and one longer than blocks.
        var rows: [[UInt8]] = []
        for number in 0..<400 {
            rows.append(Array(repeating: UInt8(ascii: "a") + UInt8(number % 26), count: 7 * number))
        }
        rows.append([UInt8](repeating: UInt8(ascii: "z"), count: 3 * FileReversal.blockBytes))
        let separator: [UInt8] = Array("<->".utf8)
        let (bytes, peak) = try await reversed(Array(rows.joined(separator: separator)), separator)
        #expect(bytes == Array(rows.reversed().joined(separator: separator)) + separator)
        #expect(peak <= 4 * FileReversal.blockBytes)
    }

    @Test("an unknown charset is refused")
    func charset() {
        #expect(throws: TaskFailure.self) { _ = try RowCharset("EBCDIC-9") }
        #expect(throws: TaskFailure.self) { _ = try RowCharset("ISO-8859-1").encode("ä") }
    }
}
