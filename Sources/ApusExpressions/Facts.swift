public import ApusModel

/// What templates need from outside the variables they are given.
///
/// `namespace` is `nil` when the template named none: the namespace of the flow is meant (and its parents, for
/// `kv`). Values: secrets and file texts are text, `fileSize` an integer, `fileExists` a boolean, `errorLogs` a
/// list, `freePort` an integer, `http` the parsed body.
public enum FactRequest: Hashable, Sendable {
    case secret(key: String, namespace: String?, subkey: String?)
    case kv(key: String, namespace: String?)
    /// `revision` counts from 1; `nil` for the file as it is now.
    case readFile(path: String, namespace: String?, revision: Int? = nil)
    case fileURI(path: String, namespace: String?)
    case fileSize(path: String, namespace: String?)
    case fileExists(path: String, namespace: String?)
    case errorLogs
    case freePort
    /// The arguments of the function as a map: `uri`, `method`, `body`, `headers` …
    case http(Value)
}

/// Why a fact could not be had.
public struct FactFailure: Error, Hashable, Sendable {
    public var message: String

    public init(_ message: String) { self.message = message }
}

/// What is known from outside, loaded before rendering.
public struct Facts: Sendable {
    private var known: [FactRequest: Result<Value?, FactFailure>] = [:]

    public init() {}

    /// `nil` when it has not been looked up; `.success(nil)` when it is known to be missing.
    public subscript(request: FactRequest) -> Result<Value?, FactFailure>? {
        get { known[request] }
        set { known[request] = newValue }
    }

    public var isEmpty: Bool { known.isEmpty }
}
