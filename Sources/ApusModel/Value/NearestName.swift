/// Suggestions for misspelt names.
public enum NearestName {
    /// The candidate with the fewest edits from `name`, when it is near enough to be meant.
    ///
    /// Near enough: at most a third of the letters differ, one at least being allowed.
    public static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
            guard distance <= limit, distance < max(name.utf8.count, candidate.utf8.count) else { continue }
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        guard left.count <= 200, right.count <= 200 else { return Int.max }
        var previous = Array(0...right.count)
        var beforePrevious = previous
        var current = previous
        for row in 1...left.count {
            current[0] = row
            for column in 1...right.count {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var distance = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
                {
                    distance = min(distance, beforePrevious[column - 2] + 1)
                }
                current[column] = distance
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
