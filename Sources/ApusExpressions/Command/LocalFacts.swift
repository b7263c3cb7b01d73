import ApusModel
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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
        case .freePort: return freePort()
        case .kv, .readFile, .fileURI, .fileSize, .fileExists, .errorLogs, .http:
            return .failure(FactFailure("this needs a running server"))
        }
    }

    /// A port that the system gave to a socket just now, and that is free again.
    private static func freePort() -> Result<Value?, FactFailure> {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return .failure(FactFailure("no socket can be opened")) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0
            }
        }
        guard isBound else { return .failure(FactFailure("no port can be bound")) }
        return .success(.int(Int64(UInt16(bigEndian: address.sin_port))))
    }
}
