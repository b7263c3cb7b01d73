import ApusEngine
import ApusExpressions
import ApusModel
import Foundation
import Testing

/// Compares ticks with those of Python's croniter.
///
/// What differs on purpose is not asked for:
///
/// | left out | because |
/// | --- | --- |
/// | instants within two days of a change of clocks | croniter has another policy (see ``ClockChangeTests``) |
/// | searches that end under another offset than they began with | croniter is off by the difference |
/// | `*/1` beside a restricted day | croniter takes it as a restriction, Kestra as `*` |
/// | every value of a field written out beside a restricted day | croniter takes it as `*`, Kestra as a restriction |
/// | days 29 to 31 in lists | croniter misses the first day after a month that lacks one of them |
/// | 7 as a day of the week | with seconds, croniter does not take it as Sunday |
/// | `L`, `#`, `?`, hashes, years | no part of the dialect |
@Suite(
    .enabled(
        if: Croniter.isNeeded || Croniter.isInstalled, "needs Python's croniter (Debian: python3-croniter)"))
struct CroniterTests {
    struct Case {
        var cron: String
        var withSeconds: Bool
        var zone: String
        /// Seconds since 1970.
        var start: Int64
    }

    static let zones = ["UTC", "Europe/Paris", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]

    @Test("two thousand expressions tick as they do for croniter")
    func ticks() throws {
        var numbers = SeededNumbers(state: 2026)
        let cases = (0..<2000).map { _ in Self.randomCase(&numbers) }
        let answers = try Croniter.ticks(of: cases)
        try #require(answers.count == cases.count)
        var compared = 0
        for (asked, answer) in zip(cases, answers) {
            let rules = try ZoneRules.named(asked.zone)
            let dates = ScheduleDates.cron(
                try CronExpression(asked.cron, withSeconds: asked.withSeconds), in: rules)
            let start = Timestamp(microseconds: asked.start * 1_000_000)
            let found = [dates.next(after: start), dates.previous(before: start)].map {
                $0.map { $0.microseconds / 1_000_000 }
            }
            for (ours, theirs) in zip(found, answer)
            where Self.isQuiet([asked.start, ours, theirs], in: rules) {
                guard ours.map({ rules.offset(at: $0) == rules.offset(at: asked.start) }) ?? true else {
                    continue
                }
                compared += 1
                #expect(ours == theirs, "\(asked)")
            }
        }
        #expect(compared > 2000, "\(compared)")
    }

    private static func isQuiet(_ instants: [Int64?], in rules: ZoneRules) -> Bool {
        instants.compactMap { $0 }.allSatisfy { instant in
            rules.offset(at: instant - 2 * 86_400) == rules.offset(at: instant + 2 * 86_400)
        }
    }

    private static func randomCase(_ numbers: inout SeededNumbers) -> Case {
        let withSeconds = Int.random(in: 0..<4, using: &numbers) == 0
        var fields = [
            field(0...59, names: [], &numbers), field(0...23, names: [], &numbers),
            field(1...28, names: [], &numbers, last: 31), field(1...12, names: months, &numbers),
            field(0...6, names: weekdays, &numbers, isList: false),
        ]
        if withSeconds { fields.insert(field(0...59, names: [], &numbers), at: 0) }
        return Case(
            cron: fields.joined(separator: " "), withSeconds: withSeconds,
            zone: zones.randomElement(using: &numbers) ?? "UTC",
            // 2000 to 2037
            start: Int64.random(in: 946_684_800..<2_114_380_800, using: &numbers))
    }

    private static let months = [
        "", "jan", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let weekdays = ["SUN", "mon", "TUE", "WED", "THU", "FRI", "SAT"]

    /// - Parameters:
    ///   - last: The largest number that stands alone.
    ///   - isList: Whether there may be more than one part.
    private static func field(
        _ range: ClosedRange<Int>, names: [String], _ numbers: inout SeededNumbers, last: Int? = nil,
        isList: Bool = true
    ) -> String {
        func value() -> Int { Int.random(in: range, using: &numbers) }
        func name(_ value: Int) -> String {
            !names.isEmpty && Bool.random(using: &numbers) ? names[value] : "\(value)"
        }
        func part() -> String {
            let step = Int.random(in: 2...max(2, range.upperBound / 2), using: &numbers)
            let ends = [value(), value()].sorted()
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0: return name(value())
            case 1: return ends == [range.lowerBound, range.upperBound] ? "*/2" : "\(ends[0])-\(ends[1])"
            case 2: return "\(ends[0])-\(ends[1])/\(Int.random(in: 2...5, using: &numbers))"
            case 3: return last == nil ? "*/\(step)" : "\(range.lowerBound)-\(range.upperBound)/\(step)"
            default: return "\(name(ends[0])),\(ends[1])"
            }
        }
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0, 1: return "*"
        case 2: return "\(Int.random(in: range.lowerBound...(last ?? range.upperBound), using: &numbers))"
        case 3 where isList: return part() + "," + part()
        default: return part()
        }
    }
}

/// Python's croniter, asked once for many ticks.
enum Croniter {
    /// On a machine that checks every change the comparison is never left out.
    static var isNeeded: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

    static let isInstalled: Bool = (try? run("import croniter", input: "")) != nil

    /// The next and the previous tick of each case, in seconds since 1970; `nil` where there is none.
    static func ticks(of cases: [CroniterTests.Case]) throws -> [[Int64?]] {
        let input = cases.map { "\($0.withSeconds ? 1 : 0)\t\($0.zone)\t\($0.start)\t\($0.cron)\n" }.joined()
        return try run(program, input: input).split(separator: "\n").map { line in
            line.split(separator: " ").map { Int64($0) }
        }
    }

    private static let program = """
        import sys
        from datetime import datetime
        from zoneinfo import ZoneInfo
        from croniter import croniter
        from croniter.croniter import CroniterBadDateError
        def tick(find):
            try: return int(find(float))
            except CroniterBadDateError: return "none"
        for line in sys.stdin:
            seconds, zone, start, cron = line.rstrip("\\n").split("\\t")
            start = datetime.fromtimestamp(int(start), ZoneInfo(zone))
            def at(): return croniter(cron, start, second_at_beginning=seconds == "1")
            print(tick(at().get_next), tick(at().get_prev))
        """

    struct Failed: Error {
        var status: Int32
    }

    private static func run(_ program: String, input: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("cases")
        try input.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        process.standardError = isNeeded ? FileHandle.standardError : FileHandle.nullDevice
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return String(decoding: answer, as: UTF8.self)
    }
}
