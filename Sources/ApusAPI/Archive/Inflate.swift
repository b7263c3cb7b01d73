/// Unpacks a deflated stream.
///
/// Source: RFC 1951. A bit at a time, which is slow and easy to follow: archives that people upload are small.
struct Inflate {
    private var input: ArraySlice<UInt8>
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []
    private let limit: Int

    /// - Parameter limit: Bytes it may give, at most.
    init(_ input: ArraySlice<UInt8>, limit: Int) {
        self.input = input
        self.limit = limit
    }

    mutating func run() throws(ZipFault) -> [UInt8] {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try compressed(Self.fixedLengths, Self.fixedDistances)
            case 2:
                let (lengths, distances) = try tables()
                try compressed(lengths, distances)
            default: throw broken
            }
        }
        return output
    }

    private var broken: ZipFault { ZipFault("its compressed data are broken") }

    /// The next bits as a number, the first one lowest.
    private mutating func take(_ count: Int) throws(ZipFault) -> Int {
        while bitCount < count {
            guard let byte = input.popFirst() else { throw broken }
            bits |= UInt32(byte) << UInt32(bitCount)
            bitCount += 8
        }
        let value = bits & ((1 << UInt32(count)) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func give(_ byte: UInt8) throws(ZipFault) {
        guard output.count < limit else { throw ZipFault("a file in it is larger than it says") }
        output.append(byte)
    }

    private mutating func stored() throws(ZipFault) {
        bits = 0
        bitCount = 0
        let count = try take(16)
        guard try take(16) == ~count & 0xFFFF, input.count >= count, count <= limit - output.count else {
            throw broken
        }
        output += input.prefix(count)
        input = input.dropFirst(count)
    }

    private mutating func symbol(_ code: HuffmanCode) throws(ZipFault) -> Int {
        var (number, first, index) = (0, 0, 0)
        for count in code.counts.dropFirst() {
            number |= try take(1)
            if number - count < first {
                guard code.symbols.indices.contains(index + number - first) else { throw broken }
                return code.symbols[index + number - first]
            }
            index += count
            first = (first + count) << 1
            number <<= 1
        }
        throw broken
    }

    private mutating func compressed(
        _ lengths: HuffmanCode, _ distances: HuffmanCode
    ) throws(ZipFault) {
        while true {
            let symbol = try symbol(lengths)
            if symbol == 256 { return }
            if symbol < 256 {
                try give(UInt8(symbol))
                continue
            }
            guard Self.lengthBases.indices.contains(symbol - 257) else { throw broken }
            let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
            let place = try self.symbol(distances)
            guard Self.distanceBases.indices.contains(place) else { throw broken }
            let distance = Self.distanceBases[place] + (try take(Self.distanceBits[place]))
            guard distance <= output.count else { throw broken }
            for _ in 0..<length { try give(output[output.count - distance]) }
        }
    }

    /// The codes of a block that brings its own.
    private mutating func tables() throws(ZipFault) -> (HuffmanCode, HuffmanCode) {
        let (lengthCount, distanceCount) = (try take(5) + 257, try take(5) + 1)
        let codeCount = try take(4) + 4
        var codeLengths = [Int](repeating: 0, count: 19)
        for place in Self.codeOrder.prefix(codeCount) { codeLengths[place] = try take(3) }
        let code = try HuffmanCode(codeLengths[...])
        var lengths: [Int] = []
        while lengths.count < lengthCount + distanceCount {
            let symbol = try symbol(code)
            switch symbol {
            case 0...15: lengths.append(symbol)
            case 16:
                guard let last = lengths.last else { throw broken }
                lengths += Array(repeating: last, count: 3 + (try take(2)))
            case 17: lengths += Array(repeating: 0, count: 3 + (try take(3)))
            default: lengths += Array(repeating: 0, count: 11 + (try take(7)))
            }
        }
        guard lengths.count == lengthCount + distanceCount, lengths[256] != 0 else { throw broken }
        return (try HuffmanCode(lengths[..<lengthCount]), try HuffmanCode(lengths[lengthCount...]))
    }

    private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
        195, 227, 258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
        4097, 6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
    private static let fixedLengths = HuffmanCode(
        complete: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
            + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
    private static let fixedDistances = HuffmanCode(complete: Array(repeating: 5, count: 30))
}

/// A code whose words have up to 15 bits: how many words there are of each length, and the symbols in their order.
struct HuffmanCode {
    let counts: [Int]
    let symbols: [Int]

    /// - Throws: For more words of a length than there can be.
    init(_ lengths: ArraySlice<Int>) throws(ZipFault) {
        self.init(complete: Array(lengths))
        var left = 1
        for count in counts.dropFirst() {
            left = left * 2 - count
            guard left >= 0 else { throw ZipFault("its compressed data are broken") }
        }
    }

    /// From lengths that are known to be right.
    init(complete lengths: [Int]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths where length > 0 { counts[length] += 1 }
        self.counts = counts
        symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }
}
