public import ApusModel

/// The states that may follow each other. A state given by hand may follow any final one; what a replay keeps may
/// become RESTARTED from any.
public enum Transitions {
    public static let ofExecutions: [State: Set<State>] = [
        .created: [.running, .killing, .success, .failed, .queued, .cancelled],
        .queued: [.running, .killing, .failed, .cancelled],
        .running: [
            .paused, .retrying, .killing, .success, .warning, .failed, .cancelled, .retried, .breakpoint,
            .killed,
        ],
        .breakpoint: [.running, .killing, .retried],
        .paused: [.restarted, .killing, .breakpoint, .retried],
        .retrying: [
            .running, .killing, .failed, .warning, .success, .cancelled, .killed, .breakpoint, .retried,
        ],
        .restarted: [.running, .queued, .failed, .cancelled],
        .killing: [.killed, .failed, .cancelled],
        .success: [.restarted], .warning: [.restarted], .failed: [.restarted], .cancelled: [.restarted],
        .retried: [.restarted],
    ]

    public static let ofTaskRuns: [State: Set<State>] = [
        .created: [.running, .skipped, .failed, .warning, .success, .breakpoint],
        .breakpoint: [.running, .skipped, .failed, .warning, .success, .killed, .cancelled],
        .running: [.success, .warning, .failed, .killed, .paused, .cancelled, .retried],
        .paused: [.running, .success, .warning, .failed, .cancelled, .killed, .restarted],
        .failed: [.retrying, .restarted, .retried],
        .retrying: [.created, .killed, .failed, .cancelled],
        .restarted: [.running, .skipped, .failed, .warning, .success, .breakpoint, .killed],
        .success: [.restarted], .warning: [.restarted], .cancelled: [.restarted], .killed: [.restarted],
        .retried: [.restarted],
    ]
}
