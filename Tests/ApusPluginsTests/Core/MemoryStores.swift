import ApusModel
import ApusPlugin
import Foundation
import Synchronization

/// Key-value entries of a test; nothing expires.
final class MemoryKeyValues: KeyValueAccess {
    private let entries = Mutex<[String: [String: Value]]>([:])

    init(_ entries: [String: [String: Value]] = [:]) { self.entries.withLock { $0 = entries } }

    func value(of key: String, in namespace: String) -> Value? { entries.withLock { $0[namespace]?[key] } }

    func set(_ entry: KeyValueEntry, in namespace: String, replacing: Bool) -> Bool {
        entries.withLock { entries in
            guard replacing || entries[namespace]?[entry.key] == nil else { return false }
            entries[namespace, default: [:]][entry.key] = entry.value
            return true
        }
    }

    func keys(in namespace: String, beginningWith prefix: String) -> [String] {
        entries.withLock { $0[namespace, default: [:]].keys.filter { $0.hasPrefix(prefix) }.sorted() }
    }

    func delete(_ key: String, in namespace: String) -> Bool {
        entries.withLock { $0[namespace]?.removeValue(forKey: key) != nil }
    }

    func namespaces() -> [String] { entries.withLock { $0.keys.sorted() } }

    func purge(
        _ namespace: String, onlyExpired: Bool, where matches: @escaping @Sendable (String) -> Bool
    ) -> Int {
        guard !onlyExpired else { return 0 }
        return entries.withLock { entries in
            let keys = entries[namespace, default: [:]].keys.filter(matches)
            for key in keys { entries[namespace]?[key] = nil }
            return keys.count
        }
    }
}

/// Files of namespaces of a test.
final class MemoryNamespaceFiles: NamespaceFileAccess {
    private let files = Mutex<[String: [String: String]]>([:])

    init(_ files: [String: [String: String]] = [:]) { self.files.withLock { $0 = files } }

    func content(_ path: String, in namespace: String) -> String? {
        files.withLock { $0[namespace]?[path] }
    }

    func list(_ namespace: String) -> [String] {
        files.withLock { $0[namespace, default: [:]].keys.sorted() }
    }

    func fetch(_ path: String, in namespace: String, to localPath: String) throws(TaskFailure) {
        guard let text = content(path, in: namespace),
            FileManager.default.createFile(atPath: localPath, contents: Data(text.utf8))
        else { throw TaskFailure("no file \(path)") }
    }

    func store(
        _ name: String, of directory: String, at path: String, in namespace: String, replacing: Bool
    ) throws(TaskFailure) -> String? {
        guard let text = try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) else {
            throw TaskFailure("no file \(name)")
        }
        return files.withLock { files in
            guard replacing || files[namespace]?[path] == nil else { return nil }
            files[namespace, default: [:]][path] = text
            return "kestra:///\(namespace)/_files/\(path)"
        }
    }

    func delete(_ path: String, in namespace: String) -> Bool {
        files.withLock { $0[namespace]?.removeValue(forKey: path) != nil }
    }

    func deleteEmptyDirectories(above path: String, in namespace: String) {}

    func uri(of path: String, in namespace: String) -> String { "kestra:///\(namespace)/_files/\(path)" }

    func namespaces() -> [String] { files.withLock { $0.keys.sorted() } }

    func purgeRevisions(
        of path: String, in namespace: String, keeping kept: Int?, before date: Timestamp?
    ) -> Int { kept == nil ? 0 : 1 }
}
