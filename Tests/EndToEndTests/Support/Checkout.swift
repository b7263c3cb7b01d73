import Foundation

/// Where things are in this checkout.
enum Checkout {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func file(_ path: String) -> URL { root.appending(path: path) }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: file(path), encoding: .utf8)
    }

    /// Files below a folder whose names end so, in the order of their paths; paths begin at the root.
    static func files(below folder: String, ending: String) throws -> [String] {
        let below = try FileManager.default.subpathsOfDirectory(atPath: file(folder).path)
        return below.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
    }

    /// The program under test: `APUS_BINARY`, or the one built beside this test bundle.
    static var binary: URL {
        if let path = ProcessInfo.processInfo.environment["APUS_BINARY"] { return URL(filePath: path) }
        let bundle = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        return bundle.appending(path: "apus")
    }
}
