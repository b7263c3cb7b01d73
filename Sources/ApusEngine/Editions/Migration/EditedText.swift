import ApusModel
import ApusYAML

/// Makes edits in the text of a flow, and leaves everything around them as it is: comments, order, quotes.
///
/// Works on block style as people write it. What it cannot place makes `text` nil; whoever asks prints the value anew.
struct EditedText {
    private let lines: [[Unicode.Scalar]]
    private let positions: PositionMap
    private let root: Value
    private var cuts: [(line: Int, from: Int, to: Int, text: String)] = []
    /// Lines that go, and lines that come behind a line.
    private var removed: [Range<Int>] = []
    private var added: [(behind: Int, indent: Int, text: String)] = []
    private var isComplete = true

    init(_ source: String, root: Value, positions: PositionMap) {
        lines = source.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        self.root = root
        self.positions = positions
    }

    static func make(_ edits: EditSet, in source: String, _ root: Value, _ positions: PositionMap) -> String? {
        var text = EditedText(source, root: root, positions: positions)
        for edit in edits.all where !text.make(edit) { return nil }
        return text.result()
    }

    private mutating func make(_ edit: Edit) -> Bool {
        switch edit {
        case .rename(let path, let name): rename(path, name)
        case .replace(let path, let value): replace(path, value)
        case .rewrite(let path, let changes): rewrite(path, changes)
        case .remove(let path): remove(path)
        case .insert(let path, let key, let value, let after): insert(key, value, into: path, after: after)
        }
    }

    private mutating func rename(_ path: ValuePath, _ name: String) -> Bool {
        guard case .key(let key)? = path.steps.last, let (line, column) = place(positions.keys[path]) else {
            return false
        }
        for written in [key, "\"\(key)\"", "'\(key)'"] where stands(written, line, column) {
            cuts.append((line, column, column + written.unicodeScalars.count, name))
            return true
        }
        return false
    }

    private mutating func replace(_ path: ValuePath, _ value: Value) -> Bool {
        guard let (line, column) = place(positions.values[path]), let old = root.part(at: path),
            let end = endOfScalar(old, line, column)
        else { return false }
        cuts.append((line, column, end, Self.inline(value)))
        return true
    }

    private mutating func rewrite(_ path: ValuePath, _ changes: [(range: Range<Int>, text: String)]) -> Bool {
        guard case .string(let text)? = root.part(at: path) else { return false }
        var found: [(line: Int, from: Int, to: Int, text: String)] = []
        for (range, replacement) in changes {
            guard positions.texts[path] != nil,
                let (inner, words) = Self.place(of: range, in: text),
                let (line, column) = place(positions.position(of: inner, in: path)),
                stands(words, line, column)
            else { return replace(path, .string(EditSet.rewritten(text, changes))) }
            found.append((line, column, column + words.unicodeScalars.count, replacement))
        }
        cuts += found
        return true
    }

    private mutating func remove(_ path: ValuePath) -> Bool {
        guard let block = block(of: path) else { return false }
        removed.append(block)
        return true
    }

    private mutating func insert(_ key: String, _ value: Value, into path: ValuePath, after: String?) -> Bool {
        guard case .map(let entries)? = root.part(at: path),
            let neighbour = after.flatMap({ entries[$0] == nil ? nil : $0 }) ?? entries.keys.last,
            let (line, column) = place(positions.keys[path.key(neighbour)]),
            isFirst(line, column, orBehindDash: true), let end = blockEnd(line, column)
        else { return false }
        let indent = String(repeating: " ", count: column)
        let printed = YAML.print(.map([key: value])).split(separator: "\n", omittingEmptySubsequences: true)
        added.append((end - 1, column, printed.map { indent + $0 }.joined(separator: "\n")))
        return true
    }

    // Places

    private func place(_ position: SourcePosition?) -> (line: Int, column: Int)? {
        guard let position, lines.indices.contains(position.line - 1), position.column >= 1 else { return nil }
        return (position.line - 1, position.column - 1)
    }

    private func stands(_ text: String, _ line: Int, _ column: Int) -> Bool {
        lines[line].dropFirst(column).starts(with: text.unicodeScalars)
    }

    /// Nothing but spaces stands before a place.
    private func isFirst(_ line: Int, _ column: Int, orBehindDash: Bool = false) -> Bool {
        lines[line].prefix(column).allSatisfy { $0 == " " || (orBehindDash && $0 == "-") }
    }

    /// The lines of a key that begins its line, with all that belongs to it.
    private func block(of path: ValuePath) -> Range<Int>? {
        guard let (line, column) = place(positions.keys[path]), isFirst(line, column),
            let end = blockEnd(line, column)
        else { return nil }
        return line..<end
    }

    /// The line behind the value of the key at a place.
    private func blockEnd(_ line: Int, _ column: Int) -> Int? {
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
    private func endOfScalar(_ value: Value, _ line: Int, _ column: Int) -> Int? {
        let rest = lines[line].dropFirst(column)
        if let quote = rest.first, quote == "\"" || quote == "'" {
            var place = column + 1
            while place < lines[line].count {
                if quote == "\"", lines[line][place] == "\\" {
                    place += 2
                } else if lines[line][place] == quote {
                    let isDoubled = quote == "'" && place + 1 < lines[line].count && lines[line][place + 1] == quote
                    guard isDoubled else { return place + 1 }
                    place += 2
                } else {
                    place += 1
                }
            }
            return nil
        }
        let written = value.stringValue ?? value.json
        guard value.mapValue == nil, value.listValue == nil, !written.isEmpty, rest.starts(with: written.unicodeScalars)
        else { return nil }
        return column + written.unicodeScalars.count
    }

    /// Where a range of bytes of a text begins, in lines and columns of the text, and what stands there.
    private static func place(of range: Range<Int>, in text: String) -> (SourcePosition, String)? {
        let bytes = Array(text.utf8)
        guard range.upperBound <= bytes.count else { return nil }
        let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
        let words = String(decoding: bytes[range], as: UTF8.self)
        let rows = before.split(separator: "\n", omittingEmptySubsequences: false)
        let column = (rows.last?.unicodeScalars.count ?? 0) + 1
        return words.contains("\n") ? nil : (SourcePosition(line: rows.count, column: column), words)
    }

    private static func inline(_ value: Value) -> String {
        switch value {
        case .string(let text):
            let isPlain =
                text.unicodeScalars.first?.isLetterOrDigit == true && Int(text) == nil
                && text.unicodeScalars.allSatisfy { $0.isLetterOrDigit || "._-$".unicodeScalars.contains($0) }
                && !["true", "false", "null", "yes", "no"].contains(text.lowercased())
            return isPlain ? text : value.json
        case .null, .bool, .int, .double, .list, .map, .extended: return value.json
        }
    }

    private func result() -> String {
        var text: [String] = []
        for (number, line) in lines.enumerated() {
            if !removed.contains(where: { $0.contains(number) }) {
                var scalars = line
                for cut in cuts.filter({ $0.line == number }).sorted(by: { $0.from > $1.from })
                where cut.to <= scalars.count {
                    scalars.replaceSubrange(cut.from..<cut.to, with: Array(cut.text.unicodeScalars))
                }
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars)
                text.append(String(view))
            }
            // What belongs to an inner map comes before what belongs to those around it.
            let here = added.filter { $0.behind == number }
            for indent in Set(here.map(\.indent)).sorted(by: >) {
                text += here.filter { $0.indent == indent }.map(\.text)
            }
        }
        return text.joined(separator: "\n")
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
