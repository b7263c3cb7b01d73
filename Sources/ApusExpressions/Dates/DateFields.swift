import ApusModel

/// What a text says of a date; what it does not say is absent.
struct DateFields {
    private(set) var numbers: [DateField: Int64] = [:]
    private(set) var offsetSeconds: Int?
    private(set) var zone: ZoneRules?
    private(set) var period: DayPeriod?

    subscript(field: DateField) -> Int64? { numbers[field] }

    /// Notes a value; false when the text says two different ones.
    mutating func note(_ field: DateField, _ value: Int64) -> Bool {
        if let known = numbers[field] { return known == value }
        numbers[field] = value
        return true
    }

    mutating func note(offsetSeconds: Int) -> Bool {
        if let known = self.offsetSeconds { return known == offsetSeconds }
        self.offsetSeconds = offsetSeconds
        return true
    }

    /// Notes a zone; a second one counts instead of the first.
    mutating func note(_ zone: ZoneRules) -> Bool {
        self.zone = zone
        return true
    }

    mutating func note(_ period: DayPeriod) -> Bool {
        if let known = self.period { return known == period }
        self.period = period
        return true
    }

    mutating func replace(_ field: DateField, with value: Int64) { numbers[field] = value }

    mutating func take(_ field: DateField) -> Int64? { numbers.removeValue(forKey: field) }
}
