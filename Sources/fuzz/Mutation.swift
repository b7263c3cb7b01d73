/// Damage to a template, byte by byte.
enum Mutation {
    private static let inserted: [[UInt8]] = [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "\"", "'", "#{", "(", ")", "[", "]", "{", "}", "|", "~",
        "..", "\\", "??",
        "\u{0}", "é", "endfor", "9223372036854775807", "\n", ".", "is", "raw",
    ].map { Array($0.utf8) }

    static func mutated(_ text: String, _ random: inout Randomness) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...random.below(5) {
            let place = random.below(bytes.count + 1)
            let end = min(bytes.count, place + random.below(12))
            switch random.below(6) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: random.pick(inserted), at: place)
            case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
            case 4: bytes.removeSubrange(place...)
            default: bytes.replaceSubrange(place..<end, with: random.pick(inserted))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The beginning of one and the end of another.
    static func spliced(_ left: String, _ right: String, _ random: inout Randomness) -> String {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        let bytes = left[..<random.below(left.count + 1)] + right[random.below(right.count + 1)...]
        return String(decoding: bytes, as: UTF8.self)
    }
}
