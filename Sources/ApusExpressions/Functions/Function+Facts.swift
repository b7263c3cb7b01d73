import ApusModel

extension Function {
    /// Functions whose answer comes from outside.
    static let facts: [Function] = [
        Function("secret", ["key*", "namespace", "subkey", "full"]) { (call) throws(ExpressionError) in
            try secret(call)
        },
        Function("kv", ["key*", "namespace", "errorOnMissing"], reads: ["flow"]) {
            (call) throws(ExpressionError) in
            let key = try call.string(0)
            let namespace = try call.optionalString(1)
            if let value = try call.fact(.kv(key: key, namespace: namespace)) { return value }
            guard try call.flag(2, default: true) else { return .null }
            let own = try call.flowNamespace()
            let place = namespace ?? own ?? ""
            throw .failed("The key '\(key)' does not exist in the namespace '\(place)'.")
        },
        Function("errorLogs") { (call) throws(ExpressionError) in try call.fact(.errorLogs) ?? .list([]) },
        Function("randomPort") { (call) throws(ExpressionError) in
            guard let port = try call.fact(.freePort) else { throw .failed("no port is free") }
            return port
        },
        Function("http", ["uri*", "method", "query", "body", "contentType", "headers", "options", "accept"]) {
            (call) throws(ExpressionError) in
            var request = OrderedMap<Value>()
            for (place, value) in call.values.enumerated() where call[place] != nil {
                request[call.signature.name(at: place)] = value
            }
            request["uri"] = .string(try call.text(0))
            request["method"] = .string((try call.optionalString(1) ?? "GET").uppercased())
            request["contentType"] = .string(try call.optionalString(4) ?? "application/json")
            request["accept"] = .string(try call.optionalString(7) ?? "application/json")
            return try call.fact(.http(.map(request))) ?? .null
        },
    ]

    private static func secret(_ call: Arguments) throws(ExpressionError) -> Value {
        let key = try call.string(0)
        let subkey = try call.optionalString(2).flatMap { $0.isEmpty ? nil : $0 }
        let isFull = try call.flag(3, default: false)
        guard !isFull || subkey == nil else { throw .argument("`full` cannot be combined with `subkey`") }
        guard let value = try call.fact(.secret(key: key, namespace: try call.optionalString(1), subkey: nil))
        else {
            throw .failed("the secret `\(key)` does not exist")
        }
        if isFull { return value.mapValue == nil ? .map(["value": value]) : value }
        guard let subkey else { return value }
        // Neither the value nor what the parser says about it may appear in a message.
        guard let parsed = try? JSONParser.parse(value.printed), let part = parsed[subkey] else {
            throw .failed("the secret `\(key)` has no sub-key `\(subkey)`")
        }
        return .string(part.printed)
    }
}

extension Arguments {
    /// A fact; `nil` when it is known to be missing.
    ///
    /// - Throws: `.missingFacts` when it has to be loaded first.
    func fact(_ request: FactRequest) throws(ExpressionError) -> Value? {
        switch context.facts[request] {
        case .success(let value)?: return value
        case .failure(let failure)?: throw .failed("\(subject): \(failure.message)")
        case nil:
            throw ExpressionError(.missingFacts([request]), "\(subject) needs a value that is not loaded")
        }
    }

    /// The namespace of the flow; `nil` outside a flow.
    func flowNamespace() throws(ExpressionError) -> String? {
        try evaluator.variable("flow")?["namespace"]?.stringValue
    }
}
