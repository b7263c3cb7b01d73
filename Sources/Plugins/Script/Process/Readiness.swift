import CProcess
import Foundation
import Synchronization

/// Tells when descriptors can be read and when deadlines pass: one thread for all child processes.
///
/// Built on `epoll` with one report per request, so that a reader that is not waiting costs nothing and its
/// child is held back by its full pipe.
final class Readiness: Sendable {
    /// The kernel's readiness is one per process, and so is this; its thread starts with the first use.
    static let shared = Readiness()

    /// Why a wait ended.
    enum Signal: Sendable { case ready, timedOut, interrupted }

    fileprivate struct Wait {
        var continuation: CheckedContinuation<Signal, Never>
        var deadline: ContinuousClock.Instant?
    }

    fileprivate struct Waits {
        var pending: [UInt64: Wait] = [:]
        /// Those of `pending` that have a deadline.
        var timed: Set<UInt64> = []
        /// Interrupted while nobody waited.
        var interrupted: Set<UInt64> = []
        var nextToken: UInt64 = 1
    }

    private static let wakeupToken: UInt64 = 0

    private let epoll: Int32
    private let wakeup: Int32
    private let waits = Mutex(Waits())

    private init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeup >= 0, "no descriptor left for the process reader: errno \(errno)")
        apus_epoll_add_always(epoll, wakeup, Self.wakeupToken)
        // Owner: this object, which lives as long as the process.
        let thread = Thread { [self] in
            while true { turn() }
        }
        thread.name = "process readiness"
        thread.start()
    }

    /// A watch for deadlines and interruptions only.
    func timer() -> Watch {
        Watch(readiness: self, token: nextToken(), descriptor: nil)
    }

    /// Begins to watch a descriptor.
    ///
    /// - Throws: When the kernel has no room for another descriptor.
    func watch(_ descriptor: Int32) throws(ProcessError) -> Watch {
        let token = nextToken()
        if apus_epoll_add(epoll, descriptor, token) != 0 {
            throw ProcessError(message: "Cannot watch a process: \(ChildProcess.text(of: errno))")
        }
        return Watch(readiness: self, token: token, descriptor: descriptor)
    }

    private func nextToken() -> UInt64 {
        waits.withLock { waits in
            defer { waits.nextToken += 1 }
            return waits.nextToken
        }
    }

    /// The interest in one descriptor. One wait at a time; `end` before the descriptor is closed.
    struct Watch: Sendable {
        fileprivate let readiness: Readiness
        fileprivate let token: UInt64
        fileprivate let descriptor: Int32?

        /// Suspends until the descriptor is readable, the deadline passes or `interrupt` is called. May report
        /// `ready` falsely: try, and wait again. Not ended by cancellation.
        func wait(until deadline: ContinuousClock.Instant? = nil) async -> Signal {
            await withCheckedContinuation { continuation in
                readiness.add(self, Wait(continuation: continuation, deadline: deadline))
            }
        }

        /// Ends the present wait, or else the next one.
        func interrupt() { readiness.interrupt(token) }

        func end() { readiness.remove(self) }
    }

    private func add(_ watch: Watch, _ wait: Wait) {
        let isInterrupted = waits.withLock { waits in
            if waits.interrupted.remove(watch.token) != nil { return true }
            waits.pending[watch.token] = wait
            if wait.deadline != nil { waits.timed.insert(watch.token) }
            return false
        }
        if isInterrupted { return wait.continuation.resume(returning: .interrupted) }
        if let descriptor = watch.descriptor { apus_epoll_arm(epoll, descriptor, watch.token) }
        if wait.deadline != nil { eventfd_write(wakeup, 1) }
    }

    private func interrupt(_ token: UInt64) {
        let wait = waits.withLock { waits in
            let wait = waits.take(token)
            if wait == nil { waits.interrupted.insert(token) }
            return wait
        }
        wait?.continuation.resume(returning: .interrupted)
    }

    private func remove(_ watch: Watch) {
        if let descriptor = watch.descriptor { apus_epoll_remove(epoll, descriptor) }
        waits.withLock { waits in _ = waits.interrupted.remove(watch.token) }
    }

    private func turn() {
        let (ready, overdue) = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { tokens in
            let count = apus_epoll_wait(epoll, tokens.baseAddress, timeoutMilliseconds())
            var ready: [Wait] = []
            let overdue = waits.withLock { waits in
                for token in tokens.prefix(max(0, Int(count))) {
                    if let wait = waits.take(token) { ready.append(wait) }
                    if token == Self.wakeupToken { drainWakeup() }
                }
                return waits.takeOverdue(at: .now)
            }
            return (ready, overdue)
        }
        for wait in ready { wait.continuation.resume(returning: .ready) }
        for wait in overdue { wait.continuation.resume(returning: .timedOut) }
    }

    private func drainWakeup() {
        var count: eventfd_t = 0
        eventfd_read(wakeup, &count)
    }

    /// How long to sleep at most; -1 for no end.
    private func timeoutMilliseconds() -> Int32 {
        let next = waits.withLock { waits in waits.timed.compactMap { waits.pending[$0]?.deadline }.min() }
        guard let next else { return -1 }
        let left = ContinuousClock.now.duration(to: next)
        guard left > .zero else { return 0 }
        return Int32(clamping: Int64((left / .milliseconds(1)).rounded(.up)))
    }
}

extension Readiness.Waits {
    fileprivate mutating func take(_ token: UInt64) -> Readiness.Wait? {
        guard let wait = pending.removeValue(forKey: token) else { return nil }
        if wait.deadline != nil { timed.remove(token) }
        return wait
    }

    fileprivate mutating func takeOverdue(at now: ContinuousClock.Instant) -> [Readiness.Wait] {
        guard !timed.isEmpty else { return [] }
        let overdue = timed.filter { token in pending[token]?.deadline.map { $0 <= now } ?? true }
        return overdue.compactMap { take($0) }
    }
}
