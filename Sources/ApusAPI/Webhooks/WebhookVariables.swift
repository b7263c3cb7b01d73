import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel
import Foundation

/// What an execution sees of the request that started it, as `trigger`.
///
/// `body`, `headers` and `parameters` are always there; `uri` is the file of a stored body, `formFields` and `parts`
/// are those of a multipart form.
struct WebhookVariables {
    var called: CalledWebhook
    /// The execution that may start; files belong to it.
    var execution: Execution.ID
    var files: FileAccess

    /// Stores what belongs into internal storage.
    func read(_ request: Request) async throws -> OrderedMap<Value> {
        var variables: OrderedMap<Value> = [
            "body": .null, "headers": .map(headers(request)),
            "parameters": .map(Self.lists(request.query)),
        ]
        if Self.isForm(request) {
            try await readForm(try request.form(), into: &variables)
        } else if !request.body.isEmpty {
            switch called.webhook.fetchType {
            case .fetch: variables["body"] = Self.body(request.body)
            case .store: variables["uri"] = .string(try await store(.bytes(request.body), as: "body"))
            case .none: break
            }
        }
        return variables
    }

    /// Nothing was started: forgets what was stored for it.
    func removeFiles(of request: Request) async throws {
        guard called.webhook.fetchType == .store || Self.isForm(request) else { return }
        try await files.removeAll(called.flow.reference, execution)
    }

    private static func isForm(_ request: Request) -> Bool { request.contentType == "multipart/form-data" }

    /// A JSON object or list as what it says, other text as text, bytes that are no text in base64.
    static func body(_ bytes: [UInt8]) -> Value {
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            // What only looks like JSON is a text.
            let value = try? JSONParser.parse(bytes)
        {
            return value
        }
        return .string(text(bytes))
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? Data(bytes).base64EncodedString()
    }

    /// Names in small letters; flows of edition 1 also find a header under its name as it was sent.
    private func headers(_ request: Request) -> OrderedMap<Value> {
        let fields = request.headers.fields
        var pairs = fields.map { ($0.name.lowercased(), $0.value) }
        if called.flow.edition == .one {
            pairs += fields.filter { $0.name != $0.name.lowercased() }.map { ($0.name, $0.value) }
        }
        return Self.lists(pairs)
    }

    private static func lists(_ pairs: [(String, String)]) -> OrderedMap<Value> {
        var lists = OrderedMap<[Value]>()
        for (name, value) in pairs { lists[name, default: []].append(.string(value)) }
        var values = OrderedMap<Value>()
        for (name, list) in lists { values[name] = .list(list) }
        return values
    }

    /// Files of a form are stored whatever becomes of other bodies: they have no other place.
    private func readForm(_ form: [FormPart], into variables: inout OrderedMap<Value>) async throws {
        var fields: [(String, String)] = []
        var parts: [Value] = []
        for part in form {
            guard let filename = part.filename else {
                if case .bytes(let bytes) = part.content { fields.append((part.name, Self.text(bytes))) }
                continue
            }
            // A browser sends an empty part for a file field that was left alone.
            if filename.isEmpty, part.isEmpty { continue }
            let uri = try await store(part, at: parts.count)
            let size = try await files.locate(uri)?.bytes
            var entry: OrderedMap<Value> = [
                "name": .string(part.name), "filename": .string(filename), "uri": .string(uri),
                "size": .int(size ?? 0),
            ]
            if let type = part.contentType { entry["contentType"] = .string(type) }
            parts.append(.map(entry))
        }
        variables["formFields"] = .map(Self.lists(fields))
        variables["parts"] = .list(parts)
    }

    /// Each in a folder of its own: two files of one form may have the same name.
    private func store(_ part: FormPart, at place: Int) async throws -> String {
        let name = "\(place)/\(UploadName.safe(part.filename ?? part.name))"
        switch part.content {
        case .bytes(let bytes): return try await store(.bytes(bytes), as: name)
        case .file(let path): return try await store(.file(path: path), as: name)
        }
    }

    private func store(_ content: FileAccess.Content, as name: String) async throws -> String {
        let path = "trigger/\(UploadName.safe(called.trigger.id))/\(name)"
        return try await files.store(
            content, FileAccess.Place(flow: called.flow.reference, execution: execution, path: path))
    }
}
