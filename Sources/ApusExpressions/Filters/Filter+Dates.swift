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
        epoch("timestamp") { (second, _, _) in second },
        epoch("timestampMilli") { (second, nanosecond, _) in
            sum(second, times: 1000, plus: nanosecond / 1_000_000)
        },
        epoch("timestampMicro", isText: true) { (second, nanosecond, hasZone) in
            // With a time zone the product counts the seconds in nanoseconds and adds microseconds to them; flows
            // that name one were written with these numbers.
            sum(second, times: hasZone ? 1_000_000_000 : 1_000_000, plus: nanosecond / 1000)
        },
        epoch("timestampNano", isText: true) { (second, nanosecond, _) in
            sum(second, times: 1_000_000_000, plus: nanosecond)
        },
    ]

    /// A filter that counts since 1970.
    ///
    /// - Parameter count: Makes the count of the seconds, the nanoseconds of the last one and whether a time zone is
    ///   named; `nil` when it does not fit.
    private static func epoch(
        _ name: String, isText: Bool = false, _ count: @escaping @Sendable (Int64, Int64, Bool) -> Int64?
    ) -> Filter {
        Filter(name, ["timeZone", "existingFormat"]) { (value, call) throws(ExpressionError) in
            let date = try DateInput.moment(
                value, in: try call.zone(0), format: try call.optionalString(1), locale: nil)
            let second = date.local.localSeconds - Int64(date.offsetSeconds)
            let hasZone = try call.optionalString(0) != nil
            guard let count = count(second, Int64(date.local.time.nanosecond), hasZone) else {
                throw .failed("the date is too far away for \(call.subject)")
            }
            return isText ? .string(String(count)) : .int(count)
        }
    }

    private static func sum(_ second: Int64, times factor: Int64, plus part: Int64) -> Int64? {
        let (product, overflow) = second.multipliedReportingOverflow(by: factor)
        let (sum, overflow2) = product.addingReportingOverflow(part)
        return overflow || overflow2 ? nil : sum
    }
}

extension Arguments {
    /// The time zone an argument names, else that of the context.
    func zone(_ place: Int) throws(ExpressionError) -> ZoneRules {
        try ZoneRules.named(try optionalString(place) ?? context.timeZone)
    }
}
