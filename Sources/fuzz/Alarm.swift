import Foundation

/// Says which input was at work when the process dies or hangs.
enum Alarm {
    /// The seed at work. A plain word of memory, since a signal handler may touch nothing that has a lock.
    nonisolated(unsafe) private static let seed = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    /// Seconds after which an input hangs, far beyond what is reported as slow.
    private static let patience: UInt32 = 20

    static func install() {
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGALRM] {
            signal(number) { number in
                Alarm.report(number == SIGALRM ? "hangs: seed " : "dies: seed ")
                signal(number, SIG_DFL)
                raise(number)
            }
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
