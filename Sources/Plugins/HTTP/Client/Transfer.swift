import CCurl
import Foundation
import Synchronization

/// One request and its reply, without following redirects.
///
/// `@unchecked`: one thread runs it and owns everything but `wakeUp`, which is behind its mutex.
final class Transfer: @unchecked Sendable {
    struct Outcome: Sendable {
        var reply: HTTPReply
        /// The absolute URL of a redirect.
        var redirect: String?
    }

    private struct WakeUp: @unchecked Sendable {
        var multi: UnsafeMutableRawPointer?
        var isCancelled = false
    }

    private let call: HTTPCall
    private let destination: ReplyDestination
    private let addresses: AddressPolicy
    private let deadline: ContinuousClock.Instant?
    private let wakeUp = Mutex(WakeUp())

    private var head = ReplyHead()
    private var sink: ReplySink?
    private var failure: HTTPCallError?
    private var lastBytes: Int64 = -1
    private var lastProgress = ContinuousClock.now

    /// - Parameter deadline: When the call's `timeLimit` is over.
    init(
        _ call: HTTPCall, _ destination: ReplyDestination, _ addresses: AddressPolicy,
        until deadline: ContinuousClock.Instant?
    ) {
        self.deadline = deadline
        self.call = call
        self.destination = destination
        self.addresses = addresses
    }

    /// Ends the transfer from any thread.
    func cancel() {
        wakeUp.withLock { state in
            state.isCancelled = true
            if let multi = state.multi { curl_multi_wakeup(multi) }
        }
    }

    /// Runs to the end; blocks the thread.
    func run() throws -> Outcome {
        let sink = try ReplySink(destination)
        self.sink = sink
        let handle = try CurlHandle()
        try configure(handle)
        let code = try perform(handle)
        if wakeUp.withLock({ $0.isCancelled }) { throw CancellationError() }
        // One refused address of several is no failure.
        guard code == CURLE_OK else { throw failure ?? sink.failure ?? error(code, handle) }
        return Outcome(
            reply: HTTPReply(
                status: head.status, headers: head.headers, body: sink.bytes, excerpt: sink.excerpt,
                length: sink.length),
            redirect: apus_curl_redirect(handle.easy).map { String(cString: $0) })
    }

    private func perform(_ handle: CurlHandle) throws(HTTPCallError) -> CURLcode {
        guard let multi = curl_multi_init() else {
            throw HTTPCallError(reason: .noAnswer, message: "The HTTP client cannot start")
        }
        defer {
            curl_multi_remove_handle(multi, handle.easy)
            wakeUp.withLock { $0.multi = nil }
            curl_multi_cleanup(multi)
        }
        curl_multi_add_handle(multi, handle.easy)
        wakeUp.withLock { $0.multi = multi }
        lastProgress = .now
        var running: Int32 = 1
        while running > 0 {
            guard !wakeUp.withLock({ $0.isCancelled }) else { return CURLE_ABORTED_BY_CALLBACK }
            guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
            guard running > 0 else { break }
            curl_multi_poll(multi, nil, 0, try patience(), nil)
        }
        let result = apus_curl_finished(multi)
        return result >= 0 ? CURLcode(UInt32(result)) : CURLE_FAILED_INIT
    }

    /// Milliseconds until a time limit is over; what arrives and `cancel` end the wait before.
    private func patience() throws(HTTPCallError) -> Int32 {
        let now = ContinuousClock.now
        let silence = lastProgress + call.idleTimeout
        guard now < silence else {
            throw HTTPCallError(
                reason: .timedOut,
                message: "No data from \(call.shownURL) for \(call.idleTimeout) (readIdleTimeout)")
        }
        guard deadline.map({ now < $0 }) ?? true else {
            throw HTTPCallError(
                reason: .timedOut,
                message: "\(call.shownURL) did not answer within \(call.timeLimit ?? .zero)")
        }
        return Int32(milliseconds(min(silence, deadline ?? silence) - now))
    }

    private func error(_ code: CURLcode, _ handle: CurlHandle) -> HTTPCallError {
        let reason: HTTPCallError.Reason = code == CURLE_OPERATION_TIMEDOUT ? .timedOut : .noAnswer
        return HTTPCallError(
            reason: reason, message: "\(call.method) \(call.shownURL): \(handle.message(for: code))")
    }

    // MARK: Callbacks, all on the thread of `run`

    fileprivate func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        if head.take(line) { return true }
        failure = HTTPCallError(reason: .tooLarge, message: "The headers of the response are too large")
        return false
    }

    fileprivate func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        // Bodies of redirects that are followed are nobody's output.
        if call.followsRedirects, call.redirected(by: head.status, to: "") != nil,
            head.headers.contains(where: { $0.name.lowercased() == "location" })
        {
            return true
        }
        return sink?.take(piece) ?? false
    }

    fileprivate func note(bytes: Int64) {
        guard bytes != lastBytes else { return }
        lastBytes = bytes
        lastProgress = .now
    }

    fileprivate func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let isAllowed = withUnsafePointer(to: &address.pointee.addr) { addresses.allows($0) }
        guard isAllowed else {
            failure = HTTPCallError(
                reason: .refusedAddress,
                message: "\(call.shownURL) leads to an address that tasks of this server may not connect to")
            return -1
        }
        let info = address.pointee
        return socket(info.family, info.socktype | Int32(SOCK_CLOEXEC.rawValue), info.protocol)
    }
}

extension Transfer {
    private func configure(_ handle: CurlHandle) throws(HTTPCallError) {
        try handle.set(CURLOPT_URL, call.url)
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        handle.set(CURLOPT_FOLLOWLOCATION, false)
        handle.set(CURLOPT_NOSIGNAL, true)
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(call.connectTimeout))
        handle.set(CURLOPT_SSL_VERIFYPEER, call.verifiesCertificates)
        handle.set(CURLOPT_SSL_VERIFYHOST, call.verifiesCertificates ? 2 : 0)
        if call.acceptsCompression { try handle.set(CURLOPT_ACCEPT_ENCODING, "") }
        setBody(handle)
        setHeaders(handle)
        try setCredentials(handle)
        try setProxy(handle)
        apus_curl_set_callbacks(handle.easy, callbacks)
    }

    private func setBody(_ handle: CurlHandle) {
        switch call.body {
        case .none where call.method == "HEAD": handle.set(CURLOPT_NOBODY, true)
        case .none where ["POST", "PUT", "PATCH"].contains(call.method): handle.use(body: [])
        case .none: break
        case .bytes(let bytes): handle.use(body: bytes)
        case .multipart(let parts): handle.use(form: parts)
        }
        apus_curl_set_text(handle.easy, CURLOPT_CUSTOMREQUEST, call.method == "HEAD" ? nil : call.method)
    }

    private func setHeaders(_ handle: CurlHandle) {
        let names = Set(call.headers.map { $0.name.lowercased() })
        for header in call.headers {
            // An empty value needs a semicolon, or the library drops the header.
            handle.add(header: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        if !names.contains("user-agent") { handle.add(header: "User-Agent: Apus") }
        // Neither waits for `100 Continue` nor names a type that nobody set.
        if !names.contains("expect") { handle.add(header: "Expect:") }
        let isForm = if case .multipart = call.body { true } else { false }
        if !names.contains("content-type"), !isForm { handle.add(header: "Content-Type:") }
        if case .bearer(let token) = call.credentials, !names.contains("authorization") {
            handle.add(header: "Authorization: Bearer \(token)")
        }
        handle.useHeaders()
    }

    private func setCredentials(_ handle: CurlHandle) throws(HTTPCallError) {
        let (user, password, scheme): (String, String, Int)
        switch call.credentials {
        case .none, .bearer: return
        case .basic(let name, let secret): (user, password, scheme) = (name, secret, 1)  // CURLAUTH_BASIC
        case .digest(let name, let secret): (user, password, scheme) = (name, secret, 2)  // CURLAUTH_DIGEST
        }
        handle.set(CURLOPT_HTTPAUTH, scheme)
        try handle.set(CURLOPT_USERNAME, user)
        try handle.set(CURLOPT_PASSWORD, password)
    }

    private func setProxy(_ handle: CurlHandle) throws(HTTPCallError) {
        // Empty: the environment of the server does not decide for its users.
        try handle.set(CURLOPT_PROXY, call.proxy?.url ?? "")
        if let user = call.proxy?.user { try handle.set(CURLOPT_PROXYUSERNAME, user) }
        if let password = call.proxy?.password { try handle.set(CURLOPT_PROXYPASSWORD, password) }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        Int(min(max(duration / .milliseconds(1), 1), 1_000_000_000))
    }

    private var callbacks: apus_curl_callbacks {
        apus_curl_callbacks(
            context: Unmanaged.passUnretained(self).toOpaque(),
            on_header: { bytes, size, count, transfer in
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Transfer.of(transfer).takeHeader(line) ? line.count : 0
            },
            on_body: { bytes, size, count, transfer in
                let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Transfer.of(transfer).takeBody(piece) ? piece.count : 0
            },
            on_progress: { transfer, _, down, _, up in
                Transfer.of(transfer).note(bytes: Int64(down) &+ Int64(up))
                return 0
            },
            on_socket: { transfer, _, address in
                guard let address else { return -1 }
                return Transfer.of(transfer).open(address)
            })
    }

    /// The transfer a callback belongs to: `run` keeps it alive while the library calls.
    private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("a callback without its transfer") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}
