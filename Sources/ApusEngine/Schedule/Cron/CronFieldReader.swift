/// Reads one field of a cron expression: `*`, `5`, `1-5`, `*/15`, `10-40/5`, `MON,WED`, and lists of these.
///
/// Source: what Kestra reads. Names are read in any case; a range goes upwards; `5/15` goes from 5 to the end of the
/// field; `?`, `L`, `W` and `#` belong to another dialect, Quartz', and are refused.
struct CronFieldReader {
    let field: CronField

    func read(_ text: Substring) throws(CronFieldFault) -> CronValues {
        if let sign = foreignSign(in: text) {
            throw fault("is `\(short(text))`; `\(sign)` belongs to Quartz' dialect of cron. \(remedy(sign))")
        }
        var values = CronValues()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard !part.isEmpty else { throw fault("is `\(short(text))`, a list with an empty place") }
            values.formUnion(try read(part: part, of: text))
        }
        // Sunday is 0 and 7.
        if field == .dayOfWeek, values.contains(7) {
            values.remove(7)
            values.insert(0)
        }
        return values
    }

    private func read(part: Substring, of text: Substring) throws(CronFieldFault) -> CronValues {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count <= 2 else {
            throw fault("is `\(short(text))`; a step is written once, as in `*/5`")
        }
        let step = pieces.count == 2 ? try step(pieces[1]) : nil
        let range = try range(pieces[0], hasStep: step != nil)
        var values = CronValues()
        for value in stride(from: range.lowerBound, through: range.upperBound, by: step ?? 1) {
            values.insert(value)
        }
        return values
    }

    private func range(_ text: Substring, hasStep: Bool) throws(CronFieldFault) -> ClosedRange<Int> {
        // `/5` is read as `*/5`.
        if text == "*" || text.isEmpty && hasStep { return field.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, ends.allSatisfy({ !$0.isEmpty }) else {
            throw fault("has `\(short(text))`; a range is written as in `1-5`")
        }
        guard ends.count == 2 else {
            let value = try number(ends[0])
            return value...(hasStep ? field.range.upperBound : value)
        }
        let start = try number(ends[0])
        var end = try number(ends[1])
        // Sunday ends a week as well as it begins one: `FRI-SUN`.
        if field == .dayOfWeek, ends[1].uppercased() == "SUN", ends[0].uppercased() != "SUN" { end = 7 }
        guard start <= end else {
            throw fault(
                "has `\(short(text))`, which goes down; write two ranges: `\(start)-\(field.range.upperBound),"
                    + "\(field.range.lowerBound)-\(end)`")
        }
        return start...end
    }

    private func number(_ text: Substring) throws(CronFieldFault) -> Int {
        if let index = field.names.firstIndex(of: text.uppercased()) {
            return field == .month ? index + 1 : index
        }
        guard let number = digits(text), field.range.contains(number) else {
            throw fault("has `\(short(text))`; allowed are \(field.allowed)")
        }
        return number
    }

    private func step(_ text: Substring) throws(CronFieldFault) -> Int {
        guard let step = digits(text), (1...field.largestStep).contains(step) else {
            throw fault("has a step of `\(short(text))`; allowed are 1 to \(field.largestStep)")
        }
        return step
    }

    private func digits(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            return nil
        }
        return Int(text)
    }

    /// `?` and `#` wherever they are; `L`, `W` and `LW` after nothing but digits, so that `JUL` and `WED` are names.
    private func foreignSign(in text: Substring) -> Character? {
        if let sign = text.first(where: { $0 == "?" || $0 == "#" }) { return sign }
        for piece in text.split(whereSeparator: { ",-/".contains($0) }) {
            let letters = piece.drop(while: \.isNumber).uppercased()
            if ["L", "W", "LW"].contains(letters) { return letters.first }
        }
        return nil
    }

    private func remedy(_ sign: Character) -> String {
        switch sign {
        case "?": "Write `*`."
        case "L": "For the last day run on 28-31, with a condition on `trigger.date`."
        case "W": "Run on MON-FRI, with a condition on `trigger.date`."
        default: "Add the condition DayWeekInMonth."
        }
    }

    private func fault(_ explanation: String) -> CronFieldFault { CronFieldFault(explanation: explanation) }

    private func short(_ text: Substring) -> String {
        let start = text.prefix(40)
        return start.endIndex == text.endIndex ? String(text) : start + "…"
    }
}
