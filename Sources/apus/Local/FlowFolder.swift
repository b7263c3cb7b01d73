import ApusCommandLine
import ApusExecutor
import Foundation

/// A folder of flow files.
struct FlowFolder {
    private let directory: String

    init(_ directory: String) { self.directory = directory }

    /// Stores every flow below the folder, in the order of names; folders with a file `.apusignore` are left out. A file that cannot be stored is reported on
    /// standard error, and the others are stored all the same.
    ///
    /// - Throws: `UsageError` when there is no such folder.
    func load(into flows: FlowStore) async throws {
        for file in try files() {
            do {
                let saved = try await flows.save(try TextFile.read(file), mode: .upsert)
                for warning in saved.warnings { Output.errors.line(FaultText(warning).line(file: file)) }
            } catch FlowRefused.faults(let faults) {
                for fault in faults { Output.errors.line(FaultText(fault).line(file: file)) }
            } catch {
                for line in ErrorReport(error).lines { Output.errors.line("\(file): \(line)") }
            }
        }
    }

    private func files() throws(UsageError) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
            isDirectory.boolValue,
            let found = FileManager.default.enumerator(atPath: directory)
        else { throw UsageError("\(directory) is not a directory that can be read") }
        var names: [String] = []
        while let name = found.nextObject() as? String {
            // Flows that are kept for another purpose, such as those of tests.
            if FileManager.default.fileExists(atPath: "\(directory)/\(name)/.apusignore") {
                found.skipDescendants()
            }
            if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { names.append(name) }
        }
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        return names.sorted().map { prefix + $0 }
    }
}
