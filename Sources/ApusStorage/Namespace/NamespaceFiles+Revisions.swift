public import ApusModel

/// What a file of a namespace was before it was replaced.
public struct FileRevision: Hashable, Sendable {
    /// From 1, in the order they were written.
    public var number: Int
    /// When another one took its place.
    public var replaced: Timestamp
}

extension NamespaceFiles {
    /// The earlier revisions of a file that are kept, oldest first. The file as it is now is one more.
    public func revisions(of path: String, in namespace: String) async throws -> [FileRevision] {
        try await storage.list(try revisionsDirectory(of: path, in: namespace)).compactMap { file in
            guard !file.isDirectory, let number = Int(file.address.name), number > 0 else { return nil }
            return FileRevision(number: number, replaced: file.modified)
        }.sorted { $0.number < $1.number }
    }

    /// The number of the revision that the file is now: 1 for one that was never replaced; `nil` without a file.
    public func currentRevision(of path: String, in namespace: String) async throws -> Int? {
        guard let file = try await storage.find(try address(of: path, in: namespace)), !file.isDirectory
        else { return nil }
        return (try await revisions(of: path, in: namespace).last?.number ?? 0) + 1
    }

    /// Where a revision is stored; the file itself for the latest.
    ///
    /// - Throws: `notFound` for a revision that there never was, or that was purged.
    public func address(of path: String, in namespace: String, revision: Int) async throws -> StorageURI {
        let current = try await currentRevision(of: path, in: namespace)
        if revision == current { return try address(of: path, in: namespace) }
        let place = try revisionsDirectory(of: path, in: namespace)
        guard revision > 0, let found = try? place.appending(String(revision)),
            try await storage.find(found) != nil
        else { throw StorageError(.notFound, "there is no revision \(revision) of `\(path)`") }
        return found
    }

    /// Removes earlier revisions and answers how many.
    ///
    /// - Parameters:
    ///   - kept: How many of the newest stay, the file itself included.
    ///   - date: Only revisions that were replaced before it go.
    public func purgeRevisions(
        of path: String, in namespace: String, keeping kept: Int?, before date: Timestamp?
    ) async throws -> Int {
        var old = try await revisions(of: path, in: namespace)
        if let kept { old = old.dropLast(max(0, kept - 1)) }
        if let date { old = old.filter { $0.replaced < date } }
        let place = try revisionsDirectory(of: path, in: namespace)
        for revision in old { try await storage.delete(try place.appending(String(revision.number))) }
        return old.count
    }

    /// The directory of a path's revisions. Its name is made of the segments so that no two paths share one, and
    /// no path lies in another's: a file may take the place of a directory.
    func revisionsDirectory(of path: String, in namespace: String) throws(StorageError) -> StorageURI {
        let file = try address(of: path, in: namespace)
        let root = try StorageURI.namespace(namespace)
        let names = file.segments.dropFirst(root.segments.count + 1)
        return try StorageURI(segments: root.segments + ["_revisions"] + names.dropLast().map { "\($0)_d" })
            .appending("\(names.last ?? "")_f")
    }
}
