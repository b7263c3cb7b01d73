/// Comparing what a stranger sent with a secret.
public enum ConstantTime {
    /// Takes the same time wherever the two differ, and however long the given one is.
    public static func areEqual(_ given: some Collection<UInt8>, _ secret: some Collection<UInt8>) -> Bool {
        var difference = given.count ^ secret.count
        var place = given.startIndex
        for byte in secret {
            var other: UInt8 = 0
            if place != given.endIndex {
                other = given[place]
                given.formIndex(after: &place)
            }
            difference |= Int(other ^ byte)
        }
        return difference == 0
    }
}
