import Foundation

extension Response {
    /// A file, or the part of it that the request's `Range` header asks for (206, or 416 when it lies outside).
    ///
    /// Only a single range is served; anything else in the header gives the whole file, as RFC 9110 allows.
    /// Throws an error 404 when there is no regular file at the path.
    public static func file(
        _ path: String, contentType: String = "application/octet-stream", for request: Request
    ) throws(HTTPError) -> Response {
        guard let size = regularFileSize(path) else { throw HTTPError(404, "Not Found") }
        var response = Response(
            headers: ["Content-Type": contentType, "Accept-Ranges": "bytes"], body: .file(path: path))
        switch RangeRequest(request.headers["Range"], size: size) {
        case .whole: break
        case .part(let range):
            response.status = 206
            response.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            response.body = .file(path: path, range: range)
        case .outside:
            throw HTTPError(
                416, "The requested range lies outside the file",
                headers: ["Content-Range": "bytes */\(size)"])
        }
        return response
    }

    /// Makes browsers save the body under a name instead of showing it.
    public mutating func attach(filename: String) {
        let plain = String(
            decoding: filename.utf8.map { byte in
                byte < 0x20 || byte > 0x7E || "\"\\%".utf8.contains(byte) ? UInt8(ascii: "_") : byte
            }, as: UTF8.self)
        let attributeCharacters = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~")
        let encoded = filename.addingPercentEncoding(withAllowedCharacters: attributeCharacters) ?? plain
        headers["Content-Disposition"] = "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    private static func regularFileSize(_ path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }
}

/// What a `Range` header asks for, in bytes.
enum RangeRequest: Hashable {
    case whole
    case part(Range<Int64>)
    case outside

    init(_ header: String?, size: Int64) {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let bounds = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2 else {
            self = .whole
            return
        }
        switch (Int64(bounds[0]), Int64(bounds[1])) {
        case (nil, let suffix?) where bounds[0].isEmpty && suffix >= 0:
            self = suffix == 0 || size == 0 ? .outside : .part(max(0, size - suffix)..<size)
        case (let first?, nil) where bounds[1].isEmpty:
            self = first < size ? .part(first..<size) : .outside
        case (let first?, let last?) where first <= last:
            self = first < size ? .part(first..<(min(last, size - 1) + 1)) : .outside
        default:
            self = .whole
        }
    }
}
