import ApusModel
import ApusPlugin
import Foundation

/// The environment of a script: a few variables of the worker, the places of its files, and what the task gives.
///
/// Nothing else of the worker's environment is passed on: it may hold secrets of the server.
struct ScriptEnvironment {
    let directory: String
    let outputDirectory: String

    private static let inherited = ["PATH", "HOME", "LANG", "TMPDIR"]
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    func variables(adding own: OrderedMap<Value>) throws(TaskFailure) -> [String: String] {
        var variables = ["PATH": Self.defaultPath, "WORKING_DIR": directory, "OUTPUT_DIR": outputDirectory]
        for name in Self.inherited {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        // Lines of a script show in the log when they are written, not when a buffer is full.
        variables["PYTHONUNBUFFERED"] = "1"
        for (name, value) in own where !value.isNull {
            guard !name.isEmpty, !name.contains("=") else {
                throw TaskFailure("`env`: `\(name)` is not the name of an environment variable")
            }
            variables[name] = value.stringValue ?? value.json
        }
        return variables
    }
}
