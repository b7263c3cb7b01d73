import CCurl

/// One request and its answer, on the calling thread. Used once.
///
/// libcurl holds a pointer to this object during `perform` only, which keeps it alive.
final class Transfer {
    /// Takes bytes of a successful answer as they come; answers whether it wants more.
    typealias Receiver = (UnsafeRawBufferPointer) -> Bool

    /// A collected answer larger than this is refused.
    private static let maxBytes = 256 << 20
    private static let start: Void = { _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

    private let request: Request
    private let receive: Receiver?
    private let watch: (() -> Bool)?
    private var handle: UnsafeMutableRawPointer?
    private var body: [UInt8] = []
    private var isTooLarge = false
    /// Whether `receive` or `watch` ended the transfer.
    private var wasEnded = false

    /// - Parameters:
    ///   - receive: Where a successful answer goes; without it the answer is collected.
    ///   - watch: Called about once in a second; `false` ends the transfer.
    init(_ request: Request, receive: Receiver? = nil, watch: (() -> Bool)? = nil) {
        self.request = request
        self.receive = receive
        self.watch = watch
    }

    func perform() throws(ConnectionFailure) -> Answer {
        Self.start
        guard let handle = curl_easy_init() else {
            throw ConnectionFailure(message: "libcurl does not start")
        }
        self.handle = handle
        var headers: UnsafeMutablePointer<curl_slist>?
        var form: OpaquePointer?
        defer {
            curl_easy_cleanup(handle)
            curl_slist_free_all(headers)
            curl_mime_free(form)
        }
        for header in self.headers { headers = curl_slist_append(headers, header) }
        apus_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
        apus_curl_set_text(handle, CURLOPT_URL, request.url)
        apus_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        apus_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        apus_curl_set_text(handle, CURLOPT_USERAGENT, "apus")
        apus_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        apus_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
        if let credentials = request.credentials { apus_curl_set_text(handle, CURLOPT_USERPWD, credentials) }
        form = setBody(handle)
        setCallbacks(handle)
        return try answer(curl_easy_perform(handle), handle)
    }

    private var headers: [String] {
        // An empty `Expect` keeps libcurl from asking before it sends a body.
        let further = request.headers.filter { !$0.value.unicodeScalars.contains { $0.value < 0x20 } }
        let common =
            ["Accept: \(request.accept)", "Expect:"] + further.map { "\($0.name): \($0.value)" }
        return switch request.body {
        case .none: common + ["Content-Type:"]
        case .bytes(_, let contentType): common + ["Content-Type: \(contentType)"]
        case .form: common
        }
    }

    /// Answers the form when there is one; it must live as long as the transfer.
    private func setBody(_ handle: UnsafeMutableRawPointer) -> OpaquePointer? {
        switch request.body {
        case .none:
            if request.method != "GET", request.method != "DELETE" { setBytes([], handle) }
            return nil
        case .bytes(let bytes, _):
            setBytes(bytes, handle)
            return nil
        case .form(let fields):
            let form = curl_mime_init(handle)
            for field in fields {
                let part = curl_mime_addpart(form)
                switch field {
                case .text(let name, let value):
                    curl_mime_name(part, name)
                    curl_mime_data(part, value, value.utf8.count)
                case .file(let name, let path):
                    curl_mime_name(part, name)
                    curl_mime_filedata(part, path)
                }
            }
            apus_curl_set_form(handle, form)
            return form
        }
    }

    private func setBytes(_ bytes: [UInt8], _ handle: UnsafeMutableRawPointer) {
        apus_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
        bytes.withUnsafeBytes { buffer in
            // Copied by libcurl before the call returns; of an empty body any address will do.
            let empty: StaticString = ""
            let start = buffer.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
            apus_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
        }
    }

    private func setCallbacks(_ handle: UnsafeMutableRawPointer) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        apus_curl_set_receiver(
            handle,
            { bytes, size, count, context in
                guard let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return transfer.take(buffer) ? buffer.count : 0
            }, this)
        guard watch != nil else { return }
        apus_curl_set_watcher(
            handle,
            { context, _, _, _, _ in
                guard let context else { return 1 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.goesOn() ? 0 : 1
            }, this)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if let receive, let handle, (200..<300).contains(apus_curl_status(handle)) {
            if !receive(bytes) { wasEnded = true }
            return !wasEnded
        }
        isTooLarge = body.count + bytes.count > Self.maxBytes
        guard !isTooLarge else { return false }
        body += bytes
        return true
    }

    private func goesOn() -> Bool {
        if !wasEnded, watch?() == false { wasEnded = true }
        return !wasEnded
    }

    private func answer(_ code: CURLcode, _ handle: UnsafeMutableRawPointer) throws(ConnectionFailure)
        -> Answer
    {
        if isTooLarge { throw ConnectionFailure(message: "the answer of the server is too large") }
        guard code == CURLE_OK || wasEnded else {
            let reason = String(cString: curl_easy_strerror(code))
            throw ConnectionFailure(message: reason.prefix(1).lowercased() + reason.dropFirst())
        }
        return Answer(status: Int(apus_curl_status(handle)), body: body)
    }
}
