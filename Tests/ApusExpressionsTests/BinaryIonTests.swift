import ApusExpressions
import ApusModel
import Testing

@Suite struct BinaryIonTests {
    private static let marker: [UInt8] = [0xE0, 0x01, 0x00, 0xEA]
    /// A table with the symbols `a` (10) and `b` (11).
    private static let table: [UInt8] = [
        0xE9, 0x81, 0x83, 0xD6, 0x87, 0xB4, 0x81, 0x61, 0x81, 0x62,
    ]

    private static func rows(_ bytes: [UInt8]) throws -> String {
        let context = context(["ion": .extended(.bytes(bytes))])
        return try Template("{{ fromIon(ion, allRows=true) }}").render(context)
    }

    /// A value in binary, and the JSON it becomes. Source: the examples of the Ion specification.
    static let values: [(bytes: [UInt8], json: String)] = [
        ([0x0F], "null"), ([0x2F], "null"), ([0xDF], "null"), ([0x10], "false"), ([0x11], "true"),
        ([0x20], "0"), ([0x21, 0x01], "1"), ([0x22, 0x01, 0x00], "256"), ([0x32, 0x01, 0x2C], "-300"),
        ([0x29, 0x01, 0, 0, 0, 0, 0, 0, 0, 0], "18446744073709551616"), ([0x40], "0.0"),
        ([0x44, 0x3F, 0xC0, 0x00, 0x00], "1.5"), ([0x48, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0], "1.5"),
        // 12.50, -1.5e-3 and 2e2
        ([0x53, 0xC2, 0x04, 0xE2], "12.5"), ([0x52, 0xC4, 0x8F], "-0.0015"), ([0x52, 0x82, 0x02], "200.0"),
        ([0x50], "0.0"),
        // 2007T, 2007-02T, 2007-02-23T
        ([0x63, 0xC0, 0x0F, 0xD7], "\"2007-01-01\""), ([0x64, 0xC0, 0x0F, 0xD7, 0x82], "\"2007-02-01\""),
        ([0x65, 0xC0, 0x0F, 0xD7, 0x82, 0x97], "\"2007-02-23\""),
        // 2000-01-01T00:00Z and 2000-01-01T00:00:00.123Z
        ([0x67, 0x80, 0x0F, 0xD0, 0x81, 0x81, 0x80, 0x80], "\"2000-01-01T00:00:00.000000Z\""),
        (
            [0x6A, 0x80, 0x0F, 0xD0, 0x81, 0x81, 0x80, 0x80, 0x80, 0xC3, 0x7B],
            "\"2000-01-01T00:00:00.123000Z\""
        ),
        ([0x71, 0x04], "\"name\""), ([0x71, 0x0A], "\"a\""), ([0x80], "\"\""), ([0x82, 0xC3, 0xA9], "\"é\""),
        ([0x8E, 0x8F] + [UInt8](repeating: 0x78, count: 15), "\"xxxxxxxxxxxxxxx\""), ([0xB0], "[]"),
        ([0xB4, 0x21, 0x01, 0x21, 0x02], "[1,2]"), ([0xC2, 0x71, 0x0A], "[\"a\"]"), ([0xD0], "{}"),
        ([0xD7, 0x8A, 0x21, 0x01, 0x8B, 0x82, 0xC3, 0xA9], "{\"a\":1,\"b\":\"é\"}"),
        // In order, with its length behind.
        ([0xD1, 0x83, 0x8A, 0x21, 0x05], "{\"a\":5}"),
        // Annotated by `a`, and padding within a list.
        ([0xE4, 0x81, 0x8A, 0x21, 0x05], "5"), ([0xB4, 0x01, 0xFF, 0x21, 0x01], "[1]"),
    ]

    @Test("binary values become what they are as text", arguments: values)
    func value(bytes: [UInt8], json: String) throws {
        #expect(try Self.rows(Self.marker + Self.table + bytes) == "[\(json)]")
    }

    @Test("rows follow each other, each table of symbols replaces the last unless it adds to it")
    func rows() throws {
        let row: [UInt8] = [0xD3, 0x8A, 0x21, 0x07]
        #expect(try Self.rows(Self.marker + Self.table + row + row) == "[{\"a\":7},{\"a\":7}]")
        // Adds `c` (12) to the table before.
        let added: [UInt8] = [0xEA, 0x81, 0x83, 0xD7, 0x86, 0x71, 0x03, 0x87, 0xB2, 0x81, 0x63]
        let third: [UInt8] = [0xD3, 0x8C, 0x21, 0x09]
        #expect(try Self.rows(Self.marker + Self.table + added + third + row) == "[{\"c\":9},{\"a\":7}]")
        #expect(throws: ExpressionError.self) { try Self.rows(Self.marker + Self.table + Self.marker + row) }
        let context = context(["ion": .extended(.bytes(Self.marker + Self.table + row + [0x20]))])
        #expect(try Template("{{ fromIon(ion).a }}").render(context) == "7")
        #expect(try Template("{{ fromIon(ion) }}").render(context) == "{\"a\":7}")
    }

    @Test("no content is null")
    func empty() throws {
        let context = context(["ion": .extended(.bytes(Self.marker))])
        #expect(try Template("{{ fromIon(ion) is null }}").render(context) == "true")
    }

    static let broken: [[UInt8]] = [
        [0x21], [0x8E], [0x8E, 0x00, 0x00],
        [0x8E, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0xFF],
        [0xB2, 0x21], [0xD2, 0x8A, 0x2E], [0xD2, 0xFF, 0x20], [0x71, 0x7F], [0x43, 0, 0, 0], [0xF0],
        [0xF3, 0, 0, 0],
        [0xE3, 0x81, 0x8A, 0x00], [0xE4, 0x81, 0x8A, 0x20, 0x20], [0x65, 0xC0, 0x0F, 0xD7, 0x8D, 0x97],
        [0x67, 0x80, 0x0F, 0xD0, 0x81, 0x81, 0x99, 0x80], [0x12],
        [0x6A, 0x80, 0x0F, 0xD0, 0x81, 0x81, 0x80, 0x80, 0x80, 0x83, 0x7B], [0x78, 1, 2, 3, 4, 5, 6, 7, 8],
        [UInt8](repeating: 0xBE, count: 4000), [0x2E, 0x04, 0xE8] + [UInt8](repeating: 0x01, count: 616),
        [0x68, 0xC0, 0x7F, 0x7F, 0x7F, 0x7F, 0xFF, 0x81, 0x81],
    ]

    @Test("what is cut off or makes no sense is refused", arguments: broken)
    func broken(bytes: [UInt8]) {
        #expect(throws: ExpressionError.self) { try Self.rows(Self.marker + Self.table + bytes) }
    }

    @Test("lists inside each other more deeply than there is room for are refused")
    func deep() {
        // Lists of 13 bytes and less, then such with their length behind.
        var bytes: [UInt8] = [0x20]
        for _ in 0..<300 {
            let size = bytes.count
            let length: [UInt8] =
                size < 128 ? [UInt8(size) | 0x80] : [UInt8(size >> 7), UInt8(size & 0x7F) | 0x80]
            bytes = [0xBE] + length + bytes
        }
        #expect { try Self.rows(Self.marker + bytes) } throws: { "\($0)".contains("more than 256 levels") }
    }

    @Test("a short name used many times is bounded by what it comes to")
    func names() {
        let name = [UInt8](repeating: 0x61, count: 1_000_000)
        // One symbol of a million bytes.
        let symbol: [UInt8] = [0x8E, 0x3D, 0x04, 0xC0] + name
        func sized(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
            let size = content.count
            return [
                kind | 0x0E, UInt8(size >> 21 & 0x7F), UInt8(size >> 14 & 0x7F), UInt8(size >> 7 & 0x7F),
                UInt8(size & 0x7F) | 0x80,
            ] + content
        }
        let table = sized(0xE0, [0x81, 0x83] + sized(0xD0, [0x87] + sized(0xB0, symbol)))
        let uses = (0..<100).flatMap { _ in [0x71, 0x0A] as [UInt8] }
        #expect { try Self.rows(Self.marker + table + sized(0xB0, uses)) } throws: {
            "\($0)".contains("the names are longer")
        }
    }
}
