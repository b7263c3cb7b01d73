import ApusModel

/// The jq programs that are only a path, `.a.b[0]["c"]`: followed here, values keep their types.
struct JqPath {
    private enum Step {
        case key(String)
        case index(Int)
    }

    private let steps: [Step]

    /// `nil` for any other program.
    init?(_ source: String) {
        var rest = Array(source.utf8)[...]
        while rest.last == 0x20 { rest.removeLast() }
        while rest.first == 0x20 { rest.removeFirst() }
        guard rest.first == UInt8(ascii: ".") else { return nil }
        if rest.count == 1 {
            steps = []
            return
        }
        var steps: [Step] = []
        var isFirst = true
        while let byte = rest.popFirst() {
            var byte = byte
            if byte == UInt8(ascii: "."), let next = rest.first {
                if next == UInt8(ascii: "["), isFirst {
                    byte = next
                    rest.removeFirst()
                } else {
                    let name = rest.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
                    guard let first = name.first, !first.isDigit else { return nil }
                    rest.removeFirst(name.count)
                    steps.append(.key(String(decoding: name, as: UTF8.self)))
                    isFirst = false
                    continue
                }
            }
            isFirst = false
            guard byte == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
                return nil
            }
            let inner = rest[..<end]
            rest = rest[(end + 1)...]
            if let number = Int(String(decoding: inner, as: UTF8.self)), number >= 0 {
                steps.append(.index(number))
            } else if inner.count >= 2, inner.first == 0x22, inner.last == 0x22,
                !inner.dropFirst().dropLast().contains(where: { $0 == 0x22 || $0 == 0x5C })
            {
                steps.append(.key(String(decoding: inner.dropFirst().dropLast(), as: UTF8.self)))
            } else {
                return nil
            }
        }
        self.steps = steps
    }

    /// `nil` where jq itself has to say what is wrong.
    func value(in root: Value) -> Value? {
        var value = root
        for step in steps {
            switch (step, value) {
            case (_, .null): return .null
            case (.key(let key), .map(let entries)): value = entries[key] ?? .null
            case (.index(let place), .list(let items)): value = place < items.count ? items[place] : .null
            default: return nil
            }
        }
        return value
    }
}
