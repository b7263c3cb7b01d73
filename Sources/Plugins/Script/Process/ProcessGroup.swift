import Foundation

/// What is left of a process group whose leader has been reaped.
enum ProcessGroup {
    /// Whether a process of the group still runs. Ended ones that nobody reaped do not count: whether they go
    /// soon is up to the first process of the machine.
    ///
    /// Cost: one system call when the group is gone, else a walk over all processes.
    static func isRunning(_ group: pid_t) -> Bool {
        guard kill(-group, 0) == 0 || errno == EPERM else { return false }
        guard let directory = opendir("/proc") else { return true }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            // Read in place: the entry is as long as its name, and a copy of the whole field may leave its memory.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            guard let id = pid_t(name), let member = member(id) else { continue }
            if member.group == group, member.state != "Z", member.state != "X" { return true }
        }
        return false
    }

    /// Reads `/proc/<id>/stat`: `id (name) state parent group …`, where the name may hold anything.
    private static func member(_ id: pid_t) -> (state: Substring, group: pid_t)? {
        let file = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 2, let group = pid_t(fields[2]) else { return nil }
        return (fields[0], group)
    }
}
