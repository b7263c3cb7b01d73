/// The name of a namespace, checked where it comes from outside: `company.team`.
public enum NamespaceName {
    public static let maxLength = 150
    /// Parts under which the storage itself keeps things of the namespace before them.
    public static let reservedParts: Set<String> = ["_files", "_revisions"]

    /// Lower-case letters, digits, `.`, `_` and `-`, beginning with a letter or digit; no part is empty or reserved.
    public static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetterOrDigit(first), name.utf8.count <= maxLength else {
            return false
        }
        let isPlain = name.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return isPlain && parts.allSatisfy { !$0.isEmpty && !reservedParts.contains(String($0)) }
    }

    /// Capital letters are taken too: older servers allowed them.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The namespace and those above it, nearest first: `a.b.c`, `a.b`, `a`.
    public static func withParents(_ name: String) -> [String] {
        var names = [name]
        var rest = name[...]
        while let dot = rest.lastIndex(of: ".") {
            rest = rest[..<dot]
            names.append(String(rest))
        }
        return names
    }
}
