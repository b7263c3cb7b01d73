#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A directory whose contents are reached name by name from its handle, following no link: whatever stands in it,
/// nothing outside of it is read, written or deleted.
///
/// Names are plain: no separators, not `.` or `..`. The caller has checked that.
struct SafeDirectory: Sendable {
    let handle: FileDescriptor

    /// Opens the directory itself; its own path may contain links.
    init(path: String) throws {
        let number = Self.openNumber(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw StorageError(errno: errno, "opening the directory \(path)") }
        handle = FileDescriptor(number)
    }

    private init(_ handle: FileDescriptor) { self.handle = handle }

    private static func openNumber(_ base: Int32, _ name: String, _ flags: Int32) -> Int32 {
        while true {
            let number = openat(base, name, flags, mode_t(0o600))
            if number >= 0 || errno != EINTR { return number }
        }
    }

    /// The directory at a path of names below; `nil` when it does not exist.
    func directory(_ names: some Collection<String>, creating: Bool = false) throws -> SafeDirectory? {
        var current = handle
        for name in names {
            if creating, mkdirat(current.number, name, 0o700) != 0, errno != EEXIST {
                throw StorageError(errno: errno, "making the directory \(name)")
            }
            let number = Self.openNumber(
                current.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if number < 0 {
                if errno == ENOENT { return nil }
                throw StorageError(errno: errno, "opening the directory \(name)")
            }
            current = FileDescriptor(number)
        }
        return SafeDirectory(current)
    }

    /// Opens a regular file for reading; `nil` when it does not exist.
    func file(_ name: String) throws -> FileDescriptor? {
        // Non-blocking, so that a pipe put in place of the file cannot hold the thread.
        let number = Self.openNumber(handle.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if number < 0 {
            if errno == ENOENT { return nil }
            throw StorageError(errno: errno, "opening \(name)")
        }
        let file = FileDescriptor(number)
        guard try file.status().isRegularFile else { throw StorageError(.notAFile, "\(name) is not a file") }
        return file
    }

    /// A new file for writing.
    func newFile(_ name: String) throws -> FileDescriptor {
        let number = Self.openNumber(
            handle.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw StorageError(errno: errno, "making the file \(name)") }
        return FileDescriptor(number)
    }

    /// The state of an entry, of a link that of the link; `nil` when it does not exist.
    func status(_ name: String) throws -> stat? {
        var status = stat()
        guard fstatat(handle.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw StorageError(errno: errno, "reading the state of \(name)")
        }
        return status
    }

    /// The names of all entries, in order.
    func names() throws -> [String] {
        // A handle of its own: reading moves its place.
        let number = Self.openNumber(handle.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0, let stream = fdopendir(number) else {
            throw StorageError(errno: errno, "listing a directory")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)
                ) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file or link; false when it does not exist.
    func removeFile(_ name: String) throws -> Bool {
        guard unlinkat(handle.number, name, 0) == 0 else {
            if errno == ENOENT { return false }
            throw StorageError(errno: errno, "deleting \(name)")
        }
        return true
    }

    /// Removes an entry with all it holds; false when it does not exist. Links are removed, not followed.
    func removeAll(_ name: String) throws -> Bool {
        guard let status = try status(name) else { return false }
        guard status.isDirectory else { return try removeFile(name) }
        if let inner = try directory([name]) {
            for entry in try inner.names() { _ = try inner.removeAll(entry) }
        }
        guard unlinkat(handle.number, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
            throw StorageError(errno: errno, "deleting the directory \(name)")
        }
        return true
    }

    func rename(_ name: String, to target: SafeDirectory, _ newName: String) throws {
        guard renameat(handle.number, name, target.handle.number, newName) == 0 else {
            throw StorageError(errno: errno, "moving \(name) to \(newName)")
        }
    }
}

extension stat {
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
}
