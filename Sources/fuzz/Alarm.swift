import Foundation

/// Says which input was at work when the process dies or hangs.
///
/// Owner of both words is the main thread, the only one that renders: `install` writes `earlier` once before any input,
/// `begin` writes `seed`, and a handler only reads, on the same thread for a fault and after an aligned store for the
/// alarm. That is why they are `nonisolated(unsafe)`.
enum Alarm {
    /// The seed at work. A plain word of memory, since a signal handler may touch nothing that has a lock.
    nonisolated(unsafe) private static let seed = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    /// The handlers that were there before, by the number of the signal.
    nonisolated(unsafe) private static let earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)
    /// Seconds after which an input hangs, far beyond what is reported as slow.
    private static let patience: UInt32 = 30

    static func install() {
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGALRM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                Alarm.report(number == SIGALRM ? "hangs: seed " : "dies: seed ")
                // Swift's own handler then prints where.
                sigaction(number, Alarm.earlier + Int(number), nil)
                raise(number)
            }
            sigaction(number, &action, earlier + Int(number))
        }
    }

    static func begin(_ number: UInt64) {
        seed.pointee = number
        alarm(patience)
    }

    private static func report(_ words: StaticString) {
        write(2, words.utf8Start, words.utf8CodeUnitCount)
        var divisor: UInt64 = 10_000_000_000_000_000_000
        var isLeading = true
        while divisor > 0 {
            var digit = UInt8(truncatingIfNeeded: seed.pointee / divisor % 10) + 48
            isLeading = isLeading && digit == 48 && divisor > 1
            if !isLeading { write(2, &digit, 1) }
            divisor /= 10
        }
        var end: UInt8 = 10
        write(2, &end, 1)
    }
}
