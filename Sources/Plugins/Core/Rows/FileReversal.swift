import ApusPlugin

/// Copies the rows of a file from the last to the first, reading the file from its end in blocks.
struct FileReversal {
    /// Bytes of a block.
    static let blockBytes = LocalFile.pieceBytes

    private let file: LocalFile
    private let separator: [UInt8]
    /// Separators begin at a multiple of this.
    private let unitBytes: Int
    private var block: [UInt8] = []
    /// Where the block begins in the file.
    private var start: Int
    /// The most bytes that were held in memory, apart from the writer's.
    private(set) var peakBytes = 0

    /// - Parameter separator: Not empty.
    init(_ file: LocalFile, separator: [UInt8], unitBytes: Int = 1) {
        precondition(!separator.isEmpty, "rows need something between them")
        self.file = file
        self.separator = separator
        self.unitBytes = unitBytes
        start = file.size
    }

    mutating func write(to target: NewLocalFile) async throws {
        var end = file.size
        if end >= separator.count, try file.bytes((end - separator.count)..<end) == separator {
            end -= separator.count
        }
        guard file.size > 0 else { return }
        while true {
            let place = try await separatorPlace(before: end)
            let first = place.map { $0 + separator.count } ?? 0
            try await copy(first..<end, to: target)
            try target.write(separator)
            guard let place else { return }
            end = place
        }
    }

    /// Where the last separator begins that ends at or before a place.
    private mutating func separatorPlace(before end: Int) async throws -> Int? {
        var end = end
        while end >= separator.count {
            if start + separator.count <= end, let place = place(upTo: end) { return place }
            guard start > 0 else { return nil }
            // The next block overlaps this one, so that no separator lies across.
            end = min(end, start + separator.count - 1)
            try await load(endingAt: end)
        }
        return nil
    }

    private func place(upTo end: Int) -> Int? {
        var place = min(end - start, block.count) - separator.count
        while place >= 0 {
            if block[place] == separator[0], (start + place) % unitBytes == 0,
                block[place...].starts(with: separator)
            {
                return start + place
            }
            place -= 1
        }
        return nil
    }

    private mutating func load(endingAt end: Int) async throws {
        await Task.yield()
        try Task.checkCancellation()
        start = max(0, end - Self.blockBytes - separator.count)
        block = try file.bytes(start..<end)
        peakBytes = max(peakBytes, 2 * block.count)
    }

    private mutating func copy(_ range: Range<Int>, to target: NewLocalFile) async throws {
        if range.lowerBound >= start, range.upperBound <= start + block.count {
            try target.write(block[(range.lowerBound - start)..<(range.upperBound - start)])
            return
        }
        var place = range.lowerBound
        while place < range.upperBound {
            await Task.yield()
            try Task.checkCancellation()
            let part = try file.bytes(place..<min(range.upperBound, place + Self.blockBytes))
            guard !part.isEmpty else { throw TaskFailure("The file became shorter while it was read") }
            try target.write(part)
            place += part.count
            peakBytes = max(peakBytes, block.count + 2 * part.count)
        }
    }
}
