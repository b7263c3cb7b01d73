internal import ApusModel

/// The value of a setting, to be read as what the setting needs.
struct SettingValue {
    var value: Value
    /// How a number or boolean was written, where that differs from how it prints.
    var literal: String?

    func text() throws(SettingError) -> String {
        switch value {
        case .string(let text): return text
        case .bool(let flag): return literal ?? (flag ? "true" : "false")
        case .int(let number): return literal ?? String(number)
        case .double(let number): return literal ?? JSONWriter.text(of: number)
        case .null, .list, .map, .extended: throw SettingError("expected text, found \(value.kind)")
        }
    }

    /// A list of texts, or one text with commas.
    func texts() throws(SettingError) -> [String] {
        guard case .list(let items) = value else {
            return try text().split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
        }
        var texts: [String] = []
        for item in items { texts.append(try SettingValue(value: item).text()) }
        return texts
    }

    func flag() throws(SettingError) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .string(let text) where ["true", "yes", "on"].contains(text.lowercased()): return true
        case .string(let text) where ["false", "no", "off"].contains(text.lowercased()): return false
        default: throw SettingError("expected true or false, found \(value.kind)")
        }
    }

    func number(in range: ClosedRange<Int>) throws(SettingError) -> Int {
        let number: Int? =
            switch value {
            case .int(let number): Int(exactly: number)
            case .string(let text): Int(text)
            default: nil
            }
        guard let number, range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw SettingError("expected a whole number, \(bounds)")
        }
        return number
    }

    /// `PT10S`, or the short form `10s`, `500ms`, `5m`, `1h`, `30d`; not negative.
    func duration() throws(SettingError) -> ISODuration {
        let text = try text()
        if let duration = ISODuration(iso: text), duration >= .zero { return duration }
        let units: [(String, Int64)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        for (unit, scale) in units where text.hasSuffix(unit) {
            guard let amount = Int64(text.dropLast(unit.count)), amount >= 0 else { continue }
            let (milliseconds, overflow) = amount.multipliedReportingOverflow(by: scale)
            if !overflow { return .milliseconds(milliseconds) }
        }
        throw SettingError("expected a duration", remedy: "write it as `PT10S` or `10s`")
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _: Choice.Type
    ) throws(SettingError) -> Choice where Choice.RawValue == String {
        let text = try text()
        let choices = Array(Choice.allCases)
        if let choice = choices.first(where: { $0.rawValue.lowercased() == text.lowercased() }) {
            return choice
        }
        let names = choices.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let near = NearestName.of(text, among: choices.map(\.rawValue))
        throw SettingError("expected one of \(names)", remedy: near.map { "did you mean `\($0)`?" })
    }

    func map() throws(SettingError) -> OrderedMap<Value> {
        guard case .map(let entries) = value else {
            throw SettingError("expected a map, found \(value.kind)")
        }
        return entries
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
