import ApusExpressions
import ApusModel
import Foundation
import Testing

/// Dates and numbers beside what Java makes of them.
///
/// `JavaReference/rows.tsv` is what JDK 17 prints of `Rows.java`; `rows-21.tsv` has the rows that JDK 21 prints
/// differently. The product's servers run on 21, so those count.
@Suite struct JavaFormatTests {
    struct Row {
        let kind: String
        let input: String
        let pattern: String
        let zone: String
        let locale: String
        let more: String
        /// `=` and the text, or `error`.
        let expected: String

        var key: String { [kind, input, pattern, zone, locale, more].joined(separator: "\t") }

        init?(_ line: Substring) {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(Row.unescaped)
            guard columns.count == 7 else { return nil }
            (kind, input, pattern, zone) = (columns[0], columns[1], columns[2], columns[3])
            (locale, more, expected) = (columns[4], columns[5], columns[6])
        }

        private static func unescaped(_ text: Substring) -> String {
            let parts = text.components(separatedBy: "\\u")
            return parts.dropFirst().reduce(parts[0]) { result, part in
                let scalar = UInt32(part.prefix(4), radix: 16).flatMap(Unicode.Scalar.init)
                return result + (scalar.map { String(Character($0)) } ?? "?") + part.dropFirst(4)
            }
        }
    }

    static func lines(of file: String) throws -> [Substring] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(
            contentsOf: folder.appendingPathComponent("JavaReference").appendingPathComponent(file),
            encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("# ") }
    }

    static func rows(of file: String) throws -> [Row] { try lines(of: file).compactMap(Row.init) }

    static func rows(_ kind: String) throws -> [Row] {
        let later = Dictionary(try rows(of: "rows-21.tsv").map { ($0.key, $0) }) { first, _ in first }
        return try rows(of: "rows.tsv").filter { $0.kind == kind }.map { later[$0.key] ?? $0 }
    }

    /// Rows that differ: the system's CLDR is another than Java's, and Java has a second set of language-neutral names.
    static let different: Set<String> = [
        "z / zzzz\tAmerica/New_York\tnl", "full\tEurope/Paris\txx", "zzzz\tEurope/Paris\txx",
    ]

    @Test(
        "dates and numbers are those of Java",
        arguments: [("print", 1500), ("read", 200), ("add", 80), ("number", 1500)])
    func same(kind: String, atLeast: Int) throws {
        let rows = try Self.rows(kind)
        #expect(rows.count >= atLeast)
        let differences = rows.compactMap { row -> String? in
            let found = Self.rendered(row)
            let isKnown = Self.different.contains(
                [row.pattern, row.zone, row.locale].joined(separator: "\t"))
            return found == row.expected || isKnown ? nil : "\(row.key): \(row.expected), found \(found)"
        }
        #expect(
            differences.isEmpty,
            "\(differences.count) rows:\n\(differences.prefix(100).joined(separator: "\n"))")
    }

    @Test("texts become the numbers they become in Java")
    func numbers() throws {
        let lines = try Self.lines(of: "numbers.tsv")
        #expect(lines.count >= 500)
        let differences = lines.compactMap { line -> String? in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 3 else { return "no row: \(line)" }
            let call = columns[1].isEmpty ? "number" : "number(t)"
            let template =
                "{{ x | \(call) | className }} {{ x | \(call) | numberFormat('0.####################') }}"
            let variables: OrderedMap<Value> = ["x": .string(columns[0]), "t": .string(columns[1])]
            let found = (try? Template(template).render(context(variables))) ?? "error"
            // Java takes numbers that are not finite, digits of other scripts, and a second sign.
            let isRefused = columns[2].contains("∞") || columns[2].contains("NaN")
            let isOdd =
                columns[0].hasPrefix("--") || columns[0].hasPrefix("+-")
                || !columns[0].utf8.allSatisfy { $0 < 128 }
            guard !isRefused, !isOdd else { return found == "error" ? nil : "\(line), found \(found)" }
            // There is one kind of integer up to 64 bits, and one beyond.
            let wanted = columns[2].replacing("lang.Long", with: "lang.Integer").replacing(
                "BigInteger", with: "BigDecimal")
            return found.replacing("lang.Long", with: "lang.Integer").replacing(
                "BigInteger", with: "BigDecimal") == wanted ? nil : "\(line), found \(found)"
        }
        #expect(
            differences.isEmpty,
            "\(differences.count) rows:\n\(differences.prefix(150).joined(separator: "\n"))")
    }

    static func rendered(_ row: Row) -> String {
        let words = row.more.split(separator: " ").map(String.init)
        var variables: OrderedMap<Value> = [
            "x": value(row.input), "f": .string(row.pattern), "z": .string(row.zone),
            "l": .string(row.locale),
            "more": .string(row.more),
        ]
        if words.count == 2 {
            (variables["amount"], variables["unit"]) = (.string(words[0]), .string(words[1]))
        }
        let locale = row.locale.isEmpty ? "" : ", locale=l"
        let existing = row.more.isEmpty ? "" : ", existingFormat=more"
        let template =
            switch row.kind {
            case "number": "{{ x | numberFormat(f) }}"
            case "add": "{{ x | dateAdd(amount, unit, format=f, timeZone=z) }}"
            default: "{{ x | date(format=f, timeZone=z\(existing)\(locale)) }}"
            }
        do {
            return "=" + (try Template(template).render(context(variables)))
        } catch {
            return "error"
        }
    }

    private static func value(_ text: String) -> Value {
        guard let mark = text.firstIndex(of: ":") else {
            return .string(text)
        }
        let number = String(text[text.index(after: mark)...])
        switch text[..<mark] {
        case "long": return Int64(number).map { .int($0) } ?? .null
        case "double": return Double(number).map { .double($0) } ?? .null
        case "float": return Float(number).map { .extended(.float($0)) } ?? .null
        case "decimal": return .extended(.decimal(number))
        default: return .string(text)
        }
    }
}
