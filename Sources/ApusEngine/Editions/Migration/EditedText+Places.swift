import ApusModel

/// Where things stand in the lines of a flow.
extension EditedText {
    func place(_ position: SourcePosition?) -> (line: Int, column: Int)? {
        guard let position, lines.indices.contains(position.line - 1), position.column >= 1 else {
            return nil
        }
        return (position.line - 1, position.column - 1)
    }

    func stands(_ text: String, _ line: Int, _ column: Int) -> Bool {
        lines[line].dropFirst(column).starts(with: text.unicodeScalars)
    }

    /// Nothing but spaces stands before a place.
    func isFirst(_ line: Int, _ column: Int, orBehindDash: Bool = false) -> Bool {
        lines[line].prefix(column).allSatisfy { $0 == " " || (orBehindDash && $0 == "-") }
    }

    /// The lines of a key that begins its line, with all that belongs to it.
    func block(of path: ValuePath) -> Range<Int>? {
        guard let (line, column) = place(positions.keys[path]), isFirst(line, column),
            let end = blockEnd(line, column)
        else { return nil }
        return line..<end
    }

    /// The line behind the value of the key at a place.
    func blockEnd(_ line: Int, _ column: Int) -> Int? {
        var end = line + 1
        for next in lines.indices.dropFirst(line + 1) {
            let spaces = lines[next].prefix { $0 == " " }.count
            guard spaces < lines[next].count, lines[next][spaces] != "\r" else { continue }
            let isItem = lines[next][spaces] == "-" && spaces == column && isFirst(line, column)
            if lines[next][spaces] == "#", spaces <= column { continue }
            guard spaces > column || isItem else { break }
            end = next + 1
        }
        return end
    }

    /// Where a scalar that stands on one line ends.
    func endOfScalar(_ value: Value, _ line: Int, _ column: Int) -> Int? {
        let rest = lines[line].dropFirst(column)
        if let quote = rest.first, quote == "\"" || quote == "'" {
            var place = column + 1
            while place < lines[line].count {
                if quote == "\"", lines[line][place] == "\\" {
                    place += 2
                } else if lines[line][place] == quote {
                    let isDoubled =
                        quote == "'" && place + 1 < lines[line].count && lines[line][place + 1] == quote
                    guard isDoubled else { return place + 1 }
                    place += 2
                } else {
                    place += 1
                }
            }
            return nil
        }
        let written = value.stringValue ?? value.json
        guard value.mapValue == nil, value.listValue == nil, !written.isEmpty,
            rest.starts(with: written.unicodeScalars)
        else { return nil }
        return column + written.unicodeScalars.count
    }

    /// Where a range of bytes of a text begins, in lines and columns of the text, and what stands there.
    static func place(of range: Range<Int>, in text: String) -> (SourcePosition, String)? {
        let bytes = Array(text.utf8)
        guard range.upperBound <= bytes.count else { return nil }
        let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
        let words = String(decoding: bytes[range], as: UTF8.self)
        let rows = before.split(separator: "\n", omittingEmptySubsequences: false)
        let column = (rows.last?.unicodeScalars.count ?? 0) + 1
        return words.contains("\n") ? nil : (SourcePosition(line: rows.count, column: column), words)
    }
}

extension Value {
    /// The part at a path; `nil` when there is none.
    func part(at path: ValuePath) -> Value? {
        var part = self
        for step in path.steps {
            switch (step, part) {
            case (.key(let key), .map(let entries)):
                guard let value = entries[key] else { return nil }
                part = value
            case (.index(let place), .list(let items)):
                guard items.indices.contains(place) else { return nil }
                part = items[place]
            default: return nil
            }
        }
        return part
    }
}
