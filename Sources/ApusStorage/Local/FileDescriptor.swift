#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file or directory of the system; closed when the last reference goes.
final class FileDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    func status() throws -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else {
            throw StorageError(errno: errno, "reading the state of a file")
        }
        return status
    }

    /// Up to `count` bytes from a place; empty at the end.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        let size = max(0, count)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while filled < size {
                let place = off_t(offset) + off_t(filled)
                let got = pread(number, buffer.baseAddress.map { $0 + filled }, size - filled, place)
                if got == 0 { return }
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                filled += got
            }
        }
        if failure != 0 { throw StorageError(errno: failure, "reading a file") }
        return bytes
    }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                #if canImport(Glibc)
                    let wrote = Glibc.write(number, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                #else
                    let wrote = Darwin.write(
                        number, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                #endif
                if wrote < 0 {
                    if errno == EINTR { continue }
                    throw StorageError(errno: errno, "writing a file")
                }
                done += wrote
            }
        }
    }

    func synchronise() throws {
        guard fsync(number) == 0 else { throw StorageError(errno: errno, "writing a file to the disk") }
    }
}

extension StorageError {
    /// What an error number of the system means here.
    init(errno number: Int32, _ action: String) {
        let reason: Reason =
            switch number {
            case ENOENT: .notFound
            case ENOSPC, EDQUOT: .full
            case EFBIG: .tooLarge
            // With O_NOFOLLOW this is a link in the way.
            case ELOOP, EISDIR, ENXIO: .notAFile
            case ENOTDIR, ENOTEMPTY, EEXIST: .notADirectory
            case ENAMETOOLONG, EINVAL: .invalidAddress
            default: .unavailable
            }
        self.init(reason, "\(action): \(String(cString: strerror(number)))")
    }
}
