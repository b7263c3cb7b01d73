import ApusModel
import ApusPlugin

/// What a script gives.
struct ScriptOutput: TaskOutput {
    var exitCode: Int32
    /// What the script gave by the output protocol.
    var variables: OrderedMap<Value>
    var lines: Int
    var errorLines: Int
    var endsInWarning: Bool
    /// URIs in internal storage by path in the working directory.
    var files: OrderedMap<Value> = [:]

    var values: OrderedMap<Value> {
        [
            "vars": .map(variables), "exitCode": .int(Int64(exitCode)), "outputFiles": .map(files),
            "stdOutLineCount": .int(Int64(lines)), "stdErrLineCount": .int(Int64(errorLines)),
        ]
    }

    var finalState: State? { endsInWarning ? .warning : nil }
}
