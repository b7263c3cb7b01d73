import ApusPlugin
import Foundation
import Testing

@testable import ApusPluginsCore

@Suite struct FileSplitTests {
    struct Case: Sendable {
        var rule: FileSplit.Rule
        var separator = "\n"
        var content: String
        var pieces: [String]
        var unmatched = 0
    }

    static let cases: [Case] = [
        Case(rule: .rows(2), content: "a\nb\nc\n", pieces: ["a\nb\n", "c\n"]),
        Case(rule: .rows(2), content: "a\nb\nc", pieces: ["a\nb\n", "c\n"]),
        Case(rule: .rows(1), content: "a\n\nb\n", pieces: ["a\n", "\n", "b\n"]),
        Case(rule: .rows(3), content: "", pieces: []),
        Case(rule: .rows(1), content: "\n", pieces: ["\n"]),
        Case(rule: .rows(2), separator: "--", content: "a--b--c-d", pieces: ["a--b--", "c-d--"]),
        Case(rule: .rows(1), separator: "\\n", content: "a\nb", pieces: ["a\n", "b\n"]),
        Case(rule: .rows(1), separator: "\r\n", content: "a\r\nb\nc\r\n", pieces: ["a\r\n", "b\nc\r\n"]),
        // A piece ends with the row that fills it.
        Case(rule: .bytes(4), content: "aa\nbb\ncc\n", pieces: ["aa\nbb\n", "cc\n"]),
        Case(rule: .bytes(3), content: "aa\nbb\n", pieces: ["aa\n", "bb\n"]),
        Case(rule: .bytes(1), content: "long row\nx\n", pieces: ["long row\n", "x\n"]),
        Case(rule: .partitions(2), content: "1\n2\n3\n4\n5\n", pieces: ["1\n3\n5\n", "2\n4\n"]),
        Case(rule: .partitions(4), content: "1\n2\n", pieces: ["1\n", "2\n"]),
        Case(
            rule: .pattern("^(\\w+):"), content: "b:1\na:1\nb:2\n", pieces: ["b:1\nb:2\n", "a:1\n"]),
        Case(
            rule: .pattern("\\[(\\w+)\\]"), content: "x [INFO] y\nnone\n[WARN]\n",
            pieces: ["x [INFO] y\n", "[WARN]\n"], unmatched: 1),
    ]

    @Test("a file is split row by row", arguments: cases)
    func splits(_ sample: Case) async throws {
        let files = ScratchFiles()
        let path = try files.write(sample.content)
        let split = try FileSplit(sample.rule, separator: sample.separator)
        let result = try await split.split(path, into: try files.folder(), suffix: ".txt")
        let pieces = try result.paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(pieces == sample.pieces)
        #expect(result.unmatchedRows == sample.unmatched)
        #expect(result.paths.allSatisfy { $0.hasSuffix(".txt") })
    }

    /// What is held does not grow with the file: rows of any length, pieces of any number.
    @Test(
        "splitting holds little of the file in memory",
        arguments: [FileSplit.Rule.rows(1), .rows(1_000_000), .bytes(1000), .partitions(300)])
    func memory(_ rule: FileSplit.Rule) async throws {
        let files = ScratchFiles()
        let row = [UInt8](repeating: UInt8(ascii: "x"), count: 1023) + [0x0A]
        var bytes: [UInt8] = []
        for _ in 0..<3000 { bytes += row }
        bytes += [UInt8](repeating: UInt8(ascii: "y"), count: 5 << 20)
        let path = try files.write(bytes)
        let result = try await FileSplit(rule).split(path, into: try files.folder())
        #expect(result.peakBytes <= PieceFiles.bufferBytes + 4 * LocalFile.pieceBytes)
        let sizes = try result.paths.map {
            try FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int ?? 0
        }
        #expect(sizes.reduce(0, +) == bytes.count + 1)
    }

    @Test("separators are found wherever a piece of the file ends")
    func cutSeparators() throws {
        let text = "aa--b---cc----d-"
        for size in 1...text.utf8.count {
            var scanner = SeparatorScanner(Array("--".utf8))
            var rows: [String] = []
            var row = ""
            var rest = Array(text.utf8)[...]
            while true {
                let piece = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
                try scanner.scan(piece) { found in
                    switch found {
                    case .part(let part): row += String(decoding: part, as: UTF8.self)
                    case .end:
                        rows.append(row)
                        row = ""
                    }
                }
                if piece.isEmpty { break }
            }
            #expect(rows == ["aa", "b", "-cc", "", "d-"], "pieces of \(size) bytes")
        }
    }

    @Test("the first of several properties says how a file is split")
    func rules() throws {
        let rule = FileSplit.rule
        #expect(try rule("10KB", 2, 3, "x") == .bytes(10_240))
        #expect(try rule(nil, 2, 3, nil) == .partitions(2))
        #expect(try rule(nil, nil, 3, "x") == .rows(3))
        #expect(try rule(nil, nil, nil, "(x)") == .pattern("(x)"))
    }

    static let refusals: [@Sendable () async throws -> Void] = [
        { _ = try FileSplit.rule(bytes: nil, partitions: nil, rows: nil, regexPattern: nil) },
        { _ = try FileSplit.rule(bytes: "many", partitions: nil, rows: nil, regexPattern: nil) },
        { _ = try FileSplit.rule(bytes: "0", partitions: nil, rows: nil, regexPattern: nil) },
        { _ = try FileSplit.rule(bytes: "99999999999999TB", partitions: nil, rows: nil, regexPattern: nil) },
        { _ = try FileSplit(.rows(0)) },
        { _ = try FileSplit(.partitions(-1)) },
        { _ = try FileSplit(.partitions(10_000_000)) },
        { _ = try FileSplit(.rows(1), separator: "") },
        { _ = try RowRouter(.pattern("no group"), separator: [0x0A]) },
        { _ = try RowRouter(.pattern("(unclosed"), separator: [0x0A]) },
    ]

    @Test("what cannot be split is refused in words", arguments: refusals.indices)
    func refusal(_ number: Int) async {
        await #expect(throws: TaskFailure.self) { try await Self.refusals[number]() }
    }

    @Test(
        "sizes are read as people write them",
        arguments: [
            ("500", 500), ("1KB", 1024), ("10 MB", 10 << 20), ("2GiB", 2 << 30), ("1m", 1 << 20),
            ("", nil), ("KB", nil), ("1.5MB", nil), ("-1", nil), ("1XB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, bytes: Int?) { #expect(ByteSize.bytes(text) == bytes) }
}
