import ApusCommandLine
import ApusServer

/// A server's insides in this process, without HTTP, for one command.
struct LocalInstance {
    /// Opens one in `--data-dir`, else in a temporary directory that is removed afterwards, and closes it again.
    static func with<Result: Sendable>(
        _ arguments: Arguments, lastly: CleanUp = CleanUp(), _ body: (Instance) async throws -> Result
    ) async throws -> Result {
        let configuration = try ServerSettings.load(arguments)
        if let directory = arguments["--data-dir"] {
            return try await open(configuration, directory, isEphemeral: false, body)
        }
        let directory = try TemporaryDirectory()
        lastly.set { directory.remove() }
        defer { directory.remove() }
        return try await open(configuration, directory.path, isEphemeral: true, body)
    }

    private static func open<Result: Sendable>(
        _ configuration: Configuration, _ directory: String, isEphemeral: Bool,
        _ body: (Instance) async throws -> Result
    ) async throws -> Result {
        var settings = Instance.Settings(
            configuration: configuration, dataDirectory: directory, isEphemeral: isEphemeral)
        settings.runsTriggers = false
        let instance = try await Instance.open(settings)
        do {
            let result = try await body(instance)
            await instance.close()
            return result
        } catch {
            await instance.close()
            throw error
        }
    }
}
