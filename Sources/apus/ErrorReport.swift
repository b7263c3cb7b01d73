import ApusCommandLine
import ApusDatabase
import ApusExecutor
import ApusModel
import ApusServer
import Foundation

/// An error as lines for standard error, and the exit status it leads to.
struct ErrorReport {
    var lines: [String]
    var status: Int32

    init(_ error: any Error) {
        switch error {
        case let error as UsageError: self.init(["apus: \(error.message)"], ExitStatus.invalid)
        case let error as ConfigurationFaults: self.init(error.faults, file: "configuration")
        case let error as FileFaults: self.init(error.faults, file: error.file)
        case let error as InputsRefused:
            self.init(error.faults.map { "apus: \($0.message)" }, ExitStatus.invalid)
        case let error as ConnectionFailure: self.init(["apus: \(error.message)"], ExitStatus.failed)
        case let error as Client.Refusal:
            let lines = RefusalText.lines(
                status: error.answer.status, body: error.answer.body, file: error.file)
            let isInvalid = [400, 422].contains(error.answer.status)
            self.init(lines, isInvalid ? ExitStatus.invalid : ExitStatus.failed)
        case let error as RequestRefused: self.init(["apus: \(error.words)"], ExitStatus.failed)
        case let error as any LocalizedError:
            self.init(["apus: \(error.errorDescription ?? "\(error)")"], ExitStatus.failed)
        default: self.init(["apus: \(error)"], ExitStatus.failed)
        }
    }

    private init(_ lines: [String], _ status: Int32) {
        self.lines = lines
        self.status = status
    }

    private init(_ faults: [Fault], file: String) {
        self.init(faults.map { FaultText($0).line(file: file) }, ExitStatus.invalid)
    }
}

/// What is wrong in a file, with its name.
struct FileFaults: Error {
    var file: String
    var faults: [Fault]
}

extension RequestRefused {
    fileprivate var words: String {
        switch self {
        case .notFound(let text), .conflict(let text), .invalid(let text): text
        }
    }
}
