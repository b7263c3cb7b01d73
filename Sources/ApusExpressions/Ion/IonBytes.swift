import ApusModel

/// A piece of binary Ion with a place in it.
///
/// Source: the Ion 1.0 binary format, amazon-ion.github.io/ion-docs/docs/binary.html.
struct IonBytes {
    private let bytes: [UInt8]
    private var place: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        place = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { place >= end }
    var all: [UInt8] { Array(bytes[place..<end]) }
    var text: String { String(decoding: bytes[place..<end], as: UTF8.self) }

    func fault(_ message: String) -> ExpressionError {
        .failed("the content is not Ion: \(message) at byte \(place + 1)")
    }

    mutating func take(_ prefix: [UInt8]) -> Bool {
        guard end - place >= prefix.count, bytes[place..<(place + prefix.count)].elementsEqual(prefix) else {
            return false
        }
        place += prefix.count
        return true
    }

    mutating func byte() throws(ExpressionError) -> UInt8 {
        guard place < end else { throw fault("a value is cut off") }
        defer { place += 1 }
        return bytes[place]
    }

    /// The next bytes, which are left behind.
    mutating func piece(_ count: Int) throws(ExpressionError) -> IonBytes {
        guard count >= 0, count <= end - place else { throw fault("a value is cut off") }
        defer { place += count }
        return IonBytes(bytes, place..<(place + count))
    }

    /// Seven bits a byte; the highest bit marks the last.
    mutating func unsigned() throws(ExpressionError) -> Int {
        try variable(from: 0)
    }

    private mutating func variable(from first: Int) throws(ExpressionError) -> Int {
        var number = first
        while true {
            let byte = try byte()
            guard number < 1 << 50 else { throw fault("a number is too large") }
            number = number << 7 | Int(byte & 0x7F)
            if byte & 0x80 != 0 { return number }
        }
    }

    /// Like `unsigned()`, with a sign in the second bit of the first byte. `isMinusZero` has a meaning of its own.
    mutating func signed() throws(ExpressionError) -> (number: Int, isMinusZero: Bool) {
        let first = try byte()
        let isNegative = first & 0x40 != 0
        let start = Int(first & 0x3F)
        let size = first & 0x80 != 0 ? start : try variable(from: start)
        return (isNegative ? -size : size, isNegative && size == 0)
    }

    /// All that is left as a number that fits; used for symbols.
    mutating func magnitude() throws(ExpressionError) -> Int {
        var number = 0
        while !isAtEnd {
            guard number < 1 << 50 else { throw fault("a number is too large") }
            number = number << 8 | Int(try byte())
        }
        return number
    }

    /// `nil` when there are more bytes than anybody needs.
    private func digits(_ content: some Collection<UInt8>, isNegative: Bool) -> NumberText.Integer? {
        let hexadecimal = content.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return NumberText.Integer((isNegative ? "-" : "") + "0x" + (hexadecimal.isEmpty ? "0" : hexadecimal))
    }

    /// All that is left as an integer of any size.
    func integer(isNegative: Bool) throws(ExpressionError) -> Value {
        guard let digits = digits(bytes[place..<end], isNegative: isNegative) else {
            throw fault("an integer is too long")
        }
        return digits.value
    }

    mutating func float() throws(ExpressionError) -> Value {
        let bits = all.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch end - place {
        case 0: return .double(0)
        case 4: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case 8: return .double(Double(bitPattern: bits))
        default: throw fault("a float has 4 or 8 bytes")
        }
    }

    /// An exponent of ten and a coefficient whose first bit is its sign.
    mutating func decimal() throws(ExpressionError) -> Value {
        guard !isAtEnd else { return .double(0) }
        let exponent = try signed().number
        let (coefficient, isNegative) = coefficient()
        guard let digits = digits(coefficient, isNegative: isNegative),
            let number = Double("\(digits.digits)e\(exponent)")
        else { throw fault("a decimal number is too long") }
        return .double(number)
    }

    private func coefficient() -> (magnitude: [UInt8], isNegative: Bool) {
        var content = all
        guard let first = content.first else { return ([], false) }
        content[0] = first & 0x7F
        return (content, first & 0x80 != 0)
    }

    /// A time in UTC after its distance from there; without an hour it is a day.
    mutating func timestamp() throws(ExpressionError) -> Value {
        _ = try signed()
        let year = try unsigned()
        let month = isAtEnd ? 1 : try unsigned()
        let day = isAtEnd ? 1 : try unsigned()
        guard (1...9999).contains(year), let date = LocalDate(year: year, month: month, day: day) else {
            throw fault("there is no such day")
        }
        guard !isAtEnd else { return .extended(.localDate(date)) }
        let (hour, minute) = (try unsigned(), try unsigned())
        let second = isAtEnd ? 0 : try unsigned()
        let nanosecond = isAtEnd ? 0 : try fraction()
        guard let time = LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond) else {
            throw fault("there is no such time of day")
        }
        let local = LocalDateTime(date: date, time: time)
        return .extended(.instant(ZonedDateTime(local: local, offsetSeconds: 0).timestamp))
    }

    /// The part of a second, in nanoseconds; what is finer is cut off.
    private mutating func fraction() throws(ExpressionError) -> Int {
        let exponent = try signed().number
        var (magnitude, isNegative) = coefficient()
        while magnitude.first == 0 { magnitude.removeFirst() }
        guard !magnitude.isEmpty else { return 0 }
        guard !isNegative, exponent < 0, exponent >= -18, magnitude.count <= 7 else {
            throw fault("there is no such part of a second")
        }
        var nanoseconds = magnitude.reduce(0) { $0 << 8 | Int($1) }
        for _ in 0..<abs(exponent + 9) {
            guard exponent < -9 || nanoseconds < 1_000_000_000 else {
                throw fault("there is no such part of a second")
            }
            nanoseconds = exponent < -9 ? nanoseconds / 10 : nanoseconds * 10
        }
        return nanoseconds
    }
}
