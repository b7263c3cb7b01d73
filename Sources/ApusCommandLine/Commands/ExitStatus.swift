package import ApusModel

/// What the command line tells the shell when it ends.
package enum ExitStatus {
    package static let success: Int32 = 0
    /// The execution failed, or the server refused.
    package static let failed: Int32 = 1
    /// The command line, the flow or its inputs are not valid.
    package static let invalid: Int32 = 2
    /// The execution was killed or cancelled.
    package static let killed: Int32 = 3

    /// What an execution that ended in a state gives.
    package static func of(_ state: State) -> Int32 {
        switch state {
        case .success, .warning, .skipped: success
        case .killed, .cancelled, .killing: killed
        case .failed, .retried, .resubmitted, .created, .submitted, .running, .paused, .restarted, .queued,
            .retrying,
            .breakpoint:
            failed
        }
    }
}
