/// Bytes of a body as they lie in the library's buffer; empty at the end of the request.
///
/// `@unchecked`: used only inside the callback that gives it, on its thread.
struct BodyPiece: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    var isEmpty: Bool { bytes.isEmpty }
}

/// Where the body of a request goes while it arrives, never more than its limit.
struct BodySink {
    /// How far past its end a body that is refused already is read, so that its sender gets to see the answer.
    private static let toleratedBytes = 1 << 20

    /// Bytes that have arrived.
    private(set) var received = 0
    private(set) var bytes: [UInt8] = []
    private let limit: Int
    private let isForm: Bool
    private var parser: MultipartParser?
    private var collector: FormCollector
    private var failure: HTTPError?

    /// - Parameters:
    ///   - boundary: That of a multipart form; `nil` keeps the body as bytes.
    ///   - limit: The most bytes that may arrive.
    ///   - memoryBytes: What the fields of a form may hold in memory.
    ///   - refusal: Known already: the body is only read so that its sender sees the answer.
    init(
        boundary: String?, limit: Int, memoryBytes: Int, expected: Int, directory: String, refusal: HTTPError?
    ) {
        self.limit = limit
        isForm = boundary != nil
        parser = boundary.flatMap(MultipartParser.init)
        collector = FormCollector(parentDirectory: directory, memoryBytes: memoryBytes)
        failure = refusal
        if isForm, parser == nil, failure == nil {
            failure = HTTPError(400, "The boundary of the form is not valid")
        }
        // A promise of the client, thus believed only up to a bound.
        if !isForm { bytes.reserveCapacity(min(expected, limit, 1 << 20)) }
    }

    /// Takes the next piece. `false` when so much comes after a refusal that the connection should be cut.
    mutating func append(_ piece: BodyPiece) -> Bool {
        let more = piece.bytes
        let (total, overflow) = received.addingReportingOverflow(more.count)
        guard !overflow else { return false }
        received = total
        if received > limit, failure == nil {
            refuse(HTTPError(413, "The body is larger than \(limit) bytes"))
        }
        guard failure == nil else { return received <= limit || received - limit <= Self.toleratedBytes }
        guard isForm else {
            bytes.append(contentsOf: more)
            return true
        }
        do throws(HTTPError) {
            try parser?.feed(more, to: collector)
        } catch {
            refuse(error)
        }
        return true
    }

    private mutating func refuse(_ error: HTTPError) {
        failure = error
        bytes = []
        parser = nil
        collector = FormCollector(parentDirectory: "", memoryBytes: 0)
    }

    /// Puts what arrived into the request.
    mutating func finish(_ request: inout Request) throws(HTTPError) {
        if let failure { throw failure }
        guard isForm else {
            request.body = bytes
            return
        }
        guard parser?.isComplete == true else {
            throw HTTPError(400, "The form ends before its closing boundary")
        }
        request.multipart = collector.parts
    }
}
