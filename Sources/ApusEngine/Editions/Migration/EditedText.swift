import ApusModel
import ApusYAML

/// Makes edits in the text of a flow, and leaves everything around them as it is: comments, order, quotes.
///
/// Works on block style as people write it. What it cannot place makes `text` nil; whoever asks prints the value anew.
struct EditedText {
    let lines: [[Unicode.Scalar]]
    let positions: PositionMap
    private let root: Value
    private var cuts: [(line: Int, from: Int, to: Int, text: String)] = []
    /// Lines that go, and lines that come behind a line.
    private var removed: [Range<Int>] = []
    private var added: [(behind: Int, indent: Int, text: String)] = []
    private var isComplete = true

    init(_ source: String, root: Value, positions: PositionMap) {
        lines = source.split(separator: "\n", omittingEmptySubsequences: false).map {
            Array($0.unicodeScalars)
        }
        self.root = root
        self.positions = positions
    }

    static func make(_ edits: EditSet, in source: String, _ root: Value, _ positions: PositionMap) -> String?
    {
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
        case .append(let path, let items): append(items, to: path)
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
        guard positions.texts[path] != nil else { return search(path, text, changes) }
        var found: [(line: Int, from: Int, to: Int, text: String)] = []
        for (range, replacement) in changes {
            guard let (inner, words) = Self.place(of: range, in: text),
                let (line, column) = place(positions.position(of: inner, in: path)),
                stands(words, line, column)
            else { return replace(path, .string(EditSet.rewritten(text, changes))) }
            found.append((line, column, column + words.unicodeScalars.count, replacement))
        }
        cuts += found
        return true
    }

    /// Changes a text whose characters have no places, as those of a folded one: each by the number of times its
    /// words stood before.
    private mutating func search(
        _ path: ValuePath, _ text: String, _ changes: [(range: Range<Int>, text: String)]
    ) -> Bool {
        guard let (first, column) = place(positions.keys[path]), let end = blockEnd(first, column) else {
            return false
        }
        let bytes = Array(text.utf8)
        for (range, replacement) in changes where range.upperBound <= bytes.count {
            let words = Array(String(decoding: bytes[range], as: UTF8.self).unicodeScalars)
            let before = Array(String(decoding: bytes[..<range.lowerBound], as: UTF8.self).unicodeScalars)
            var left = Self.places(of: words, in: before).count
            var isFound = false
            for line in first..<end where !isFound {
                for column in Self.places(of: words, in: lines[line]) {
                    if left == 0 {
                        cuts.append((line, column, column + words.count, replacement))
                        isFound = true
                        break
                    }
                    left -= 1
                }
            }
            guard isFound else { return false }
        }
        return true
    }

    private static func places(of words: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
        guard !words.isEmpty, text.count >= words.count else { return [] }
        return (0...text.count - words.count).filter { text[$0...].starts(with: words) }
    }

    private mutating func remove(_ path: ValuePath) -> Bool {
        guard var block = block(of: path) else { return false }
        // Of the empty lines around it one is enough.
        if block.lowerBound == 0 || isBlank(block.lowerBound - 1), block.upperBound < lines.count - 1,
            isBlank(block.upperBound)
        {
            block = block.lowerBound..<block.upperBound + 1
        }
        removed.append(block)
        return true
    }

    private func isBlank(_ line: Int) -> Bool { lines[line].allSatisfy { $0 == " " || $0 == "\r" } }

    private mutating func append(_ items: [Value], to path: ValuePath) -> Bool {
        guard let (line, column) = place(positions.keys[path]), isFirst(line, column),
            let end = blockEnd(line, column), let (first, _) = place(positions.values[path.index(0)])
        else { return false }
        let dash = lines[first].prefix { $0 == " " }.count
        guard first > line, dash < lines[first].count, lines[first][dash] == "-" else { return false }
        let indent = String(repeating: " ", count: dash)
        let printed = YAML.print(.list(items)).split(separator: "\n", omittingEmptySubsequences: true)
        added.append((end - 1, dash, printed.map { indent + $0 }.joined(separator: "\n")))
        return true
    }

    private mutating func insert(_ key: String, _ value: Value, into path: ValuePath, after: String?) -> Bool
    {
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
