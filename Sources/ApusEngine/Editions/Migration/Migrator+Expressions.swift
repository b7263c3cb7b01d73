import ApusExpressions
import ApusModel
import ApusYAML

/// What changes in expressions.
extension Migrator {
    private typealias Change = (range: Range<Int>, text: String)

    /// Looks through every text of a value.
    mutating func expressions(_ value: Value, at path: ValuePath, in loop: LoopScope?, depth: Int = 0) {
        guard depth < YAMLLimits.default.depth else { return }
        switch value {
        case .string(let text): expression(text, at: path, in: loop)
        case .list(let items):
            for (place, item) in items.enumerated() {
                expressions(item, at: path.index(place), in: loop, depth: depth + 1)
            }
        case .map(let entries):
            for (key, item) in entries { expressions(item, at: path.key(key), in: loop, depth: depth + 1) }
        case .null, .bool, .int, .double, .extended: break
        }
    }

    private mutating func expression(_ text: String, at path: ValuePath, in loop: LoopScope?) {
        guard text.contains("{{") || text.contains("{%") else { return }
        let words = Array(ExpressionWords(text))
        let bytes = Array(text.utf8)
        var changes: [Change] = []
        for word in words { json(word, at: path, into: &changes) }
        if let loop, loop.isForeign {
            target == .two
                ? iteration(words, bytes, loop, at: path, into: &changes)
                : item(words, bytes, loop, at: path, into: &changes)
        } else if loop == nil {
            outside(words, bytes, at: path)
        }
        if !changes.isEmpty {
            also(.rewrite(path, changes.sorted { $0.range.lowerBound < $1.range.lowerBound }))
        }
        if text.contains("??") || text.contains("isIn"), !Template.isReadAlike(text) {
            leave(
                "edition 1 binds `??` and `isIn` tighter than filters and arithmetic, edition 2 looser: this expression means something else there",
                at: path, remedy: "put parentheses around what belongs together")
        }
    }

    /// `json` is two words in edition 2.
    private mutating func json(_ word: ExpressionWords.Word, at path: ValuePath, into changes: inout [Change])
    {
        switch target {
        case .two:
            guard word.name == "json", word.isFilter || word.isCalled else { return }
            let name = word.isFilter ? "toJson" : "fromJson"
            change("the \(word.isFilter ? "filter" : "function") `json` is `\(name)` in edition 2", at: path)
            changes.append((word.range, name))
        case .one:
            guard word.isCalled, !word.isFilter, word.name == "loopOutputs" else { return }
            leave("the function `loopOutputs` has no counterpart in edition 1", at: path)
        }
    }

    /// Edition 1 to 2: `taskrun.value` is `item.value`, and outputs of the same iteration have no level for it.
    private mutating func iteration(
        _ words: [ExpressionWords.Word], _ bytes: [UInt8], _ loop: LoopScope, at path: ValuePath,
        into changes: inout [Change]
    ) {
        for word in words where word.name == "taskrun" {
            guard let (member, end) = Self.member(bytes, behind: word.range.upperBound),
                member == "value" || member == "iteration"
            else { continue }
            var start = word.range.lowerBound
            if Self.stands("parent.", bytes, before: start) { start -= 7 }
            let isIndirect = start != word.range.lowerBound
            guard start == 0 || bytes[start - 1] != UInt8(ascii: "."), !(loop.isNested && isIndirect) else {
                leave(
                    "in edition 2 the items of outer loops are `item.parent` and `item.parents`", at: path,
                    remedy: "write which one is meant")
                continue
            }
            if let bracket = Self.bracket(start..<end, bytes),
                let owner = Self.outputOwner(bytes, before: bracket.lowerBound),
                loop.tasks.contains(owner)
            {
                change(
                    "an iteration of edition 2 sees its own outputs without a level for the value", at: path)
                changes.append((bracket, ""))
            } else {
                let name = member == "value" ? "item.value" : "item.index"
                change("`taskrun.\(member)` is `\(name)` in edition 2", at: path)
                changes.append((start..<end, name))
            }
        }
    }

    /// Edition 2 to 1: the other way round.
    private mutating func item(
        _ words: [ExpressionWords.Word], _ bytes: [UInt8], _ loop: LoopScope, at path: ValuePath,
        into changes: inout [Change]
    ) {
        let value = loop.depth == 0 ? "taskrun.value" : "parent.taskrun.value"
        for word in words {
            guard word.range.lowerBound == 0 || bytes[word.range.lowerBound - 1] != UInt8(ascii: "."),
                let (member, end) = Self.member(bytes, behind: word.range.upperBound)
            else { continue }
            if word.name == "item" {
                guard loop.depth <= 1, member == "value" || (member == "index" && loop.depth == 0) else {
                    leave(
                        "`item.\(member)` has no counterpart here in edition 1", at: path,
                        remedy: "write it with `taskrun`, `parent` and `parents`")
                    continue
                }
                let name = member == "value" ? value : "taskrun.iteration"
                change("`item.\(member)` is `\(name)` in edition 1", at: path)
                changes.append((word.range.lowerBound..<end, name))
            } else if word.name == "outputs", loop.tasks.contains(member) {
                guard loop.depth <= 1, !loop.isNested else {
                    leave(
                        "outputs in a loop have a level for the value in edition 1", at: path,
                        remedy: "write `outputs.\(member)[…]`")
                    continue
                }
                change("outputs in a loop have a level for the value in edition 1", at: path)
                changes.append((word.range.lowerBound..<end, "outputs.\(member)[\(value)]"))
            }
        }
    }

    /// What is read from outside of a loop whose tasks gave it.
    private mutating func outside(_ words: [ExpressionWords.Word], _ bytes: [UInt8], at path: ValuePath) {
        for word in words where word.name == "outputs" {
            guard let (member, _) = Self.member(bytes, behind: word.range.upperBound),
                loopTasks.contains(member)
            else { continue }
            leave(
                target == .two
                    ? "in edition 2 the outputs of a task in a loop are read from the loop"
                    : "in edition 1 the outputs of a task in a loop have a level for the value", at: path,
                remedy: target == .two
                    ? "declare them as `outputs` of the Loop, and read them with `loopOutputs()`"
                    : "write `outputs.\(member)['value']`")
        }
    }

    // Bytes

    /// The name behind a dot, and where it ends.
    private static func member(_ bytes: [UInt8], behind place: Int) -> (String, Int)? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: ".") else { return nil }
        let name = bytes[(place + 1)...].prefix {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x5F
                || $0 == 0x2D
        }
        return name.isEmpty ? nil : (String(decoding: name, as: UTF8.self), name.endIndex)
    }

    private static func stands(_ text: String, _ bytes: [UInt8], before place: Int) -> Bool {
        bytes[..<place].suffix(text.utf8.count).elementsEqual(text.utf8)
    }

    /// The brackets right around a range.
    private static func bracket(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
        guard range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: "["),
            range.upperBound < bytes.count,
            bytes[range.upperBound] == UInt8(ascii: "]")
        else { return nil }
        return range.lowerBound - 1..<range.upperBound + 1
    }

    /// The `a` of `outputs.a` or `outputs['a']` that ends at a place.
    private static func outputOwner(_ bytes: [UInt8], before place: Int) -> String? {
        let text = String(decoding: bytes[..<place], as: UTF8.self)
        guard let root = text.last("outputs") else { return nil }
        let rest = text[root...].dropFirst("outputs".count)
        if rest.first == "." { return String(rest.dropFirst()) }
        guard rest.hasPrefix("['") || rest.hasPrefix("[\""), rest.hasSuffix("]") else { return nil }
        return String(rest.dropFirst(2).dropLast(2))
    }
}

extension String {
    /// Where a text begins for the last time.
    fileprivate func last(_ text: String) -> String.Index? {
        indices.last { self[$0...].hasPrefix(text) }
    }
}
