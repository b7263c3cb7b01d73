import ApusModel

/// Lanes of a loop that are over and whose task runs are in the store only.
struct PastLanes: Sendable {
    /// In order, neither touching nor overlapping: lanes end nearly in the order in which they began.
    private(set) var ranges: [Range<Int>] = []
    /// The final states of what ran in them.
    private(set) var states: Set<State> = []

    /// One more than the last of them; 0 for none.
    var end: Int { ranges.last?.upperBound ?? 0 }

    func contains(_ lane: Int) -> Bool {
        let place = firstRange(endingBehind: lane)
        return place < ranges.count && ranges[place].contains(lane)
    }

    mutating func add(_ lane: Int, _ state: State) {
        states.insert(state)
        let place = firstRange(endingBehind: lane)
        if place < ranges.count, ranges[place].contains(lane) { return }
        let touchesNext = place < ranges.count && ranges[place].lowerBound == lane + 1
        if place > 0, ranges[place - 1].upperBound == lane {
            let end = touchesNext ? ranges[place].upperBound : lane + 1
            ranges[place - 1] = ranges[place - 1].lowerBound..<end
            if touchesNext { ranges.remove(at: place) }
        } else if touchesNext {
            ranges[place] = lane..<ranges[place].upperBound
        } else {
            ranges.insert(lane..<lane + 1, at: place)
        }
    }

    /// The lanes below a bound that are not among them. Cost: as many steps as the answer and the ranges have.
    func missing(below bound: Int) -> [Int] {
        var missing: [Int] = []
        var next = 0
        for range in ranges {
            if next < min(range.lowerBound, bound) { missing += next..<min(range.lowerBound, bound) }
            next = range.upperBound
        }
        if next < bound { missing += next..<bound }
        return missing
    }

    /// The place of the first range whose end is greater than the lane.
    private func firstRange(endingBehind lane: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound > lane { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
