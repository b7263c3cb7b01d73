import Foundation

/// What a multipart parser finds, in order.
protocol MultipartReceiver: AnyObject {
    func begin(_ headers: Headers) throws(HTTPError)
    func append(_ bytes: UnsafeRawBufferPointer) throws(HTTPError)
    func end() throws(HTTPError)
}

/// Takes a multipart body apart as it arrives, in pieces of any size.
///
/// Strict: lines end with CR LF, heads of parts and their number are bounded, and the closing boundary must come.
/// Source: RFC 2046 section 5.1, RFC 7578.
struct MultipartParser {
    static let maxParts = 1000
    static let maxHeadBytes = 8 * 1024
    static let maxPreambleBytes = 1024

    private enum State {
        case preamble, afterDelimiter, head, body, epilogue
    }

    private var state = State.preamble
    /// CR LF, two dashes, the boundary. CR occurs in it only as the first byte, which makes matching simple.
    private let delimiter: [UInt8]
    /// How much of the delimiter the last bytes were; at the start a line break counts as read.
    private var matched = 2
    /// How many of the matched bytes are not content of the part: the line break that ended its head.
    private var borrowed = 0
    /// The first byte of a line break or of the closing dashes after a boundary.
    private var pending: UInt8?
    private var head: [UInt8] = []
    private var preambleBytes = 0
    private var parts = 0

    /// `nil` for a boundary that RFC 2046 does not allow: empty, over 70 bytes, or with control characters.
    init?(boundary: String) {
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else {
            return nil
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    var isComplete: Bool { state == .epilogue }

    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, to receiver: some MultipartReceiver
    ) throws(HTTPError) {
        var rest = bytes
        while !rest.isEmpty {
            switch state {
            case .preamble: try skipPreamble(&rest)
            case .afterDelimiter: try readDelimiterEnd(&rest)
            case .head: try readHead(&rest, receiver)
            case .body: try readBody(&rest, receiver)
            case .epilogue: return
            }
        }
    }

    private mutating func skipPreamble(_ rest: inout UnsafeRawBufferPointer) throws(HTTPError) {
        while let byte = rest.first {
            advance(&rest, by: 1)
            preambleBytes += 1
            guard preambleBytes <= Self.maxPreambleBytes else {
                throw HTTPError(400, "The form does not begin with its boundary")
            }
            matched = byte == delimiter[matched] ? matched + 1 : byte == delimiter[0] ? 1 : 0
            if matched == delimiter.count {
                enterDelimiterEnd()
                return
            }
        }
    }

    private mutating func enterDelimiterEnd() {
        state = .afterDelimiter
        matched = 0
        pending = nil
        head.removeAll(keepingCapacity: true)
    }

    /// After a boundary come blanks and a line break, or two dashes that end the form.
    private mutating func readDelimiterEnd(_ rest: inout UnsafeRawBufferPointer) throws(HTTPError) {
        while let byte = rest.first {
            advance(&rest, by: 1)
            switch (pending, byte) {
            case (nil, UInt8(ascii: " ")), (nil, UInt8(ascii: "\t")):
                continue
            case (nil, UInt8(ascii: "\r")), (nil, UInt8(ascii: "-")):
                pending = byte
            case (UInt8(ascii: "\r"), UInt8(ascii: "\n")):
                state = .head
                return
            case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                state = .epilogue
                return
            default:
                throw HTTPError(400, "A boundary of the form is broken")
            }
        }
    }

    private mutating func readHead(
        _ rest: inout UnsafeRawBufferPointer, _ receiver: some MultipartReceiver
    ) throws(HTTPError) {
        while let byte = rest.first {
            advance(&rest, by: 1)
            head.append(byte)
            guard head.count <= Self.maxHeadBytes else {
                throw HTTPError(400, "A part of the form has too long a head")
            }
            guard byte == UInt8(ascii: "\n"),
                head == [0x0D, 0x0A] || head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A]
            else { continue }
            parts += 1
            guard parts <= Self.maxParts else {
                throw HTTPError(413, "A form has at most \(Self.maxParts) parts")
            }
            try receiver.begin(Self.headers(head))
            state = .body
            // The line break before the next boundary may be the one that ended the head: a part without content.
            matched = 2
            borrowed = 2
            return
        }
    }

    private mutating func readBody(
        _ rest: inout UnsafeRawBufferPointer, _ receiver: some MultipartReceiver
    ) throws(HTTPError) {
        while let first = rest.first {
            if matched == 0 {
                borrowed = 0
                let run = Self.bytesBeforeReturn(rest)
                if run > 0 { try receiver.append(UnsafeRawBufferPointer(rebasing: rest[..<run])) }
                advance(&rest, by: run)
                if rest.isEmpty { return }
                advance(&rest, by: 1)
                matched = 1
            } else if first == delimiter[matched] {
                advance(&rest, by: 1)
                matched += 1
                if matched == delimiter.count {
                    try receiver.end()
                    enterDelimiterEnd()
                    return
                }
            } else {
                try giveBackMatched(receiver)
            }
        }
    }

    /// How many bytes surely belong to no delimiter. The one hot spot of an upload.
    private static func bytesBeforeReturn(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let start = bytes.baseAddress, let found = memchr(start, 0x0D, bytes.count) else {
            return bytes.count
        }
        return UnsafeRawPointer(found) - start
    }

    /// What looked like a boundary was content.
    private mutating func giveBackMatched(_ receiver: some MultipartReceiver) throws(HTTPError) {
        let held = delimiter[borrowed..<matched]
        matched = 0
        borrowed = 0
        guard !held.isEmpty else { return }
        var failure: HTTPError?
        held.withUnsafeBytes { bytes in
            do throws(HTTPError) { try receiver.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private static func headers(_ bytes: [UInt8]) throws(HTTPError) -> Headers {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HTTPError(400, "A part of the form has a head that is not UTF-8")
        }
        var headers = Headers()
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
                throw HTTPError(400, "A part of the form has a broken head")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append(String(line[..<colon]), String(value))
        }
        return headers
    }

    private func advance(_ rest: inout UnsafeRawBufferPointer, by count: Int) {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
}
