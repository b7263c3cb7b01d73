import ApusModel

extension Filter {
    /// Filters for dates.
    static let dates: [Filter] = [
        Filter("date", ["format", "timeZone", "existingFormat", "locale"]) {
            (value, call) throws(ExpressionError) in
            let zone = try call.zone(1)
            let locale = try call.optionalString(3)
            let date = try DateInput.moment(
                value, in: zone, format: try call.optionalString(2), locale: locale)
            let format = try call.optionalString(0) ?? "iso"
            return .string(
                try DateFormat.print(zone.shifted(date), format: format, zone: zone, locale: locale))
        },
        Filter("dateAdd", ["amount*", "unit*", "format", "timeZone", "existingFormat", "locale"]) {
            (value, call) throws(ExpressionError) in
            let zone = try call.zone(3)
            let locale = try call.optionalString(5)
            let date = try DateInput.moment(
                value, in: zone, format: try call.optionalString(4), locale: locale)
            let amount = try call.value(0)
            guard let number = amount.wholeNumber ?? amount.stringValue.flatMap({ Int64($0) }) else {
                throw .wrongType("the amount of `dateAdd`", expected: "an integer", found: amount)
            }
            // The rules of the date's own zone count, which a plain offset does not have.
            let own = try date.zone.map { (name) throws(ExpressionError) in try ZoneRules.named(name) }
            let moved = try DateUnit(named: try call.string(1)).added(number, to: date, in: own)
            let format = try call.optionalString(2) ?? "iso"
            return .string(
                try DateFormat.print(zone.shifted(moved), format: format, zone: zone, locale: locale))
        },
        epoch("timestamp", unitsPerSecond: 1) { .int($0) },
        epoch("timestampMilli", unitsPerSecond: 1000) { .int($0) },
        epoch("timestampMicro", unitsPerSecond: 1_000_000) { .string(String($0)) },
        epoch("timestampNano", unitsPerSecond: 1_000_000_000) { .string(String($0)) },
    ]

    private static func epoch(
        _ name: String, unitsPerSecond: Int64, _ result: @escaping @Sendable (Int64) -> Value
    ) -> Filter {
        Filter(name, ["timeZone", "existingFormat"]) { (value, call) throws(ExpressionError) in
            let date = try DateInput.moment(
                value, in: try call.zone(0), format: try call.optionalString(1), locale: nil)
            let seconds = date.local.localSeconds - Int64(date.offsetSeconds)
            let (whole, overflow) = seconds.multipliedReportingOverflow(by: unitsPerSecond)
            let part = Int64(date.local.time.nanosecond) / (1_000_000_000 / unitsPerSecond)
            let (sum, overflow2) = whole.addingReportingOverflow(part)
            guard !overflow, !overflow2 else { throw .failed("the date is too far away for \(call.subject)") }
            return result(sum)
        }
    }
}

extension Arguments {
    /// The time zone an argument names, else that of the context.
    func zone(_ place: Int) throws(ExpressionError) -> ZoneRules {
        try ZoneRules.named(try optionalString(place) ?? context.timeZone)
    }
}
