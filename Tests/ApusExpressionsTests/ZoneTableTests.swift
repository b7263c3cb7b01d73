import Foundation
import Testing

@testable import ApusExpressions

/// The system's zone data.
@Suite struct ZoneTableTests {
    static let zones: [String] = [
        "Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Havana", "America/New_York",
        "America/Nuuk",
        "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "America/Vancouver", "America/Winnipeg",
        "Antarctica/Troll", "Asia/Almaty", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu",
        "Asia/Kolkata", "Asia/Pyongyang", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores",
        "Australia/Lord_Howe",
        "Australia/Sydney", "Europe/Dublin", "Europe/Istanbul", "Europe/London", "Europe/Moscow",
        "Europe/Paris",
        "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Easter", "Pacific/Norfolk",
    ]

    @Test(
        "zones have the distances that Python reads from the same files, from 1971 to 2199", arguments: zones)
    func likePython(zone: String) throws {
        let program = """
            import sys
            from datetime import datetime
            from zoneinfo import ZoneInfo
            zone = ZoneInfo("\(zone)")
            for n in range(8000):
                print(int(datetime.fromtimestamp(31536000 + n * 900017, zone).utcoffset().total_seconds()))
            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardOutput = output
        try process.run()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let expected = answer.split(separator: "\n").map { Int($0) }
        try #require(expected.count == 8000)
        let rules = try ZoneRules.named(zone)
        let differing = (0..<8000).filter {
            rules.offset(at: 31_536_000 + Int64($0) * 900_017) != expected[$0]
        }
        #expect(differing.isEmpty, "\(differing.count) instants, first \(differing.prefix(3))")
    }

    struct Rule: Sendable, CustomTestStringConvertible {
        var text: String
        var instant: Int64
        var offset: Int?
        var testDescription: String { text }
    }

    static let rules: [Rule] = [
        Rule(text: "UTC0", instant: 0, offset: 0),
        Rule(text: "<+0530>-5:30", instant: 0, offset: 19_800),
        // 2026-03-29T00:59:59Z and 01:00:00Z
        Rule(text: "CET-1CEST,M3.5.0,M10.5.0/3", instant: 1_774_745_999, offset: 3600),
        Rule(text: "CET-1CEST,M3.5.0,M10.5.0/3", instant: 1_774_746_000, offset: 7200),
        // The summer of the south goes over the new year.
        Rule(text: "AEST-10AEDT,M10.1.0,M4.1.0/3", instant: 1_767_225_600, offset: 39_600),
        Rule(text: "AEST-10AEDT,M10.1.0,M4.1.0/3", instant: 1_782_864_000, offset: 36_000),
        // Ireland's winter time is its summer time turned round.
        Rule(text: "IST-1GMT0,M10.5.0,M3.5.0/1", instant: 1_767_225_600, offset: 0),
        Rule(text: "IST-1GMT0,M10.5.0,M3.5.0/1", instant: 1_782_864_000, offset: 3600),
        // Days before midnight and beyond it, days counted through the year.
        Rule(text: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", instant: 1_774_745_999, offset: -7200),
        Rule(text: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", instant: 1_774_746_000, offset: -3600),
        Rule(text: "EET-2EEST,M3.4.4/50,M10.4.4/50", instant: 1_774_656_000, offset: 10_800),
        Rule(text: "XXX3YYY4,J60/0,J300/0", instant: 1_772_334_000, offset: -14_400),
        Rule(text: "XXX3YYY,0/0,J365/23", instant: 1_782_864_000, offset: -7200),
        Rule(text: "", instant: 0, offset: nil),
        Rule(text: "CET", instant: 0, offset: nil),
        Rule(text: "CET-99", instant: 0, offset: nil),
        Rule(text: "CET-1CEST", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,M3.5.0", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,M13.5.0,M10.5.0", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,M3.6.0,M10.5.0", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,M3.5.7,M10.5.0", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,J0,M10.5.0", instant: 0, offset: nil),
        Rule(text: "CET-1CEST,M3.5.0,M10.5.0 ", instant: 0, offset: nil),
    ]

    @Test("the rule at the end of a file says how it goes on", arguments: rules)
    func rule(row: Rule) {
        #expect(ZoneRule(row.text)?.offset(at: row.instant) == row.offset)
    }

    @Test("a rule has an answer at the ends of time")
    func extremes() throws {
        let rule = try #require(ZoneRule("CET-1CEST,M3.5.0,M10.5.0/3"))
        for instant in [Int64.min, .min + 1, .max - 1, .max] {
            #expect([3600, 7200].contains(rule.offset(at: instant)))
        }
    }

    @Test("a damaged file is no table, or one that answers")
    func damaged() throws {
        let path = "/usr/share/zoneinfo/Europe/Paris"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(ZoneTable(bytes: bytes)?.offset(at: 1_774_746_000) == 7200)
        #expect(ZoneTable(bytes: []) == nil)
        #expect(ZoneTable(bytes: Array("TZif".utf8)) == nil)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            _ = ZoneTable(bytes: Array(bytes.prefix(length)))?.offset(at: 0)
        }
        for place in stride(from: 0, to: bytes.count, by: 3) {
            for value in [UInt8(0), 0x7F, 0xFF] {
                var damaged = bytes
                damaged[place] = value
                let table = ZoneTable(bytes: damaged)
                for instant in [Int64.min, 0, 1_774_746_000, .max] { _ = table?.offset(at: instant) }
            }
        }
    }
}
