import Testing

@testable import ApusPluginsScript

@Suite struct LineSplitterTests {
    struct Case: Sendable {
        var name: String
        var chunks: [String]
        var lines: [String]
    }

    @Test(
        "bytes become lines of bounded length",
        arguments: [
            Case(name: "whole lines", chunks: ["a\nb\n"], lines: ["a", "b"]),
            Case(name: "a line in pieces", chunks: ["a", "b", "c\n"], lines: ["abc"]),
            Case(name: "carriage return", chunks: ["a\r\nb\r", "\n"], lines: ["a", "b"]),
            Case(name: "no break at the end", chunks: ["a\nb"], lines: ["a", "b"]),
            Case(name: "empty lines", chunks: ["\n\na\n"], lines: ["", "", "a"]),
            Case(name: "nothing", chunks: [], lines: []),
            Case(name: "exactly the limit", chunks: ["12345678\n"], lines: ["12345678"]),
            Case(name: "one too many", chunks: ["123456789\nx\n"], lines: ["12345678… [cut]", "x"]),
            Case(
                name: "too long in pieces", chunks: ["1234", "5678", "9", "abc", "\nx"],
                lines: ["12345678… [cut]", "x"]),
            Case(name: "cut before half a letter", chunks: ["1234567äb\n"], lines: ["1234567… [cut]"]),
            Case(name: "a long kind of line", chunks: ["::{", "4567890123\n"], lines: ["::{4567890123"]),
            Case(
                name: "a long kind has its limit", chunks: ["::{45678901234567890\n"],
                lines: ["::{4567890123456… [cut]"]),
        ])
    func split(_ sample: Case) {
        var splitter = LineSplitter(limit: 8, longPrefix: "::{", longLimit: 16)
        var lines: [String] = []
        for chunk in sample.chunks { splitter.append(Array(chunk.utf8)[...], to: &lines) }
        splitter.finish(&lines)
        #expect(lines == sample.lines, "\(sample.name)")
    }

    @Test("bytes that are not UTF-8 are replaced")
    func invalid() {
        var splitter = LineSplitter()
        var lines: [String] = []
        splitter.append([0x61, 0xFF, 0x62, 0x0A], to: &lines)
        #expect(lines == ["a\u{FFFD}b"])
    }
}
