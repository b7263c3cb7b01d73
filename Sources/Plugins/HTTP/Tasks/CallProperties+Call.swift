import ApusModel
import ApusPlugin

extension CallProperties {
    /// The call that the properties describe; files of forms are fetched from internal storage.
    func call(_ context: TaskContext) async throws -> HTTPCall {
        var call = HTTPCall(method: method.uppercased(), url: try QueryText.append(params, to: uri))
        try effectiveOptions.apply(to: &call)
        call.add(headers)
        try await setBody(of: &call, context)
        try check(call)
        return call
    }

    private func setBody(of call: inout HTTPCall, _ context: TaskContext) async throws {
        if let fields = try formFields() {
            guard !contentType.lowercased().hasPrefix("multipart/") else {
                // The boundary belongs to the type: a header without it could not be read.
                call.headers.removeAll { $0.name.lowercased() == "content-type" }
                call.body = .multipart(try await FormParts.parts(fields, context))
                return
            }
            call.body = .bytes(Array(QueryText.pairs(fields).utf8))
            call.addUnlessGiven("Content-Type", "application/x-www-form-urlencoded")
        } else if let body, !body.isNull {
            call.body = .bytes(try Charset(effectiveOptions.defaultCharset).bytes(of: body.formText))
            call.addUnlessGiven("Content-Type", contentType)
        }
    }

    private func formFields() throws(TaskFailure) -> OrderedMap<Value>? {
        switch formData {
        case .none, .null: return nil
        case .map(let fields): return fields
        case .string(let text) where text.isEmpty: return nil
        case .string(let text):
            guard let fields = (try? JSONParser.parse(text))?.mapValue else {
                throw TaskFailure("`formData` must be a map of fields by name")
            }
            return fields
        case .some(let other):
            throw TaskFailure("`formData` must be a map of fields by name, found \(other.kind)")
        }
    }

    private func check(_ call: HTTPCall) throws {
        do { try call.check() } catch { throw TaskFailure(error.message) }
    }
}
