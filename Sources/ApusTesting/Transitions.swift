public import ApusModel

/// The states that may follow each other. A state given by hand may follow any final one; what a replay keeps may
/// become RESTARTED from any.
public enum Transitions {
    public static let ofExecutions: [State: Set<State>] = [
        .created: [
            .running, .killing, .killed, .success, .warning, .failed, .breakpoint, .queued, .cancelled,
        ],
        .queued: [.running, .killing, .failed, .cancelled],
        .running: [
            .paused, .retrying, .killing, .success, .warning, .failed, .cancelled, .retried, .breakpoint,
            .killed,
        ],
        .breakpoint: [.running, .killing],
        .paused: [
            .restarted, .running, .killing, .success, .warning, .failed, .cancelled, .retrying, .breakpoint,
        ],
        .retrying: [
            .running, .killing, .paused, .failed, .warning, .success, .cancelled, .restarted, .breakpoint,
        ],
        .restarted: [.running, .killing, .queued, .failed, .cancelled],
        .killing: [.killed, .failed, .cancelled],
        .success: [.restarted], .warning: [.restarted], .failed: [.restarted], .cancelled: [.restarted],
    ]

    public static let ofTaskRuns: [State: Set<State>] = [
        .created: [.running, .skipped, .failed, .warning, .success, .killed, .breakpoint],
        .breakpoint: [.running, .skipped, .failed, .warning, .success, .killed],
        .running: [.success, .warning, .failed, .killed, .paused, .cancelled],
        .paused: [.running, .success, .warning, .failed, .cancelled, .killed, .restarted],
        .failed: [.retrying, .restarted],
        .retrying: [.created, .killed, .failed, .cancelled],
        .restarted: [.running, .skipped, .failed, .warning, .success, .breakpoint],
        .success: [.restarted], .warning: [.restarted], .cancelled: [.restarted], .killed: [.restarted],
    ]
}
