extension LocalStorage {
    public func list(_ address: StorageURI) async throws -> [StoredFile] {
        try await onThread { [self] in
            try checked(address)
            guard let directory = try root.directory(address.segments) else { return [] }
            return try entries(of: directory, at: address)
        }
    }

    public func listAll(below address: StorageURI, limit: Int) async throws -> [StoredFile] {
        try await onThread { [self] in
            try checked(address)
            guard let directory = try root.directory(address.segments) else { return [] }
            var files: [StoredFile] = []
            try collect(&files, limit, directory, at: address, depth: 0)
            return files
        }
    }

    private func collect(
        _ files: inout [StoredFile], _ limit: Int, _ directory: SafeDirectory, at address: StorageURI,
        depth: Int
    ) throws {
        guard depth < limits.maxDepth else { return }
        for entry in try entries(of: directory, at: address) {
            guard files.count < limit else { return }
            if entry.isDirectory {
                // It may have gone since it was listed.
                guard let inner = try directory.directory([entry.address.name]) else { continue }
                try collect(&files, limit, inner, at: entry.address, depth: depth + 1)
            } else {
                files.append(entry)
            }
        }
    }

    /// Entries with names the storage does not give (made by others in its directory) and links are left out.
    private func entries(of directory: SafeDirectory, at address: StorageURI) throws -> [StoredFile] {
        var files: [StoredFile] = []
        for name in try directory.names() {
            if address.segments.isEmpty, name == Self.temporaryDirectory { continue }
            guard let inner = try? address.appending(name) else { continue }
            if let status = try directory.status(name), let file = StoredFile(inner, status) {
                files.append(file)
            }
        }
        return files
    }
}
