import ApusModel
import ApusPlugin
import Foundation

/// The directory a script runs in, and what is put into it and taken from it.
struct ScriptSpace: Sendable {
    let context: TaskContext
    /// Absolute; files a script writes there become outputs by themselves.
    let outputDirectory: String

    /// Holds what the server itself puts into the working directory; never an output.
    static let ownDirectory = ".apus"
    /// As `outputDir` in expressions and `OUTPUT_DIR` in the environment.
    static let outputDirectoryName = WorkingDirectory.outputName
    /// The kernel takes no argument of 128 KiB or more.
    private static let maxArgumentBytes = 120_000

    init(_ context: TaskContext) throws {
        self.context = context
        outputDirectory = "\(try context.workingDirectory.made())/\(Self.outputDirectoryName)"
        try FileManager.default.createDirectory(atPath: outputDirectory, withIntermediateDirectories: true)
    }

    /// The process that runs lines in an interpreter such as `[/bin/sh, -c]`; without an interpreter the lines are
    /// the program and its arguments.
    func command(
        _ interpreter: [String], failFast: Bool, lines: [String], environment: OrderedMap<Value>
    ) throws -> ProcessCommand {
        let directory = try context.workingDirectory.made()
        let variables = try ScriptEnvironment(directory: directory, outputDirectory: outputDirectory)
            .variables(adding: environment)
        guard let shell = interpreter.first else {
            guard let program = lines.first else { throw TaskFailure("There is no command to run") }
            return ProcessCommand(
                program, Array(lines.dropFirst()), environment: variables, workingDirectory: directory)
        }
        let text = ((failFast ? ["set -e"] : []) + lines).joined(separator: "\n")
        return ProcessCommand(
            shell, Array(interpreter.dropFirst()) + [try argument(text)], environment: variables,
            workingDirectory: directory)
    }

    /// A text too long for an argument is put into a file, which the shell then reads.
    private func argument(_ text: String) throws -> String {
        guard text.utf8.count > Self.maxArgumentBytes else { return text }
        let file = try context.workingDirectory.write(Data(text.utf8), to: "\(Self.ownDirectory)/script.sh")
        return ". \(file.shellQuoted)"
    }

    /// Writes a text beside the input files, under a name that none of them has.
    ///
    /// - Returns: Its absolute path.
    func write(_ text: String, named name: String, suffix: String) throws -> String {
        for number in 1...100 {
            let file = number == 1 ? "\(name).\(suffix)" : "\(name)-\(number).\(suffix)"
            let path = try context.workingDirectory.path(of: file)
            guard !FileManager.default.fileExists(atPath: path) else { continue }
            return try context.workingDirectory.write(Data(text.utf8), to: file)
        }
        throw TaskFailure("There is no free name for the script among the input files")
    }
}
