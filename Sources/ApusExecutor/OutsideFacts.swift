import ApusExpressions
import ApusModel
import Synchronization

/// Facts that cannot be had inside a transaction: files and the answers of other servers.
///
/// A turn that needs one gives up, and its transaction with it; the fact is loaded without holding anybody up, and
/// the turn is taken again.
final class OutsideFacts: Sendable {
    private let answers = Mutex<[Execution.ID: [FactRequest: Result<Value?, FactFailure>]]>([:])

    func answer(_ request: FactRequest, of id: Execution.ID) -> Result<Value?, FactFailure>? {
        answers.withLock { $0[id]?[request] }
    }

    func keep(_ answer: Result<Value?, FactFailure>, to request: FactRequest, of id: Execution.ID) {
        answers.withLock { $0[id, default: [:]][request] = answer }
    }

    func forget(_ id: Execution.ID) { answers.withLock { _ = $0.removeValue(forKey: id) } }
}

/// A turn cannot be taken without these facts.
struct OutsideFactsMissing: Error {
    var requests: [FactRequest]
    var flow: FlowReference
    var execution: Execution.ID
}

extension FactRequest {
    /// Whether the answer takes waiting.
    var isOutside: Bool {
        switch self {
        case .readFile, .fileSize, .fileExists, .http, .freePort: true
        case .secret, .kv, .fileURI, .errorLogs: false
        }
    }
}
