/// Reads the pieces of ISO 8601 texts from left to right. Nothing is consumed by a piece that does not fit.
struct DigitScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8.prefix(128)) }

    var isAtEnd: Bool { place == bytes.count }

    private func peek() -> UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// Exactly `width` digits.
    private mutating func number(_ width: Int) -> Int? {
        guard place + width <= bytes.count else { return nil }
        var result = 0
        for byte in bytes[place..<(place + width)] {
            guard byte >= 48, byte <= 57 else { return nil }
            result = result * 10 + Int(byte - 48)
        }
        place += width
        return result
    }

    mutating func date() -> LocalDate? {
        guard let year = number(4), accept("-"), let month = number(2), accept("-"), let day = number(2)
        else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    mutating func time() -> LocalTime? {
        guard let hour = number(2), accept(":"), let minute = number(2) else { return nil }
        var second = 0
        var nanosecond = 0
        if accept(":") {
            guard let seconds = number(2) else { return nil }
            second = seconds
            if accept(".") || accept(",") {
                guard let fraction = fraction() else { return nil }
                nanosecond = fraction
            }
        }
        return LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    }

    private mutating func fraction() -> Int? {
        var result = 0
        var digits = 0
        while let byte = peek(), byte >= 48, byte <= 57 {
            if digits < 9 { result = result * 10 + Int(byte - 48) }
            digits += 1
            place += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 9)..<9 { result *= 10 }
        return result
    }

    mutating func dateTime() -> LocalDateTime? {
        guard let date = date(), accept("T") || accept("t") || accept(" "), let time = time() else {
            return nil
        }
        return LocalDateTime(date: date, time: time)
    }

    /// `Z`, `+02`, `+0200`, `+02:00`, `+02:00:15`, in seconds.
    mutating func offset() -> Int? {
        if accept("Z") || accept("z") { return 0 }
        let sign: Int
        if accept("+") { sign = 1 } else if accept("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours <= 18 else { return nil }
        let colon = accept(":")
        guard let minutes = number(2) else { return colon ? nil : sign * hours * 3600 }
        guard minutes < 60 else { return nil }
        var seconds = 0
        if accept(":") {
            guard let value = number(2), value < 60 else { return nil }
            seconds = value
        }
        return sign * (hours * 3600 + minutes * 60 + seconds)
    }

    /// `[Europe/Paris]`
    mutating func bracketed() -> String? {
        guard accept("[") else { return nil }
        let start = place
        while let byte = peek(), byte != UInt8(ascii: "]") { place += 1 }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        _ = accept("]")
        return name
    }
}
