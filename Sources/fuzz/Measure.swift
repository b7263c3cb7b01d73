import Foundation

/// What the process has used.
enum Measure {
    /// Seconds of processor time of this thread, since time on the wall is also that of others.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that the process has held, in bytes.
    static var peakBytes: Int { status("VmHWM:") }
    /// What it holds now.
    static var residentBytes: Int { status("VmRSS:") }

    /// Lets the next peak be seen, also when it is lower.
    static func forgetPeak() {
        // Source: proc_pid_clear_refs(5). Without it a later, lower peak is not seen, nothing else is lost.
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    private static func status(_ field: String) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(field) })
        else { return 0 }
        return (Int(line.split(separator: " ").dropLast().last?.drop { !$0.isNumber } ?? "") ?? 0) * 1024
    }

    /// Cheap, for every input: the most memory ever held, in bytes.
    static var peakEver: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss * 1024
    }
}
