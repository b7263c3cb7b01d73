/// A number of bytes as people write it: `500`, `10KB`, `1 MB`, `2GiB`; units are powers of 1024.
enum ByteSize {
    static func bytes(_ text: String) -> Int? {
        let compact = text.filter { !$0.isWhitespace }.uppercased()
        let digits = compact.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0,
            let power = powers[String(compact.dropFirst(digits.count))]
        else { return nil }
        let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: 1 << (10 * power))
        return isTooMuch ? nil : bytes
    }

    private static let powers: [String: Int] = [
        "": 0, "B": 0, "K": 1, "KB": 1, "KIB": 1, "M": 2, "MB": 2, "MIB": 2, "G": 3, "GB": 3, "GIB": 3,
        "T": 4, "TB": 4, "TIB": 4,
    ]
}
