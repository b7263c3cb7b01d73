import ApusExpressions
import ApusModel
import ApusPlugin
import Testing

@testable import ApusPluginsCore

@Suite struct ItemReaderTests {
    private func items(_ bytes: [UInt8]) async throws -> (values: [Value], lines: [String], peak: Int) {
        let files = ScratchFiles()
        var reader = try ItemReader(try files.write(bytes))
        var (values, lines): ([Value], [String]) = ([], [])
        while let item = try await reader.next() {
            values.append(item.value)
            lines.append(String(decoding: item.line, as: UTF8.self))
        }
        return (values, lines, reader.peakBytes)
    }

    struct Case: Sendable {
        var content: String
        var lines: [String]
    }

    static let cases: [Case] = [
        Case(content: "{a:1}\n{a:2}\n", lines: ["{a:1}", "{a:2}"]),
        Case(content: "{\"a\":1}\n{\"a\": 2}", lines: ["{\"a\":1}", "{\"a\": 2}"]),
        Case(content: "\n\n{a:1}\n  \n", lines: ["{a:1}"]),
        Case(content: "{a:1} {a:2}\n", lines: ["{a:1}", "{a:2}"]),
        Case(content: "{a:\n1}\n{a:2}", lines: ["{a:1}", "{a:2}"]),
        Case(content: "{a:\"}\n{\"}\n{a:\"x\\\"}\"}", lines: ["{a:\"}\\n{\"}", "{a:\"x\\\"}\"}"]),
        Case(content: "// a comment {\n{a:1} // more }\n", lines: ["{a:1} // more }"]),
        Case(content: "/* {\n */ {a:1}\n", lines: ["{a:1}"]),
        Case(content: "{a:'''x\n{'''}\n{a:1}", lines: ["{a:\"x\\n{\"}", "{a:1}"]),
        Case(content: "{'a{':1}\n{a:{{aGk=}}}\n{a:2}", lines: ["{'a{':1}", "{a:{{aGk=}}}", "{a:2}"]),
        Case(content: "{a:{{//8=}}}\n{a:2}", lines: ["{a:{{//8=}}}", "{a:2}"]),
        Case(content: "", lines: []),
    ]

    @Test("rows of text become items, one a line", arguments: cases)
    func text(_ sample: Case) async throws {
        #expect(try await items(Array(sample.content.utf8)).lines == sample.lines)
    }

    @Test("the end of a row is found wherever the bytes are cut", arguments: cases)
    func cuts(_ sample: Case) {
        let bytes = Array(sample.content.utf8)
        var whole = IonRowScanner()
        var start = 0
        while let end = whole.end(of: bytes, from: start, isLast: true) {
            for cut in start..<bytes.count {
                var scanner = IonRowScanner()
                let early = scanner.end(of: Array(bytes[..<cut]), from: start, isLast: false)
                #expect((early ?? scanner.end(of: bytes, from: start, isLast: true)) == end)
            }
            start = end
        }
        #expect(start == bytes.count)
    }

    /// `{a:1}` and `{a:"x"}` with their table of names.
    private static let binary: [UInt8] = [
        0xE0, 0x01, 0x00, 0xEA, 0xE7, 0x81, 0x83, 0xD4, 0x87, 0xB2, 0x81, 0x61, 0xD3, 0x8A, 0x21, 0x01,
        0xD3, 0x8A, 0x81, 0x78,
    ]

    @Test("binary Ion is read value by value, and written as text")
    func binaryItems() async throws {
        #expect(try await items(Self.binary).lines == ["{a:1}", "{a:\"x\"}"])
        await #expect(throws: TaskFailure.self) { _ = try await items(Self.binary.dropLast()) }
    }

    @Test("the size of a binary value is known once its length is there")
    func binarySizes() {
        #expect(BinaryIonPieces.size(ofFirstValueIn: []) == nil)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0xE0]) == 4)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0x11]) == 1)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0x8E]) == nil)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0x8E, 0x01]) == nil)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0x8E, 0x01, 0x80]) == 131)
        #expect(BinaryIonPieces.size(ofFirstValueIn: [0x8E] + Array(repeating: 0x7F, count: 20)) == .max)
    }

    @Test("reading items holds a piece of the file and a row")
    func memory() async throws {
        var text = ""
        for number in 0..<60_000 { text += "{id:\(number),text:\"some words to fill the row\"}\n" }
        let result = try await items(Array(text.utf8))
        #expect(result.values.count == 60_000)
        #expect(result.peak <= 4 * LocalFile.pieceBytes)
    }

    @Test("a row that is not Ion is named")
    func fault() async {
        await #expect {
            _ = try await items(Array("{a:1}\n{a:}\n".utf8))
        } throws: { ($0 as? TaskFailure)?.message.contains("Row 2") == true }
    }
}
