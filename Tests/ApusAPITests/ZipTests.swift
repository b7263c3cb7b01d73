import ApusStorage
import Foundation
import Synchronization
import Testing

@testable import ApusAPI

@Suite struct ZipTests {
    /// A file in memory.
    struct Content: StoredContent {
        let bytes: [UInt8]
        var size: Int { bytes.count }
        func read(at offset: Int, count: Int) -> [UInt8] { Array(bytes.dropFirst(offset).prefix(count)) }
    }

    private func archive(_ files: [(String, String)]) async throws -> [UInt8] {
        let written = Mutex<[UInt8]>([])
        var writer = ZipWriter { bytes in written.withLock { $0 += bytes } }
        for (name, text) in files { try await writer.add(Content(bytes: Array(text.utf8)), named: name) }
        try await writer.finish()
        return written.withLock { $0 }
    }

    @Test("what is written can be read again")
    func roundTrip() async throws {
        let archive = try ZipArchive(
            try await archive([("a.txt", "one"), ("d/ü.txt", ""), ("d/e", "three")]))
        #expect(archive.entries.map(\.name) == ["a.txt", "d/ü.txt", "d/e"])
        var texts: [String] = []
        for entry in archive.entries {
            texts.append(String(decoding: try archive.bytes(of: entry, limit: 9), as: UTF8.self))
        }
        #expect(texts == ["one", "", "three"])
        let first = try #require(archive.entries.first)
        #expect(throws: ZipFault.self) { try archive.bytes(of: first, limit: 2) }
    }

    @Test("checksums are those of the format")
    func checksum() { #expect(CRC32.of("123456789".utf8) == 0xCBF4_3926) }

    /// Made by Python's zlib with wbits -15; the texts are below.
    struct Packed: Sendable {
        var base64: String
        var text: String

        init(_ base64: String, _ text: String) {
            self.base64 = base64
            self.text = text
        }
    }

    static let packed: [Packed] = [
        Packed("AwA=", ""),
        Packed("S0wEAA==", "aa"),
        Packed(
            "K8lIVUhOLFEoBuL8PIUSIDcXyEzMSwGzIVLlYHYRkF2SgaoWKA8A",
            "the cat sat on the mat and the cat saw the rat that sat on the cat"),
        Packed("AQQA+/90ZXN0", "test"),
    ]

    /// With codes of its own: numbers and letters that follow a rule.
    static let dynamic = Packed(
        "Hc/XTQMADAXAhfzhXuRpgIQWOoEA0yO92+CYma6urnZk6Pr6etuabm5utqLocDhsVtLxeNyYoNvb2w1x"
            + "uru7Wzej+/v7tVB6eHhYLaHHx8eVYTqdTis89PT0tKxNz8/PO1708vKynUmvr69bHfT29rbFTu/v75tq"
            + "9PHxseFKn5+f6yl0Pp/Xmunr62t1hr6/v1el6XK5rFjRz8/PciT9/v7uVNDf39/2OD4thk+Z4pMh+EQx"
            + "Pt6Dj3PjY1r4qCc+koEPt+PDbPiMKj7tgk8l45M1+MQ0PiGFj1viYxH4aDk+MoaPiOLDJvhMMD6dg091"
            + "41Nc+KQmPuGBj6fjY234GCs+qoKPOOPDMfhMNT49hU9L4lMW+GQ4PlGGj4/i4yL4mDE+6oOPZOPDXfgw"
            + "Jz6jgU+741Np+GQrPsmCTyjj4zb4WDQ+WoWPTOIjEviwOT4Thk+X4lMj+PwD",
        (0..<90).map { number in
            let digits = String(1000 + number * 7919 % 1000).dropFirst()
            let letter = Character(Unicode.Scalar(UInt8(97 + number % 26)))
            return "\(digits),\(String(repeating: letter, count: 3));"
        }.joined())

    @Test("deflated bytes give their text, broken ones are refused")
    func inflate() throws {
        for row in Self.packed + [Self.dynamic] {
            let bytes = Array(try #require(Data(base64Encoded: row.base64)))
            var inflate = Inflate(bytes[...], limit: 1000)
            #expect(String(decoding: try inflate.run(), as: UTF8.self) == row.text)
        }
        for broken in [[], [7], [0x06, 0xFF], [0, 1, 0, 1, 0], [0x4B, 0x4C]] as [[UInt8]] {
            var inflate = Inflate(broken[...], limit: 100)
            #expect(throws: ZipFault.self) { try inflate.run() }
        }
    }

    @Test("no bytes make the reader trap")
    func noise() async throws {
        let good = try await archive([("a.txt", "one"), ("b.txt", "two")])
        var random = Noise(state: 7)
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = .random(
                    in: .min ... .max, using: &random)
            }
            guard let archive = try? ZipArchive(bytes) else { continue }
            for entry in archive.entries { _ = try? archive.bytes(of: entry, limit: 1000) }
        }
        for _ in 0..<2000 {
            let bytes = (0..<60).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            var inflate = Inflate(bytes[...], limit: 10_000)
            _ = try? inflate.run()
        }
    }

    /// The same numbers each time.
    private struct Noise: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
