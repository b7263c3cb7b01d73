/// A program to start.
public struct ProcessCommand: Sendable, Hashable {
    /// A path, or a name that is looked up in the `PATH` of `environment`.
    public var program: String
    /// Without the program's own name.
    public var arguments: [String]
    /// The whole environment; nothing is inherited.
    public var environment: [String: String]
    /// Where it starts; must exist.
    public var workingDirectory: String

    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        workingDirectory: String = "/"
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
    }
}

/// How a process ended.
public enum ProcessExit: Hashable, Sendable {
    case code(Int32)
    case signal(Int32)

    /// The exit code as a shell reports it: 128 and the signal's number for one ended by a signal.
    public var code: Int32 {
        switch self {
        case .code(let code): code
        case .signal(let number): 128 &+ number
        }
    }
}

/// Why a process could not be started.
public struct ProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String

    public var description: String { message }
}

/// Where a line came from.
public enum ProcessStream: Hashable, Sendable { case out, error }
