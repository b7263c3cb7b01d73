import CCurl
import Foundation

/// One transfer of libcurl with everything that must live as long as it does. Used by one thread.
final class CurlHandle {
    let easy: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var body: UnsafeMutableRawBufferPointer?

    /// Once for the process, before the first thread uses the library.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(HTTPCallError) {
        guard Self.isReady, let easy = curl_easy_init() else {
            errorText.deallocate()
            throw HTTPCallError(reason: .noAnswer, message: "The HTTP client cannot start")
        }
        self.easy = easy
        errorText[0] = 0
        apus_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headers)
        if let form { curl_mime_free(form) }
        body?.deallocate()
        errorText.deallocate()
    }

    func set(_ option: CURLoption, _ number: Int) { apus_curl_set_number(easy, option, number) }

    func set(_ option: CURLoption, _ flag: Bool) { apus_curl_set_number(easy, option, flag ? 1 : 0) }

    /// Throws when the library refuses the text, as it does for options it was built without.
    func set(_ option: CURLoption, _ text: String) throws(HTTPCallError) {
        let code = apus_curl_set_text(easy, option, text)
        guard code == CURLE_OK else {
            throw HTTPCallError(reason: .invalidCall, message: String(cString: curl_easy_strerror(code)))
        }
    }

    func add(header: String) { headers = curl_slist_append(headers, header) }

    func useHeaders() { apus_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers) }

    func use(body bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        copy.copyBytes(from: bytes)
        body = copy
        apus_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
        apus_curl_set_pointer(easy, CURLOPT_POSTFIELDS, copy.baseAddress)
    }

    func use(form parts: [HTTPCall.Part]) {
        guard let form = curl_mime_init(easy) else { return }
        self.form = form
        for part in parts {
            let entry = curl_mime_addpart(form)
            curl_mime_name(entry, part.name)
            switch part.content {
            case .text(let text):
                var text = text
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        _ = curl_mime_data(entry, $0.baseAddress, $0.count)
                    }
                }
            case .file(let path): curl_mime_filedata(entry, path)
            }
            if let filename = part.filename { curl_mime_filename(entry, filename) }
        }
        apus_curl_set_pointer(easy, CURLOPT_MIMEPOST, UnsafeRawPointer(form))
    }

    /// What went wrong, in the library's words.
    func message(for code: CURLcode) -> String {
        let detail = String(cString: errorText)
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }
}
