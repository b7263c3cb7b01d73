/// One of the places of a cron expression.
enum CronField: CaseIterable, Sendable {
    case second, minute, hour, dayOfMonth, month, dayOfWeek

    static let withoutSeconds: [CronField] = [.minute, .hour, .dayOfMonth, .month, .dayOfWeek]

    var label: String {
        switch self {
        case .second: "second"
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// Numbers that may be written. Day 7 of the week is read as 0, Sunday.
    var range: ClosedRange<Int> {
        switch self {
        case .second, .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// Names in the order of their numbers, in capitals.
    var names: [String] {
        switch self {
        case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        case .dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        case .second, .minute, .hour, .dayOfMonth: []
        }
    }

    /// The longest step: 59 for minutes, 7 for days of the week. Source: what Kestra accepts.
    var largestStep: Int { range.upperBound }

    /// What may be written here, for people.
    var allowed: String {
        let numbers = "\(range.lowerBound) to \(range.upperBound)"
        switch self {
        case .month: return numbers + ", or JAN to DEC"
        case .dayOfWeek: return numbers + " (0 and 7 are Sunday), or MON to SUN"
        case .second, .minute, .hour, .dayOfMonth: return numbers
        }
    }
}
