public import ApusModel

/// Everything wrong with a configuration.
public struct ConfigurationFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public var faults: [Fault]

    /// One line for each fault, with line, column and remedy.
    public var description: String { faults.map(\.line).joined(separator: "\n") }
}

extension Configuration {
    /// Reads the settings; later sources win: defaults, the file, the text in the environment variable
    /// `KESTRA_CONFIGURATION`, single settings in the environment (`KESTRA_STORAGE_LOCAL_BASE__PATH`).
    ///
    /// Keys may be nested or dotted, in dashes or camel case. `${NAME}` and `${NAME:default}` in a text stand for
    /// variables of the environment.
    ///
    /// - Parameters:
    ///   - file: The text of the configuration file; `nil` or empty when there is none.
    ///   - environment: The variables of the process.
    /// - Throws: All faults: unknown keys, values that do not fit, syntax errors.
    public static func load(
        file: String?, environment: [String: String]
    ) throws(ConfigurationFaults) -> Configuration {
        var reader = ConfigurationReader(environment: environment)
        if let file { reader.read(file, from: nil) }
        if let text = environment["KESTRA_CONFIGURATION"] { reader.read(text, from: "KESTRA_CONFIGURATION") }
        reader.readVariables()
        return try reader.result()
    }
}
