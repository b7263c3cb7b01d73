/// Where a search has branched: a branch at a place of the text that has failed once fails again, so none is tried twice,
/// and the time of a search follows the length of the text times that of the pattern.
///
/// A set of bits that is cleared by what was set, not by its size.
struct VisitedBranches {
    private var words: [UInt64]
    private var touched: [Int] = []
    private let positions: Int

    /// - Parameters:
    ///   - branches: How many the pattern has.
    ///   - positions: Places in the text, its end included.
    /// - Returns: `nil` when remembering takes more than 8 MB.
    init?(branches: Int, positions: Int) {
        let (bits, overflow) = branches.multipliedReportingOverflow(by: positions)
        guard !overflow, bits <= 64 << 20 else { return nil }
        self.positions = positions
        words = Array(repeating: 0, count: bits / 64 + 1)
    }

    /// Notes a branch at a place; answers whether it is there for the first time.
    mutating func insert(branch: Int, position: Int) -> Bool {
        let place = branch * positions + position
        let (word, bit) = (place / 64, UInt64(1) << UInt64(place % 64))
        guard words[word] & bit == 0 else { return false }
        if words[word] == 0 { touched.append(word) }
        words[word] |= bit
        return true
    }

    mutating func removeAll() {
        for word in touched { words[word] = 0 }
        touched.removeAll(keepingCapacity: true)
    }
}
