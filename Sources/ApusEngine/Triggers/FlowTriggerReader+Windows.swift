import ApusExpressions
import ApusModel

/// The types of `timeWindow`.
enum FlowTimeWindow: String, CaseIterable {
    case dailyDeadline = "DAILY_TIME_DEADLINE"
    case daily = "DAILY_TIME_WINDOW"
    case duration = "DURATION_WINDOW"
    case sliding = "SLIDING_WINDOW"

    /// The properties it has, the required ones first.
    fileprivate var properties: (required: [String], optional: [String]) {
        switch self {
        case .dailyDeadline: (["deadline"], [])
        case .daily: (["startTime", "endTime"], [])
        case .duration: ([], ["window", "windowAdvance"])
        case .sliding: (["window"], [])
        }
    }
}

/// The time within which requirements have to be met, in both forms.
extension FlowTriggerReader {
    private static let words: KeyValuePairs = [
        "deadline": "a deadline", "endTime": "an end time", "startTime": "a start time",
        "window": "a window", "windowAdvance": "a window advance",
    ]
    private static let day = ISODuration(microseconds: 86_400_000_000)

    /// `timeWindow`, and the older `window` and `windowAdvance` beside it.
    func timeWindow(_ outer: inout PropertyReader) -> FlowWindow {
        let length = longEnough("window", &outer)
        let advance = offset("windowAdvance", &outer)
        let older = FlowWindow(.tiles(every: length ?? Self.day, offset: advance), in: zone)
        return outer.inside("timeWindow") { timeWindowProperties(&$0) } ?? older
    }

    private func timeWindowProperties(_ reader: inout PropertyReader) -> FlowWindow {
        let type =
            reader.given("type")?.stringValue.flatMap(FlowTimeWindow.init(rawValue:)) ?? .duration
        let (required, optional) = type.properties
        for (key, words) in Self.words {
            if required.contains(key), reader.given(key) == nil {
                reader.fault("Time window of type `\(type.rawValue)` must have \(words).", at: key)
            } else if !required.contains(key), !optional.contains(key), reader.given(key) != nil {
                reader.fault("Time window of type `\(type.rawValue)` cannot have \(words).", at: key)
            }
        }
        switch type {
        case .dailyDeadline: return daily(from: nil, to: "deadline", zone, &reader)
        case .daily: return daily(from: "startTime", to: "endTime", zone, &reader)
        case .duration:
            let length = longEnough("window", &reader) ?? Self.day
            return FlowWindow(
                .tiles(every: length, offset: offset("windowAdvance", &reader)), in: zone)
        case .sliding: return FlowWindow(.lookback(longEnough("window", &reader) ?? Self.day), in: zone)
        }
    }

    /// `window` beside `dependsOn`.
    func window(_ properties: inout PropertyReader) -> FlowWindow {
        properties.inside("window") { windowProperties(&$0) } ?? FlowWindow(.always, in: zone)
    }

    private func windowProperties(_ reader: inout PropertyReader) -> FlowWindow {
        let kinds = [["deadline"], ["from", "to"], ["every", "offset"], ["lookback"]].compactMap { keys in
            keys.first { reader.given($0) != nil }
        }
        var zone = zone
        if let name = reader.text("timezone") {
            if let known = try? ZoneRules.named(name) {
                zone = known
            } else {
                reader.fault("timezone '(\(name))' is not a valid time-zone ID", at: "timezone")
            }
        }
        guard kinds.count <= 1 else {
            let found = kinds.map { "`\($0)`" }.joined(separator: " and ")
            reader.fault(
                "a window has either `deadline`, or `from` and `to`, or `every` and `offset`, or `lookback`; found \(found)"
            )
            return FlowWindow(.always, in: zone)
        }
        switch kinds.first {
        case "deadline": return daily(from: nil, to: "deadline", zone, &reader)
        case "from", "to":
            for key in ["from", "to"] where reader.given(key) == nil {
                reader.fault(
                    "a window with `from` or `to` needs both; `\(key)` is missing", at: key,
                    remedy: "add `\(key)`")
            }
            return daily(from: "from", to: "to", zone, &reader)
        case "every", "offset":
            if reader.given("every") == nil {
                reader.fault("`offset` needs `every`", at: "offset", remedy: "add `every`")
            }
            let length = longEnough("every", &reader) ?? Self.day
            return FlowWindow(.tiles(every: length, offset: offset("offset", &reader)), in: zone)
        case "lookback": return FlowWindow(.lookback(longEnough("lookback", &reader) ?? Self.day), in: zone)
        default:
            reader.fault(
                "the window is empty",
                remedy: "write `deadline`, `from` and `to`, `every`, or `lookback`")
            return FlowWindow(.always, in: zone)
        }
    }

    /// Longer ones are a mistake, and would reach beyond the calendar.
    private static let longest = ISODuration(microseconds: 3660 * 86_400_000_000)

    /// `nil` when it is not given, or refused.
    private func longEnough(_ key: String, _ reader: inout PropertyReader) -> ISODuration? {
        // A map is `window` in its other form.
        guard reader.given(key)?.mapValue == nil, let length = reader.duration(key) else { return nil }
        guard length > .zero, length <= Self.longest else {
            reader.fault(
                "a window is longer than nothing and at most ten years; found \(length.iso)", at: key)
            return nil
        }
        return length
    }

    private func offset(_ key: String, _ reader: inout PropertyReader) -> ISODuration {
        guard let offset = reader.duration(key) else { return .zero }
        guard abs(offset.microseconds / 2) <= Self.longest.microseconds / 2 else {
            reader.fault("an offset is at most ten years; found \(offset.iso)", at: key)
            return .zero
        }
        return offset
    }

    /// - Parameter from: `nil` for midnight.
    private func daily(
        from: String?, to: String, _ zone: ZoneRules, _ reader: inout PropertyReader
    ) -> FlowWindow {
        let start = from.flatMap { time($0, &reader) }
        let end = time(to, &reader)
        if let own = start?.zone, let other = end?.zone, own != other {
            reader.fault("both times of a window have the same offset", at: to)
        }
        return FlowWindow(
            .daily(from: start?.time ?? .midnight, to: end?.time ?? .midnight),
            in: start?.zone ?? end?.zone ?? zone)
    }

    /// `09:00`, `09:00:00`, also with an offset: `09:00:00Z`.
    private func time(_ key: String, _ reader: inout PropertyReader) -> (time: LocalTime, zone: ZoneRules?)? {
        guard let text = reader.text(key) else { return nil }
        let place = text.firstIndex { "Z+-".contains($0) } ?? text.endIndex
        let rest = String(text[place...])
        let zone = rest.isEmpty ? nil : try? ZoneRules.named(rest)
        guard let time = LocalTime(iso: String(text[..<place])), rest.isEmpty || zone != nil else {
            reader.fault("`\(text)` is not a time of day", at: key, remedy: "write it as `09:00:00`")
            return nil
        }
        return (time, zone)
    }
}
