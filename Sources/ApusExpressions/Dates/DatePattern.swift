import ApusModel
import Synchronization

/// A pattern of Java's `DateTimeFormatter`: `yyyy-MM-dd'T'HH:mm:ss.SSSXXX`.
struct DatePattern: Sendable {
    indirect enum Element: Sendable, Hashable {
        case literal(String)
        case number(DateField, NumberForm)
        /// The digits of a second, as many as told.
        case fraction(Int)
        /// Digits of a second after a point, as many as needed; nothing when there are none.
        case shortestFraction
        /// A name; the letter tells which form: `M` within a date, `L` by itself.
        case name(DateField, Character, TextWidth)
        case dayPeriod(TextWidth)
        case offset(OffsetForm)
        /// `GMT+1` or `GMT+01:00`.
        case localizedOffset(isFull: Bool)
        /// `Europe/Paris`, `+01:00`.
        case zone
        /// The same, but nothing for a plain offset.
        case region
        /// `CET`, `Central European Standard Time`; the generic name is that of the whole year.
        case zoneName(isFull: Bool, isGeneric: Bool)
        /// Filled with blanks on the left.
        case padded(Int, Element)
        /// Text in brackets: printed, and skipped when reading where it does not fit.
        case optional([Element])
    }

    let elements: [Element]
    /// Texts are read whatever their case.
    var ignoresCase = false
    /// Days that a month does not have are refused, not moved to its end.
    var isStrict = false

    private static let cache = Mutex<[String: DatePattern]>([:])

    static func compiled(_ source: String) throws(ExpressionError) -> DatePattern {
        if let known = cache.withLock({ $0[source] }) { return known }
        var compiler = PatternCompiler(source)
        let pattern = DatePattern(elements: try compiler.elements())
        cache.withLock { cache in
            if cache.count > 500 { cache.removeAll() }
            cache[source] = pattern
        }
        return pattern
    }
}

/// How a number is written.
struct NumberForm: Sendable, Hashable {
    enum Sign: Sendable, Hashable {
        /// Negative numbers have a minus.
        case normal
        /// Numbers with more digits than the least have a plus.
        case exceeding
        /// There are no negative numbers.
        case never
    }

    /// Fewest and most digits.
    var minimum: Int
    var maximum: Int
    var sign: Sign = .never
    /// Two digits of a year from 2000 to 2099.
    var isReduced = false

    var isFixed: Bool { minimum == maximum && sign == .never }
}

/// How the distance from UTC is written.
struct OffsetForm: Sendable, Hashable {
    enum Part: Sendable, Hashable { case never, ifNeeded, always }

    var minutes: Part
    var seconds: Part
    var hasColons: Bool
    /// What stands for no distance: `Z`, `+00:00`.
    var zero: String

    /// `Z`, `+02:00`, `+05:30:15`
    static let id = OffsetForm(minutes: .always, seconds: .ifNeeded, hasColons: true, zero: "Z")
}
