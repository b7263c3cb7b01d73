import Foundation

/// The targets of Package.swift and their arrows, read from its text.
struct Manifest {
    struct Target: Hashable {
        var name: String
        var dependencies: [String]
        /// Below the root.
        var folder: String
    }

    /// In the order of the manifest, tests left out.
    let targets: [Target]

    private static let heads = ["module", "system", ".systemLibrary", ".executableTarget"]

    init(_ text: String) {
        var targets: [Target] = []
        let body = text.components(separatedBy: "let package = Package(").last ?? ""
        for (head, rest) in Self.calls(in: body)
        where Self.heads.contains(head) {
            let names = Self.quoted(rest.prefix { $0 != "[" })
            guard let name = names.first else { continue }
            let isSystem = head == "system" || head == ".systemLibrary"
            let list = rest.drop { $0 != "[" }.prefix { $0 != "]" }
            let path = rest.components(separatedBy: "path: ").dropFirst().first.flatMap {
                Self.quoted($0[...]).first
            }
            targets.append(
                Target(
                    name: name, dependencies: isSystem ? [] : Self.quoted(list),
                    folder: path ?? "Sources/\(name)"))
        }
        self.targets = targets
    }

    /// `name(…)` with what stands between the parentheses, at the depth of the targets.
    private static func calls(in text: String) -> [(String, Substring)] {
        var result: [(String, Substring)] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "(") {
            let head = rest[..<open].split { !($0.isLetter || $0 == ".") }.last.map(String.init) ?? ""
            var depth = 0
            let inside = rest[open...].prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            }
            result.append((head, inside))
            rest = rest[inside.endIndex...]
        }
        return result
    }

    private static func quoted(_ text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
    }
}
