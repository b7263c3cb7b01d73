import ApusModel

/// What a rendering has produced so far, as UTF-8.
struct Output {
    /// Keeps the only value as it is, for typed rendering.
    private let isTyped: Bool
    private let limit: Int
    private var bytes: [UInt8] = []
    /// Something was written, perhaps an empty text.
    private(set) var isTouched = false
    private var only: Value?
    private var hasContainer = false

    /// - Parameters:
    ///   - limit: Bytes that may be written.
    ///   - capacity: Bytes that are expected.
    init(isTyped: Bool = false, limit: Int, capacity: Int = 0) {
        self.isTyped = isTyped
        self.limit = limit
        bytes.reserveCapacity(capacity)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ piece: String) throws(ExpressionError) {
        if isTyped { note(.string(piece)) }
        isTouched = true
        write(piece)
        if bytes.count > limit { throw Self.tooLong(limit) }
    }

    /// Part of the template's own text.
    mutating func append(_ text: [UInt8], from start: Int, to end: Int) throws(ExpressionError) {
        if isTyped { note(.string(String(decoding: text[start..<end], as: UTF8.self))) }
        isTouched = true
        if end - start == 1 {
            bytes.append(text[start])
        } else {
            text.withUnsafeBufferPointer {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<end]))
            }
        }
        if bytes.count > limit { throw Self.tooLong(limit) }
    }

    @inline(never)
    mutating func append(_ value: Value) throws(ExpressionError) {
        if isTyped, !value.isNull { note(value) }
        switch value {
        case .null: return
        case .string(let text): write(text)
        case .int(let number): write(number)
        case .bool, .double, .list, .map, .extended: write(printed: value)
        }
        isTouched = true
        if bytes.count > limit { throw Self.tooLong(limit) }
    }

    // Not inlined, here and below: a small function for the frequent kinds is what makes loops fast.
    @inline(never)
    private mutating func write(printed value: Value) { write(value.printed) }

    private mutating func write(_ text: String) {
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
        if isWritten == nil { bytes.append(contentsOf: text.utf8) }
    }

    private mutating func write(_ number: Int64) {
        guard number >= 0, number < 1_000_000_000 else { return write(String(number)) }
        guard number >= 10 else { return bytes.append(48 + UInt8(truncatingIfNeeded: number)) }
        // From the last digit back.
        var rest = UInt32(truncatingIfNeeded: number)
        var count = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { digits in
            while rest > 0 {
                count += 1
                digits[10 - count] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[(10 - count)...]))
        }
    }

    @inline(never)
    private static func tooLong(_ limit: Int) -> ExpressionError {
        .limit("the rendered text is longer than \(limit) bytes")
    }

    private mutating func note(_ value: Value) {
        hasContainer = hasContainer || value.isContainer
        // Not `nil` in a conditional expression: that would be the null value.
        if isTouched { only = .none } else { only = .some(value) }
    }

    /// The result of typed rendering.
    var value: Value {
        guard isTouched else { return .null }
        if let only { return only }
        // Text around a list is text, unless the whole happens to be JSON.
        if hasContainer, let parsed = try? JSONParser.parse(bytes) { return parsed }
        return .string(text)
    }
}
