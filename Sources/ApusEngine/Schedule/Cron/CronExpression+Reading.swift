extension CronExpression {
    /// Longest text that is read, in bytes.
    public static let maximumBytes = 4096
    /// Most expressions that `|` joins into one.
    public static let maximumAlternatives = 32

    private static let nicknames: [String: String] = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// Reads an expression.
    ///
    /// `0 9 * * *||0 12 * * SAT` joins two expressions, and `0|30 9|17 * * *` means 9:00 and 17:30.
    ///
    /// - Parameter withSeconds: Whether there are six fields, the first of them seconds.
    public init(_ text: String, withSeconds: Bool = false) throws(CronFault) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw CronFault(
                text, "it is \(text.utf8.count) bytes long; at most \(Self.maximumBytes) are read")
        }
        var alternatives: [CronFields] = []
        for expression in Self.wholes(of: text) {
            for single in try Self.singles(of: expression, in: text) {
                guard alternatives.count < Self.maximumAlternatives else {
                    throw CronFault(text, "it joins more than \(Self.maximumAlternatives) expressions")
                }
                alternatives.append(try Self.fields(single, in: text, withSeconds: withSeconds))
            }
        }
        self.init(text: text, alternatives: alternatives)
    }

    /// What `||` joins.
    private static func wholes(of text: String) -> [Substring] {
        var wholes: [Substring] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == "|", next < text.endIndex, text[next] == "|" {
                wholes.append(text[start..<index])
                start = text.index(after: next)
                index = start
            } else {
                index = next
            }
        }
        return wholes + [text[start...]]
    }

    /// The fields of each expression that `|` within fields makes of one.
    private static func singles(of text: Substring, in whole: String) throws(CronFault) -> [[Substring]] {
        let fields = text.split(whereSeparator: \.isWhitespace)
        let pieces = fields.map { $0.split(separator: "|", omittingEmptySubsequences: false) }
        guard let count = pieces.map(\.count).max(), count > 1 else { return [fields] }
        guard count <= maximumAlternatives else {
            throw CronFault(whole, "it joins more than \(maximumAlternatives) expressions")
        }
        var singles: [[Substring]] = []
        for place in 0..<count {
            var single: [Substring] = []
            for field in pieces {
                guard let piece = field.count == 1 ? field.first : field.dropFirst(place).first else {
                    throw CronFault(whole, "its fields with `|` have different numbers of alternatives")
                }
                single.append(piece)
            }
            singles.append(single)
        }
        return singles
    }

    private static func fields(
        _ texts: [Substring], in whole: String, withSeconds: Bool
    ) throws(CronFault) -> CronFields {
        guard let first = texts.first else { throw CronFault(whole, "it is empty") }
        if first.hasPrefix("@") {
            guard texts.count == 1, let meaning = nicknames[String(first)] else {
                let known = "@yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly"
                throw CronFault(whole, "`\(first.prefix(40))` is no nickname; there are \(known)")
            }
            let fields = meaning.split(separator: " ")
            return try self.fields(withSeconds ? ["0"] + fields : fields, in: whole, withSeconds: withSeconds)
        }
        let expected = withSeconds ? CronField.allCases : CronField.withoutSeconds
        guard texts.count == expected.count else {
            throw CronFault(whole, miscount(texts.count, of: expected, withSeconds: withSeconds))
        }
        var fields = CronFields()
        fields.seconds.insert(0)
        for (place, (field, text)) in zip(expected, texts).enumerated() {
            do throws(CronFieldFault) {
                fields[field] = try CronFieldReader(field: field).read(text)
            } catch {
                throw CronFault(whole, "the \(field.label) (field \(place + 1)) \(error.explanation)")
            }
            let isRestricted = text != "*" && text != "*/1"
            if field == .dayOfMonth { fields.isDayOfMonthRestricted = isRestricted }
            if field == .dayOfWeek { fields.isDayOfWeekRestricted = isRestricted }
        }
        return fields
    }

    private static func miscount(_ count: Int, of expected: [CronField], withSeconds: Bool) -> String {
        let names = expected.map(\.label).joined(separator: ", ")
        let found =
            "it has \(count) field\(count == 1 ? "" : "s") where \(expected.count) are expected: \(names)"
        switch (count, withSeconds) {
        case (6, false): return found + "; set `withSeconds: true` for seconds"
        case (5, true): return found + "; leave `withSeconds` out for an expression of minutes"
        default: return found
        }
    }
}

extension CronFields {
    fileprivate subscript(field: CronField) -> CronValues {
        get {
            switch field {
            case .second: seconds
            case .minute: minutes
            case .hour: hours
            case .dayOfMonth: daysOfMonth
            case .month: months
            case .dayOfWeek: daysOfWeek
            }
        }
        set {
            switch field {
            case .second: seconds = newValue
            case .minute: minutes = newValue
            case .hour: hours = newValue
            case .dayOfMonth: daysOfMonth = newValue
            case .month: months = newValue
            case .dayOfWeek: daysOfWeek = newValue
            }
        }
    }
}
