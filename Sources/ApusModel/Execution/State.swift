/// The state of an execution, a task run or an attempt.
public enum State: String, Hashable, Sendable, CaseIterable {
    case created = "CREATED"
    case submitted = "SUBMITTED"
    case running = "RUNNING"
    case paused = "PAUSED"
    case restarted = "RESTARTED"
    case killing = "KILLING"
    case success = "SUCCESS"
    case warning = "WARNING"
    case failed = "FAILED"
    case killed = "KILLED"
    case cancelled = "CANCELLED"
    case queued = "QUEUED"
    case retrying = "RETRYING"
    case retried = "RETRIED"
    case skipped = "SKIPPED"
    case breakpoint = "BREAKPOINT"
    case resubmitted = "RESUBMITTED"

    /// Ended for good; only a user's explicit request goes on from here.
    public var isTerminal: Bool {
        switch self {
        case .success, .warning, .failed, .killed, .cancelled, .retried, .skipped, .resubmitted: true
        case .created, .submitted, .running, .paused, .restarted, .killing, .queued, .retrying, .breakpoint:
            false
        }
    }

    public var isFailed: Bool { self == .failed }
}

/// A state with the way that led to it.
public struct StateHistory: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var state: State
        public var date: Timestamp

        public init(state: State, date: Timestamp) {
            self.state = state
            self.date = date
        }
    }

    /// Oldest first, never empty.
    public private(set) var histories: [Entry]

    public init(_ state: State = .created, at date: Timestamp) {
        histories = [Entry(state: state, date: date)]
    }

    /// `nil` for an empty list.
    public init?(histories: [Entry]) {
        guard !histories.isEmpty else { return nil }
        self.histories = histories
    }

    public var current: State { histories.last?.state ?? .created }
    public var startDate: Timestamp { histories.first?.date ?? Timestamp(microseconds: 0) }

    /// When it ended; a pause counts as an end, as clients expect.
    public var endDate: Timestamp? {
        current.isTerminal || current == .paused ? histories.last?.date : nil
    }

    /// Enters a state; entering the present one again changes nothing.
    public mutating func enter(_ state: State, at date: Timestamp) {
        guard state != current else { return }
        histories.append(Entry(state: state, date: date))
        if histories.count > Self.longest { forgetARound() }
    }

    /// Entries beyond which rounds that repeat are not all kept.
    private static let longest = 100

    /// A loop that polls for days goes through the same states again and again: of equal rounds at the end, the one
    /// before the last goes.
    private mutating func forgetARound() {
        for length in 2...3 {
            let states = histories.suffix(2 * length).map(\.state)
            guard states.prefix(length) == states.suffix(length) else { continue }
            histories.removeSubrange(histories.count - 2 * length..<histories.count - length)
            return
        }
    }
}
