import ApusModel

/// What a rendering has produced so far, as UTF-8.
///
/// A class for it owns the memory that it writes to, by hand, since most of the time of a rendering is spent here.
/// Every write goes through `reserve(_:)`, so that nothing is written behind the end.
final class Output {
    /// Keeps the only value as it is, for typed rendering.
    private let isTyped: Bool
    private let limit: Int
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0
    /// Something was written, perhaps an empty text.
    private(set) var isTouched = false
    private var only: Value?
    private var hasContainer = false

    /// - Parameters:
    ///   - limit: Bytes that may be written.
    ///   - expected: Bytes for which there is room at once.
    init(isTyped: Bool = false, limit: Int, expected: Int = 64) {
        self.isTyped = isTyped
        self.limit = limit
        capacity = max(1, min(expected, limit))
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    private var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func append(_ piece: String) throws(ExpressionError) {
        if isTyped { note(.string(piece)) }
        isTouched = true
        try write(piece)
    }

    /// Part of the template's own text.
    @inline(__always)
    func append(_ text: [UInt8], from first: Int, to end: Int) throws(ExpressionError) {
        if isTyped { note(.string(String(decoding: text[first..<end], as: UTF8.self))) }
        isTouched = true
        try reserve(end - first)
        if end - first == 1 {
            start[count] = text[first]
            count += 1
        } else {
            text.withUnsafeBufferPointer { put(UnsafeBufferPointer(rebasing: $0[first..<end])) }
        }
    }

    // Not inlined, here and below: a small function for the frequent kinds is what makes loops fast.
    @inline(never)
    func append(_ value: Value) throws(ExpressionError) {
        if isTyped, !value.isNull { note(value) }
        switch value {
        case .null: return
        case .string(let text): try write(text)
        case .int(let number): try write(number)
        case .bool, .double, .list, .map, .extended: try write(printed: value)
        }
        isTouched = true
    }

    /// A value that lies inside others, and is not copied.
    @inline(never)
    func append(at place: UnsafePointer<Value>) throws(ExpressionError) {
        guard !isTyped else { return try append(place.pointee) }
        switch place.pointee {
        case .null: return
        case .string(let text): try write(text)
        case .int(let number): try write(number)
        case .bool, .double, .list, .map, .extended: try write(printed: place.pointee)
        }
        isTouched = true
    }

    @inline(never)
    private func write(printed value: Value) throws(ExpressionError) { try write(value.printed) }

    private func write(_ text: String) throws(ExpressionError) {
        let size = text.utf8.count
        try reserve(size)
        let end = start + count
        let isCopied: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            precondition(bytes.count == size, "a text changed its size")
            if let source = bytes.baseAddress { end.update(from: source, count: size) }
        }
        if isCopied == nil { Array(text.utf8).withUnsafeBufferPointer { put($0) } } else { count += size }
    }

    private func write(_ number: Int64) throws(ExpressionError) {
        guard number >= 0, number < 1_000_000_000 else { return try write(String(number)) }
        try reserve(10)
        var rest = UInt32(truncatingIfNeeded: number)
        var digits = 1
        var bound: UInt32 = 10
        while rest >= bound, digits < 9 {
            digits += 1
            bound &*= 10
        }
        // From the last digit back.
        var place = count + digits
        count = place
        while digits > 0 {
            place -= 1
            start[place] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            digits -= 1
        }
    }

    /// Copies bytes for which there is room.
    @inline(__always)
    private func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        precondition(bytes.count <= capacity - count, "no room was made for \(bytes.count) bytes")
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Makes room for bytes to come, or refuses them.
    @inline(__always)
    private func reserve(_ more: Int) throws(ExpressionError) {
        if more > capacity - count { try grow(by: more) }
    }

    @inline(never)
    private func grow(by more: Int) throws(ExpressionError) {
        let (needed, overflow) = count.addingReportingOverflow(more)
        // A number takes fewer than the ten bytes that are asked for.
        guard !overflow, needed <= limit + 10 else {
            throw .limit("the rendered text is longer than \(limit) bytes")
        }
        let larger = max(needed, min(2 * capacity, limit))
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: start, count: count)
        start.deallocate()
        start = moved
        capacity = larger
    }

    private func note(_ value: Value) {
        hasContainer = hasContainer || value.isContainer
        // Not `nil` in a conditional expression: that would be the null value.
        if isTouched { only = .none } else { only = .some(value) }
    }

    /// The result of typed rendering.
    var value: Value {
        guard isTouched else { return .null }
        if let only { return only }
        // Text around a list is text, unless the whole happens to be JSON.
        if hasContainer, let parsed = try? JSONParser.parse(Array(bytes)) { return parsed }
        return .string(text)
    }
}
