/// The flows that run while the server is killed. Each has one shell task that writes a line to the ledger for
/// every attempt that really began.
enum LoadFlow: String, CaseIterable, Sendable {
    /// A shell task between two inline ones.
    case shell
    /// A loop of inline tasks, then a shell task.
    case loop
    /// A shell task whose first attempt fails.
    case retry

    static let namespace = "end.to.end"

    var name: String { "\(Self.namespace)/\(rawValue)" }

    /// Ids of the tasks that have run once the execution is over, in alphabetic order, one for each task run.
    var tasks: [String] {
        switch self {
        case .shell: ["append", "begin", "end"]
        case .loop: ["append", "each", "give", "give", "give", "tell", "tell", "tell"]
        case .retry: ["append", "end"]
        }
    }

    /// - Parameter ledger: Path of the ledger.
    func source(ledger: String) -> String {
        "id: \(rawValue)\nnamespace: \(Self.namespace)\ntasks:\n" + body(ledger: ledger)
    }

    private func body(ledger: String) -> String {
        switch self {
        case .shell: log("begin") + append(ledger, "") + log("end")
        case .loop:
            """
              - id: each
                type: io.kestra.plugin.core.flow.ForEach
                values: [1, 2, 3]
                concurrencyLimit: 2
                tasks:
                  - id: give
                    type: io.kestra.plugin.core.debug.Return
                    format: "{{ taskrun.value }}"
                  - id: tell
                    type: io.kestra.plugin.core.log.Log
                    message: "{{ outputs.give[taskrun.value].value }}"

            """ + append(ledger, "")
        case .retry:
            append(ledger, "      - test {{ taskrun.attemptsCount }} -ge 1\n")
                + "    retry: {type: constant, interval: PT0.1S, maxAttempts: 200}\n" + log("end")
        }
    }

    private func log(_ id: String) -> String {
        "  - id: \(id)\n    type: io.kestra.plugin.core.log.Log\n    message: \(id)\n"
    }

    private func append(_ ledger: String, _ more: String) -> String {
        """
          - id: append
            type: io.kestra.plugin.scripts.shell.Commands
            taskRunner:
              type: io.kestra.plugin.core.runner.Process
            commands:
              - echo "{{ execution.id }} {{ taskrun.id }}" >> '\(ledger)'

        """ + more
    }
}
