internal import ApusModel

/// Reads dates, times and durations, and holds them against their bounds.
enum InputTimes {
    /// - Parameter isTyped: Whether numbers are durations in seconds, as they are in JSON.
    static func read(_ value: Value, as type: InputType, isTyped: Bool) throws(InputRefusal) -> Value? {
        switch type {
        case .dateTime(let after, let before):
            let instant = try instant(value)
            try check(instant, Bounds(after, before), shown: text(of:))
            return .extended(.instant(instant))
        case .date(let after, let before):
            let date = try date(value)
            try check(date, Bounds(after, before), shown: \.iso)
            return .extended(.localDate(date))
        case .time(let after, let before):
            let time = try time(value)
            try check(time, Bounds(after, before), shown: \.iso)
            return .extended(.localTime(time))
        case .duration(let min, let max):
            let duration = try duration(value, isTyped: isTyped)
            switch Bounds(min, max).side(of: duration) {
            case .below?: throw InputRefusal("It must be more than `\(min?.iso ?? "")`")
            case .above?: throw InputRefusal("It must be less than `\(max?.iso ?? "")`")
            case nil: return .extended(.duration(duration))
            }
        case .string, .secret, .select, .multiselect, .int, .float, .bool, .file, .json, .yaml, .ion, .uri,
            .email,
            .array, .form:
            return nil
        }
    }

    private static func check<Bound: Comparable>(
        _ value: Bound, _ bounds: Bounds<Bound>, shown: (Bound) -> String
    ) throws(InputRefusal) {
        switch bounds.side(of: value) {
        case .below?: throw InputRefusal("it must be after `\(bounds.min.map(shown) ?? "")`")
        case .above?: throw InputRefusal("it must be before `\(bounds.max.map(shown) ?? "")`")
        case nil: return
        }
    }

    /// Without the fraction where it is nought: `2023-12-31T23:59:59Z`.
    static func text(of instant: Timestamp) -> String {
        let iso = instant.iso
        return iso.hasSuffix(".000000Z") ? "\(iso.dropLast(8))Z" : iso
    }

    static func instant(_ value: Value) throws(InputRefusal) -> Timestamp {
        switch value {
        case .extended(.instant(let instant)): return instant
        case .extended(.zonedDateTime(let zoned)): return zoned.timestamp
        default:
            guard let text = value.scalarText, let instant = Timestamp(iso: text) else {
                throw InputRefusal("it must be a date and time with its zone, such as `2026-11-21T10:07:18Z`")
            }
            return instant
        }
    }

    static func date(_ value: Value) throws(InputRefusal) -> LocalDate {
        if case .extended(.localDate(let date)) = value { return date }
        guard let text = value.scalarText, let date = LocalDate(iso: text) else {
            throw InputRefusal("it must be a date such as `2026-11-21`")
        }
        return date
    }

    static func time(_ value: Value) throws(InputRefusal) -> LocalTime {
        if case .extended(.localTime(let time)) = value { return time }
        guard let text = value.scalarText, let time = LocalTime(iso: text) else {
            throw InputRefusal("it must be a time of day such as `10:07:18`")
        }
        return time
    }

    static func duration(_ value: Value, isTyped: Bool) throws(InputRefusal) -> ISODuration {
        if case .extended(.duration(let duration)) = value { return duration }
        if let text = value.scalarText {
            if let duration = ISODuration(iso: text) { return duration }
            if isTyped, let seconds = Double(text), let duration = self.duration(seconds: seconds) {
                return duration
            }
        }
        throw InputRefusal("it must be an ISO 8601 duration such as `PT1H30M`")
    }

    private static func duration(seconds: Double) -> ISODuration? {
        let microseconds = (seconds * 1_000_000).rounded()
        guard microseconds.magnitude < 9e18 else { return nil }
        return ISODuration(microseconds: Int64(microseconds))
    }
}
