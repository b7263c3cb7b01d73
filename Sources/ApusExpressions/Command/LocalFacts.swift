import ApusModel
import Foundation

/// The facts that a command line without a server can have.
enum LocalFacts {
    static func load(_ request: FactRequest) -> Result<Value?, FactFailure> {
        switch request {
        case .secret(let key, _, _):
            let coded = ProcessInfo.processInfo.environment["SECRET_\(key.uppercased())"]
            guard let coded else { return .success(nil) }
            guard let data = Data(base64Encoded: coded, options: .ignoreUnknownCharacters) else {
                return .failure(FactFailure("the secret `\(key)` is not base64"))
            }
            return .success(.string(String(decoding: data, as: UTF8.self)))
        case .freePort: return FreePort.fact
        case .kv, .readFile, .fileURI, .fileSize, .fileExists, .errorLogs, .http:
            return .failure(FactFailure("this needs a running server"))
        }
    }
}
