import ApusPlugin
import Foundation

extension ScriptSpace {
    /// Lines in which every `kestra:///…` URI is replaced by the path of a local copy.
    func localized(_ lines: [String]) async throws -> [String] {
        var result: [String] = []
        for line in lines { result.append(try await localized(line)) }
        return result
    }

    func localized(_ text: String) async throws -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "kestra:///") {
            let uri = rest[start.lowerBound...].prefix { Self.isURICharacter($0) }
            result += rest[..<start.lowerBound]
            result += try await localCopy(of: String(uri))
            rest = rest[uri.endIndex...]
        }
        return result + rest
    }

    private func localCopy(of uri: String) async throws -> String {
        // The URI's own path below: one copy for each URI, with the file's name for tools that look at it.
        let name = uri.dropFirst("kestra:///".count)
        let path = try context.workingDirectory.path(of: "\(Self.ownDirectory)/files/\(name)")
        guard !FileManager.default.fileExists(atPath: path) else { return path }
        try context.workingDirectory.makeParents(of: path)
        try await context.fetch(uri, to: path)
        return path
    }

    private static func isURICharacter(_ character: Character) -> Bool {
        guard let byte = character.asciiValue else { return false }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default: return "-._+~#=/:@%".utf8.contains(byte)
        }
    }
}
