import ApusModel
import ApusPlugin
import Foundation

/// A script task with a Python of its choice.
protocol PythonTask: ScriptTask {
    var python: PythonProperties { get }
}

extension PythonTask {
    /// Makes `python` the wanted interpreter: workers often have it under the name `python3` only.
    func preparation(_ space: ScriptSpace) throws -> [String] {
        let names = python.pythonVersion.map { ["python\($0)"] } ?? ["python", "python3"]
        let path =
            try ScriptEnvironment(directory: "", outputDirectory: "").variables(adding: common.env)["PATH"]
            ?? ""
        let found = names.lazy.compactMap { Self.find($0, in: path) }.first
        guard let found else {
            throw TaskFailure("`\(names.joined(separator: "` or `"))` is not installed on this worker")
        }
        guard !found.hasSuffix("/python") else { return [] }
        return ["export PATH=\(try linked(found, space).shellQuoted):\"$PATH\""]
    }

    /// A directory with a link `python` to a program.
    private func linked(_ program: String, _ space: ScriptSpace) throws -> String {
        let file = try space.context.workingDirectory.path(of: "\(ScriptSpace.ownDirectory)/bin/python")
        try space.context.workingDirectory.makeParents(of: file)
        // An earlier task in the same directory may have wanted another version.
        unlink(file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: program)
        return URL(fileURLWithPath: file).deletingLastPathComponent().path
    }

    private static func find(_ name: String, in path: String) -> String? {
        guard !name.contains("/") else { return nil }
        return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
